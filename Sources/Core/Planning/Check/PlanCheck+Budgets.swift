import Model

/// How many servers end or are made again at a time. Counted and folded here by itself, from the policies one by one:
/// the smallest budget holds, 10 % where no policy has a word, and a percentage is of the servers that the cluster has,
/// rounded down, but never less than one.
extension PlanCheck {
    mutating func checkBudgets() {
        for (cluster, names) in servers(where: { step, _ in step.action.verb.endsGuest }) {
            let known = knownServers(of: cluster)
            checkDay(cluster, names, known: known)
            let limit = names.map { allowed(over: $0, endsGuest: true, of: known) }.min() ?? 0
            if names.count > limit {
                report(.budget, nil, "\(names.count) destroys in \(cluster), and \(limit) are allowed")
            }
        }
        for (cluster, names) in servers(where: isMadeAgain) {
            let known = knownServers(of: cluster)
            let limit = names.map { allowed(over: $0, endsGuest: false, of: known) }.min() ?? 0
            if names.count > limit {
                report(.budget, nil, "\(names.count) are made again in \(cluster), and \(limit) are allowed")
            }
        }
    }

    /// Whether the step makes a server again that lived. One that changes its stack meanwhile is let go of by the old
    /// one first, and then looks like one that is made for the first time.
    func isMadeAgain(_ step: Step, _ name: ServerName) -> Bool {
        switch step.action.verb {
        case .recreate: true
        case .create: inState.contains(name)
        case .update, .destroy, .adopt, .untaint, .move, .rename, .forget, .start, .stop, .restart, .rebuild,
            .repairEntry, .record, .retire, .register, .updateRegistration, .unregister:
            false
        }
    }

    /// By cluster, the servers of the steps that may run and that are of the kind.
    private func servers(
        where isOfKind: (Step, ServerName) -> Bool
    ) -> [(cluster: ClusterName, names: [ServerName])] {
        var servers: [ClusterName: [ServerName]] = [:]
        for step in plan.steps where step.mayRun {
            guard case .server(let name, let stack) = step.subject, isOfKind(step, name) else { continue }
            servers[stack.cluster, default: []].append(name)
        }
        return servers.sorted { $0.key < $1.key }.map { (cluster: $0.key, names: $0.value) }
    }

    /// Of how many servers of a cluster a percentage is taken: those of its states, and those on record there that are
    /// managed and in no state. One that is in another cluster's state lives there, whatever its row says.
    private func knownServers(of cluster: ClusterName) -> Int {
        var known = Set(
            input.recorded.servers.filter {
                $0.stack.cluster == cluster && $0.manage == .full && !inState.contains($0.name)
            }.map(\.name))
        for stack in input.observed.stacks where stack.id.cluster == cluster {
            known.formUnion((stack.state.value?.resources ?? []).map(\.server))
        }
        return known.count
    }

    /// How many the smallest budget over a server allows in one plan.
    private func allowed(over name: ServerName, endsGuest: Bool, of known: Int) -> Int {
        let words = words(over: name, endsGuest: endsGuest)
        var budgets = words.kept.compactMap(\.destroyBudget)
        for reading in words.readings {
            let spoken = reading.compactMap(\.destroyBudget)
            budgets += spoken.isEmpty ? [Policy.Budget.percent(10)] : spoken
        }
        return budgets.map { allowed(by: $0, of: known) }.min() ?? 0
    }

    private func allowed(by budget: Policy.Budget, of servers: Int) -> Int {
        switch budget {
        case .count(let count): count
        case .percent(let percent): percent == 0 ? 0 : max(1, servers * percent / 100)
        }
    }

    private mutating func checkDay(_ cluster: ClusterName, _ names: [ServerName], known: Int) {
        let spent = input.recorded.endings.count {
            $0.cluster == cluster && input.now.milliseconds - $0.at.milliseconds < 86_400_000
        }
        for name in names {
            for budget in words(over: name, endsGuest: true).all.compactMap(\.dailyDestroyBudget) {
                let limit = allowed(by: budget, of: known + spent)
                guard names.count + spent > limit else { continue }
                report(.budget, nil, "\(names.count) destroys in \(cluster) after \(spent) within a day of \(limit)")
            }
        }
    }
}
