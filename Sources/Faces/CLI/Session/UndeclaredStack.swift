import Model
import Planning
import Reconciliation
import Terraform

/// A stack on disk whose cluster is not declared, with something in it that somebody may still need. It is not opened:
/// what is to be decided about its state waits until the cluster is declared again.
package struct UndeclaredStack: Sendable, Hashable {
    package var stack: StackID
    /// Its directory; absolute.
    package var path: String
    /// How many servers its state has; nil: it cannot be read.
    package var serversInState: Int?
    /// How many servers the registry has in it.
    package var serversOnRecord: Int
    /// What there is to decide about its state; nil: nothing.
    package var undecided: Sentence?
}

extension Session {
    /// Stacks that no other look of a recovery reaches: those of clusters that are not declared.
    ///
    /// - Throws: when the registry cannot be read.
    func undeclaredStacks() async throws -> [UndeclaredStack] {
        // Nobody knows which cluster a document declares that cannot be read.
        guard desired.completeness == .complete else { return [] }
        let found = await stacks.stacks(besides: desired.clusters.map(\.name))
        if found.isEmpty { return [] }
        let recorded = try await reconciler.ledger.recorded()
        return recorded.undeclaredStacks(among: found) { stack in try? stacks.directory(of: stack).path }
    }
}

extension Recorded {
    /// - Parameters:
    ///   - stacks: of clusters that are not declared.
    ///   - place: the directory of a stack; nil: it has none.
    func undeclaredStacks(among stacks: [StackObservation], at place: (StackID) -> String?) -> [UndeclaredStack] {
        let replacements = replacedStates(in: stacks)
        return stacks.compactMap { stack -> UndeclaredStack? in
            guard let path = place(stack.id) else { return nil }
            var undeclared = UndeclaredStack(
                stack: stack.id, path: path, serversOnRecord: servers.count { $0.stack == stack.id })
            switch stack.state {
            case .present(let state): undeclared.serversInState = state.resources.count
            // What is lost by that, where something is, the lost states say.
            case .absent: undeclared.serversInState = 0
            case .unknown(let reason): undeclared.undecided = reason
            }
            if stack.hasErroredState {
                undeclared.undecided = Sentence("plan.erroredState", stack.id.description)
            } else if let replaced = replacements[stack.id] {
                undeclared.undecided = replaced.sentence(on: stack.id)
            }
            if undeclared.undecided == nil, undeclared.serversInState == 0 { return nil }
            return undeclared
        }
    }
}
