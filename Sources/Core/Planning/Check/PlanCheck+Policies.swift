import Model

/// What policies say of the steps that may run now: pauses, windows, and as many people's yes as it takes. Counted here by
/// itself, from the policies one by one, not by what the planner merges them into.
extension PlanCheck {
    mutating func checkPolicies() {
        for step in plan.steps where step.disposition == .ready && step.action.touchesGuest {
            guard case .server(let name, _) = step.subject else { continue }
            let words = words(over: name, endsGuest: declared[name] == nil || step.action.verb == .rebuild).all
            for policy in words {
                if let pause = policy.pause, pause.until.map({ input.now < $0 }) ?? true {
                    report(.paused, step, "Policy \(policy.name) pauses it")
                }
                if !policy.windows.isEmpty, !policy.windows.contains(where: isOpen) {
                    report(.window, step, "it is outside of the windows of Policy \(policy.name)")
                }
            }
            guard needsYes(step, words) else { continue }
            let isOthers = words.contains { $0.preventSelfApproval == true }
            // Of those who say yes, one may be who asked.
            let unnamed = isOthers && input.recorded.unknownAskers.contains(step.id) ? 1 : 0
            let required = (words.compactMap(\.requiredApprovals).max() ?? 1) + unnamed
            let given = people(for: step, besidesAskers: isOthers)
            if given.isEmpty {
                report(.approval, step, "nobody said yes to it")
            } else if given.count < required {
                report(.approval, step, "\(given.count) of \(required) said yes to it")
            }
        }
    }

    /// What policies say of the steps of one server.
    struct Words {
        /// The policies that select it. Where nobody knows its labels there are two readings, as if it had none and as if
        /// it had any, and the more careful one holds.
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
                $0.name == kept.name && $0.selector.matches(name: name.text, labels: row.labels, roles: row.roles)
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

    private func needsYes(_ step: Step, _ words: [Policy]) -> Bool {
        let applies = words.compactMap(\.apply)
        let isManual = applies.contains(.manual)
        let restarts = words.compactMap(\.restarts)
        let mayRestart = !restarts.isEmpty && restarts.allSatisfy { $0 == .allow } && !isManual
        switch step.action {
        case .rebuild: return true
        case .destroy: return applies.isEmpty || applies.contains { $0 != .auto }
        case .power(let change):
            return change.target == .stopped && (applies.isEmpty || applies.contains { $0 != .auto })
        case .recreate:
            let recreations = words.compactMap(\.recreate)
            return isManual || recreations.isEmpty || recreations.contains { $0 != .auto }
        case .restart(let restart):
            let detail = inventories[restart.guest.cluster]?.details[restart.guest.vmid]?.value
            return !mayRestart || detail?.othersPending.isEmpty == false
        case .update: return step.effect == .restart && !mayRestart
        case .create, .adopt, .untaint, .move, .rename, .forget, .repairEntry, .record, .retire, .register,
            .updateRegistration, .unregister:
            return false
        }
    }

    /// Who said yes to the step on the very facts that it rests on, within a week.
    private func people(for step: Step, besidesAskers: Bool) -> Set<String> {
        let oldest = input.now.seconds - 7 * 86_400
        let given = input.recorded.approvals.filter { approval in
            approval.at.seconds >= oldest
                && approval.steps.contains { $0.id == step.id && $0.facts == step.facts }
        }
        let people = Set(given.map { $0.by.lowercased() })
        return besidesAskers ? people.subtracting(input.recorded.askers[step.id] ?? []) : people
    }
}
