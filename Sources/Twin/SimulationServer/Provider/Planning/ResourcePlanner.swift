/// Plans one resource as bpg/proxmox does through Terraform's SDK: defaults, computed values, differences that do not
/// count, and what makes a replacement. Pure: it sees the configuration and the prior state, never the cluster.
struct ResourcePlanner {
    /// What the provider answers to PlanResourceChange.
    struct Answer {
        var planned: TerraformValue
        /// The changed attributes that need a replacement.
        var replacements: [AttributePath]
    }

    private let kind: ResourceKind
    private let prior: TerraformValue
    private var replacements: [AttributePath] = []

    private init(kind: ResourceKind, prior: TerraformValue) {
        self.kind = kind
        self.prior = prior
    }

    /// Plans a creation (`prior` null), an update, or a destruction (`config` null).
    ///
    /// - Parameter config: the configuration, with the prior values where `ignore_changes` says so: Terraform has
    ///   put them there before it asks.
    static func plan(
        _ kind: ResourceKind, _ body: SchemaBody, prior: TerraformValue, config: TerraformValue
    ) -> Answer {
        guard !config.isNull else { return Answer(planned: .null, replacements: []) }
        var planner = ResourcePlanner(kind: kind, prior: prior)
        var planned = planner.members(body.attributes, body.blocks, config, prior, AttributePath())
        planner.applySpecialRules(&planned)
        return Answer(planned: planned, replacements: planner.replacements)
    }

    private var isCreation: Bool { prior.isNull }

    /// The attributes and blocks of one object. `old` is null where this object is new.
    private mutating func members(
        _ attributes: [SchemaAttribute], _ blocks: [SchemaBlock], _ config: TerraformValue, _ old: TerraformValue,
        _ path: AttributePath
    ) -> TerraformValue {
        var result: [String: TerraformValue] = [:]
        result.reserveCapacity(attributes.count + blocks.count)
        for attribute in attributes {
            let place = path.appending(attribute.name)
            let value = planned(attribute, config[attribute.name], old, place)
            if attribute.replaces, !isCreation, !same(value, old[attribute.name]) { replacements.append(place) }
            result[attribute.name] = value
        }
        for block in blocks {
            result[block.name] = planned(block, config[block.name], old, path.appending(block.name))
        }
        return .object(result)
    }

    private mutating func planned(
        _ attribute: SchemaAttribute, _ config: TerraformValue, _ old: TerraformValue, _ path: AttributePath
    ) -> TerraformValue {
        let before = old[attribute.name]
        if config.isUnknown { return .unknown }
        if config.isNull {
            if let value = attribute.defaultValue { return value }
            if attribute.isComputed {
                if !old.isNull { return before }
                // The SDK marks what it does not know yet only where the whole resource is new.
                return isCreation ? .unknown : .null
            }
            // What was read as empty and what was never set are one: no difference.
            if !old.isNull, before.isEmpty || isKeptWhenUnset(path) { return before }
            return .null
        }
        if case .list(.object(let fields)) = attribute.type {
            let elements = config.elements.enumerated().map { index, element in
                members(fields, [], element, before.elements[safe: index] ?? .null, path.appending(index))
            }
            return .list(elements)
        }
        let value = normalised(config, path)
        if !old.isNull, isEquivalent(value, before, path) { return before }
        return value
    }

    private mutating func planned(
        _ block: SchemaBlock, _ config: TerraformValue, _ old: TerraformValue, _ path: AttributePath
    ) -> TerraformValue {
        let before = old[block.name]
        if config.isUnknown { return .unknown }
        if block.isComputed, config.elements.isEmpty {
            return old.isNull ? (isCreation ? .unknown : .list([])) : .list(before.elements)
        }
        let elements = config.elements.enumerated().map { index, element in
            members(
                block.body.attributes, block.body.blocks, element, before.elements[safe: index] ?? .null,
                path.appending(index))
        }
        if block.replaces, !isCreation, elements.count != before.elements.count { replacements.append(path) }
        if !old.isNull, isEquivalent(block, elements, before.elements) { return before }
        return .list(elements)
    }

    private func same(_ value: TerraformValue, _ before: TerraformValue) -> Bool {
        value == before || (value.isEmpty && before.isEmpty)
    }
}

extension ResourcePlanner {
    /// The form in which the provider plans a given value.
    private func normalised(_ value: TerraformValue, _ path: AttributePath) -> TerraformValue {
        guard kind == .container, path.names == "description", let text = value.text, !text.isEmpty else {
            return value
        }
        // Proxmox ends a container's description with a line break, and so does the provider's plan.
        return .string(text.trimmedOfWhitespace.replacing("\r\n", with: "\n") + "\n")
    }

    /// Differences that bpg/proxmox suppresses.
    private func isEquivalent(_ value: TerraformValue, _ before: TerraformValue, _ path: AttributePath) -> Bool {
        if value == before || (value.isEmpty && before.isNull) { return true }
        switch path.names {
        case "tags", "disk.mount_options":
            return value.elements.map(\.string).sorted() == before.elements.map(\.string).sorted()
        case "hotplug":
            let parts = { (value: TerraformValue) in value.string.split(separator: ",").sorted() }
            return parts(value) == parts(before)
        case "initialization.user_account.password":
            // Proxmox never tells a password; what is read back is a row of asterisks.
            let text = before.string
            return !text.isEmpty && text.allSatisfy { $0 == "*" }
        case "initialization.interface", "network_interface.mac_address", "pool_id":
            return value.isEmpty
        default: return false
        }
    }

    /// Attributes without a default of which an unset one keeps what is there.
    private func isKeptWhenUnset(_ path: AttributePath) -> Bool {
        switch path.names {
        case "initialization.interface": true
        case "pool_id": kind == .virtualMachine
        case "initialization.user_account.password": isEquivalent(.null, prior.at(path), path)
        default: false
        }
    }

    /// Whether two lists of blocks differ only in their order, or only in a block that says nothing.
    private func isEquivalent(_ block: SchemaBlock, _ new: [TerraformValue], _ old: [TerraformValue]) -> Bool {
        if new == old { return true }
        switch (kind, block.name) {
        case (.virtualMachine, "disk"), (.virtualMachine, "numa"):
            guard new.count == old.count else { return false }
            let key = block.name == "disk" ? "interface" : "device"
            return new.allSatisfy { element in
                old.contains { other in
                    guard element[key] == other[key] else { return false }
                    var aligned = element
                    // Computed values were taken from the element at the same place, which may be another disk.
                    for name in ["path_in_datastore", "file_format"] where block.name == "disk" {
                        aligned[name] = other[name]
                    }
                    return aligned == other
                }
            }
        case (.container, "dns"):
            return old.isEmpty && new.count == 1
                && (new.first.map { $0["domain"].isEmpty && $0["server"].isEmpty && $0["servers"].isEmpty } ?? false)
        default: return false
        }
    }

    /// The rules of the provider's own `CustomizeDiff`.
    private mutating func applySpecialRules(_ planned: inout TerraformValue) {
        guard !isCreation else { return }
        // A state of an old version may hold -1: putting the true id there replaces nothing.
        if let vmid = planned["vm_id"].integer, String(vmid) == prior["id"].string { drop("vm_id") }
        switch kind {
        case .virtualMachine:
            if planned["migrate"].isTrue { drop("node_name") }
            if planned["started"] != prior["started"] || planned["network_device"] != prior["network_device"] {
                for name in ["ipv4_addresses", "ipv6_addresses", "network_interface_names"] { planned[name] = .unknown }
            }
            replaceOnChange(of: "type", in: "efi_disk", planned)
            replaceOnChange(of: "version", in: "tpm_state", planned)
        case .container:
            for (new, old) in zip(planned["disk"].elements, prior["disk"].elements)
            where (new["size"].integer ?? 0) < (old["size"].integer ?? 0) {
                replacements.append("disk")
            }
        }
    }

    private mutating func drop(_ name: String) { replacements.removeAll { $0 == AttributePath([.attribute(name)]) } }

    private mutating func replaceOnChange(of name: String, in block: String, _ planned: TerraformValue) {
        let (new, old) = (planned[block].block[name].string, prior[block].block[name].string)
        guard !new.isEmpty, !old.isEmpty, new != old else { return }
        replacements.append(AttributePath([.attribute(block), .index(0), .attribute(name)]))
    }
}

extension TerraformValue {
    /// What is at a path; null where the path leads nowhere.
    func at(_ path: AttributePath) -> TerraformValue {
        path.steps.reduce(self) { value, step in
            switch step {
            case .attribute(let name): value[name]
            case .index(let index): value.elements[safe: index] ?? .null
            }
        }
    }
}

extension Array {
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension String {
    var trimmedOfWhitespace: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
