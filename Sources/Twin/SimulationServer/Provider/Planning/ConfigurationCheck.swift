/// Checks of a configuration that need no cluster, with the texts of bpg/proxmox and Terraform's SDK.
///
/// One value out of range makes Terraform's plan of the whole batch fail, as it does with the real provider.
enum ConfigurationCheck {
    static func diagnostics(_ kind: ResourceKind, _ body: SchemaBody, _ config: TerraformValue) -> [ProviderDiagnostic]
    {
        var found: [ProviderDiagnostic] = []
        check(body.attributes, body.blocks, config, AttributePath(), &found)
        for name in unsimulated(kind) where !config[name].isEmpty {
            found.append(
                ProviderDiagnostic(
                    "\(name) cannot be used on a simulated cluster",
                    detail: "The schema has it because bpg/proxmox has it; the simulated provider would ignore it.",
                    attribute: AttributePath([.attribute(name)])))
        }
        return found
    }

    /// What the schema has and the simulated provider does nothing with. Accepting it in silence would make a plan
    /// against a simulated cluster say more than is true.
    private static func unsimulated(_ kind: ResourceKind) -> [String] {
        switch kind {
        case .virtualMachine:
            [
                "amd_sev", "audio_device", "cdrom", "efi_disk", "hostpci", "numa", "rng", "smbios", "tpm_state", "usb",
                "virtiofs", "watchdog",
            ]
        case .container: ["device_passthrough", "environment_variables", "idmap", "mount_point"]
        }
    }

    private static func check(
        _ attributes: [SchemaAttribute], _ blocks: [SchemaBlock], _ config: TerraformValue, _ path: AttributePath,
        _ found: inout [ProviderDiagnostic]
    ) {
        for attribute in attributes {
            let value = config[attribute.name]
            if let range = attribute.range, let number = value.integer, !range.contains(number) {
                // Old configurations say -1 for "any".
                if attribute.name == "vm_id", number == -1 { continue }
                found.append(
                    ProviderDiagnostic(text(attribute.name, range, number), attribute: path.appending(attribute.name)))
            }
            if case .list(.object(let fields)) = attribute.type {
                for (index, element) in value.elements.enumerated() {
                    check(fields, [], element, path.appending(attribute.name).appending(index), &found)
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

    private static func text(_ name: String, _ range: ClosedRange<Int>, _ number: Int) -> String {
        range.upperBound == Int.max
            ? "expected \(name) to be at least (\(range.lowerBound)), got \(number)"
            : "expected \(name) to be in the range (\(range.lowerBound) - \(range.upperBound)), got \(number)"
    }
}
