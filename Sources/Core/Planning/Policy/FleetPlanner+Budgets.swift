import Model

extension FleetPlanner {
    /// Over budget, all destroys of the cluster are blocked: an arbitrary part of them would be worse than none.
    mutating func spendBudgets() {
        for cluster in view.clusters.indices {
            spendRecreations(of: cluster)
            let destroys = drafts.indices.filter { isCounted(drafts[$0], in: cluster) }
            guard !destroys.isEmpty else { continue }
            let known = managedServers(of: view.clusters[cluster].name)
            let merged = destroys.compactMap { index in
                drafts[index].server.map { policy(for: $0, endsGuest: true) }
            }
            let limit = merged.map { $0.destroyBudget(of: known) }.min() ?? 0
            var sentence: Sentence?
            if destroys.count > limit {
                sentence = Sentence(
                    .budget, view.clusters[cluster].name.text, String(destroys.count), String(limit), String(known))
            } else {
                sentence = dailyOverrun(of: cluster, planned: destroys.count, merged)
            }
            guard let sentence else { continue }
            for index in destroys { drafts[index].step.disposition = .blocked(sentence) }
        }
    }

    /// What is made again ends nothing, and so many at once are the sign of a listing that is wrong: they are bounded as
    /// ends are, and counted apart from them, so that a server that waits to be made again holds up no removal.
    private mutating func spendRecreations(of cluster: Int) {
        let again = drafts.indices.filter { drafts[$0].consequence == .recreates && mayCount(drafts[$0], in: cluster) }
        guard !again.isEmpty else { return }
        let known = managedServers(of: view.clusters[cluster].name)
        let merged = again.compactMap { index in drafts[index].server.map { policy(for: $0) } }
        let limit = merged.map { $0.destroyBudget(of: known) }.min() ?? 0
        // One that another stack lets go of first has two steps.
        let count = Set(again.compactMap { drafts[$0].server }).count
        guard count > limit else { return }
        let sentence = Sentence(
            .budgetRecreate, view.clusters[cluster].name.text, String(count), String(limit), String(known))
        for index in again { drafts[index].step.disposition = .blocked(sentence) }
    }

    /// Why the destroys of a cluster would be too many for one day; nil: they are not, or no policy has a word on it.
    private func dailyOverrun(of cluster: Int, planned: Int, _ merged: [MergedPolicy]) -> Sentence? {
        let name = view.clusters[cluster].name
        let spent = input.recorded.endings.of(name, inTheDayBefore: input.now)
        let known = serversWhenDayBegan(in: name)
        guard let limit = merged.compactMap({ $0.dailyDestroyBudget(of: known) }).min() else { return nil }
        let excess = planned + spent.count - limit
        guard excess > 0 else { return nil }
        guard planned <= limit else {
            return Sentence(.budgetPerDayNever, name.text, String(planned), String(limit))
        }
        let frees = spent[excess - 1].at + .seconds(86_400)
        return Sentence(
            .budgetPerDay, name.text, String(planned), String(spent.count), String(limit), frees.description)
    }

    /// Of how many servers of a cluster a percentage for a day is taken.
    func serversWhenDayBegan(in cluster: ClusterName) -> Int {
        managedServers(of: cluster) + input.recorded.endings.of(cluster, inTheDayBefore: input.now).count
    }

    /// Why an end would be too many for one day by now, with what other runs ended since the plan was made or are about to
    /// end; nil: it is not. Of two runs that set out together, the one whose batch was begun first goes on.
    mutating func dailyOverrun(before step: Step, of planned: PlannedEnds) -> Sentence? {
        guard step.action.verb.endsGuest, case .server(let server, let stack) = step.subject else { return nil }
        let cluster = stack.cluster
        guard let limit = policy(of: step).dailyDestroyBudget(of: planned.known[cluster] ?? 0) else { return nil }
        let coming = input.recorded.comingEndings
        let own = coming.firstIndex { $0.run == planned.run && $0.server == server && $0.cluster == cluster }
        let counted = input.recorded.endings + Array(coming.prefix(own ?? coming.count))
        let others = counted.of(cluster, inTheDayBefore: input.now).count { $0.run != planned.run }
        let count = planned.counts[cluster] ?? 1
        guard count + others > limit else { return nil }
        return Sentence(
            "execution.daySpent", step.subject.description, cluster.text, String(others), String(count), String(limit))
    }

    private func isCounted(_ draft: DraftStep, in cluster: Int) -> Bool {
        (draft.consequence == .destroys || draft.consequence == .rebuilds) && mayCount(draft, in: cluster)
    }

    private func mayCount(_ draft: DraftStep, in cluster: Int) -> Bool {
        guard draft.cluster == cluster, draft.server != nil else { return false }
        switch draft.step.disposition {
        case .ready, .needsApproval, .waiting: return true
        case .blocked: return false
        }
    }

    /// How many servers Plumb has in a cluster: where they live, whatever cluster a document names. One that is only
    /// declared is none yet: whoever writes a hundred new names beside a removal does not widen what may be removed.
    private func managedServers(of cluster: ClusterName) -> Int {
        view.servers.count { known in
            if let state = known.state { return input.observed.stacks[state.stack].id.cluster == cluster }
            guard let row = known.recorded.map({ input.recorded.servers[$0] }) else { return false }
            return row.manage == .full && row.stack.cluster == cluster
        }
    }
}

extension [RecordedEnding] {
    /// What ended in a cluster in the 24 hours before a moment, oldest first. What is dated later than that moment
    /// counts too: a clock that was put back frees nothing.
    fileprivate func of(_ cluster: ClusterName, inTheDayBefore now: Timestamp) -> [RecordedEnding] {
        let begin = Timestamp(milliseconds: now.milliseconds - 86_400_000)
        return filter { $0.cluster == cluster && $0.at > begin }.sorted { $0.at < $1.at }
    }
}
