import GRDB
import Model

extension FleetRegistry {
    /// Which runs are asked for; every given part must hold.
    package struct RunFilter: Hashable, Sendable {
        /// Runs that had a step about that server.
        package var server: ServerName?
        package var plan: PlanID?
        /// Started at that moment or later.
        package var since: Timestamp?
        package var isUnfinished = false

        package init(
            server: ServerName? = nil, plan: PlanID? = nil, since: Timestamp? = nil, isUnfinished: Bool = false
        ) {
            self.server = server
            self.plan = plan
            self.since = since
            self.isUnfinished = isUnfinished
        }
    }

    /// Starts a run; nothing where one of that id was started already. A plan that was not saved is not noted.
    package func start(_ run: RunRecord) async throws(RegistryFailure) {
        try await write { connection in
            try connection.execute(
                sql: """
                    INSERT INTO runs (id, command, who, made_from, plan, pid, start_ticks, boot_id, started_at, status)
                    VALUES (?, ?, ?, ?, (SELECT id FROM plans WHERE id = ?), ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
                    """,
                arguments: [
                    run.id.rawValue, run.command, run.who, run.commit, run.plan?.rawValue, run.process.pid,
                    Int64(bitPattern: run.process.startTicks), run.process.bootID, run.startedAt.milliseconds,
                    RunStatus.running.rawValue,
                ])
        }
    }

    /// Writes how steps of a run ended; a step that was written already is written anew. What was approved of a step is
    /// used up as ``StepOutcome/spendsYes(to:)`` says.
    ///
    /// - Throws: ``RegistryFailure/noSuchRun(_:)``.
    package func record(_ steps: [RunStep], of run: RunID) async throws(RegistryFailure) {
        try await write { connection in
            try Self.demand(run, connection)
            let statement = try connection.cachedStatement(sql: Self.upsertStep)
            for step in steps {
                try statement.execute(arguments: [
                    run.rawValue, step.id.rawValue, run.rawValue, step.verb.rawValue, step.subject.key,
                    try Payload.text(step.subject), step.outcome.ended, try Payload.text(step.outcome),
                    try Payload.text(step.changes), step.startedAt.milliseconds, step.took.wholeMilliseconds,
                ])
                if step.outcome.spendsYes(to: step.verb) {
                    try Self.endApprovals(of: step.id, at: step.startedAt + step.took, connection)
                }
                // What failed is asked for by the same people still.
                if step.outcome == .done { try Self.forgetAskers(of: step.id, connection) }
                if case .server(let server, _) = step.subject, step.outcome.mayHaveActed {
                    // What is seen of it afterwards is seen for the first time.
                    try connection.cachedStatement(
                        sql: "UPDATE comparisons SET differences = NULL WHERE server_key = ?"
                    ).execute(arguments: [server.key])
                }
            }
        }
    }

    private static let upsertStep = """
        INSERT INTO run_steps (run, step, position, verb, subject_key, subject, ended, outcome, changes, started_at,
            milliseconds)
        VALUES (?, ?, (SELECT count(*) FROM run_steps WHERE run = ?), ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (run, step) DO UPDATE SET ended = excluded.ended, outcome = excluded.outcome,
            changes = excluded.changes, started_at = excluded.started_at, milliseconds = excluded.milliseconds
        """

    /// Ends a run and counts its steps. Ending it again changes nothing.
    ///
    /// - Throws: ``RegistryFailure/noSuchRun(_:)``.
    @discardableResult
    package func finish(
        _ run: RunID, status: RunStatus = .finished, exitCode: Int32?, at moment: Timestamp
    ) async throws(RegistryFailure) -> RunRecord {
        try await write { connection in
            try Self.demand(run, connection)
            try connection.execute(
                sql: """
                    UPDATE runs SET finished_at = ?, status = ?, exit_code = ?,
                        done = (SELECT count(*) FROM run_steps WHERE run = runs.id AND ended = 'done'),
                        stale = (SELECT count(*) FROM run_steps WHERE run = runs.id AND ended = 'stale'),
                        refused = (SELECT count(*) FROM run_steps WHERE run = runs.id AND ended = 'refused'),
                        failed = (SELECT count(*) FROM run_steps WHERE run = runs.id AND ended = 'failed'),
                        skipped = (SELECT count(*) FROM run_steps WHERE run = runs.id AND ended = 'skipped')
                    WHERE id = ? AND finished_at IS NULL
                    """,
                arguments: [moment.milliseconds, status.rawValue, exitCode, run.rawValue])
            return try Self.run(run, connection)
        }
    }

    /// - Throws: ``RegistryFailure/noSuchRun(_:)``.
    package func run(_ id: RunID) async throws(RegistryFailure) -> RunRecord {
        try await read { connection in try Self.run(id, connection) }
    }

    /// Runs, latest first.
    package func runs(
        _ filter: RunFilter = RunFilter(), limit: Int = 50
    ) async throws(RegistryFailure) -> [RunRecord] {
        try await read { connection in
            try Row.fetchAll(
                connection,
                sql: """
                    SELECT \(runColumns) FROM runs
                    WHERE (:plan IS NULL OR plan = :plan) AND (:since IS NULL OR started_at >= :since)
                        AND (NOT :unfinished OR finished_at IS NULL)
                        AND (:subject IS NULL OR id IN (SELECT run FROM run_steps WHERE subject_key = :subject))
                    ORDER BY started_at DESC, number DESC LIMIT :limit
                    """,
                arguments: [
                    "plan": filter.plan?.rawValue, "since": filter.since?.milliseconds,
                    "unfinished": filter.isUnfinished, "subject": filter.server.map(Self.subjectKey),
                    "limit": limit,
                ]
            ).map(runRecord)
        }
    }

    /// The steps of a run in the order in which they were written.
    package func steps(of run: RunID) async throws(RegistryFailure) -> [RunStep] {
        try await read { connection in
            try Row.fetchAll(
                connection,
                sql: """
                    SELECT step, verb, subject, outcome, changes, started_at, milliseconds
                    FROM run_steps WHERE run = ? ORDER BY position
                    """,
                arguments: [run.rawValue]
            ).map(runStep)
        }
    }

    /// Rebuilds that ended a guest and did not make the new one, oldest first; but those of servers of which a later run
    /// did something: only a missing resource or a stray entry is put in order while there is no guest.
    package func unfinishedRebuilds() async throws(RegistryFailure) -> [RunStep] {
        try await read { connection in
            try Row.fetchAll(
                connection,
                sql: """
                    SELECT run_steps.step, run_steps.verb, run_steps.subject, run_steps.outcome, run_steps.changes,
                        run_steps.started_at, run_steps.milliseconds, (
                            SELECT batch_steps.outcome FROM batches JOIN batch_steps ON batch_steps.batch = batches.id
                            WHERE batches.run = run_steps.run AND batch_steps.step = run_steps.step
                            ORDER BY batches.number DESC LIMIT 1)
                    FROM run_steps JOIN runs ON runs.id = run_steps.run
                    WHERE run_steps.verb = 'rebuild' AND run_steps.ended = 'failed' AND NOT EXISTS (
                        SELECT 1 FROM run_steps AS later JOIN runs AS later_runs ON later_runs.id = later.run
                        WHERE later.subject_key = run_steps.subject_key AND later_runs.number > runs.number
                            AND later.ended = 'done' AND later.verb NOT IN ('forget', 'repair'))
                    ORDER BY runs.number, run_steps.position
                    """
            ).filter { row in
                // Whoever settled its batch later may have found the new guest.
                let settled: StepOutcome? = try (row[7] as String?).map { text throws in try Payload.decoded(text) }
                return settled != .done
            }.map(runStep).filter(\.outcome.endedGuest)
        }
    }

    /// The steps that runs did since a moment, whichever plan they were of, each with who did it last.
    package func stepsDone(since moment: Timestamp) async throws(RegistryFailure) -> [StepID: StepDoing] {
        try await read { connection in
            let rows = try Row.fetchAll(
                connection,
                sql: """
                    SELECT run_steps.step, runs.who, max(run_steps.started_at)
                    FROM run_steps JOIN runs ON runs.id = run_steps.run
                    WHERE run_steps.ended = 'done' AND run_steps.started_at >= ? GROUP BY run_steps.step
                    """,
                arguments: [moment.milliseconds])
            return Dictionary(
                rows.map { row in
                    (StepID(rawValue: row[0]), StepDoing(by: row[1], at: Timestamp(milliseconds: row[2])))
                },
                uniquingKeysWith: { first, _ in first })
        }
    }

    static func subjectKey(_ server: ServerName) -> String { "server/\(server.key)" }

    static func demand(_ run: RunID, _ connection: Connection) throws {
        let known = try Bool.fetchOne(
            connection, sql: "SELECT EXISTS (SELECT 1 FROM runs WHERE id = ?)", arguments: [run.rawValue])
        guard known == true else { throw RegistryFailure.noSuchRun(run) }
    }

    static func run(_ id: RunID, _ connection: Connection) throws -> RunRecord {
        let row = try Row.fetchOne(
            connection, sql: "SELECT \(runColumns) FROM runs WHERE id = ?", arguments: [id.rawValue])
        guard let row else { throw RegistryFailure.noSuchRun(id) }
        return try runRecord(row)
    }
}

private let runColumns = """
    id, command, who, made_from, plan, pid, start_ticks, boot_id, started_at, finished_at, status, exit_code, done, stale,
    refused, failed, skipped
    """

private func runStep(_ row: Row) throws -> RunStep {
    RunStep(
        id: StepID(rawValue: row[0]), verb: try choice(row[1], in: "run_steps.verb"),
        subject: try Payload.decoded(row[2]), outcome: try Payload.decoded(row[3]),
        changes: try Payload.decoded(row[4]), startedAt: Timestamp(milliseconds: row[5]),
        took: .milliseconds(row[6] as Int64))
}

private func runRecord(_ row: Row) throws -> RunRecord {
    let process = ProcessStamp(pid: row[5], startTicks: UInt64(bitPattern: row[6] as Int64), bootID: row[7])
    var record = RunRecord(
        id: RunID(rawValue: row[0]), command: row[1], who: row[2], commit: row[3],
        plan: (row[4] as String?).map { PlanID(rawValue: $0) }, process: process,
        startedAt: Timestamp(milliseconds: row[8]))
    record.finishedAt = (row[9] as Int64?).map { Timestamp(milliseconds: $0) }
    record.status = try choice(row[10], in: "runs.status")
    record.exitCode = row[11]
    record.counts.done = row[12]
    record.counts.stale = row[13]
    record.counts.refused = row[14]
    record.counts.failed = row[15]
    record.counts.skipped = row[16]
    return record
}
