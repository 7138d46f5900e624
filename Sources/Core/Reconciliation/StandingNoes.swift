import Model

/// The noes that stand while a pass is carried out, as they were last read.
struct StandingNoes: Sendable {
    /// How many had been given or taken back before they were read; nil: nobody counts.
    let count: Int?
    /// To the whole plan.
    private let whole: Rejection?
    private let plans: [RejectedPlan]

    /// - Parameter rejection: of the plan by its id.
    init(_ rejection: Rejection?, _ plans: [RejectedPlan], count: Int?, over plan: Plan) {
        self.count = count
        self.plans = plans
        whole = rejection ?? plans.first { $0.covers(plan) }?.rejection
    }

    /// Outcomes of those of the steps that somebody said no to; of all, where it is to the whole plan, also of what only
    /// writes something down.
    func refusals(of steps: [Step]) -> [StepID: StepOutcome] {
        if whole == nil, plans.isEmpty { return [:] }
        let pairs = steps.compactMap { step -> (StepID, StepOutcome)? in
            guard let no = whole ?? plans.first(where: { $0.forbids(step) })?.rejection else { return nil }
            return (step.id, .skipped(Sentence("execution.planRejected", step.subject.description, no.by)))
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
