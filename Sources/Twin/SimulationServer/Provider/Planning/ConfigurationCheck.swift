/// Checks of a configuration that need no cluster, with the texts of bpg/proxmox and Terraform's SDK.
///
/// One value out of range makes Terraform's plan of the whole batch fail, as it does with the real provider.
enum ConfigurationCheck {
    static func diagnostics(_ body: SchemaBody, _ config: TerraformValue) -> [ProviderDiagnostic] {
        var found: [ProviderDiagnostic] = []
        check(body.attributes, body.blocks, config, AttributePath(), &found)
        return found
    }

    private static func check(
        _ attributes: [SchemaAttribute], _ blocks: [SchemaBlock], _ config: TerraformValue, _ path: AttributePath,
        _ found: inout [ProviderDiagnostic]
    ) {
        for attribute in attributes {
            let value = config[attribute.name]
            let place = path.appending(attribute.name)
            if let range = attribute.range, let number = value.integer,
                !range.contains(number), !(attribute.name == "vm_id" && number == -1)
            {
                let text =
                    range.upperBound == Int.max
                    ? "expected \(attribute.name) to be at least (\(range.lowerBound)), got \(number)"
                    : "expected \(attribute.name) to be in the range (\(range.lowerBound) - \(range.upperBound)), "
                        + "got \(number)"
                found.append(ProviderDiagnostic(text, attribute: place))
            }
            if case .list(.object(let fields)) = attribute.type {
                for (index, element) in value.elements.enumerated() {
                    check(fields, [], element, place.appending(index), &found)
                }
            }
        }
        for block in blocks {
            for (index, element) in config[block.name].elements.enumerated() {
                let place = path.appending(block.name).appending(index)
                check(block.body.attributes, block.body.blocks, element, place, &found)
            }
        }
    }
}
