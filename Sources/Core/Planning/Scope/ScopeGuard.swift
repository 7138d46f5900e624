import Model

/// Demands that Terraform does exactly what was announced: nothing more and nothing less. `-target` does not confine
/// Terraform, so this does.
package enum ScopeGuard {
    package enum Verdict: Hashable, Sendable {
        case pass
        /// These servers break the batch; without them it may go on, after a new plan.
        case setAside([ServerName: Sentence])
        /// Nothing of this plan may be applied.
        case refuse(Sentence)
    }

    /// - Parameters:
    ///   - stack: whose plan it is, for the sentences.
    ///   - announced: every server that the batch is about.
    ///   - vanished: servers that are known to be gone, whose disappearance from the state is therefore no surprise.
    package static func check(
        in stack: StackID, announced: [ServerName: ExpectedChange], vanished: Set<ServerName> = [],
        changes: PlannedChanges
    ) -> Verdict {
        if changes.isErrored { return .refuse(Sentence(.scopeErrored, stack.description)) }
        if let refusal = stranger(stack, announced, vanished, changes) { return .refuse(refusal) }
        var culprits: [ServerName: Sentence] = [:]
        var changesOf: [ServerName: [PlannedChanges.ResourceChange]] = [:]
        for change in changes.resources where change.action != .read {
            if let server = change.server { changesOf[server, default: []].append(change) }
        }
        // Worst news last, because it is what is kept.
        for (server, expected) in announced {
            culprits[server] = mismatch(stack, server, expected, changesOf[server] ?? [])
        }
        for gone in changes.vanished {
            guard let server = gone.server, !vanished.contains(server) else { continue }
            culprits[server] = Sentence(.scopeForgotten, server.text)
        }
        return culprits.isEmpty ? .pass : .setAside(culprits)
    }

    /// A change of something that the batch is not about: setting servers aside would not make it go away.
    private static func stranger(
        _ stack: StackID, _ announced: [ServerName: ExpectedChange], _ vanished: Set<ServerName>,
        _ changes: PlannedChanges
    ) -> Sentence? {
        for change in changes.resources.sorted(by: { $0.address < $1.address }) {
            guard change.action != .none, change.action != .read else { continue }
            guard let server = change.server else {
                return Sentence(.scopeForeign, change.address, change.action.rawValue, stack.description)
            }
            if announced[server] == nil {
                return Sentence(
                    .scopeUnannounced, server.text, change.action.rawValue, change.address, stack.description)
            }
        }
        for gone in changes.vanished.sorted(by: { $0.address < $1.address }) {
            guard let server = gone.server else { return Sentence(.scopeForgottenOther, gone.address) }
            if announced[server] == nil, !vanished.contains(server) {
                return Sentence(.scopeForgottenOther, gone.address)
            }
        }
        return nil
    }

    private static func mismatch(
        _ stack: StackID, _ server: ServerName, _ expected: ExpectedChange, _ own: [PlannedChanges.ResourceChange]
    ) -> Sentence? {
        guard !own.isEmpty else {
            // Terraform leaves out what it does not target and what it has no resource of.
            return expected == .noChange ? nil : Sentence(.scopeNothing, server.text, expected.rawValue)
        }
        for change in own where !expected.allows(change.action) {
            switch change.action {
            case .replace:
                let paths = change.replacePaths.isEmpty ? "?" : change.replacePaths.joined(separator: ", ")
                return Sentence(.scopeReplace, server.text, expected.rawValue, paths)
            case .none: return Sentence(.scopeNothing, server.text, expected.rawValue)
            case .create, .read, .update, .delete, .forget:
                return Sentence(
                    .scopeOther, server.text, expected.rawValue, change.action.rawValue, change.address,
                    stack.description)
            }
        }
        // One resource per server is the root's contract; two would be two changes where one was announced.
        let changing = own.count { $0.action != .none }
        if expected != .noChange, changing > 1 {
            return Sentence(.scopeTwice, server.text, expected.rawValue, "\(changing)", stack.description)
        }
        return nil
    }
}
