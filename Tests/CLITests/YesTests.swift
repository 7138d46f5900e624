import Model
import Reconciliation
import Testing

@testable import CLI

/// What `--yes` says yes to, kind by kind: what destroys and restarts nothing.
@Suite("What --yes approves")
struct YesTests {
    private func step(_ action: Action, _ effect: RunningEffect = .none) -> Step {
        var step = Step(
            subject: Samples.subject("web-01"), action: action, rule: "r", reason: Sentence("view.plan.nothing"))
        step.effect = effect
        step.disposition = .needsApproval(Sentence("view.disposition.needsApproval"))
        return step
    }

    private func isApproved(_ step: Step) throws -> Bool {
        let console = Console(
            language: .english, format: .text, isInteractive: false, result: { _ in }, aside: { _ in },
            answer: { nil })
        let consent = Consent(yes: true, approveDestroy: nil, isSaved: false)
        return try !consent.approvedSteps(of: Samples.pass(Plan(steps: [step])), on: console).isEmpty
    }

    private var creation: Action.Creation {
        Action.Creation(
            configuration: Samples.configuration(101),
            mark: OwnershipMark(stack: Samples.stack, server: "web-01", id: "0123456789abcdef"), start: true,
            record: Samples.record("web-01", 101))
    }

    private func adoption(isStranger: Bool) -> Action {
        .adopt(
            .init(
                guest: Samples.reference("web-01", 101), configuration: Samples.configuration(101),
                record: Samples.record("web-01", 101), isStranger: isStranger))
    }

    private var change: Action {
        .update(
            .init(
                guest: Samples.reference("web-01", 101), configuration: Samples.configuration(101),
                record: Samples.record("web-01", 101)))
    }

    @Test("A guest that is gone is made again: nothing ends by it")
    func recreate() throws { #expect(try isApproved(step(.recreate(creation)))) }

    @Test("Letting go leaves the guest as it is")
    func release() throws {
        let forgetting = Action.Forgetting(isInState: true, remainingGuest: Samples.reference("web-01", 101))
        #expect(try isApproved(step(.forget(forgetting))))
        #expect(try isApproved(step(.retire("web-01"))))
    }

    @Test(
        "Taking a guest over, or in again, changes nothing of it, or nothing that restarts it",
        arguments: [true, false])
    func adopt(isStranger: Bool) throws {
        #expect(try isApproved(step(adoption(isStranger: isStranger))))
        #expect(try isApproved(step(adoption(isStranger: isStranger), .pendingRestart)))
        #expect(try !isApproved(step(adoption(isStranger: isStranger), .restart)))
    }

    @Test(
        "A change under `manual` is approved as long as nothing restarts",
        arguments: [RunningEffect.none, .hotplug, .pendingRestart])
    func harmlessChange(effect: RunningEffect) throws { #expect(try isApproved(step(change, effect))) }

    @Test("What restarts, stops or destroys is not", arguments: [RunningEffect.restart, .stop, .destroy])
    func harm(effect: RunningEffect) throws { #expect(try !isApproved(step(change, effect))) }

    @Test("What is written onto a guest that lost its mark, and that nothing else proves to be the server, is not")
    func unproven() throws {
        var update = step(change)
        update.facts = [Fact(.guest, "proof", "none")]
        #expect(try !isApproved(update))
    }

    @Test("A stop and a destroy are not, whatever else they say")
    func powerAndDestroy() throws {
        let stop = Action.power(.init(guest: Samples.reference("web-01", 101), target: .stopped))
        #expect(try !isApproved(step(stop, .stop)))
        #expect(try !isApproved(Samples.destroy("web-01", 101)))
    }

    @Test("What is blocked waits for no yes")
    func blockedStaysBlocked() throws {
        var held = step(.recreate(creation))
        held.disposition = .blocked(Sentence("view.plan.nothing"))
        #expect(try !isApproved(held))
    }
}
