import Execution
import Model
import Reconciliation
import Synchronization
import Testing

/// When a stack is audited, what is written down, and what is put off.
@Suite struct AuditorTests {
    private static let main = StackID(cluster: "lab", name: "main")
    private static let other = StackID(cluster: "lab", name: "other")
    private static let noon = Timestamp(seconds: 1_800_000_000)
    private static let change = AuditedChange(
        address: "module.server[\"web-1\"].x.vm[0]", server: "web-1", action: .update,
        attributes: [AttributeChange(path: "cores", before: "8", after: "2")])

    /// Stacks, log and journal of one test.
    private final class Place: StackAuditor, AuditLog, BatchJournal {
        let found: @Sendable (StackID) throws(StepFailure) -> [AuditedChange]
        let open: [OpenBatch]
        let noted = Mutex<[StackAudit]>([])

        init(open: [OpenBatch] = [], _ found: @escaping @Sendable (StackID) throws(StepFailure) -> [AuditedChange]) {
            self.found = found
            self.open = open
        }

        func audit(_ stack: StackID) async throws(StepFailure) -> [AuditedChange] { try found(stack) }
        func note(_ audit: StackAudit) async throws(StepFailure) { noted.withLock { $0.append(audit) } }
        func audits() async throws(StepFailure) -> [StackAudit] { noted.withLock { $0 } }
        func openBatches() async throws(StepFailure) -> [OpenBatch] { open }
        func begin(_ intent: BatchIntent) async throws(StepFailure) -> BatchID { throw Self.untouchable }
        func advance(_ batch: BatchID, to phase: BatchPhase) async throws(StepFailure) { throw Self.untouchable }
        func record(_ program: StartedProgram, of batch: BatchID) async throws(StepFailure) { throw Self.untouchable }
        func note(backup volume: String, of batch: BatchID) async throws(StepFailure) { throw Self.untouchable }
        func close(_ batch: BatchID, outcomes: [StepID: StepOutcome]) async throws(StepFailure) {
            throw Self.untouchable
        }

        func note(_ sightings: [StateSighting]) async throws(StepFailure) { throw Self.untouchable }
        func replacement(of stack: StackObservation) async throws(StepFailure) -> ReplacedState? {
            throw Self.untouchable
        }

        static let untouchable = StepFailure(Sentence("cli.declined"))
    }

    private func auditor(_ place: Place) -> Auditor {
        Auditor(stacks: place, log: place, journal: place, clock: { Self.noon })
    }

    @Test func whatIsFoundIsWrittenDown() async throws {
        let place = Place { $0 == Self.main ? [Self.change] : [] }
        let ends = try await auditor(place).audit([Self.main, Self.other])
        let unclean = StackAudit(stack: Self.main, endedAt: Self.noon, result: .unclean([Self.change]))
        let clean = StackAudit(stack: Self.other, endedAt: Self.noon, result: .clean)
        #expect(ends == [.audited(unclean), .audited(clean)])
        #expect(Set(place.noted.withLock { $0 }) == [unclean, clean])
        #expect(
            unclean.sentences.map(\.arguments) == [["lab/main", "1", "web-1 update (cores 8 → 2)", "\(Self.noon)"]])
    }

    @Test func aStackThatIsAtWorkKeepsItsLastAudit() async throws {
        let busy = Sentence("terraform.locked", "x", "apply")
        let place = Place { _ throws(StepFailure) in throw StepFailure(busy, retry: .after(seconds: 30)) }
        #expect(try await auditor(place).audit([Self.main]) == [.postponed(Self.main, busy)])
        #expect(place.noted.withLock { $0.isEmpty })
    }

    @Test func aPlanThatFailsIsAFinding() async throws {
        let reason = Sentence("terraform.file", "x", "y")
        let place = Place { _ throws(StepFailure) in throw StepFailure(reason) }
        _ = try await auditor(place).audit([Self.main])
        #expect(place.noted.withLock { $0.map(\.result) } == [.failed(reason)])
    }

    @Test func aBatchThatWasLeftOpenPutsItOff() async throws {
        let batch = OpenBatch(
            id: BatchID(rawValue: "7"), run: RunID(rawValue: "1"),
            intent: BatchIntent(stack: Self.main, verb: .update, steps: [], tfvarsDigest: ""), phase: .intent,
            openedAt: Self.noon)
        let place = Place(open: [batch]) { _ in [Self.change] }
        let ends = try await auditor(place).audit([Self.main, Self.other])
        #expect(ends.first == .postponed(Self.main, Sentence("audit.batchOpen", "lab/main", "7")))
        #expect(place.noted.withLock { $0.map(\.stack) } == [Self.other])
    }

    @Test func whoeverIsToldToStopBeginsNoOther() async throws {
        let place = Place { _ in [] }
        #expect(try await auditor(place).audit([Self.main, Self.other], shouldStop: { true }) == [])
        #expect(place.noted.withLock { $0.isEmpty })
    }

    private func due(_ audits: [StackAudit], every interval: Duration? = .seconds(86_400)) -> [StackID] {
        dueAudits(of: [Self.main, Self.other], last: audits, intervals: ["lab": interval], now: Self.noon)
    }

    private func audit(_ stack: StackID, hoursAgo hours: Int64, _ result: StackAudit.Result = .clean) -> StackAudit {
        StackAudit(stack: stack, endedAt: Timestamp(seconds: Self.noon.seconds - hours * 3600), result: result)
    }

    @Test func aStackIsDueOnceADay() {
        #expect(due([]) == [Self.main, Self.other])
        #expect(due([audit(Self.main, hoursAgo: 23), audit(Self.other, hoursAgo: 24)]) == [Self.other])
        #expect(due([audit(Self.main, hoursAgo: 25), audit(Self.other, hoursAgo: 30)]) == [Self.other, Self.main])
        #expect(due([audit(Self.main, hoursAgo: 2)]) == [Self.other])
        #expect(due([], every: nil) == [])
    }

    @Test func whatWasNotCleanIsLookedAtAgainAfterAnHour() {
        let found = [
            audit(Self.main, hoursAgo: 0, .unclean([Self.change])),
            audit(Self.other, hoursAgo: 1, .unclean([Self.change])),
        ]
        #expect(due(found) == [Self.other])
    }

    @Test func aClockThatWasPutBackStopsNoAudit() {
        #expect(due([audit(Self.main, hoursAgo: -48), audit(Self.other, hoursAgo: 1)]) == [Self.main])
    }
}
