/// What a full look of Terraform at one stack came to: everything that the stack's tfvars say, planned with a refresh and
/// without targets, and never applied.
package struct StackAudit: Hashable, Sendable, Codable {
    package var stack: StackID
    package var endedAt: Timestamp
    package var result: Result

    package init(stack: StackID, endedAt: Timestamp, result: Result) {
        self.stack = stack
        self.endedAt = endedAt
        self.result = result
    }

    package enum Result: Hashable, Sendable, Codable {
        /// Terraform would change nothing.
        case clean
        /// What Terraform would do, in the plan's order; at least one.
        case unclean([AuditedChange])
        /// Terraform could not plan; why.
        case failed(Sentence)
    }

    package var isClean: Bool {
        switch result {
        case .clean: true
        case .unclean, .failed: false
        }
    }
}

/// One resource that Terraform would not leave alone.
package struct AuditedChange: Hashable, Sendable, Codable {
    package var address: String
    /// Nil: the address is no server of Plumb's.
    package var server: ServerName?
    package var action: PlannedChanges.ResourceAction
    /// What an update or a replacement would change, by the YAML's names where it has one; a secret has no values.
    package var attributes: [AttributeChange]

    package init(
        address: String, server: ServerName?, action: PlannedChanges.ResourceAction, attributes: [AttributeChange] = []
    ) {
        self.address = address
        self.server = server
        self.action = action
        self.attributes = attributes
    }
}

extension StackAudit {
    /// What an operator reads of it; nothing where Terraform would change nothing.
    package var sentences: [Sentence] {
        switch result {
        case .clean: []
        case .unclean(let changes):
            [
                Sentence(
                    "audit.stackUnclean", stack.description, String(changes.count),
                    AuditedChange.summary(of: changes), endedAt.description)
            ] + unseen(among: changes)
        case .failed(let reason): [Sentence("audit.failed", stack.description, endedAt.description), reason]
        }
    }
}

extension StackAudit {
    /// What may still be so of it: whatever a look at the stack's files shows to be over is left out.
    ///
    /// An audit is looked at for as long as a day after it was made, and costs too much to be made at each look. What held
    /// it up, or what it found, is over where the files beside the stack's own are gone, and where the state does not have
    /// the resource any more that Terraform would have changed or taken away.
    ///
    /// - Returns: nil where nothing of it is left.
    package func standing(beside look: StackObservation) -> StackAudit? {
        switch result {
        case .clean: return self
        case .failed(let reason):
            let isOver = reason.code == "terraform.foreignFiles" && look.foreignFiles.isEmpty
            return isOver ? nil : self
        case .unclean(let changes):
            guard let state = look.state.value else { return self }
            let held = state.resources.map(\.address) + state.foreign
            let addresses = Set(held + held.map(Self.bareAddress))
            let left = changes.filter { !$0.isOver(where: addresses) }
            if left.isEmpty { return nil }
            var audit = self
            audit.result = .unclean(left)
            return audit
        }
    }

    /// What a replacement left behind is `ADDRESS (deposed object ID)` in a state, and in a plan the address alone.
    private static func bareAddress(_ address: String) -> String {
        guard address.hasSuffix(")"), let end = address.lastIndex(of: "(") else { return address }
        return String(address[..<end].dropLast())
    }

    /// Terraform takes a guest that its token may not see for gone, and says so with no word but that it would make it.
    private func unseen(among changes: [AuditedChange]) -> [Sentence] {
        let missed = changes.count { $0.server != nil && $0.action == .create }
        return missed == 0 ? [] : [Sentence("audit.unseen", String(missed))]
    }
}

extension AuditedChange {
    /// Whether a state that holds these addresses leaves nothing of it to be done.
    fileprivate func isOver(where held: Set<String>) -> Bool {
        switch action {
        case .update, .delete, .replace, .forget: !held.contains(address)
        // What a plan makes or reads is in no state before; a server that was made since was made by its own step.
        case .none, .create, .read: false
        }
    }

    /// The first of them in one line: `web-1 update (cores 8 → 2)`, and how many more there are.
    static func summary(of changes: [AuditedChange]) -> String {
        let shown = changes.prefix(3).map(\.text).joined(separator: "; ")
        return changes.count > 3 ? "\(shown); +\(changes.count - 3)" : shown
    }

    private var text: String {
        let head = "\(server?.text ?? address) \(action.rawValue)"
        guard !attributes.isEmpty else { return head }
        let parts = attributes.prefix(3).map { change in
            change.before == nil && change.after == nil
                ? change.path : "\(change.path) \(change.before ?? "–") → \(change.after ?? "–")"
        }
        return head + " (" + parts.joined(separator: ", ") + (attributes.count > 3 ? ", …" : "") + ")"
    }
}
