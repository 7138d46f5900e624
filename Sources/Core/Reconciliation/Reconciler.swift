import Execution
import Model
import Planning

/// One pass over the fleet: look, plan, carry out, report. The terminal and the daemon share it.
///
/// It must not know any edge: the world arrives through its ports.
package struct Reconciler: Sendable {
    package let ports: ExecutionPorts
    package let stacks: any StackReader
    package let ledger: any Ledger
    /// Who Plumb is to each cluster, so that it never names itself as the culprit of a drift.
    package let ownUsers: [ClusterName: String]
    /// The present moment.
    package let clock: @Sendable () -> Timestamp
    /// The time zones of those names, over the years around a moment; one that nobody knows is left out.
    package let zones: @Sendable (_ names: Set<String>, _ moment: Timestamp) -> [String: ZoneOffsets]
    /// Who brought about what is declared, since a commit.
    package let askers: @Sendable (_ since: String?, _ person: String) async -> Askers
    /// The pause between two inventories that confirm an absence.
    package let pause: @Sendable () async -> Void
    /// What is declared now, where that can change while a pass is carried out; nil from it: it cannot be read.
    package var declared: (@Sendable () async -> Desired?)?
    /// On whose behalf it works.
    package var manner = Manner.asked

    package init(
        ports: ExecutionPorts, stacks: any StackReader, ledger: any Ledger, ownUsers: [ClusterName: String] = [:],
        clock: @escaping @Sendable () -> Timestamp,
        zones: @escaping @Sendable (Set<String>, Timestamp) -> [String: ZoneOffsets] = { _, _ in [:] },
        askers: @escaping @Sendable (String?, String) async -> Askers = { _, person in
            Askers(people: [], planner: person, knowledge: .witnesses)
        },
        pause: @escaping @Sendable () async -> Void
    ) {
        self.ports = ports
        self.stacks = stacks
        self.ledger = ledger
        self.ownUsers = ownUsers
        self.clock = clock
        self.zones = zones
        self.askers = askers
        self.pause = pause
    }

    /// Looks and plans. The plan is stored, and the VMIDs that it chose are leased, so that a later pass chooses the same.
    package func plan(
        _ desired: Desired, targets: [ServerName]? = nil, request: PlanRequest = PlanRequest(), commit: String? = nil,
        by person: String
    ) async throws(StepFailure) -> PlannedPass {
        var (survey, plan, thought) = try await planned(desired, targets: targets, request)
        for attempt in 1... {
            let input = survey.planningInput(targets: targets)
            let violations = thought.timing { checkPlan(plan, input) }
            guard violations.isEmpty else {
                throw StepFailure(Self.refused(for: violations))
            }
            do throws(StepFailure) {
                try await takeLeases(of: plan, input)
                break
            } catch {
                // Another process chose the same VMID since the registry was read; who looks again chooses another.
                guard error.sentence.code == "registry.vmidTaken", attempt < Self.leaseAttempts else { throw error }
                (survey, plan, thought) = try await planned(desired, targets: targets, request)
            }
        }
        try await noteAskers(of: plan, survey, targets, by: person)
        let spent = survey.spentApprovals(beside: plan, targets: targets)
        if !spent.isEmpty { try await ledger.endApprovals(of: spent, at: survey.now) }
        let held = policiesToHold(for: plan, survey.planningInput(targets: targets))
        if !held.isEmpty {
            try await ledger.keep(held)
            // An apply of this pass keeps what the registry has by then.
            for index in survey.recorded.servers.indices {
                if let policies = held[survey.recorded.servers[index].name] {
                    survey.recorded.servers[index].policies = policies
                }
            }
        }
        let id = try await ledger.store(
            plan, isWhole: targets == nil, commit: commit, by: person, at: survey.now)
        let pass = PlannedPass(
            id: id, plan: plan, survey: survey, targets: targets, commit: commit, thought: thought)
        return try await withholdingRefused(from: pass)
    }

    /// How often a plan is made whose VMIDs others turn out to hold.
    private static var leaseAttempts: Int { 5 }

    private func takeLeases(of plan: Plan, _ input: PlanningInput) async throws(StepFailure) {
        let leases = plan.steps.compactMap(\.lease).filter { !input.recorded.leases.contains($0) }
        let stray = strayLeases(input)
        if !stray.isEmpty { try await ledger.release(stray) }
        if !leases.isEmpty { try await ledger.take(leases) }
    }

    /// Writes down who asked for what waits for a yes, where a policy does not take theirs.
    private func noteAskers(
        of plan: Plan, _ survey: Survey, _ targets: [ServerName]?, by person: String
    ) async throws(StepFailure) {
        guard survey.preventsSelfApproval else { return }
        let since = try await ledger.askedUpTo()
        var asked = await askers(since, person)
        // What is held back may become a step later, and who asked for it is among the same authors.
        let isWhole = targets == nil && survey.desired.completeness == .complete
        if !isWhole || plan.findings.contains(where: { $0.kind != .notice }) { asked.commit = nil }
        try await ledger.note(askers: asked, of: plan.steps)
    }

    /// Keeps with each server what the policies over it say now, so that none goes together with what it protects. For
    /// passes that nobody asked for it is called even if there is nothing to carry out.
    package func keepPolicies(of pass: PlannedPass) async throws(StepFailure) {
        let kept = policiesToKeep(pass.survey.planningInput(targets: pass.targets))
        if !kept.isEmpty { try await ledger.keep(kept) }
    }

    /// Carries out what is ready in a planned pass.
    ///
    /// - Parameter shouldStop: asked between batches; once it says yes, no further batch begins.
    package func apply(
        _ pass: PlannedPass, by person: String, shouldStop: @escaping @Sendable () -> Bool = { false },
        report: @escaping @Sendable (ExecutionEvent) -> Void = { _ in }
    ) async throws(StepFailure) -> AppliedPass {
        let run = try await ledger.beginRun(
            of: pass.id, setsOut: pass.plan.steps.filter { $0.disposition == .ready }, commit: pass.commit, by: person,
            at: clock())
        try await keepPolicies(of: pass)
        let stopwatch = StepStopwatch(clock: clock)
        var ports = ports
        ports.orders = PassOrders(pass, self, run: run)
        let outcomes = await PlanExecutor(ports: ports).execute(pass.plan, shouldStop: shouldStop) { event in
            stopwatch.note(event)
            report(event)
        }
        try await noteSetbacks(of: pass.plan, outcomes, earlier: pass.survey.recorded.setbacks)
        let applied = AppliedPass(run: run, pass: pass, outcomes: outcomes, backups: stopwatch.backups)
        try await ledger.endRun(
            run, plan: pass.plan, outcomes: outcomes, times: stopwatch.times, exitCode: applied.exitCode, at: clock())
        return applied
    }

    /// Finds out what became of what an earlier process left, and closes it with the truth. To be called before every
    /// plan that is to be carried out: while a batch is open, nothing begins in its stack.
    ///
    /// - Throws: when the registry cannot be read or written.
    package func recover(
        report: @escaping @Sendable (RecoveryEvent) -> Void = { _ in }
    ) async throws(StepFailure) -> Recovery {
        var ports = ports
        // What is left of a batch there stays open until the cluster is looked at again.
        ports.inventory = RestingInventory(base: ports.inventory, resting: try await resting(), clock: clock)
        ports.orders = RecoveryOrders(self)
        let batches = try await BatchRecovery(ports: ports, pause: pause, report: report).run()
        return Recovery(batches: batches, endedRuns: try await ledger.endInterruptedRuns(at: clock()))
    }

    /// Says no, for `person`, to a plan. Policies that were held for its rebuilds go with their documents again.
    package func reject(_ id: PlanID, _ plan: Plan, by person: String) async throws(StepFailure) {
        try await ledger.reject(id, plan, by: person, at: clock())
        let released = policiesToRelease(for: plan, try await ledger.recorded())
        if !released.isEmpty { try await ledger.keep(released) }
    }

    /// Says yes, for `person`, to steps of a plan that wait for it, and looks again.
    ///
    /// Its declarations are those that the pass was planned from; where a person was asked, they may have changed since,
    /// and ``lookAgain(at:desired:approving:commit:by:)`` with what is declared now is the one to call.
    package func approve(
        _ pass: PlannedPass, steps: [Step], by person: String
    ) async throws(StepFailure) -> PlannedPass {
        try await lookAgain(at: pass, desired: pass.survey.desired, approving: steps, commit: pass.commit, by: person)
    }

    /// What becomes of a pass that a person has looked at for a while: approves `steps`, looks at the world again, and
    /// returns of the fresh plan what was shown. What moved meanwhile is stale.
    ///
    /// - Parameters:
    ///   - desired: what is declared now, read after the person's answer.
    ///   - steps: of the pass, those that the person said yes to.
    /// - Returns: a pass under the same id, with no step that the pass did not show, and none ready that was shown as
    ///   blocked or that waits for a yes nobody gave.
    package func lookAgain(
        at shown: PlannedPass, desired: Desired, approving steps: [Step] = [], commit: String? = nil, by person: String
    ) async throws(StepFailure) -> PlannedPass {
        if !steps.isEmpty {
            let approved = steps.map { Approval.ApprovedStep(id: $0.id, facts: $0.facts) }
            let approval = Approval(plan: shown.id, by: person, at: clock(), steps: approved)
            let isEnough = isApproved(shown.awaitingApproval, with: approval, shown.survey.planningInput())
            try await ledger.approve(approval, isEnough: isEnough)
        }
        let request = PlanRequest(again: shown.plan)
        let fresh = try await plan(
            desired, targets: shown.targets, request: request, commit: commit ?? shown.commit, by: person)
        // A step that a first fresh look found stale bears the facts of that look: staleness is measured against what
        // the person saw first. What that look found gone was not shown.
        let visible = Set(shown.plan.steps.map(\.id))
        var basis = shown.earlier ?? shown.plan
        basis.steps.removeAll { !visible.contains($0.id) }
        var confined = confine(fresh, to: basis)
        let approved = Set(steps.map(\.id))
        let before = Dictionary(shown.plan.steps.map { ($0.id, $0.disposition) }) { first, _ in first }
        for index in confined.plan.steps.indices where confined.plan.steps[index].disposition == .ready {
            let id = confined.plan.steps[index].id
            switch before[id] {
            case .blocked(let reason): confined.plan.steps[index].disposition = .blocked(reason)
            case .needsApproval(let reason) where !approved.contains(id) && confined.plan.steps[index].after.isEmpty:
                // What only writes down another step's result waits with that one, and comes free with it.
                confined.plan.steps[index].disposition = .needsApproval(reason)
            case .needsApproval, .ready, .waiting, nil: break
            }
        }
        confined.plan.holdExchanges()
        confined.gone = (shown.gone + confined.gone).sorted()
        if confined.rejection != nil { confined.rejectedAs = confined.rejectedAs ?? fresh.id }
        // The run belongs to the plan that was shown and agreed to.
        confined.id = shown.id
        return confined
    }

    /// A fresh pass confined to the steps of an earlier plan: what still rests on the same facts and would do the same
    /// may run, what moved is stale, and what is no longer needed is said so. Nothing that the earlier plan did not have
    /// runs, nor what by now rests on such a step.
    package func confine(_ fresh: PlannedPass, to earlier: Plan) -> PlannedPass {
        let byID = Dictionary(earlier.steps.map { ($0.id, $0) }) { first, _ in first }
        var confined = fresh
        confined.earlier = earlier
        confined.plan.steps = fresh.plan.steps.compactMap { step in
            guard let planned = byID[step.id] else { return nil }
            let moved = movedFacts(planned.facts, step.facts).map(\.text) + step.departures(from: planned)
            guard !moved.isEmpty else { return step }
            var stale = step
            stale.disposition = .blocked(Sentence("execution.stepStale", moved.joined(separator: "; ")))
            return stale
        }
        confined.plan.holdWhatRestsOnOthers()
        confined.plan.holdExchanges()
        let present = Set(confined.plan.steps.map(\.id))
        // What a fresh look blocks is not unnecessary: its finding says why it is not done.
        let hindered = Set(fresh.plan.findings.filter { $0.kind != .notice }.map(\.subject))
        let gone = earlier.steps.filter { !present.contains($0.id) && !hindered.contains($0.subject) }
        confined.gone = GoneStep.all(gone, of: Set(byID.keys), in: fresh)
        return confined
    }

    /// What differs between declaration, state, life and record, read at full depth.
    package func drift(_ desired: Desired) async throws(StepFailure) -> DriftPass {
        let survey = try await surveyInFull(desired)
        let input = survey.planningInput()
        return DriftPass(items: driftReport(input), unread: unreadServers(input), survey: survey)
    }
}

extension Step {
    /// How it would do something else than an earlier step of the same id, though it rests on the same facts: to another
    /// guest, with more effect, or to other settings.
    func departures(from earlier: Step) -> [String] {
        var departures: [String] = []
        if subject != earlier.subject { departures.append("\(earlier.subject) → \(subject)") }
        if effect > earlier.effect { departures.append("\(earlier.effect.rawValue) → \(effect.rawValue)") }
        let (before, after) = (earlier.action.guestConcerned, action.guestConcerned)
        if before != after { departures.append("VMID \(before?.description ?? "–") → \(after?.description ?? "–")") }
        let isByFacts = !movedFacts(earlier.facts, facts).isEmpty
        if departures.isEmpty, !isByFacts, action.settingsWritten != earlier.action.settingsWritten {
            departures.append("\(action.verb.rawValue): what would be written")
        }
        return departures
    }

    /// The VMID that the step gives to a server which has none yet.
    var lease: VMIDLease? {
        guard case .server(let name, let stack) = subject else { return nil }
        let creation: Action.Creation
        switch action {
        case .create(let made): creation = made
        // Should the new guest not come about at once, it is to have this number later.
        case .rebuild(let rebuild): creation = rebuild.creation
        case .recreate, .update, .destroy, .adopt, .untaint, .move, .rename, .forget, .power, .restart, .repairEntry,
            .record, .retire, .register, .updateRegistration, .unregister:
            return nil
        }
        return VMIDLease(cluster: stack.cluster, vmid: creation.configuration.birth.vmid, server: name)
    }
}

extension Action {
    /// The guest that it makes or touches; nil for what only writes something down.
    package var guestConcerned: VMID? {
        switch self {
        case .create(let creation), .recreate(let creation): creation.configuration.birth.vmid
        case .update(let change): change.guest.vmid
        case .destroy(let removal): removal.guest.vmid
        case .adopt(let adoption): adoption.guest.vmid
        case .untaint(let guest): guest.vmid
        case .move(let move): move.configuration.birth.vmid
        case .forget(let forgetting): forgetting.remainingGuest?.vmid
        case .power(let change): change.guest.vmid
        case .restart(let restart): restart.guest.vmid
        case .rebuild(let rebuild): rebuild.removal.guest.vmid
        case .repairEntry(let configuration): configuration.birth.vmid
        case .rename, .record, .retire, .register, .updateRegistration, .unregister: nil
        }
    }

    /// What a guest gets by it.
    fileprivate var settingsWritten: GuestSettings? {
        switch self {
        case .create(let creation), .recreate(let creation): creation.configuration.settings
        case .update(let change): change.configuration.settings
        case .adopt(let adoption): adoption.configuration.settings
        case .rebuild(let rebuild): rebuild.creation.configuration.settings
        case .destroy, .untaint, .move, .rename, .forget, .power, .restart, .repairEntry, .record, .retire,
            .register, .updateRegistration, .unregister:
            nil
        }
    }
}

extension Survey {
    /// Whether a policy, also one that is kept with a server, does not take the yes of who asked.
    fileprivate var preventsSelfApproval: Bool {
        desired.policies.contains { $0.preventSelfApproval == true }
            || recorded.servers.contains { $0.policies?.contains { $0.preventSelfApproval == true } ?? false }
    }
}
