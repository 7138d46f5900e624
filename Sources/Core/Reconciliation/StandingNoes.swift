import Model

/// The noes that stand while a pass is carried out, as they were last read.
struct StandingNoes: Sendable {
    /// How many had been given or taken back before they were read; nil: nobody counts.
    let count: Int?
    /// To the whole plan.
    private let whole: Rejection?
    /// What that one is to; nil: nobody wrote it down, so to whatever is asked about.
    private let steps: Set<Approval.ApprovedStep>?
    private let plans: [RejectedPlan]

    /// - Parameter rejection: of the plan by its id.
    init(_ rejection: Rejection?, _ plans: [RejectedPlan], count: Int?, over pass: PlannedPass) {
        self.count = count
        self.plans = plans
        let no = rejection == nil ? plans.first { $0.covers(pass.plan) } : plans.first { $0.id == pass.id }
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
