import Model

/// The noes that stand while steps of a plan are carried out, as they were last read.
struct StandingNoes: Sendable {
    /// How many had been given or taken back before they were read; nil: nobody counts.
    let count: Int?
    /// To the whole plan.
    private let whole: Rejection?
    /// What that one is to; nil: nobody wrote it down, so to whatever is asked about.
    private let steps: Set<Approval.ApprovedStep>?
    private let plans: [RejectedPlan]

    /// Those that stand now.
    ///
    /// - Parameters:
    ///   - plan: the one whose steps are asked about; nil: it is not known any more, and noes to steps alone count.
    ///   - earlier: as they were last read, which is returned as long as none was given or taken back since: every act
    ///     asks, and what was rejected can be as much as a fleet.
    static func standing(
        over plan: (id: PlanID, plan: Plan)?, in ledger: any Ledger, since earlier: StandingNoes? = nil
    ) async throws(StepFailure) -> StandingNoes {
        // Counted first: one that comes between is counted at the next look, and read then.
        let count = try await ledger.noesSoFar()
        if let earlier, let count, earlier.count == count { return earlier }
        var rejection: Rejection?
        if let plan { rejection = try await ledger.rejection(of: plan.id) }
        return StandingNoes(rejection, try await ledger.rejectedPlans(), count: count, over: plan)
    }

    /// - Parameter rejection: of the plan by its id.
    private init(_ rejection: Rejection?, _ plans: [RejectedPlan], count: Int?, over plan: (id: PlanID, plan: Plan)?) {
        self.count = count
        self.plans = plans
        let no = plan.flatMap { plan in
            plans.first { rejection == nil ? $0.covers(plan.plan) : $0.id == plan.id }
        }
        whole = rejection ?? no?.rejection
        steps = no.flatMap { $0.steps.isEmpty ? nil : $0.steps }
    }

    /// Outcomes of those of the steps that somebody said no to; also of what only writes something down, where it is to
    /// the whole plan.
    func refusals(of steps: [Step]) -> [StepID: StepOutcome] {
        if whole == nil, plans.isEmpty { return [:] }
        let pairs = steps.compactMap { step -> (StepID, StepOutcome)? in
            rejection(of: step).map { no in
                (step.id, StepOutcome.skipped(Sentence("execution.planRejected", step.subject.description, no.by)))
            }
        }
        return Dictionary(pairs) { first, _ in first }
    }

    private func rejection(of step: Step) -> Rejection? {
        if let whole, steps?.contains(step.agreed) ?? true { return whole }
        return plans.first { $0.forbids(step) }?.rejection
    }
}
