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
    /// somebody has asked for more, and who asks now is added. Who else may have asked stays unknown until commits say it.
    ///
    /// - Parameter askers: without a commit nothing is said of how far authors are known, nor where steps are left of
    ///   which nobody knows who asked.
    package func note(
        _ askers: Askers, of steps: [Approval.ApprovedStep]
    ) async throws(RegistryFailure) {
        try await write { connection in
            for step in steps {
                let facts = try Payload.text(step.facts)
                let row = try Row.fetchOne(
                    connection, sql: "SELECT facts, people, is_unknown FROM askers WHERE step = ?",
                    arguments: [step.id.rawValue])
                var (isSame, wasUnknown, before) = (false, false, Set<String>())
                if let row {
                    isSame = row[0] == facts
                    wasUnknown = row[2]
                    before = Set(Payload.lines(of: row[1]))
                }
                if isSame, !wasUnknown { continue }
                var people = before.union(askers.people)
                // Whoever plans what somebody unknown asked for may be the one who is to look at it.
                if !wasUnknown, let planner = askers.planner { people.insert(planner) }
                let isUnknown: Bool
                switch askers.knowledge {
                case .authors: isUnknown = false
                case .witnesses: isUnknown = wasUnknown
                case .none: isUnknown = true
                }
                if isSame, isUnknown == wasUnknown, people == before { continue }
                try connection.execute(
                    sql: "INSERT OR REPLACE INTO askers (step, facts, people, is_unknown) VALUES (?, ?, ?, ?)",
                    arguments: [step.id.rawValue, facts, Payload.lines(people.sorted()), isUnknown])
            }
            // Who is unknown may be behind any step. Once there is none, nobody asks any more who it was.
            guard let commit = askers.commit, askers.knowledge != .none || steps.isEmpty else { return }
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

    static func unknownAskers(_ connection: Connection) throws -> Set<StepID> {
        let steps = try String.fetchAll(
            connection.cachedStatement(sql: "SELECT step FROM askers WHERE is_unknown"))
        return Set(steps.map { StepID(rawValue: $0) })
    }

    /// Guests that ended in the day before the latest batch, and in the latest batches whatever their clock said,
    /// oldest first: those whose end was proven, and those of batches that were about to apply and never said how it went.
    /// Beside them those that open batches set out to end and have not come to, in the order of the batches.
    static func endings(_ connection: Connection) throws -> (past: [RecordedEnding], coming: [RecordedEnding]) {
        let verbs = Action.Verb.allCases.filter(\.endsGuest).map(\.rawValue)
        // A batch takes hours at most, so two days before the latest one hold every end of its last day. A clock that once
        // was years ahead, and was put right, makes the latest one worthless, and their order stays.
        let rows = try Row.fetchAll(
            connection,
            sql: """
                SELECT batches.cluster, batch_steps.server, batch_steps.outcome, batches.phase,
                    COALESCE(batches.closed_at, batches.phase_at), batches.run, batches.number
                FROM batches JOIN batch_steps ON batch_steps.batch = batches.id
                WHERE (batches.opened_at > (SELECT max(opened_at) FROM batches) - 172800000
                        OR batches.number > (SELECT max(number) FROM batches) - 1000)
                    AND batches.verb IN (\(databaseQuestionMarks(count: verbs.count)))
                ORDER BY 5, batches.number, batch_steps.position
                """,
            arguments: StatementArguments(verbs))
        var past: [RecordedEnding] = []
        var coming: [(number: Int64, ending: RecordedEnding)] = []
        for row in rows {
            let outcome: StepOutcome? = try (row[2] as String?).map { try Payload.decoded($0) }
            let phase: BatchPhase = try choice(row[3], in: "batches.phase")
            let isOpen = outcome == nil && phase != .done
            let ending = RecordedEnding(
                server: ServerName(row[1]), cluster: ClusterName(row[0]), at: Timestamp(milliseconds: row[4]),
                run: RunID(rawValue: row[5]))
            if outcome?.endedGuest ?? false || isOpen && phase >= .applying {
                past.append(ending)
            } else if isOpen {
                coming.append((number: row[6], ending: ending))
            }
        }
        return (past: past, coming: coming.sorted { $0.number < $1.number }.map(\.ending))
    }
}
