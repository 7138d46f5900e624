import JSONArena
import Model
import Reconciliation

extension PlanView {
    package func json(in language: Language) -> JSONValue {
        [
            "plan": .string(pass.id.rawValue),
            "summary": summary.json,
            "rejected": pass.rejection.map { ["by": .string($0.by), "at": .string($0.at.description)] } ?? .null,
            "steps": .array(pass.plan.steps.map { $0.json(in: language) }),
            "findings": .array(pass.plan.findings.map { $0.json(in: language) }),
            "basis": .array(pass.survey.observed.inventories.map(\.basis)),
            "terraform": .object(terraform.map { $0.member(in: language) }),
            "commit": pass.commit.json, "planningMicroseconds": .int(Int(pass.thought / .microseconds(1))),
            "diagnostics": .array(configuration.remarks.map { $0.json(in: language) }),
        ]
    }
}

extension Step {
    package func json(in language: Language) -> JSONValue {
        [
            "id": .string(id.rawValue), "subject": subject.json, "action": .string(action.verb.rawValue),
            "rule": .string(rule), "reason": reason.json(in: language), "effect": .string(effect.rawValue),
            "disposition": disposition.json(in: language), "changes": .array(changes.map(\.json)),
            "after": .array(after.map { .string($0.rawValue) }),
            "behind": .array((behind ?? []).map { .string($0.rawValue) }),
        ]
    }
}

extension Disposition {
    package func json(in language: Language) -> JSONValue {
        switch self {
        case .ready: ["is": "ready"]
        case .needsApproval(let why): ["is": "needsApproval", "reason": why.json(in: language)]
        case .blocked(let why): ["is": "blocked", "reason": why.json(in: language)]
        case .waiting(let why): ["is": "waiting", "reason": why.json(in: language)]
        }
    }
}

extension Finding {
    package func json(in language: Language) -> JSONValue {
        [
            "kind": .string(kind.rawValue), "subject": subject.json, "rule": .string(rule),
            "sentence": sentence.json(in: language), "changes": .array(changes.map(\.json)),
        ]
    }
}

extension ClusterInventory {
    /// How much of a cluster was read, and when.
    var basis: JSONValue {
        [
            "cluster": .string(cluster.text), "readAt": .string(readAt.description), "guests": .int(guests.count),
            "detailed": .int(detailCount),
        ]
    }
}

extension ConfigurationReport.Remark {
    package func json(in language: Language) -> JSONValue {
        [
            "severity": .string(severity.rawValue), "sentence": sentence.json(in: language), "file": file.json,
            "line": .int(line), "column": .int(column),
        ]
    }
}

extension ClusterInventory {
    /// Guests that were read by themselves; one that is not listed was only asked for.
    var detailCount: Int { details.keys.count { guest($0) != nil } }
}

extension TerraformText {
    /// A text, or an object with the reason why there is none.
    fileprivate func member(in language: Language) -> JSONValue.Member {
        switch words {
        case .success(let text): JSONValue.Member(stack.description, .string(text))
        case .failure(let failure):
            JSONValue.Member(stack.description, ["unknown": failure.sentence.json(in: language)])
        }
    }
}
