import Model

/// What people said no to, as the registry keeps it.
struct WorldNoes: Sendable {
    /// Who said no to whichever plan is carried out.
    var toAny: String? { didSet { count += 1 } }
    /// Latest first.
    private(set) var plans: [RejectedPlan] = []
    /// How often one was given or taken back.
    private(set) var count = 0
    /// How often somebody asked for the count, and how often for the noes.
    fileprivate(set) var looks = 0
    fileprivate(set) var readings = 0
    /// The one that came while a plan was carried out.
    var late: LateNo?

    mutating func give(_ no: RejectedPlan) {
        plans.removeAll { $0.id == no.id }
        plans.insert(no, at: 0)
        count += 1
    }

    /// What of them a yes takes back: that person's own to the plan, and to its steps in other plans.
    mutating func takeBack(by approval: Approval) throws(StepFailure) {
        if let no = plans.first(where: { $0.id == approval.plan }), !no.rejection.isOf(approval.by) {
            throw StepFailure(Sentence("registry.planRejected", no.id.description, no.rejection.by))
        }
        let kept = plans.compactMap { no -> RejectedPlan? in
            guard no.rejection.isOf(approval.by) else { return no }
            if no.id == approval.plan { return nil }
            let left = no.steps.subtracting(approval.steps)
            if left.count == no.steps.count { return no }
            if left.isEmpty { return nil }
            return RejectedPlan(
                id: no.id, rejection: no.rejection, steps: left,
                refusedForThemselves: no.refusedForThemselves.intersection(left.map(\.id)))
        }
        if kept != plans { count += 1 }
        plans = kept
    }
}

extension World {
    var rejectedBy: String? {
        get { noes.toAny }
        set { noes.toAny = newValue }
    }

    func approve(_ approval: Approval, isEnough: Bool) throws(StepFailure) {
        try noes.takeBack(by: approval)
        recorded.approvals.append(approval)
    }

    func reject(_ id: PlanID, _ plan: Plan, by person: String, at moment: Timestamp) {
        endApprovals(like: plan.steps)
        noes.give(RejectedPlan(id: id, rejection: Rejection(by: person, at: moment), of: plan.steps))
    }

    func rejectedPlans() -> [RejectedPlan] {
        noes.readings += 1
        return noes.plans
    }

    func noesSoFar() -> Int? {
        noes.looks += 1
        return noes.count
    }

    func rejection(of plan: PlanID) -> Rejection? {
        if let no = noes.plans.first(where: { $0.id == plan }) { return no.rejection }
        return noes.toAny.map { Rejection(by: $0, at: Timestamp(seconds: 1_790_000_000)) }
    }
}
