import Model

/// Why steps that a plan let through may not begin any more, by what people say now: documents that cannot be read or
/// that ask for something else, a pause, a closed window, a yes that does not count any more, a day in which others ended
/// what there was room for.
///
/// - Parameters:
///   - areBorn: whether the guests of the steps are made, and only their first start is left.
///   - agreed: those that had the yes that they needed when they were planned.
///   - free: those that needed none by the policies of then.
///   - changes: what the documents say otherwise than when the plan was made.
///   - ends: all that the plan ends; nil: nothing of it is left to end.
///   - input: what the plan was made from, with the declarations, the records and the moment of now.
package func objections(
    to steps: [Step], areBorn: Bool, agreed: Set<StepID>, free: Set<StepID>, changes: ChangedDeclarations,
    ends: PlannedEnds?, _ input: PlanningInput
) -> [StepID: Sentence] {
    var planner = FleetPlanner(input)
    let book = ApprovalBook(input.recorded, now: input.now)
    var objections: [StepID: Sentence] = [:]
    for step in steps where step.action.touchesGuest {
        objections[step.id] =
            planner.incompleteness(under: step, isBorn: areBorn) ?? changes.objection(to: step)
        if objections[step.id] == nil, !planner.isOwedStart(step) {
            objections[step.id] =
                planner.objection(to: step, isAgreed: agreed.contains(step.id), book)
                ?? planner.tightening(over: step, isFree: free.contains(step.id), isBorn: areBorn)
        }
        if let ends, objections[step.id] == nil {
            objections[step.id] = planner.dailyOverrun(before: step, of: ends)
        }
    }
    return objections
}

/// Those of the steps that have as many people's yes as they need.
package func agreedSteps(of steps: [Step], _ input: PlanningInput) -> Set<StepID> {
    Set(approvalStandings(of: steps, input).filter { $0.given >= $0.required }.map(\.step))
}

/// Those of the steps that policies let through by themselves.
package func freeSteps(of steps: [Step], _ input: PlanningInput) -> Set<StepID> {
    var planner = FleetPlanner(input)
    return Set(steps.filter { !planner.isHeldByPolicy($0) }.map(\.id))
}

extension FleetPlanner {
    /// Whether the step gives a guest its power back that Plumb asked to shut down, which is owed to it still by what
    /// is recorded now: what has begun is finished, whatever policies say meanwhile.
    fileprivate func isOwedStart(_ step: Step) -> Bool {
        guard case .power(let change) = step.action, change.target == .running,
            case .server(let name, _) = step.subject, let known = view.servers.position(of: name),
            let row = view.servers[known].recorded.map({ input.recorded.servers[$0] })
        else { return false }
        return row.isOwedRecentStart(of: change.guest.vmid, at: input.now)
    }

    /// No yes overrides a budget, so that one which is gone holds back what was agreed to as well. What is made already has
    /// spent its own.
    fileprivate mutating func tightening(over step: Step, isFree: Bool, isBorn: Bool) -> Sentence? {
        guard (!isBorn && isWithoutBudget(step)) || (isFree && isHeldByPolicy(step)) else { return nil }
        return Sentence("execution.policyTightened", step.subject.description)
    }

    private mutating func isWithoutBudget(_ step: Step) -> Bool {
        guard step.action.verb.endsGuest || step.action.verb == .recreate else { return false }
        return policy(of: step).destroyBudget(of: view.servers.count) == 0
    }

    /// Whether policies ask somebody before such a step. A rebuild is asked about under each, so that only `manual` tells.
    fileprivate mutating func isHeldByPolicy(_ step: Step) -> Bool {
        let policy = policy(of: step)
        if policy.apply == .manual { return true }
        switch step.action.verb {
        case .destroy: return policy.apply == .safe
        case .recreate: return policy.recreate == .approve
        case .restart: return policy.restarts == .approve
        case .adopt where isIntake(step): return !policy.takesIn(step)
        case .rebuild: return false
        case .create, .update, .adopt, .untaint, .move, .rename, .forget, .start, .stop, .repairEntry, .record, .retire,
            .register, .updateRegistration, .unregister:
            switch step.effect {
            case .restart: return policy.restarts == .approve
            case .stop: return policy.apply == .safe
            case .none, .hotplug, .pendingRestart, .destroy: return false
            }
        }
    }

    /// Whether a guest that was nobody's is taken in and changed: it bears no mark, and is not the one of a row that gave
    /// one.
    private func isIntake(_ step: Step) -> Bool {
        guard case .adopt(let adoption) = step.action, case .server(let name, _) = step.subject,
            adoption.guest.mark == nil, !step.changesBeyondMark.isEmpty
        else { return false }
        let known = view.servers.position(of: name).flatMap { view.servers[$0].recorded }
        guard let row = known.map({ input.recorded.servers[$0] }) else { return true }
        return row.mark == nil || row.vmid != adoption.guest.vmid
    }

    fileprivate func incompleteness(under step: Step, isBorn: Bool) -> Sentence? {
        guard broken != nil, !isBorn, step.action.verb.endsGuest || step.action.verb == .recreate else { return nil }
        return Sentence("execution.brokenMeanwhile", step.subject.description, brokenDocuments)
    }

    fileprivate mutating func objection(to step: Step, isAgreed: Bool, _ approvals: ApprovalBook) -> Sentence? {
        let subject = step.subject.description
        let policy = policy(of: step)
        if let pause = policy.pause { return Sentence("execution.pausedMeanwhile", subject, pause.reason) }
        if isAgreed {
            switch approvals.verdict(on: step, policy.approval) {
            case .approved: break
            case .unknown, .partly, .expired, .ahead, .moved: return Sentence("execution.yesTakenBack", subject)
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
