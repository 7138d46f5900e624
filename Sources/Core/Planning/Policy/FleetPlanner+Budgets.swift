import Model

extension FleetPlanner {
    /// Over budget, all destroys of the cluster are blocked: an arbitrary part of them would be worse than none.
    mutating func spendBudgets() {
        for cluster in view.clusters.indices {
            spendRecreations(of: cluster)
            let destroys = drafts.indices.filter { isCounted(drafts[$0], in: cluster) }
            guard !destroys.isEmpty else { continue }
            let known = managedServers(of: cluster)
            let merged = destroys.compactMap { index in
                drafts[index].server.map { policy(for: $0, endsGuest: true) }
            }
            let limit = merged.map { $0.destroyBudget(of: known) }.min() ?? 0
            var sentence: Sentence?
            if destroys.count > limit {
                sentence = Sentence(
                    .budget, view.clusters[cluster].name.text, String(destroys.count), String(limit), String(known))
            } else {
                sentence = dailyOverrun(of: cluster, planned: destroys.count, known: known, merged)
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
        let known = managedServers(of: cluster)
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
    private func dailyOverrun(of cluster: Int, planned: Int, known: Int, _ merged: [MergedPolicy]) -> Sentence? {
        let name = view.clusters[cluster].name
        let spent = input.recorded.endings(of: name, inTheDayBefore: input.now)
        // A percentage is of the servers that were there when the day began.
        guard let limit = merged.compactMap({ $0.dailyDestroyBudget(of: known + spent.count) }).min() else {
            return nil
        }
        let excess = planned + spent.count - limit
        guard excess > 0 else { return nil }
        guard planned <= limit else {
            return Sentence(.budgetPerDayNever, name.text, String(planned), String(limit))
        }
        let frees = spent[excess - 1].at + .seconds(86_400)
        return Sentence(
            .budgetPerDay, name.text, String(planned), String(spent.count), String(limit), frees.description)
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
    private func managedServers(of cluster: Int) -> Int {
        let name = view.clusters[cluster].name
        return view.servers.count { known in
            if let state = known.state { return input.observed.stacks[state.stack].id.cluster == name }
            guard let row = known.recorded.map({ input.recorded.servers[$0] }) else { return false }
            return row.manage == .full && row.stack.cluster == name
        }
    }
}

extension Recorded {
    /// What ended in a cluster in the 24 hours before a moment, oldest first. What is dated later than that moment
    /// counts too: a clock that was put back frees nothing.
    func endings(of cluster: ClusterName, inTheDayBefore now: Timestamp) -> [RecordedEnding] {
        let begin = Timestamp(milliseconds: now.milliseconds - 86_400_000)
        return endings.filter { $0.cluster == cluster && $0.at > begin }.sorted { $0.at < $1.at }
    }
}
