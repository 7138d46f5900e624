import GRDB
import Model

extension FleetRegistry {
    /// Keeps with each server what the policies over it say; an empty list says nothing.
    package func keep(_ policies: [ServerName: [KeptPolicy]]) async throws(RegistryFailure) {
        try await write { connection in
            let update = try connection.cachedStatement(sql: "UPDATE servers SET policies = ? WHERE key = ?")
            for (server, kept) in policies {
                let text: String? = try kept.isEmpty ? nil : Payload.text(kept)
                try update.execute(arguments: [text, server.key])
            }
        }
    }

    /// Writes down who asked for steps. A step that is known with the same facts keeps who it has; with other facts
    /// somebody has asked for more, and who asks now is added.
    ///
    /// - Parameters:
    ///   - people: names in lower case.
    ///   - commit: up to which all authors are among them; nil: nothing is known of commits.
    package func noteAskers(
        _ people: [String], of steps: [Approval.ApprovedStep], upTo commit: String?
    ) async throws(RegistryFailure) {
        try await write { connection in
            for step in steps {
                let facts = try Payload.text(step.facts)
                let known = try Row.fetchOne(
                    connection, sql: "SELECT facts, people FROM askers WHERE step = ?", arguments: [step.id.rawValue])
                if let known, known[0] == facts { continue }
                let before = known.map { Payload.lines(of: $0[1]) } ?? []
                try connection.execute(
                    sql: "INSERT OR REPLACE INTO askers (step, facts, people) VALUES (?, ?, ?)",
                    arguments: [step.id.rawValue, facts, Payload.lines(Set(before + people).sorted())])
            }
            guard let commit else { return }
            try connection.execute(
                sql: """
                    INSERT INTO meta (key, value) VALUES (?, ?)
                    ON CONFLICT (key) DO UPDATE SET value = excluded.value
                    """,
                arguments: [MetaKey.askedUpTo.rawValue, commit])
        }
    }

    static func askers(_ connection: Connection) throws -> [StepID: [String]] {
        let rows = try Row.fetchCursor(connection.cachedStatement(sql: "SELECT step, people FROM askers"))
        var askers: [StepID: [String]] = [:]
        while let row = try rows.next() { askers[StepID(rawValue: row[0])] = Payload.lines(of: row[1]) }
        return askers
    }

    /// Guests that ended in the day before the latest batch, and in the latest batches whatever their clock said,
    /// oldest first: those whose end was proven, and those of batches that were about to apply and never said how it went.
    static func endings(_ connection: Connection) throws -> [RecordedEnding] {
        let verbs = Action.Verb.allCases.filter(\.endsGuest).map(\.rawValue)
        // A batch takes hours at most, so two days before the latest one hold every end of its last day. A clock that once
        // was years ahead, and was put right, makes the latest one worthless, and their order stays.
        let rows = try Row.fetchAll(
            connection,
            sql: """
                SELECT batches.cluster, batch_steps.server, batch_steps.outcome, batches.phase,
                    COALESCE(batches.closed_at, batches.phase_at)
                FROM batches JOIN batch_steps ON batch_steps.batch = batches.id
                WHERE (batches.opened_at > (SELECT max(opened_at) FROM batches) - 172800000
                        OR batches.number > (SELECT max(number) FROM batches) - 1000)
                    AND batches.verb IN (\(databaseQuestionMarks(count: verbs.count)))
                ORDER BY 5, batches.number, batch_steps.position
                """,
            arguments: StatementArguments(verbs))
        var endings: [RecordedEnding] = []
        for row in rows {
            let outcome: StepOutcome? = try (row[2] as String?).map { try Payload.decoded($0) }
            let phase: BatchPhase = try choice(row[3], in: "batches.phase")
            let mayHaveEnded = outcome == nil && phase >= .applying && phase != .done
            guard outcome?.endedGuest ?? false || mayHaveEnded else { continue }
            endings.append(
                RecordedEnding(
                    server: ServerName(row[1]), cluster: ClusterName(row[0]), at: Timestamp(milliseconds: row[4])))
        }
        return endings
    }
}
