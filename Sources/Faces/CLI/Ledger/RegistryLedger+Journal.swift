import Execution
import Foundation
import Model
import Processes
import Registry

/// The journal of batches: each step is kept whole, so that a later process can finish or undo it.
extension RegistryLedger: BatchJournal {
    /// A step as the journal keeps it. It holds references to secrets, never their values, as plans do.
    private struct Payload: Codable {
        var step: Step
        var wasRunning: Bool
        var machineID: String?
    }

    func begin(_ intent: BatchIntent) async throws(StepFailure) -> BatchID {
        guard let run = presentRun else { throw StepFailure(Sentence("edge.noRun")) }
        var items: [BatchRecord.Item] = []
        for entry in intent.steps {
            guard case .server(let server, _) = entry.step.subject else {
                preconditionFailure("\(entry.step.id) of a batch is about no server")
            }
            let payload = try Self.text(
                of: Payload(step: entry.step, wasRunning: entry.wasRunning, machineID: entry.machineID))
            items.append(
                BatchRecord.Item(
                    step: entry.step.id, server: server, previousEntry: entry.previousEntry, payload: payload))
        }
        let record = BatchRecord(
            run: run, stack: intent.stack, verb: intent.verb, steps: items, tfvarsBefore: intent.tfvarsDigest,
            tfvarsAfter: intent.tfvarsDigest, process: try Self.thisProcess(), openedAt: clock())
        try await guarded { () throws(RegistryFailure) in try await registry.open(record) }
        return record.id
    }

    func advance(_ batch: BatchID, to phase: BatchPhase) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in
            try await registry.advance(batch, to: phase, at: clock())
        }
    }

    func record(_ program: StartedProgram, of batch: BatchID) async throws(StepFailure) {
        let child = BatchRecord.Child(process: program.process, eventsFile: program.eventsFile)
        try await guarded { () throws(RegistryFailure) in try await registry.record(child, of: batch) }
    }

    func note(backup volume: String, of batch: BatchID) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.note(backup: volume, of: batch) }
    }

    func close(_ batch: BatchID, outcomes: [StepID: StepOutcome]) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in
            try await registry.close(batch, outcomes: outcomes, at: clock())
        }
    }

    func openBatches() async throws(StepFailure) -> [OpenBatch] {
        let records = try await guarded { () throws(RegistryFailure) in try await registry.openBatches() }
        return records.map(Self.openBatch)
    }

    private static func openBatch(_ record: BatchRecord) -> OpenBatch {
        var intent = BatchIntent(
            stack: record.stack, verb: record.verb, steps: [], tfvarsDigest: record.tfvarsBefore)
        var unreadable: [StepID] = []
        for item in record.steps {
            guard let payload = payload(of: item) else {
                unreadable.append(item.step)
                continue
            }
            intent.steps.append(
                BatchIntent.Entry(
                    step: payload.step, previousEntry: item.previousEntry, wasRunning: payload.wasRunning,
                    machineID: payload.machineID))
        }
        var batch = OpenBatch(
            id: record.id, run: record.run, intent: intent, phase: record.phase, openedAt: record.openedAt)
        batch.unreadable = unreadable
        batch.backup = record.backup
        batch.owner = record.process.isAnotherAlive ? record.process : nil
        if let child = record.child {
            batch.program = StartedProgram(process: child.process, eventsFile: child.eventsFile)
            batch.isProgramAlive = child.process.identity.isAlive
        }
        return batch
    }

    private static func payload(of item: BatchRecord.Item) -> Payload? {
        item.payload.flatMap { try? JSONDecoder().decode(Payload.self, from: Data($0.utf8)) }
    }

    private static func text(of payload: Payload) throws(StepFailure) -> String {
        do {
            return String(decoding: try JSONEncoder().encode(payload), as: UTF8.self)
        } catch {
            throw StepFailure(Sentence("edge.planUnreadable", String(describing: error)))
        }
    }

    // MARK: Runs that were cut off

    /// The steps of a run that was cut off are those of its batches, and those that it set out to do and did not come to.
    func endInterruptedRuns(at moment: Timestamp) async throws(StepFailure) -> [RunID] {
        try await guarded { () throws(RegistryFailure) in
            let open = Set(try await registry.openBatches().map(\.run))
            var ended: [RunID] = []
            let unfinished = try await registry.runs(FleetRegistry.RunFilter(isUnfinished: true), limit: 1000)
            for run in unfinished.reversed() where run.id != presentRun {
                if run.process.isAnotherAlive { continue }
                var steps: [RunStep] = []
                var begun: Set<StepID> = []
                for batch in try await registry.batches(of: run.id) {
                    for item in batch.steps {
                        begun.insert(item.step)
                        guard let outcome = item.outcome, let payload = Self.payload(of: item) else { continue }
                        steps.append(
                            RunStep(
                                payload.step, outcome: outcome, startedAt: batch.openedAt,
                                took: (batch.closedAt ?? moment) - batch.openedAt))
                    }
                }
                steps += try await notComeTo(by: run.id, begun: begun)
                // Also of a run that has a batch still to be settled: no yes to the others may live on by that. What was
                // written before and is the same is not written again: people may have said yes anew since.
                let known = Dictionary(try await registry.steps(of: run.id).map { ($0.id, $0.outcome) }) { $1 }
                try await registry.record(steps.filter { known[$0.id] != $0.outcome }, of: run.id)
                if open.contains(run.id) { continue }
                try await registry.set(.setOut(run.id), to: nil)
                try await registry.finish(run.id, status: .interrupted, exitCode: nil, at: moment)
                ended.append(run.id)
            }
            return ended
        }
    }
}

extension ProcessStamp {
    init(_ identity: ProcessIdentity) {
        self.init(pid: identity.pid, startTicks: identity.startTicks, bootID: identity.bootID)
    }

    var identity: ProcessIdentity { ProcessIdentity(pid: pid, startTicks: startTicks, bootID: bootID) }

    /// Whether another process than this one bears it, and lives.
    var isAnotherAlive: Bool { identity != ProcessIdentity.current && identity.isAlive }
}
