import Model

/// Which steps a person must have said yes to, and who did.
extension PlanCheck {
    /// Whether a document that cannot be read may be a policy, which could forbid anything.
    func isPolicyUnread() -> Bool {
        guard case .broken(let documents) = input.desired.completeness else { return false }
        if documents.claims.contains(where: { $0.kind == .policy }) { return true }
        let declared = Set(input.desired.policies.map(\.name))
        return input.recorded.servers.contains { row in
            (row.policies ?? []).contains { !declared.contains($0.name) }
        }
    }

    /// Where nobody knows which policies select a server, one reading that wants a yes is enough.
    func needsYes(_ weight: Weight, _ words: Words, isPolicyUnread: Bool) -> Bool {
        let kept = words.kept.compactMap(\.apply)
        return words.readings.contains { reading in
            let applies = reading.compactMap(\.apply)
            let isManual = isPolicyUnread || applies.contains(.manual) || kept.contains(.manual)
            // Who says nothing says `safe`, and `approve`.
            let isAuto =
                !isManual && !applies.isEmpty && applies.allSatisfy { $0 == .auto } && kept.allSatisfy { $0 == .auto }
            let restarts = reading.compactMap(\.restarts)
            let mayRestart = !isManual && !restarts.isEmpty && restarts.allSatisfy { $0 == .allow }
            let recreations = reading.compactMap(\.recreate)
            let mayMakeAgain = !isManual && !recreations.isEmpty && recreations.allSatisfy { $0 == .auto }
            switch weight {
            case .none: return false
            case .ordinary(let isRestarted): return isManual || (isRestarted && !mayRestart)
            case .again: return !mayMakeAgain
            case .end: return !isAuto
            case .intake(let isRestarted): return !isAuto || (isRestarted && !mayRestart)
            case .restart: return !mayRestart
            case .always: return true
            }
        }
    }

    mutating func checkYes(_ step: Step, _ words: [Policy], _ yeses: Yeses) {
        let people = people(for: step.id, on: step.facts, words, yeses)
        let required = required(for: step.id, words)
        if people.count >= required || isOwed(step, words, yeses) { return }
        let detail = people.isEmpty ? "nobody said yes to it" : "\(people.count) of \(required) said yes to it"
        report(.approval, step, detail)
    }

    /// Who said yes to the step on the very facts that it rests on, within a week.
    private func people(for step: StepID, on facts: [Fact], _ words: [Policy], _ yeses: Yeses) -> Set<String> {
        let people = yeses.people(for: step, on: facts)
        guard words.contains(where: { $0.preventSelfApproval == true }) else { return people }
        return people.subtracting((input.recorded.askers[step] ?? []).map(PersonName.compared))
    }

    private func required(for step: StepID, _ words: [Policy]) -> Int {
        let isOthers = words.contains { $0.preventSelfApproval == true }
        // Of those who say yes, one may be who asked.
        let unnamed = isOthers && input.recorded.unknownAskers.contains(step) ? 1 : 0
        return (words.compactMap(\.requiredApprovals).max() ?? 1) + unnamed
    }

    /// Whether it is the birth of a rebuild whose end came about and whose birth did not: who agreed to the whole agreed
    /// to it, as long as nothing else is wanted of the server by now.
    private func isOwed(_ step: Step, _ words: [Policy], _ yeses: Yeses) -> Bool {
        guard case .create = step.action else { return false }
        let whole = StepID(rawValue: "\(Action.Verb.rebuild.rawValue) \(step.subject)")
        let wanted = step.facts.filter { $0.topic == .desired }
        return yeses.facts(of: whole).contains { facts in
            wanted.allSatisfy { facts.contains($0) }
                && people(for: whole, on: facts, words, yeses).count >= required(for: whole, words)
        }
    }
}

/// What people said yes to within a week; what a clock that was ahead made a yes of the future is none.
struct Yeses {
    private var known: [StepID: [(by: String, facts: [Fact])]] = [:]

    init(_ recorded: Recorded, now: Timestamp) {
        let week = (now.seconds - 7 * 86_400)...(now.seconds + 3_600)
        for approval in recorded.approvals where week.contains(approval.at.seconds) {
            let person = PersonName.compared(approval.by)
            for step in approval.steps { known[step.id, default: []].append((by: person, facts: step.facts)) }
        }
    }

    func people(for step: StepID, on facts: [Fact]) -> Set<String> {
        Set((known[step] ?? []).filter { $0.facts == facts }.map(\.by))
    }

    /// On what yeses to the step rest.
    func facts(of step: StepID) -> [[Fact]] { (known[step] ?? []).map(\.facts) }
}
