import Model

/// What people said yes to.
struct ApprovalBook {
    enum Verdict {
        /// By as many people as it takes.
        case approved
        case unknown
        /// By too few: who has said yes, ascending, and who did so to what they asked for themselves.
        case partly([String], own: [String])
        /// Said yes to so long ago that it no longer counts; with the moment.
        case expired(Timestamp)
        /// Said yes to at a moment that is still to come, by a clock that was ahead; nobody can say how old it is.
        case ahead(Timestamp)
        /// Said yes to, and since then something moved; with the facts of that yes.
        case moved([Fact])
    }

    /// How long a yes counts: who gave it knew the fleet of that week.
    static let lifetimeDays = 7

    private struct Yes {
        var by: String
        var facts: [Fact]
    }

    private var known: [StepID: [Yes]] = [:]
    /// What became of the latest yes that does not count.
    private var lapsed: [StepID: Verdict] = [:]
    private let askers: [StepID: [String]]
    private let unknownAskers: Set<StepID>

    init(_ recorded: Recorded, now: Timestamp) {
        askers = recorded.askers
        unknownAskers = recorded.unknownAskers
        for approval in recorded.approvals.sorted(by: { $0.at < $1.at }) {
            for step in approval.steps {
                if approval.counts(at: now) {
                    known[step.id, default: []].append(Yes(by: approval.by, facts: step.facts))
                } else {
                    let isAhead = approval.isAhead(of: now)
                    lapsed[step.id] = isAhead ? Verdict.ahead(approval.at) : Verdict.expired(approval.at)
                }
            }
        }
    }

    /// What the latest yes to a step rests on; nil: there is none that still counts.
    func facts(of step: StepID) -> [Fact]? { known[step]?.last?.facts }

    /// Whether it is not known who asked for a step, and it matters.
    func isAskerUnknown(of step: StepID, _ rule: MergedPolicy.Approval) -> Bool {
        rule.preventsSelf && unknownAskers.contains(step)
    }

    /// How many different people must say yes to a step: where nobody knows who asked, and their yes does not count, one
    /// more, because one of them may be that person.
    func required(for step: StepID, _ rule: MergedPolicy.Approval) -> Int {
        rule.required + (isAskerUnknown(of: step, rule) ? 1 : 0)
    }

    /// People are compared by their names without case, and without blanks that do not show. A yes of somebody who
    /// asked for the step counts for nothing where the policy says so.
    func verdict(on step: Step, _ rule: MergedPolicy.Approval) -> Verdict {
        guard let given = known[step.id], let latest = given.last else {
            return lapsed[step.id] ?? .unknown
        }
        let asked = rule.preventsSelf ? Set((askers[step.id] ?? []).map(PersonName.compared)) : []
        var people: Set<String> = []
        var own: Set<String> = []
        for yes in given where yes.facts == step.facts {
            let name = PersonName.compared(yes.by)
            if asked.contains(name) { own.insert(name) } else { people.insert(name) }
        }
        if people.count >= required(for: step.id, rule) { return .approved }
        return people.isEmpty && own.isEmpty ? .moved(latest.facts) : .partly(people.sorted(), own: own.sorted())
    }
}

extension Approval {
    /// Whether it is recent enough to count.
    func counts(at now: Timestamp) -> Bool {
        !isAhead(of: now) && at.seconds >= now.seconds - Int64(ApprovalBook.lifetimeDays) * 86_400
    }

    /// Whether it is from the future, by more than an hour: the clock by which it was given was ahead, or the one that is
    /// looked at now is behind.
    func isAhead(of now: Timestamp) -> Bool { at.seconds > now.seconds + 3_600 }
}
