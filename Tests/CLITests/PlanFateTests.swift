import Model
import Registry
import Testing

@testable import CLI

@Suite("What is said of a plan that somebody decides about too late")
struct PlanFateTests {
    private let removal = Samples.destroy("db-1", 200)
    private let update = Samples.update("web-1", 100)

    private func ledger() async throws -> RegistryLedger {
        RegistryLedger(registry: try await FleetRegistry.inMemory(), command: "apply") { Samples.noon }
    }

    private func store(_ steps: [Step], in ledger: RegistryLedger, after seconds: Int64 = 0) async throws -> PlanID {
        var plan = Plan()
        plan.steps = steps
        let moment = Samples.noon + .seconds(seconds)
        return try await ledger.store(plan, isWhole: true, commit: nil, by: "kim", at: moment)
    }

    /// A run under another plan's id, as a yes makes one: what is ready then waited before.
    private func carryOut(_ steps: [Step], in ledger: RegistryLedger, after seconds: Int64) async throws -> Timestamp {
        var plan = Plan()
        plan.steps = steps
        let moment = Samples.noon + .seconds(seconds)
        let run = try await ledger.beginRun(
            of: PlanID(rawValue: "0123456789abcdef"), setsOut: steps, commit: nil, by: "lee", at: moment)
        let outcomes = Dictionary(steps.map { ($0.id, StepOutcome.done) }) { first, _ in first }
        try await ledger.endRun(run, plan: plan, outcomes: outcomes, times: [:], exitCode: 0, at: moment)
        return moment
    }

    @Test("Nothing, while all of it is still to be done")
    func stands() async throws {
        let ledger = try await ledger()
        let id = try await store([removal, update], in: ledger)
        #expect(try await ledger.fate(of: id) == PlanFate())
        #expect(PlanFate().sentences(on: id, [removal, update]) == [])
    }

    @Test("How much of it was done, by whom and when, and not what was done before it waited again")
    func done() async throws {
        let ledger = try await ledger()
        let id = try await store([removal, update], in: ledger)
        let moment = try await carryOut([update], in: ledger, after: 60)
        let fate = try await ledger.fate(of: id)
        #expect(
            fate.sentences(on: id, [removal, update])
                == [Sentence("cli.planDone", id.description, "1", "2", "lee", moment.description)])
        // What a person is asked is still to be done.
        #expect(fate.sentences(on: id, [removal]) == [])
        _ = try await store([removal], in: ledger, after: 120)
        #expect(try await store([removal, update], in: ledger, after: 180) == id)
        #expect(try await ledger.fate(of: id) == PlanFate())
    }

    @Test("Which plan has its place, and how much of it that one has")
    func replaced() async throws {
        let ledger = try await ledger()
        let id = try await store([removal], in: ledger)
        let later = Samples.noon + .seconds(60)
        let second = try await store([update], in: ledger, after: 60)
        #expect(
            try await ledger.fate(of: id).sentences(on: id, [removal])
                == [
                    Sentence(
                        "cli.planReplacedBy", id.description, later.description, second.description, "0", "1")
                ])
        // The one after that has the step again: the yes counts as it was given.
        _ = try await store([removal, update], in: ledger, after: 120)
        #expect(try await ledger.fate(of: id).sentences(on: id, [removal]) == [])
        #expect(try await ledger.fate(of: second).replacement?.at == Samples.noon + .seconds(120))
    }

    @Test("That it was replaced, where nobody can say by which")
    func replacedByOneUnknown() {
        var fate = PlanFate()
        fate.replacement = PlanFate.Replacement(at: Samples.noon)
        let id = PlanID(rawValue: "0123456789abcdef")
        #expect(
            fate.sentences(on: id, [removal])
                == [Sentence("cli.planReplaced", id.description, Samples.noon.description)])
    }

    @Test("Nothing of a rebuild that a plan of the whole fleet does not have: it comes into one by the yes")
    func rebuilds() async throws {
        let ledger = try await ledger()
        let rebuild = Samples.rebuild("web-1", 100)
        let id = try await store([rebuild], in: ledger)
        _ = try await store([], in: ledger, after: 60)
        let fate = try await ledger.fate(of: id)
        #expect(fate.replacement != nil)
        #expect(fate.sentences(on: id, [rebuild]) == [])
    }
}
