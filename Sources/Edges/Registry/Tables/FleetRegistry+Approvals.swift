import GRDB
import Model

extension FleetRegistry {
    /// Writes a person's yes down. The same person's second yes takes the place of the first.
    ///
    /// - Parameter isEnough: whether the plan is `approved` with it; one that wants another person's yes too is not.
    /// - Returns: the plan's record, and who has said yes, ascending.
    /// - Throws: ``RegistryFailure/noSuchPlan(_:)``; ``RegistryFailure/planSettled(_:_:)`` for a plan that was applied;
    ///   ``RegistryFailure/planRejected(_:by:)`` for one that somebody else said no to: that no holds until what the plan
    ///   rests on has moved, and with it the plan's id. Who said it takes it back by this yes.
    @discardableResult
    package func approve(
        _ approval: Approval, isEnough: Bool = true
    ) async throws(RegistryFailure) -> (plan: PlanRecord, approvers: [String]) {
        try await write { connection in
            var plan = try Self.plan(approval.plan, connection)
            guard plan.status != .applied else { throw RegistryFailure.planSettled(plan.id, plan.status) }
            if plan.status == .rejected {
                guard Rejection(by: plan.statusBy, at: plan.statusAt).isOf(approval.by) else {
                    throw RegistryFailure.planRejected(plan.id, by: plan.statusBy)
                }
                plan = try Self.set(.pending, of: plan.id, by: approval.by, at: approval.at, connection)
                try connection.execute(
                    sql: "DELETE FROM rejected_steps WHERE plan = ?", arguments: [plan.id.rawValue])
            }
            try Self.takeBack(approval, connection)
            try connection.execute(
                sql: "DELETE FROM approvals WHERE plan = ? AND by = ?", arguments: [plan.id.rawValue, approval.by])
            try connection.execute(
                sql: "INSERT INTO approvals (plan, by, at) VALUES (?, ?, ?)",
                arguments: [plan.id.rawValue, approval.by, approval.at.milliseconds])
            for step in approval.steps {
                try connection.execute(
                    sql: "INSERT OR REPLACE INTO approved_steps (plan, by, step, facts) VALUES (?, ?, ?, ?)",
                    arguments: [plan.id.rawValue, approval.by, step.id.rawValue, try Payload.text(step.facts)])
            }
            let approvers = try String.fetchAll(
                connection,
                sql: "SELECT by FROM approvals WHERE plan = ? AND ended_at IS NULL ORDER BY by",
                arguments: [plan.id.rawValue])
            guard isEnough else { return (plan, approvers) }
            let record = try Self.set(.approved, of: plan.id, by: approval.by, at: approval.at, connection)
            return (record, approvers)
        }
    }

    /// Writes a person's no down: it ends what others approved of that plan, and of the same steps with the same facts in
    /// other plans, whose yes would carry over. Who asked for them is not forgotten.
    ///
    /// - Throws: ``RegistryFailure/noSuchPlan(_:)``; ``RegistryFailure/planSettled(_:_:)`` for a plan that was applied.
    @discardableResult
    package func reject(_ no: RejectedPlan) async throws(RegistryFailure) -> PlanRecord {
        let (plan, moment) = (no.id, no.rejection.at)
        return try await write { connection in
            let record = try Self.plan(plan, connection)
            guard record.status != .applied else { throw RegistryFailure.planSettled(plan, record.status) }
            for step in no.steps {
                try Self.endApprovals(like: step, at: moment, connection)
                try connection.execute(
                    sql: "INSERT OR REPLACE INTO rejected_steps (plan, step, facts, by_itself) VALUES (?, ?, ?, ?)",
                    arguments: [
                        plan.rawValue, step.id.rawValue, try Payload.text(step.facts),
                        no.refusedForThemselves.contains(step.id),
                    ])
            }
            return try Self.set(.rejected, of: plan, by: no.rejection.by, at: moment, connection)
        }
    }

    /// A yes to a step takes back the same person's no to it under another plan's id; a plan of which nothing is left that
    /// they said no to is one that a later plan took the place of.
    private static func takeBack(_ approval: Approval, _ connection: Connection) throws {
        let own = try Row.fetchAll(
            connection, sql: "SELECT id, status_by, status_at FROM plans WHERE status = 'rejected'"
        ).filter { Rejection(by: $0[1], at: Timestamp(milliseconds: $0[2])).isOf(approval.by) }
        for row in own {
            let plan = PlanID(rawValue: row[0])
            var isTakenBack = false
            for step in approval.steps {
                try connection.execute(
                    sql: "DELETE FROM rejected_steps WHERE plan = ? AND step = ? AND facts = ?",
                    arguments: [plan.rawValue, step.id.rawValue, try Payload.text(step.facts)])
                isTakenBack = isTakenBack || connection.changesCount > 0
            }
            let left = try Int.fetchOne(
                connection, sql: "SELECT count(*) FROM rejected_steps WHERE plan = ?", arguments: [plan.rawValue])
            if isTakenBack, left == 0 {
                _ = try set(.superseded, of: plan, by: approval.by, at: approval.at, connection)
            }
        }
    }

    /// The plans that are rejected, latest no first.
    package func rejectedPlans() async throws(RegistryFailure) -> [RejectedPlan] {
        try await read { connection in
            let rows = try Row.fetchCursor(
                connection.cachedStatement(
                    sql: """
                        SELECT id, status_by, status_at, step, facts, by_itself
                        FROM plans LEFT JOIN rejected_steps ON plan = id
                        WHERE status = 'rejected' ORDER BY status_at DESC, id
                        """))
            var plans: [RejectedPlan] = []
            while let row = try rows.next() {
                let id = PlanID(rawValue: row[0])
                if plans.last?.id != id {
                    let rejection = Rejection(by: row[1], at: Timestamp(milliseconds: row[2]))
                    plans.append(RejectedPlan(id: id, rejection: rejection, of: []))
                }
                guard let name: String = row[3] else { continue }
                let step = StepID(rawValue: name)
                plans[plans.count - 1].steps.insert(.init(id: step, facts: try Payload.decoded(row[4])))
                let isByItself: Bool = row[5]
                if isByItself { plans[plans.count - 1].refusedForThemselves.insert(step) }
            }
            return plans
        }
    }

    /// How often a no was given or taken back, in whole or in part: ``rejectedPlans()`` are what they were for as long as it
    /// stays. Nil: nobody counted.
    package func noesSoFar() async throws(RegistryFailure) -> Int? {
        try await read { connection in
            try Int.fetchOne(
                connection.cachedStatement(sql: "SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?"),
                arguments: [MetaKey.noes.rawValue])
        }
    }

    /// Ends what was approved of a step with these facts, in whichever plan. A plan that was approved with it waits again.
    private static func endApprovals(
        like step: Approval.ApprovedStep, at moment: Timestamp, _ connection: Connection
    ) throws {
        let facts = try Payload.text(step.facts)
        try connection.execute(
            sql: """
                UPDATE plans SET status = ? WHERE status = ? AND id IN
                    (SELECT plan FROM approved_steps WHERE step = ? AND facts = ? AND ended_at IS NULL)
                """,
            arguments: [PlanStatus.pending.rawValue, PlanStatus.approved.rawValue, step.id.rawValue, facts])
        try connection.execute(
            sql: "UPDATE approved_steps SET ended_at = ? WHERE step = ? AND facts = ? AND ended_at IS NULL",
            arguments: [moment.milliseconds, step.id.rawValue, facts])
    }

    /// Ends what was approved of these steps, in whichever plan, and forgets who asked for them: they are not needed any more.
    package func endApprovals(of steps: [StepID], at moment: Timestamp) async throws(RegistryFailure) {
        try await write { connection in
            for step in steps {
                try Self.endApprovals(of: step, at: moment, connection)
                try Self.forgetAskers(of: step, connection)
            }
        }
    }

    static func endApprovals(of plan: PlanID, at moment: Timestamp, _ connection: Connection) throws {
        try endApprovals("plan = ?", plan.rawValue, at: moment, connection)
    }

    private static func endApprovals(
        _ condition: String, _ argument: any DatabaseValueConvertible, at moment: Timestamp, _ connection: Connection
    ) throws {
        try connection.execute(
            sql: """
                UPDATE approved_steps SET ended_at = ? WHERE ended_at IS NULL
                    AND (plan, by) IN (SELECT plan, by FROM approvals WHERE \(condition))
                """,
            arguments: [moment.milliseconds, argument])
        try connection.execute(
            sql: "UPDATE approvals SET ended_at = ? WHERE ended_at IS NULL AND \(condition)",
            arguments: [moment.milliseconds, argument])
    }

    /// Ends what was approved of a step that was tried, in whichever plan: the next time that the same facts come together, a
    /// person is asked again.
    static func endApprovals(of step: StepID, at moment: Timestamp, _ connection: Connection) throws {
        try connection.execute(
            sql: "UPDATE approved_steps SET ended_at = ? WHERE step = ? AND ended_at IS NULL",
            arguments: [moment.milliseconds, step.rawValue])
    }

    static func forgetAskers(of step: StepID, _ connection: Connection) throws {
        try connection.execute(sql: "DELETE FROM askers WHERE step = ?", arguments: [step.rawValue])
    }

    /// In ascending order of moments.
    static func openApprovals(_ connection: Connection) throws -> [Approval] {
        let rows = try Row.fetchCursor(
            connection,
            sql: """
                SELECT approvals.plan, approvals.by, approvals.at, approved_steps.step, approved_steps.facts
                FROM approved_steps JOIN approvals USING (plan, by) WHERE approved_steps.ended_at IS NULL
                ORDER BY approvals.at, approvals.plan, approvals.by, approved_steps.step
                """)
        var approvals: [Approval] = []
        while let row = try rows.next() {
            let step = Approval.ApprovedStep(id: StepID(rawValue: row[3]), facts: try Payload.decoded(row[4]))
            let plan = PlanID(rawValue: row[0])
            let by: String = row[1]
            if let last = approvals.indices.last, approvals[last].plan == plan, approvals[last].by == by {
                approvals[last].steps.append(step)
            } else {
                approvals.append(Approval(plan: plan, by: by, at: Timestamp(milliseconds: row[2]), steps: [step]))
            }
        }
        return approvals
    }
}
