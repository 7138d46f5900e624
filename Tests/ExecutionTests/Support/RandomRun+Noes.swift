import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// A person who says no: to a plan before it is carried out, to steps while they are, and who takes some of it back
/// later. Nothing that a standing no forbids is carried out.
extension RandomRun {
    private static let naysayer = "nay"

    /// In some worlds somebody says no to the plan, and in most of those something else is declared after it, which
    /// makes another plan.
    ///
    /// - Returns: whether somebody did.
    mutating func sayNo(to pass: PlannedPass) async throws(StepFailure) -> Bool {
        guard fleet.noes.chance(0.15), !pass.plan.steps.isEmpty else { return false }
        try await reconciler.reject(pass.id, pass.plan, by: Self.naysayer)
        if fleet.noes.chance(0.75) { fleet.desired.fleets.append(SimulatedFleet(name: "drill")) }
        tally.count("no given")
        return true
    }

    /// In some worlds the no comes while the plan is carried out: to all of it, or to some steps in another plan.
    mutating func sayNoMeanwhile(to pass: PlannedPass) async {
        let ready = pass.plan.steps.filter { $0.disposition == .ready }
        let calls: [World.Call] = [.opened, .written, .planned, .applied, .shutDown]
        guard fleet.noes.chance(0.15), !ready.isEmpty, let call = fleet.noes.pick(calls) else { return }
        let isWhole = fleet.noes.chance(0.3)
        let steps = isWhole ? pass.plan.steps : ready.filter { _ in fleet.noes.chance(0.7) }
        let no = RejectedPlan(
            id: isWhole ? pass.id : PlanID(rawValue: "meanwhile"),
            rejection: Rejection(by: Self.naysayer, at: reconciler.clock()), of: steps)
        await world.edit { world in
            let others = world.interruptions[call]
            let first = world.journal.count
            world.interruptions[call] = { world in
                others?(world)
                world.sayNo(no, to: steps, since: first)
            }
        }
    }

    /// Some noes are taken back soon, in part or in whole: in part by a yes to another plan.
    mutating func thinkAgain() async throws(StepFailure) {
        for no in await world.noes.plans where fleet.noes.chance(0.4) {
            let isWhole = fleet.noes.chance(0.5)
            let steps = no.steps.sorted { $0.id < $1.id }.filter { _ in !isWhole && fleet.noes.chance(0.5) }
            let plan = isWhole ? no.id : PlanID(rawValue: "another")
            try await sayYes(to: plan, steps)
            tally.count(isWhole ? "no taken back" : "no taken back in part")
        }
    }

    /// What the noes leave to be done is done while they stand, and then they are taken back.
    mutating func settleNoes() async throws {
        let noes = await world.noes.plans
        guard !noes.isEmpty else { return }
        try await converge("while a no stands")
        for no in noes {
            try await sayYes(to: no.id, [])
            tally.count("no taken back")
        }
        #expect(await world.noes.plans.isEmpty, "seed \(seed): a no that was taken back stands")
    }

    private func sayYes(to plan: PlanID, _ steps: [Approval.ApprovedStep]) async throws(StepFailure) {
        let yes = Approval(plan: plan, by: Self.naysayer, at: reconciler.clock(), steps: steps)
        try await reconciler.ledger.approve(yes, isEnough: false)
    }

    // MARK: What a no holds back

    /// Carries a pass out, and holds what came of it against the noes that stood before and came meanwhile.
    func carryOut(_ pass: PlannedPass) async throws(StepFailure) -> AppliedPass {
        let before = await world.deeds
        let applied: AppliedPass
        do throws(StepFailure) {
            applied = try await reconciler.apply(pass, by: "test")
        } catch {
            await expectNoesHeld(pass, [:], since: before)
            throw error
        }
        await expectNoesHeld(pass, applied.outcomes, since: before)
        return applied
    }

    private func expectNoesHeld(
        _ pass: PlannedPass, _ outcomes: [StepID: StepOutcome], since before: WorldDeeds
    ) async {
        let after = await world.deeds
        let late = before.late == nil ? after.late : nil
        if before.noes.isEmpty, late == nil { return }
        let stored = pass.asStored
        let forbidden = pass.plan.steps.filter { step in
            before.noes.contains { $0.holdsBack(step, of: stored, as: pass.id) }
        }
        for step in forbidden {
            guard let outcome = outcomes[step.id] else { continue }
            if case .skipped = outcome { continue }
            Issue.record("seed \(seed): \(step.id) was carried out against a no: \(outcome)")
        }
        expectSpared(forbidden, of: pass.plan, since: before, after)
        tally.count("step held by a no", times: pass.plan.steps.count(where: \.isHeldByNo))
        guard let late else { return }
        tally.count("no given meanwhile")
        let coming = pass.plan.steps.filter { step in
            step.disposition == .ready && step.isBegunInJournal && !late.begun.contains(step.id)
                && late.no.holdsBack(step, of: stored, as: pass.id)
        }
        for step in coming where outcomes[step.id] == .done {
            Issue.record("seed \(seed): \(step.id) had not begun when somebody said no to it, and is done")
        }
        expectSpared(coming, of: pass.plan, since: late.deeds, after)
        let held = outcomes.values.filter { outcome in
            if case .skipped(let reason) = outcome { reason.code == "execution.planRejected" } else { false }
        }.count
        tally.count("step held by a no meanwhile", times: held)
    }

    /// Their guests did not end and were not taken down, but by other steps of the plan.
    private func expectSpared(_ steps: [Step], of plan: Plan, since before: WorldDeeds, _ after: WorldDeeds) {
        if steps.isEmpty { return }
        let ids = Set(steps.map(\.id))
        let others = plan.steps.filter { $0.disposition == .ready && !ids.contains($0.id) }
        let guests = Set(steps.compactMap(\.placeConcerned)).subtracting(others.compactMap(\.placeConcerned))
        let marks = Set(steps.compactMap { $0.endedGuest?.mark?.id })
        for guest in after.ended.dropFirst(before.ended.count) {
            let mark = guest.settings.description.flatMap { OwnershipMark(readingDescription: $0) }
            guard let mark, marks.contains(mark.id) else { continue }
            Issue.record("seed \(seed): \(mark.server) ended against a no")
        }
        let down = after.switchedOff.dropFirst(before.switchedOff.count) + after.reboots.dropFirst(before.reboots.count)
        for vmid in down where guests.contains(vmid) {
            Issue.record("seed \(seed): \(vmid) was taken down against a no")
        }
    }

    /// The same input gives the same plan; of one that is held as a whole, but for what holds its steps.
    func check(_ pass: PlannedPass) {
        let again = planFleet(pass.survey.planningInput()).plan
        var plan = pass.plan
        #expect(again.steps.map(\.id) == plan.steps.map(\.id), "seed \(seed): the same input gave another plan")
        for (index, step) in zip(plan.steps.indices, again.steps) where plan.steps[index].isHeldAsWhole {
            plan.steps[index].disposition = step.disposition
        }
        #expect(again == plan, "seed \(seed): the same input gave another plan")
    }
}

extension PlannedPass {
    /// The plan as it would be without a no, to which people say theirs.
    fileprivate var asStored: Plan {
        var survey = survey
        survey.refused = []
        return planFleet(survey.planningInput(targets: targets)).plan
    }
}

/// Written for the worlds, without the product's own words on it.
extension RejectedPlan {
    /// - Parameters:
    ///   - plan: the step's, as it would be without a no.
    ///   - id: under which that one is carried out.
    fileprivate func holdsBack(_ step: Step, of plan: Plan, as id: PlanID) -> Bool {
        guard isTo(step) else { return false }
        if step.takesDown || self.id == id { return true }
        let present = Set(plan.steps.map(\.id))
        return plan.steps.allSatisfy(isTo) && refusedForThemselves.allSatisfy(present.contains)
    }

    private func isTo(_ step: Step) -> Bool { steps.contains { $0.id == step.id && $0.facts == step.facts } }
}

extension Step {
    fileprivate var takesDown: Bool {
        switch action {
        case .destroy, .rebuild, .restart, .recreate: true
        case .power(let change): change.target == .stopped
        case .create, .update, .adopt, .untaint, .move, .rename, .forget, .repairEntry, .record, .retire, .register,
            .updateRegistration, .unregister:
            [.restart, .stop, .destroy].contains(effect)
        }
    }

    /// Where its guest is, of whichever cluster.
    fileprivate var placeConcerned: VMID? {
        guard case .server(_, let stack) = subject else { return nil }
        return action.guestConcerned?.place(in: stack.cluster)
    }

    /// Whether its intent is written before people are asked for the last time. A start and a stop have none, and what only
    /// writes down in the registry waits for nothing after it was asked about.
    fileprivate var isBegunInJournal: Bool {
        switch action {
        case .create, .recreate, .update, .destroy, .adopt, .restart, .rebuild, .untaint, .move, .forget,
            .repairEntry:
            true
        case .power, .rename, .record, .retire, .register, .updateRegistration, .unregister: false
        }
    }

    fileprivate var isHeldAsWhole: Bool {
        if case .blocked(let reason) = disposition { reason.code == "pass.rejected" } else { false }
    }

    var isHeldByNo: Bool {
        guard case .blocked(let reason) = disposition else { return false }
        return ["pass.rejected", "pass.stepRejected"].contains(reason.code)
    }
}

/// What was done to guests of a world so far, and the noes that stand.
struct WorldDeeds: Sendable {
    var ended: [GuestPool.PooledGuest]
    var switchedOff: [VMID]
    var reboots: [VMID]
    var noes: [RejectedPlan]
    var late: LateNo?
}

/// A no that came while a plan was carried out.
final class LateNo: Sendable {
    let no: RejectedPlan
    /// What the journal of the run knew by then.
    let begun: Set<StepID>
    let deeds: WorldDeeds

    init(_ no: RejectedPlan, begun: Set<StepID>, deeds: WorldDeeds) {
        self.no = no
        self.begun = begun
        self.deeds = deeds
    }
}

extension World {
    var deeds: WorldDeeds {
        WorldDeeds(
            ended: ended, switchedOff: switchedOff, reboots: pool.reboots, noes: noes.plans, late: noes.late)
    }

    /// - Parameter first: how many batches had been begun before the run.
    fileprivate func sayNo(_ no: RejectedPlan, to steps: [Step], since first: Int) {
        let begun = journal.dropFirst(first).flatMap { $0.intent.steps.map(\.step.id) }
        noes.late = LateNo(no, begun: Set(begun), deeds: deeds)
        endApprovals(like: steps)
        noes.give(no)
    }
}
