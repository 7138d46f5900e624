import Model

/// What people say while a plan is carried out: a window that closes, a pause that begins, a yes that is taken back.
package protocol StandingOrders: Sendable {
    /// Outcomes for those of the steps that may not begin any more. What has begun is not asked about.
    ///
    /// - Parameter areBorn: whether the guests of the steps are made, and only their first start is left.
    func objections(to steps: [Step], areBorn: Bool) async -> [StepID: StepOutcome]
}

extension StandingOrders {
    func objections(to steps: [Step]) async -> [StepID: StepOutcome] { await objections(to: steps, areBorn: false) }

    /// Nil: it may begin.
    func objection(to step: Step) async -> StepOutcome? { await objections(to: [step])[step.id] }
}

/// Nobody says anything.
package struct NoOrders: StandingOrders {
    package init() {}

    package func objections(to steps: [Step], areBorn: Bool) async -> [StepID: StepOutcome] { [:] }
}
