import Model
import Planning
import Reconciliation

extension Survey {
    /// Clusters, nodes and stacks of which nothing could be read, and stacks whose state is not the one that was there.
    var unseen: [DriftView.Unseen] {
        var unseen = observed.inventories.flatMap(\.unseen)
        for stack in observed.stacks {
            if case .unknown(let reason) = stack.state { unseen.append(DriftView.Unseen(stack.id, reason)) }
        }
        for (stack, count) in lostStates(planningInput()).sorted(by: { $0.key < $1.key }) {
            let backup = observed.stacks.first { $0.id == stack }?.backup
            unseen.append(
                DriftView.Unseen(stack, recorded.lostStateSentence(on: stack, count: count, beside: backup)))
        }
        for (stack, replaced) in recorded.replacedStates(in: observed.stacks).sorted(by: { $0.key < $1.key }) {
            unseen.append(DriftView.Unseen(stack, replaced.sentence(on: stack)))
        }
        return unseen
    }
}

extension DriftView.Unseen {
    fileprivate init(_ stack: StackID, _ reason: Sentence) {
        self.init(cluster: stack.cluster, stack: stack, reason: reason, isWhole: true)
    }
}

extension Recorded {
    /// Stacks whose file of the state is gone, although the registry has servers in them.
    func lostStates(beside stacks: [StackObservation]) -> [(stack: StackID, reason: Sentence)] {
        let known = Set(stacks.filter { $0.state != .absent }.map(\.id))
        let counts = Dictionary(grouping: servers.filter { $0.manage == .full && $0.mark != nil }, by: \.stack)
        return counts.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }.map { stack, rows in
            let backup = stacks.first { $0.id == stack }?.backup
            return (stack: stack, reason: lostStateSentence(on: stack, count: rows.count, beside: backup))
        }
    }
}

extension ClusterInventory {
    fileprivate var unseen: [DriftView.Unseen] {
        if let distrust { return [.init(cluster: cluster, reason: distrust, isWhole: true)] }
        return nodes.filter { !$0.isOnline }.map { node in
            .init(cluster: cluster, reason: Sentence("doctor.nodeOffline", node.name.text), isWhole: false)
        }
    }
}

extension PlannedPass {
    /// Whether a whole cluster, or a whole stack, of what was planned for could not be read, so that nothing can be said
    /// of it: an operator's timer must hear of that from `plan`, `status` and `servers` as from `drift` and `doctor`.
    var isBlind: Bool {
        let unseen = survey.unseen.filter(\.isWhole)
        guard let targets, !unseen.isEmpty else { return !unseen.isEmpty }
        let names = Set(targets)
        var clusters = Set(survey.desired.servers.filter { names.contains($0.name) }.map(\.cluster))
        clusters.formUnion(survey.recorded.servers.filter { names.contains($0.name) }.map(\.stack.cluster))
        return unseen.contains { clusters.contains($0.cluster) }
    }

    /// The whole cluster and the whole stacks that could not be read of those in which a server is or is to be.
    func unread(around server: Reconciliation.ServerView) -> [DriftView.Unseen] {
        let subjects = server.steps.map(\.subject) + server.findings.map(\.subject)
        var stacks = Set(
            subjects.compactMap { subject -> StackID? in
                if case .server(_, let stack) = subject { stack } else { nil }
            })
        if let recorded = server.recorded { stacks.insert(recorded.stack) }
        var clusters = Set(stacks.map(\.cluster))
        if let declared = server.declared { clusters.insert(declared.cluster) }
        return survey.unseen.filter { unseen in
            guard unseen.isWhole else { return false }
            return unseen.stack.map { stacks.contains($0) } ?? clusters.contains(unseen.cluster)
        }
    }
}
