import JSONArena
import Model
import Reconciliation
import Simulation

extension RehearsalView {
    package func json(in language: Language) -> JSONValue {
        [
            "plan": .string(report.pass.id.rawValue), "seed": .string(String(report.seed)),
            "faults": .array(report.faults.map { .string($0.text) }),
            "twins": .array(report.twins.map(Self.json)),
            "steps": .array(steps(in: language)),
            "approvedForRehearsal": .array(
                (report.rehearsed?.takenAsApproved ?? []).map { .string($0.rawValue) }),
            "gone": .array(report.gone.map { .string($0.id.rawValue) }),
            "leftOut": .array(report.gone.leftOut.map { $0.json(in: language) }),
            "findings": .array(report.findings.map { $0.json(in: language) }),
            "changes": .array(report.changes.map { Self.json($0.guest, of: $0.cluster) }),
            "failures": .array(report.failures.map { Self.json($0, in: language) }),
            "failuresNotTried": .int(report.untried),
            "milliseconds": report.rehearsed.map { .int(Int(($0.endedAt - $0.beganAt).wholeMilliseconds)) } ?? .null,
            "keptAt": report.keptAt.json, "exitCode": .int(Int(report.exit.rawValue)),
        ]
    }

    private func steps(in language: Language) -> [JSONValue] {
        guard let rehearsed = report.rehearsed else { return [] }
        return RehearsedSteps(rehearsed).ordered.map { step in
            var members: [JSONValue.Member] = [
                .init("id", .string(step.id.rawValue)), .init("subject", step.subject.json),
                .init("action", .string(step.action.verb.rawValue)),
            ]
            if let time = rehearsed.times[step.id] {
                let began = (time.lowerBound - rehearsed.beganAt).wholeMilliseconds
                let ended = (time.upperBound - rehearsed.beganAt).wholeMilliseconds
                members += [.init("beganAfter", .int(Int(began))), .init("endedAfter", .int(Int(ended)))]
            }
            if case .object(let outcome)? = rehearsed.applied.outcomes[step.id]?.json(in: language) {
                members += outcome
            }
            return .object(members)
        }
    }

    private static func json(of twin: RehearsalReport.Twin) -> JSONValue {
        let durations = twin.taskTypes.compactMap { type -> JSONValue? in
            guard let span = twin.durations.all[type] else { return nil }
            return [
                "type": .string(type), "milliseconds": .int(Int(span.wholeMilliseconds)),
                "learnedFrom": .int(twin.durations.learned[type]?.count ?? 0),
            ]
        }
        return [
            "cluster": .string(twin.cluster.text), "nodes": .int(twin.nodes),
            "offlineNodes": .array(twin.offlineNodes.map { .string($0.text) }), "guests": .int(twin.guests),
            "unreadGuests": .array(twin.unread.map { .int($0.rawValue) }), "durations": .array(durations),
        ]
    }

    private static func json(_ change: GuestChange, of cluster: ClusterName?) -> JSONValue {
        [
            "cluster": (cluster?.text).json, "vmid": .int(change.vmid), "name": .string(change.name),
            "node": .string(change.node), "change": .string(change.kind.rawValue),
            "settings": .array(
                change.settings.map {
                    [
                        "key": .string($0.key), "before": $0.before.json, "after": $0.after.json,
                        "fromNextStart": .bool($0.isPending),
                    ]
                }),
        ]
    }

    private static func json(_ failure: RehearsalReport.Failure, in language: Language) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("id", .string(failure.step.id.rawValue)), .init("cause", .string(failure.cause.rawValue)),
        ]
        if case .object(let outcome) = failure.outcome.json(in: language) { members += outcome }
        members.append(.init("guest", .array(failure.guest.map { json($0, of: nil) })))
        if let remains = failure.remains {
            members += [
                .init("entry", .bool(remains.hasEntry)), .init("state", .string(remains.resource.rawValue)),
                .init("record", .bool(remains.isRecorded)),
                .init("findings", .array(remains.findings.map { $0.json(in: language) })),
            ]
        }
        members += [
            .init("heldBack", .array(failure.heldBack.map { .string($0.rawValue) })),
            .init("nextPlan", .array(failure.next.map { .string($0.rawValue) })),
        ]
        return .object(members)
    }
}
