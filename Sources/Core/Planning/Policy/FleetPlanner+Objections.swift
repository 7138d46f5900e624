import Model

/// Why steps that a plan let through may not begin any more, by what people say now: documents that cannot be read or
/// that ask for something else, a pause, a closed window, a yes that does not count any more.
///
/// - Parameters:
///   - agreed: those that had the yes that they needed when they were planned.
///   - changes: what the documents say otherwise than when the plan was made.
///   - input: what the plan was made from, with the declarations, the records and the moment of now.
package func objections(
    to steps: [Step], agreed: Set<StepID>, changes: ChangedDeclarations, _ input: PlanningInput
) -> [StepID: Sentence] {
    var planner = FleetPlanner(input)
    let book = ApprovalBook(input.recorded, now: input.now)
    var objections: [StepID: Sentence] = [:]
    for step in steps where step.action.touchesGuest {
        objections[step.id] =
            planner.incompleteness(under: step) ?? changes.objection(to: step)
            ?? planner.objection(to: step, isAgreed: agreed.contains(step.id), book)
    }
    return objections
}

/// Those of the steps that have as many people's yes as they need.
package func agreedSteps(of steps: [Step], _ input: PlanningInput) -> Set<StepID> {
    Set(approvalStandings(of: steps, input).filter { $0.given >= $0.required }.map(\.step))
}

extension FleetPlanner {
    fileprivate func incompleteness(under step: Step) -> Sentence? {
        guard broken != nil, step.action.verb.endsGuest || step.action.verb == .recreate else { return nil }
        return Sentence("execution.brokenMeanwhile", step.subject.description, brokenDocuments)
    }

    fileprivate mutating func objection(to step: Step, isAgreed: Bool, _ approvals: ApprovalBook) -> Sentence? {
        let subject = step.subject.description
        let policy = policy(of: step)
        if let pause = policy.pause { return Sentence("execution.pausedMeanwhile", subject, pause.reason) }
        if isAgreed {
            switch approvals.verdict(on: step, policy.approval) {
            case .approved: break
            case .unknown, .partly, .expired, .moved: return Sentence("execution.yesTakenBack", subject)
            }
        }
        guard !policy.windows.isEmpty else { return nil }
        switch calendar.gate(policy.windows, at: input.now) {
        case .open: return nil
        case .opens(let at, let window):
            return Sentence("execution.windowClosed", subject, window, at.description)
        case .never(let text): return Sentence(.windowNever, subject, text)
        case .unknownZone(let zone): return Sentence(.windowZone, subject, zone)
        }
    }
}

extension Action {
    /// Whether a guest is made, changed, stopped, started or ended by it, and not only something written down.
    package var touchesGuest: Bool {
        switch self {
        case .create, .recreate, .update, .destroy, .adopt, .power, .restart, .rebuild: true
        case .untaint, .move, .rename, .forget, .repairEntry, .record, .retire, .register, .updateRegistration,
            .unregister:
            false
        }
    }
}
