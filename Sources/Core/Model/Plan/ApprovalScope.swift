/// What one person's yes to a plan is to, while noes stand that they or others said.
///
/// It must not know how a yes is written down: the registry takes the same noes back in the transaction that does.
package struct ApprovalScope: Hashable, Sendable {
    /// In the plan's order: those that wait for a yes, and those that the person's own no to another plan holds.
    package var steps: [Step]
    /// The person's own noes that end by it, latest first.
    package var takenBack: [TakenBackNo]
    /// Others' noes to steps of the plan, which the yes is not to, latest first.
    package var standing: [StandingNo]

    package struct TakenBackNo: Hashable, Sendable {
        package var no: RejectedPlan
        /// What it does not hold for any more, ascending.
        package var lifted: [StepID]
        /// What it still holds for, ascending; empty: nothing is left of it.
        package var left: [StepID]
    }

    package struct StandingNo: Hashable, Sendable {
        package var no: RejectedPlan
        /// In the plan's order.
        package var steps: [StepID]
    }

    package enum Refusal: Error, Hashable, Sendable {
        /// No step waits for a yes, and no no of the person's own is to any.
        case nothingWaits
        /// Somebody else said no to all that the plan would do.
        case rejected(RejectedPlan)
        /// Somebody else said no to whatever a yes could be to; the first such step.
        case forbidden(Step, RejectedPlan)
    }

    /// - Parameters:
    ///   - id: the plan's.
    ///   - noes: every plan that is rejected, latest first. That plan may be one of them.
    package init(
        of plan: Plan, as id: PlanID, by person: String, beside noes: [RejectedPlan]
    ) throws(Refusal) {
        let own = noes.filter { $0.rejection.isOf(person) }
        let others = noes.filter { !$0.rejection.isOf(person) }
        if let no = others.first(where: { $0.id == id }) ?? others.first(where: { $0.covers(plan) }) {
            throw Refusal.rejected(no)
        }
        // A no to the plan itself goes whole; what it holds back waits for its yes as before.
        let elsewhere = own.filter { $0.id != id }
        var allowed: [Step] = []
        var forbidden: [(step: Step, no: RejectedPlan)] = []
        for step in plan.steps {
            if let no = others.first(where: { $0.forbids(step) }) {
                forbidden.append((step, no))
            } else if step.needsApproval || elsewhere.contains(where: { $0.steps.contains(step.agreed) }) {
                allowed.append(step)
            }
        }
        if allowed.isEmpty, elsewhere.count == own.count {
            guard let first = forbidden.first else { throw Refusal.nothingWaits }
            throw Refusal.forbidden(first.step, first.no)
        }
        let agreed = Set(allowed.map(\.agreed))
        steps = allowed
        takenBack = own.compactMap { no -> TakenBackNo? in
            let lifted = no.id == id ? no.steps : no.steps.intersection(agreed)
            guard no.id == id || !lifted.isEmpty else { return nil }
            let left = no.steps.subtracting(lifted)
            return TakenBackNo(no: no, lifted: lifted.map(\.id).sorted(), left: left.map(\.id).sorted())
        }
        standing = others.compactMap { no -> StandingNo? in
            let held = forbidden.filter { $0.no.id == no.id }.map(\.step.id)
            return held.isEmpty ? nil : StandingNo(no: no, steps: held)
        }
    }
}
