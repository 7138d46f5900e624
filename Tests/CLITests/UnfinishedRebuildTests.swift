import Model
import Registry
import Testing

@testable import CLI

@Suite("A rebuild that ended its guest and made no new one")
struct UnfinishedRebuildTests {
    private let rebuild = Samples.rebuild("web-1", 100)
    private let reason = Sentence("recovery.endedBetween")

    private func ledger() async throws -> RegistryLedger {
        RegistryLedger(registry: try await FleetRegistry.inMemory(), command: "apply") { Samples.noon }
    }

    private func carryOut(_ step: Step, _ outcome: StepOutcome, in ledger: RegistryLedger) async throws {
        let run = try await ledger.beginRun(
            of: PlanID(rawValue: "0123456789abcdef"), setsOut: [step], commit: nil, by: "lee", at: Samples.noon)
        try await ledger.endRun(
            run, plan: Plan(steps: [step]), outcomes: [step.id: outcome], times: [:], exitCode: 0, at: Samples.noon)
    }

    @Test("It is known with its reason and the backup, until the guest is made")
    func untilMade() async throws {
        let ledger = try await ledger()
        let volume = "local:backup/vzdump-qemu-100.vma.zst"
        let kept = Sentence(StepOutcome.rebuildUnfinishedKept, "web-1", "100", volume, reason: reason)
        try await carryOut(rebuild, .failed(StepFailure(kept)), in: ledger)
        let known = try await ledger.unfinishedRebuilds()
        #expect(known.map(\.server) == ["web-1"])
        #expect(
            known.flatMap(\.sentences) == [
                Sentence("recovery.rebuildOwed", "web-1", "100", Samples.noon.description, reason: reason),
                Sentence("recovery.cutBackup", "web-1", "100", volume),
            ])
        let said = known.flatMap(\.sentences).map { Catalogue.paragraph(of: $0, in: .english) }
        #expect(said[0].contains("guest 100 was destroyed for it") && said[0].contains("Plumb ended in between"))
        try await carryOut(Samples.create("web-1", 100), .done, in: ledger)
        #expect(try await ledger.unfinishedRebuilds().isEmpty)
    }

    @Test("Without a backup none is named, and one whose guest is still there is none")
    func others() async throws {
        let ledger = try await ledger()
        let plain = Sentence(StepOutcome.rebuildUnfinished, "web-1", "100", reason: reason)
        try await carryOut(rebuild, .failed(StepFailure(plain)), in: ledger)
        let intact = StepOutcome.failed(StepFailure(Sentence("recovery.rebuildCut", "web-2", "101")))
        try await carryOut(Samples.rebuild("web-2", 101), intact, in: ledger)
        let known = try await ledger.unfinishedRebuilds()
        #expect(known.flatMap(\.sentences).map(\.code) == ["recovery.rebuildOwed"])
    }
}
