import ArgumentParser
import Execution
import Foundation
import Model
import Planning
import Registry
import Synchronization
import Testing

@testable import CLI
@testable import Reconciliation

/// Ends that no script can bring about: a disk that is full, a hand that ends a command, mistakes of Plumb's own.
@Suite("How commands end that cannot go on")
struct CommandEndTests {
    /// How a verb ended whose body is this one, and what it said on standard error.
    private func end(
        losing lost: String? = nil, _ body: @escaping (Console) async throws -> CLI.ExitStatus
    ) async throws -> (code: Int32, aside: String) {
        let aside = Mutex("")
        var code: Int32 = 0
        let options = try CommonOptions.parse([])
        try await Listening.$current.withValue({ _ in
            var console = Console(
                language: .english, format: .text, result: { _ in }, aside: { text in aside.withLock { $0 += text } })
            console.lostResult = { lost }
            return console
        }) {
            do { try await options.perform(body) } catch let exit as ExitCode { code = exit.rawValue }
        }
        return (code, aside.withLock { $0 })
    }

    @Test("A result that did not reach the disk is no success")
    func lostOutput() async throws {
        let lost = try await end(losing: "No space left on device") { _ in CLI.ExitStatus.success }
        #expect(lost.code == CLI.ExitStatus.failure.rawValue)
        let said = Catalogue.paragraph(of: Sentence("cli.outputLost", "No space left on device"), in: .english)
        #expect(lost.aside == said + "\n")
        let whole = try await end { _ in CLI.ExitStatus.success }
        #expect(whole.code == 0 && whole.aside.isEmpty)
    }

    @Test("A command that somebody ended says so, and fails")
    func cancelled() async throws {
        let ended = try await end { _ in throw CancellationError() }
        #expect(ended.code == CLI.ExitStatus.failure.rawValue)
        #expect(ended.aside.contains(Catalogue.paragraph(of: Sentence("cli.cancelled"), in: .english)))
    }

    @Test("A secret of a kind that cannot be read yet is named, not taken for empty")
    func unsupportedSecrets() {
        let resolver = SecretResolver(directory: "/", environment: [:])
        #expect(throws: StepFailure(Sentence("edge.secretUnsupported", "stored: root"))) {
            _ = try resolver.value(of: .stored("root"))
        }
        #expect(throws: StepFailure(Sentence("edge.secretUnsupported", "vault: kv/web#root"))) {
            _ = try resolver.value(of: .vault(path: "kv/web", key: "root"))
        }
    }

    @Test("No batch is begun outside of a run")
    func noRun() async throws {
        let ledger = RegistryLedger(registry: try await FleetRegistry.inMemory(), command: "apply") { Samples.noon }
        let intent = BatchIntent(
            stack: Samples.stack, verb: .create,
            steps: [.init(step: Samples.create("web-01", 1001), previousEntry: nil)], tfvarsDigest: "")
        await #expect(throws: StepFailure(Sentence("edge.noRun"))) { _ = try await ledger.begin(intent) }
        #expect(try await ledger.openBatches().isEmpty)
    }

    @Test("A plan that breaks an invariant is refused with each that it breaks")
    func refusedPlan() {
        let step = Samples.create("web-01", 1001)
        let input = PlanningInput(desired: Desired(), observed: Observed(), recorded: Recorded(), now: Samples.noon)
        let violations = checkPlan(Plan(steps: [step, step]), input)
        let refusal = Reconciler.refused(for: violations)
        #expect(refusal.code == "pass.planRefused")
        #expect(violations.count > 1 && violations.map(\.invariant).contains(.uniqueIDs))
        let said = refusal.arguments.joined()
        for violation in violations { #expect(said.contains(violation.description)) }
    }

    @Test("A rehearsal that finds no room for its copies says where")
    func noRoom() throws {
        let file = FileManager.default.temporaryDirectory.path + "/plumb-room-\(UUID().uuidString)"
        try Data().write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let place = Workplace(configuration: "/", state: file, language: .english)
        let failure = #expect(throws: CommandFailure.self) { _ = try RehearsalRoom(at: place) }
        #expect(failure?.sentence.code == "rehearse.room")
        #expect(failure?.sentence.arguments.first?.hasPrefix(file + "/rehearsals/") == true)
    }
}
