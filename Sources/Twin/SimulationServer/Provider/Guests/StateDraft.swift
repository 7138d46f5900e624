/// A state while the live guest is read into it.
///
/// Values that mean the same as what is there already stay as they are (null for an empty string, the state's order of
/// tags), so that a refresh shows only what was really changed.
struct StateDraft {
    private(set) var value: TerraformValue
    let body: SchemaBody
    /// Whether the guest turned out not to exist.
    var isGone = false

    init(_ value: TerraformValue, body: SchemaBody) {
        self.value = body.settled(value)
        self.body = body
    }

    subscript(name: String) -> TerraformValue { value[name] }

    /// Whether the guest was cloned: bpg/proxmox then looks only at what the state already has.
    var isClone: Bool { !value["clone"].elements.isEmpty }

    mutating func set(_ name: String, _ new: TerraformValue) {
        value[name] = Self.reconciled(value[name], new)
    }

    /// Sets it only where it was never set, which is what an import leaves.
    mutating func setIfNull(_ name: String, _ new: TerraformValue) {
        if value[name].isNull { value[name] = new }
    }

    /// Sets a list that only the provider fills, which is never null once the guest was read.
    mutating func setComputed(_ name: String, _ new: TerraformValue) {
        value[name] = Self.reconciled(value[name], new)
        if value[name].isNull { value[name] = .list([]) }
    }

    /// Replaces the elements of a nested block; members that are not named become null.
    mutating func set(_ name: String, blocks: [[String: TerraformValue]]) {
        guard let block = body.block(name) else { return }
        set(name, .list(blocks.map { block.body.filled($0) }))
    }

    /// Sets a block that occurs at most once, as the provider does: always where the state has it; otherwise, unless
    /// the guest is a clone, where it differs from what is usual.
    mutating func set(_ name: String, _ block: [String: TerraformValue], usual: [String: TerraformValue]) {
        let isUsual = block.allSatisfy { key, value in
            guard let expected = usual[key] else { return true }
            return expected == value || (expected.isEmpty && value.isEmpty)
        }
        guard !value[name].elements.isEmpty || (!isClone && !isUsual) else { return }
        set(name, blocks: [block])
    }

    /// The new value, with the old one wherever both say the same.
    private static func reconciled(_ old: TerraformValue, _ new: TerraformValue) -> TerraformValue {
        if old == new || old.isUnknown { return new }
        switch (old, new) {
        case (.null, .string(let text)): return text.isEmpty ? .null : new
        case (.null, .list(let elements)): return elements.isEmpty ? .null : new
        case (.string(let text), .null): return text.isEmpty ? old : new
        case (.list(let before), .list(let after)):
            guard before.count == after.count else { return new }
            return .list(zip(before, after).map { reconciled($0, $1) })
        case (.object(let before), .object(let after)):
            return .object(
                Dictionary(
                    uniqueKeysWithValues: after.map { ($0.key, reconciled(before[$0.key] ?? .null, $0.value)) }))
        default: return new
        }
    }
}

extension SchemaBody {
    /// The same without unknown values. A nested list is never null on the wire: an unknown one becomes empty.
    func settled(_ value: TerraformValue) -> TerraformValue {
        var known = value.known(else: .null)
        for block in blocks where known[block.name].isNull { known[block.name] = .list([]) }
        return known
    }

    /// An object of this body with the given members, the others null and their blocks absent.
    func filled(_ given: [String: TerraformValue]) -> TerraformValue {
        var members: [String: TerraformValue] = [:]
        for attribute in attributes { members[attribute.name] = given[attribute.name] ?? .null }
        for block in blocks {
            members[block.name] = .list((given[block.name]?.elements ?? []).map { block.body.filled($0.members) })
        }
        return .object(members)
    }
}

extension TerraformValue {
    var members: [String: TerraformValue] {
        guard case .object(let members) = self else { return [:] }
        return members
    }
}
