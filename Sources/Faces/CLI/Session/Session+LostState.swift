import Model
import Reconciliation

extension Session {
    /// Stacks whose file of the state is gone, and what can be done about each.
    ///
    /// - Throws: when the registry cannot be read.
    func lostStates() async throws -> [(stack: StackID, reason: Sentence)] {
        let recorded = try await reconciler.ledger.recorded()
        let clusters = Set(desired.clusters.map(\.name) + recorded.servers.map(\.stack.cluster))
        return recorded.lostStates(beside: await reconciler.stacks.stacks(of: clusters.sorted()))
    }

    /// Begins a stack's lost state anew, as a person decided.
    ///
    /// - Returns: what was done.
    /// - Throws: where there is no such stack, or its state is not lost.
    func beginStateAnew(of name: String) async throws -> Sentence {
        let lost = try await lostState(of: name)
        let kept = try await stacks.replaceLostState(of: lost.stack, by: .anew)
        let rebuilt =
            lost.servers.isEmpty
            ? Sentence("recovery.rebuiltUnrecorded", lost.stack.description, kept ?? "-")
            : Sentence("recovery.rebuilt", lost.stack.description, kept ?? "-", String(lost.servers.count))
        try await acceptReplacedState(of: lost.stack, as: rebuilt)
        return rebuilt
    }

    /// Puts Terraform's backup in the place of a stack's lost state, where it is an earlier writing of the state that was
    /// last seen there. That it is older is not accepted by that: until a person does, nothing rests on it.
    ///
    /// - Returns: what was done.
    /// - Throws: where there is no such stack, its state is not lost, or there is no backup of it.
    func restoreBackup(of name: String) async throws -> Sentence {
        let lost = try await lostState(of: name)
        guard let backup = lost.backup else { throw CommandFailure(Sentence("recovery.noBackup", name)) }
        let found = backup.stamp
        if let known = lost.known, known.lineage != found.lineage {
            throw CommandFailure(
                Sentence(
                    "recovery.backupOther", name, found.lineage, String(found.serial), known.lineage,
                    String(known.serial)))
        }
        let kept = try await stacks.replaceLostState(of: lost.stack, by: .backup)
        let lacking = Set(lost.servers).subtracting(backup.servers).sorted().map(\.text)
        let restored = Sentence(
            "recovery.restored", lost.stack.description, String(found.serial),
            lost.known.map { String($0.serial) } ?? "-", kept ?? "-",
            lacking.isEmpty ? "-" : lacking.joined(separator: ", "))
        try await note(restored, on: lost.stack)
        return restored
    }

    private func lostState(of name: String) async throws -> LostState {
        let recorded = try await reconciler.ledger.recorded()
        let rows = recorded.servers.filter {
            $0.stack.description.lowercased() == name.lowercased() && $0.manage == .full
        }
        let stack: StackID
        if let known = rows.first?.stack {
            stack = known
        } else if let unrecorded = await unreadableStack(named: name) {
            stack = unrecorded
        } else {
            throw CommandFailure(Sentence("recovery.nothingToRebuild", name))
        }
        let observed = await reconciler.stacks.stacks(of: [stack.cluster]).first { $0.id == stack }
        if observed?.hasErroredState == true {
            throw CommandFailure(Sentence("execution.erroredState", stack.description))
        }
        if let state = observed?.state.value, state != .unwritten {
            throw CommandFailure(
                Sentence("recovery.stateIsWhole", stack.description, String(state.resources.count)))
        }
        return LostState(
            stack: stack, servers: rows.map(\.name), backup: observed?.backup, known: recorded.stateStamps[stack])
    }

    /// A stack whose state cannot be read, whether a server is on record in it or not: rows are written at the end of an
    /// apply, and the first one of a stack may have been cut off before.
    private func unreadableStack(named name: String) async -> StackID? {
        let stacks = await reconciler.stacks.stacks(of: desired.clusters.map(\.name))
        return stacks.first { stack in
            guard case .unknown = stack.state else { return false }
            return stack.id.description.lowercased() == name.lowercased()
        }?.id
    }
}
