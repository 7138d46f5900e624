import GRDB
import Model

extension FleetRegistry {
    /// Writes an intent down. When this returns it survives a loss of power. Opening the same batch again changes
    /// nothing.
    ///
    /// - Throws: ``RegistryFailure/noSuchRun(_:)``; ``RegistryFailure/batchIsAnother(_:)`` where that id was opened for
    ///   other steps.
    package func open(_ batch: BatchRecord) async throws(RegistryFailure) {
        try await write { connection in
            try Self.demand(batch.run, connection)
            if let known = try Self.batches(connection, "id = ?", [batch.id.rawValue]).first {
                let isSame = known.stack == batch.stack && known.steps.map(\.step) == batch.steps.map(\.step)
                guard isSame else { throw RegistryFailure.batchIsAnother(batch.id) }
                return
            }
            try connection.execute(
                sql: """
                    INSERT INTO batches (id, run, cluster, stack, verb, phase, phase_at, opened_at, tfvars_before,
                        tfvars_after, pid, start_ticks, boot_id)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    batch.id.rawValue, batch.run.rawValue, batch.stack.cluster.text, batch.stack.name,
                    batch.verb.rawValue, BatchPhase.intent.rawValue, batch.openedAt.milliseconds,
                    batch.openedAt.milliseconds, batch.tfvarsBefore, batch.tfvarsAfter, batch.process.pid,
                    Int64(bitPattern: batch.process.startTicks), batch.process.bootID,
                ])
            let statement = try connection.cachedStatement(
                sql: """
                    INSERT INTO batch_steps (batch, position, step, server, previous, payload)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """)
            for (position, item) in batch.steps.enumerated() {
                try statement.execute(arguments: [
                    batch.id.rawValue, position, item.step.rawValue, item.server.text, item.previousEntry, item.payload,
                ])
            }
        }
    }

    /// Notes how far a batch got. Phases may be passed over, and noting the present one again changes nothing.
    ///
    /// - Parameter tfvarsAfter: the hash of the file as it is now meant to be, where that changed (a step was set aside).
    /// - Throws: ``RegistryFailure/noSuchBatch(_:)``; ``RegistryFailure/batchMovedOn(_:from:to:)`` where it got further,
    ///   or is closed.
    package func advance(
        _ batch: BatchID, to phase: BatchPhase, at moment: Timestamp, tfvarsAfter: String? = nil
    ) async throws(RegistryFailure) {
        precondition(phase != .done, "a batch is done when it is closed with its outcomes")
        try await write { connection in
            let now = try Self.phase(of: batch, connection)
            guard now <= phase else { throw RegistryFailure.batchMovedOn(batch, from: now, to: phase) }
            guard now < phase || tfvarsAfter != nil else { return }
            try connection.execute(
                sql: """
                    UPDATE batches SET phase = ?, phase_at = ?, tfvars_after = COALESCE(?, tfvars_after) WHERE id = ?
                    """,
                arguments: [phase.rawValue, moment.milliseconds, tfvarsAfter, batch.rawValue])
        }
    }

    /// Notes the program that a batch started and the file that it writes its events to, so that the next Plumb can wait
    /// for it and read the rest.
    ///
    /// - Throws: ``RegistryFailure/noSuchBatch(_:)``.
    package func record(_ child: BatchRecord.Child, of batch: BatchID) async throws(RegistryFailure) {
        try await write { connection in
            _ = try Self.phase(of: batch, connection)
            try connection.execute(
                sql: """
                    UPDATE batches SET child_pid = ?, child_start_ticks = ?, child_boot_id = ?, events_file = ?
                    WHERE id = ?
                    """,
                arguments: [
                    child.process.pid, Int64(bitPattern: child.process.startTicks), child.process.bootID,
                    child.eventsFile, batch.rawValue,
                ])
        }
    }

    /// Notes the volume to which a batch backed its guest up.
    ///
    /// - Throws: ``RegistryFailure/noSuchBatch(_:)``.
    package func note(backup volume: String, of batch: BatchID) async throws(RegistryFailure) {
        try await write { connection in
            _ = try Self.phase(of: batch, connection)
            try connection.execute(
                sql: "UPDATE batches SET backup = ? WHERE id = ?", arguments: [volume, batch.rawValue])
        }
    }

    /// The backups that a run's batches made, by the steps that they were made for.
    package func backups(of run: RunID) async throws(RegistryFailure) -> [StepID: String] {
        try await read { connection in
            let rows = try Row.fetchAll(
                connection,
                sql: """
                    SELECT batch_steps.step, batches.backup FROM batches JOIN batch_steps ON batch_steps.batch = batches.id
                    WHERE batches.run = ? AND batches.backup IS NOT NULL ORDER BY batches.number
                    """,
                arguments: [run.rawValue])
            var backups: [StepID: String] = [:]
            for row in rows { backups[StepID(rawValue: row[0])] = row[1] as String }
            return backups
        }
    }

    /// Writes down how each step ended and closes the batch. Closing it again changes nothing.
    ///
    /// - Throws: ``RegistryFailure/noSuchBatch(_:)``.
    package func close(
        _ batch: BatchID, outcomes: [StepID: StepOutcome], at moment: Timestamp
    ) async throws(RegistryFailure) {
        try await write { connection in
            guard try Self.phase(of: batch, connection) != .done else { return }
            let statement = try connection.cachedStatement(
                sql: "UPDATE batch_steps SET outcome = ? WHERE batch = ? AND step = ?")
            for (step, outcome) in outcomes {
                try statement.execute(arguments: [try Payload.text(outcome), batch.rawValue, step.rawValue])
            }
            try connection.execute(
                sql: "UPDATE batches SET phase = ?, phase_at = ?, closed_at = ? WHERE id = ?",
                arguments: [
                    BatchPhase.done.rawValue, moment.milliseconds, moment.milliseconds, batch.rawValue,
                ])
        }
    }

    /// Batches that were begun and not closed, oldest first: what a start has to resolve.
    package func openBatches() async throws(RegistryFailure) -> [BatchRecord] {
        try await read { connection in try Self.batches(connection, "closed_at IS NULL", []) }
    }

    /// All batches of a run, oldest first.
    package func batches(of run: RunID) async throws(RegistryFailure) -> [BatchRecord] {
        try await read { connection in try Self.batches(connection, "run = ?", [run.rawValue]) }
    }

    private static func phase(of batch: BatchID, _ connection: Connection) throws -> BatchPhase {
        let phase = try String.fetchOne(
            connection, sql: "SELECT phase FROM batches WHERE id = ?", arguments: [batch.rawValue])
        guard let phase else { throw RegistryFailure.noSuchBatch(batch) }
        return try choice(phase, in: "batches.phase")
    }

    private static func batches(
        _ connection: Connection, _ condition: String, _ arguments: StatementArguments
    ) throws -> [BatchRecord] {
        let rows = try Row.fetchAll(
            connection,
            sql: """
                SELECT id, run, cluster, stack, verb, tfvars_before, tfvars_after, pid, start_ticks, boot_id, opened_at,
                    phase, phase_at, closed_at, child_pid, child_start_ticks, child_boot_id, events_file, backup
                FROM batches WHERE \(condition) ORDER BY number
                """,
            arguments: arguments)
        return try rows.map { row in
            let id = BatchID(rawValue: row[0])
            let stack = StackID(cluster: ClusterName(row[2]), name: row[3])
            var batch = BatchRecord(
                id: id, run: RunID(rawValue: row[1]), stack: stack, verb: try choice(row[4], in: "batches.verb"),
                steps: try items(of: id, connection), tfvarsBefore: row[5], tfvarsAfter: row[6],
                process: ProcessStamp(
                    pid: row[7], startTicks: UInt64(bitPattern: row[8] as Int64), bootID: row[9]),
                openedAt: Timestamp(milliseconds: row[10]))
            batch.phase = try choice(row[11], in: "batches.phase")
            batch.phaseAt = Timestamp(milliseconds: row[12])
            batch.closedAt = (row[13] as Int64?).map { Timestamp(milliseconds: $0) }
            if let pid = row[14] as Int32?, let ticks = row[15] as Int64?, let boot = row[16] as String?,
                let events = row[17] as String?
            {
                let process = ProcessStamp(pid: pid, startTicks: UInt64(bitPattern: ticks), bootID: boot)
                batch.child = BatchRecord.Child(process: process, eventsFile: events)
            }
            batch.backup = row[18]
            return batch
        }
    }

    private static func items(of batch: BatchID, _ connection: Connection) throws -> [BatchRecord.Item] {
        try Row.fetchAll(
            connection,
            sql: "SELECT step, server, previous, payload, outcome FROM batch_steps WHERE batch = ? ORDER BY position",
            arguments: [batch.rawValue]
        ).map { row in
            var item = BatchRecord.Item(
                step: StepID(rawValue: row[0]), server: ServerName(row[1]), previousEntry: row[2], payload: row[3])
            item.outcome = try (row[4] as String?).map { try Payload.decoded($0) }
            return item
        }
    }
}
