import Model

/// What policies say of the steps that may run now: pauses, windows, and as many people's yes as it takes. Counted here by
/// itself, from the policies one by one, not by what the planner merges them into.
extension PlanCheck {
    mutating func checkPolicies() {
        let isPolicyUnread = isPolicyUnread()
        var yeses: Yeses?
        var labels: [ObjectName: [Metadata.Label]]?
        for step in plan.steps where step.disposition == .ready {
            let weight = weight(of: step)
            if weight == .none { continue }
            let words: Words
            switch step.subject {
            case .server(let name, _):
                words = self.words(over: name, endsGuest: declared[name] == nil || step.action.verb == .rebuild)
            case .object(let name):
                let known = labels ?? labelsOfObjects()
                labels = known
                words = self.words(over: name, labels: known[name] ?? [])
            case .guest, .stack, .cluster: continue
            }
            checkTimes(step, words.all)
            guard needsYes(weight, words, isPolicyUnread: isPolicyUnread) else { continue }
            // A plan can have thousands of steps that wait for one person: what they said is laid out once.
            let given = yeses ?? Yeses(input.recorded, now: input.now)
            yeses = given
            checkYes(step, words.all, given)
        }
    }

    private mutating func checkTimes(_ step: Step, _ words: [Policy]) {
        for policy in words {
            if let pause = policy.pause, pause.until.map({ input.now < $0 }) ?? true {
                report(.paused, step, "Policy \(policy.name) pauses it")
            }
            if !policy.windows.isEmpty, !policy.windows.contains(where: isOpen) {
                report(.window, step, "it is outside of the windows of Policy \(policy.name)")
            }
        }
    }

    /// What policies say of one server or object.
    struct Words {
        /// The policies that select it. Where nobody knows its labels there are two readings, as if it had none and as
        /// if it had any, and the more careful one holds.
        var readings: [[Policy]]
        /// What was said of it at its last apply, as far as it still counts.
        var kept: [Policy]

        var all: [Policy] { (readings.last ?? []) + kept }
    }

    /// Of the policies that select a server as it is declared, or as it was recorded where it is not; for its end also
    /// what was kept of its last apply.
    func words(over name: ServerName, endsGuest: Bool) -> Words {
        let (server, row) = (declared[name], recorded[name])
        let labels = server.map(\.metadata.labels) ?? row?.labels
        let roles = server?.roles ?? row?.roles ?? []
        let known: [[Metadata.Label]?] = labels == nil ? [[], nil] : [labels]
        let readings = known.map { labels in
            input.desired.policies.filter { $0.selector.matches(name: name.text, labels: labels, roles: roles) }
        }
        guard endsGuest, let row else { return Words(readings: readings, kept: []) }
        let kept = (row.policies ?? []).map { kept in
            let stands = input.desired.policies.contains {
                $0.name == kept.name && $0.selector.matches(name: name.text, labels: labels, roles: roles)
            }
            var policy = Policy(name: kept.name)
            policy.apply = kept.apply
            policy.requiredApprovals = kept.requiredApprovals
            policy.preventSelfApproval = kept.preventSelfApproval
            if !stands {
                policy.destroyBudget = kept.destroyBudget
                policy.dailyDestroyBudget = kept.dailyDestroyBudget
                policy.pause = kept.pause
                policy.windows = kept.windows
            }
            return policy
        }
        return Words(readings: readings, kept: kept)
    }

    private func words(over object: ObjectName, labels: [Metadata.Label]) -> Words {
        let selecting = input.desired.policies.filter {
            $0.selector.matches(name: object.key, labels: labels, roles: [])
        }
        return Words(readings: [selecting], kept: [])
    }

    /// As they are declared, or as they were registered where nobody declares the object any more.
    private func labelsOfObjects() -> [ObjectName: [Metadata.Label]] {
        var labels: [ObjectName: [Metadata.Label]] = [:]
        for object in input.recorded.objects { labels[object.name] = object.labels }
        for role in input.desired.roles { labels[ObjectName(.role, role.name.key)] = role.metadata.labels }
        for server in input.desired.databaseServers {
            labels[ObjectName(.databaseServer, server.name.key)] = server.metadata.labels
        }
        for database in input.desired.databases {
            labels[ObjectName(.database, database.name.key)] = database.metadata.labels
        }
        for fleet in input.desired.fleets {
            labels[ObjectName(.simulatedFleet, fleet.name.key)] = fleet.metadata.labels
        }
        return labels
    }

    /// Whether one of the window's openings was no longer ago than the window is long.
    private func isOpen(_ window: Policy.Window) -> Bool {
        let utc = window.zone == "UTC" ? ZoneOffsets.utc : nil
        guard let zone = input.zones[window.zone] ?? utc else { return false }
        let today = CalendarDay.day(of: zone.wallSeconds(at: input.now)).day.number
        let span = window.duration.wholeMilliseconds / 86_400_000 + 2
        return (today - span...today).contains { number in
            guard window.opening.includes(CalendarDay(number: number)) else { return false }
            return window.opening.minutesOfDay.contains { minute in
                let opening = zone.moment(ofWall: number * 86_400 + Int64(minute) * 60)
                return opening <= input.now && input.now < opening + window.duration
            }
        }
    }
}
