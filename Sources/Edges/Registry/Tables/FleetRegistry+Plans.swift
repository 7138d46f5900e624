import Foundation
import GRDB
import Model

extension FleetRegistry {
    /// Saves a plan. One that is there already stays as it is, and a rejection holds; but where it was applied or
    /// superseded, or every yes to it was used up, the same situation has come back, and it is pending again.
    ///
    /// - Parameter isWhole: it is of the whole fleet, and takes the place of every other one that is pending.
    /// - Returns: the record as it is now.
    @discardableResult
    package func save(
        _ plan: PlanRecord, bytes: [UInt8], isWhole: Bool = false
    ) async throws(RegistryFailure) -> PlanRecord {
        try await write { connection in
            if isWhole {
                try connection.execute(
                    sql: """
                        UPDATE plans SET status = ?, status_at = ?, status_by = ? WHERE status = ? AND id <> ?
                        """,
                    arguments: [
                        PlanStatus.superseded.rawValue, plan.createdAt.milliseconds, plan.createdBy,
                        PlanStatus.pending.rawValue, plan.id.rawValue,
                    ])
            }
            try connection.execute(
                sql: """
                    INSERT INTO plans (id, bytes, made_from, created_at, created_by, status, status_at, status_by)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET status = excluded.status, status_at = excluded.status_at,
                        status_by = excluded.status_by, made_from = excluded.made_from
                    WHERE plans.status IN ('applied', 'superseded') OR (plans.status = 'approved' AND NOT EXISTS (
                        SELECT 1 FROM approved_steps WHERE plan = plans.id AND ended_at IS NULL))
                    """,
                arguments: [
                    plan.id.rawValue, Data(bytes), plan.commit, plan.createdAt.milliseconds, plan.createdBy,
                    plan.status.rawValue, plan.statusAt.milliseconds, plan.statusBy,
                ])
            return try Self.plan(plan.id, connection)
        }
    }

    /// The plan whose id begins with that text (at least ``shortestPlanPrefix`` hexadecimal digits; their case does not matter).
    ///
    /// - Throws: ``RegistryFailure/planTooShort(_:)``, ``RegistryFailure/noSuchPlan(_:)``, or
    ///   ``RegistryFailure/ambiguousPlan(_:_:)`` with the plans of that beginning.
    package func plan(_ prefix: String) async throws(RegistryFailure) -> SavedPlan {
        try await read { connection in
            let text = prefix.lowercased()
            guard text.utf8.allSatisfy({ Self.hexadecimal.contains($0) }) else {
                throw RegistryFailure.noSuchPlan(prefix)
            }
            guard text.utf8.count >= Self.shortestPlanPrefix else { throw RegistryFailure.planTooShort(prefix) }
            // Ten are enough to see that the text is too short.
            let found = try String.fetchAll(
                connection, sql: "SELECT id FROM plans WHERE id >= ? AND id < ? ORDER BY id LIMIT 10",
                arguments: [text, text + "g"])
            guard let id = found.first else { throw RegistryFailure.noSuchPlan(prefix) }
            guard found.count == 1 || id == text else {
                throw RegistryFailure.ambiguousPlan(prefix, found.map { PlanID(rawValue: $0) })
            }
            let record = try Self.plan(PlanID(rawValue: id), connection)
            let bytes = try Data.fetchOne(connection, sql: "SELECT bytes FROM plans WHERE id = ?", arguments: [id])
            return SavedPlan(record: record, bytes: Array(bytes ?? Data()))
        }
    }

    /// Of a plan's id that is typed, because what it names may destroy.
    package static let shortestPlanPrefix = 8

    /// The no that was said to a plan; nil: nobody said one, it was taken back, or the plan is not known.
    package func rejection(of plan: PlanID) async throws(RegistryFailure) -> Rejection? {
        try await read { connection in
            let row = try Row.fetchOne(
                connection, sql: "SELECT status_by, status_at FROM plans WHERE id = ? AND status = ?",
                arguments: [plan.rawValue, PlanStatus.rejected.rawValue])
            return row.map { Rejection(by: $0[0], at: Timestamp(milliseconds: $0[1])) }
        }
    }

    /// The plan that took the place of a superseded one, or the place of that one, and so on to the one that stands; nil
    /// where none did, or which one it was cannot be said.
    package func successor(of plan: PlanID) async throws(RegistryFailure) -> PlanRecord? {
        try await read { connection in
            var record = try Self.plan(plan, connection)
            var seen: Set<PlanID> = [plan]
            while record.status == .superseded {
                guard let next = try Self.inPlace(of: record, connection), seen.insert(next.id).inserted else {
                    return nil
                }
                record = next
            }
            return record.id == plan ? nil : record
        }
    }

    /// The one that was made, or came back, in the moment in which the other was superseded.
    private static func inPlace(of plan: PlanRecord, _ connection: Connection) throws -> PlanRecord? {
        let row = try Row.fetchOne(
            connection,
            sql: """
                SELECT \(planColumns) FROM plans
                WHERE id <> :id AND (created_at = :at OR (status_at = :at AND status = 'pending'))
                ORDER BY created_at = :at DESC, id LIMIT 1
                """,
            arguments: ["id": plan.id.rawValue, "at": plan.statusAt.milliseconds])
        return try row.map(planRecord)
    }

    private static let hexadecimal = Set("0123456789abcdef".utf8)

    /// Saved plans, latest first.
    ///
    /// - Parameter status: only these; all where it is empty.
    package func plans(
        status: Set<PlanStatus> = [], limit: Int = 50
    ) async throws(RegistryFailure) -> [PlanRecord] {
        try await read { connection in
            let wanted = (status.isEmpty ? Set(PlanStatus.allCases) : status).map(\.rawValue).sorted()
            return try Row.fetchAll(
                connection,
                sql: """
                    SELECT \(planColumns) FROM plans WHERE status IN (\(databaseQuestionMarks(count: wanted.count)))
                    ORDER BY created_at DESC, id DESC LIMIT ?
                    """,
                arguments: StatementArguments(wanted) + [limit]
            ).map(planRecord)
        }
    }

    /// Sets where a plan stands. `applied` ends its approvals; `rejected` takes them back.
    ///
    /// - Throws: ``RegistryFailure/noSuchPlan(_:)``.
    @discardableResult
    package func set(
        _ status: PlanStatus, of plan: PlanID, by: String, at moment: Timestamp
    ) async throws(RegistryFailure) -> PlanRecord {
        try await write { connection in try Self.set(status, of: plan, by: by, at: moment, connection) }
    }

    static func set(
        _ status: PlanStatus, of plan: PlanID, by: String, at moment: Timestamp, _ connection: Connection
    ) throws -> PlanRecord {
        var record = try Self.plan(plan, connection)
        guard record.status != status else { return record }
        try connection.execute(
            sql: "UPDATE plans SET status = ?, status_at = ?, status_by = ? WHERE id = ?",
            arguments: [status.rawValue, moment.milliseconds, by, plan.rawValue])
        switch status {
        case .applied, .rejected: try endApprovals(of: plan, at: moment, connection)
        case .pending, .approved, .superseded: break
        }
        (record.status, record.statusAt, record.statusBy) = (status, moment, by)
        return record
    }

    static func plan(_ id: PlanID, _ connection: Connection) throws -> PlanRecord {
        let row = try Row.fetchOne(
            connection, sql: "SELECT \(planColumns) FROM plans WHERE id = ?", arguments: [id.rawValue])
        guard let row else { throw RegistryFailure.noSuchPlan(id.rawValue) }
        return try planRecord(row)
    }
}

private let planColumns = "id, made_from, created_at, created_by, status, status_at, status_by"

private func planRecord(_ row: Row) throws -> PlanRecord {
    var record = PlanRecord(
        id: PlanID(rawValue: row[0]), commit: row[1], createdAt: Timestamp(milliseconds: row[2]), createdBy: row[3])
    record.status = try choice(row[4], in: "plans.status")
    record.statusAt = Timestamp(milliseconds: row[5])
    record.statusBy = row[6]
    return record
}
