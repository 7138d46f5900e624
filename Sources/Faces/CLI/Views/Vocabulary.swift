import JSONArena
import Model

extension Action.Verb {
    /// What stands before a step's address.
    package var symbol: String {
        switch self {
        case .create, .recreate: "+"
        case .update, .untaint, .repairEntry: "~"
        case .destroy: "-"
        case .adopt: "="
        case .move, .rename: ">"
        case .forget: "x"
        case .start: "^"
        case .stop: "v"
        case .restart: "@"
        case .rebuild: "±"
        case .record, .retire, .register, .updateRegistration, .unregister: "."
        }
    }

    package var colour: Paint.Colour {
        switch self {
        case .create, .recreate, .adopt: .green
        case .update, .untaint, .repairEntry, .move, .rename, .start, .restart: .yellow
        case .destroy, .rebuild, .stop, .forget: .red
        case .record, .retire, .register, .updateRegistration, .unregister: .faint
        }
    }

    /// The action's name for people.
    package var label: SentenceCode { SentenceCode(rawValue: "view.verb.\(rawValue)") }
    /// How many of them a plan has: `3 to create`.
    package var count: SentenceCode { SentenceCode(rawValue: "view.count.\(rawValue)") }
}

extension RunningEffect {
    package var label: SentenceCode { SentenceCode(rawValue: "view.effect.\(rawValue)") }
}

extension Finding.Kind {
    package var symbol: String {
        switch self {
        case .blocked: "!"
        case .waiting: "?"
        case .notice: "i"
        }
    }

    package var colour: Paint.Colour {
        switch self {
        case .blocked: .red
        case .waiting: .yellow
        case .notice: .cyan
        }
    }

    package var label: SentenceCode { SentenceCode(rawValue: "view.finding.\(rawValue)") }
}

extension Subject {
    package var json: JSONValue {
        switch self {
        case .server(let name, let stack):
            ["kind": "Server", "name": .string(name.text), "stack": .string(stack.description)]
        case .object(let name): ["kind": .string(name.kind.rawValue), "name": .string(name.key)]
        case .guest(let cluster, let vmid):
            ["kind": "Guest", "cluster": .string(cluster.text), "vmid": .int(vmid.rawValue)]
        case .stack(let stack): ["kind": "Stack", "name": .string(stack.description)]
        case .cluster(let cluster): ["kind": "Cluster", "name": .string(cluster.text)]
        }
    }
}

extension AttributeChange {
    /// From what to what, as a person reads it.
    ///
    /// - Parameter isBirth: what is made has no values before; what is changed had none of this one.
    func values(isBirth: Bool) -> TextTable.Cell {
        switch (before, after) {
        case (nil, let after): TextTable.Cell((isBirth ? "" : "– → ") + (after ?? "–"), .green)
        case (let before?, nil): TextTable.Cell("\(before) → –", .red)
        case (let before?, let after?): TextTable.Cell("\(before) → \(after)", .yellow)
        }
    }

    package var json: JSONValue {
        [
            "path": .string(path), "before": before.json, "after": after.json, "effect": .string(effect.rawValue),
        ]
    }
}

extension StepOutcome {
    package enum Name: String, Sendable, CaseIterable { case done, stale, refused, failed, skipped, unsettled }

    package var name: Name {
        switch self {
        case .done: .done
        case .stale: .stale
        case .refused: .refused
        // Neither done nor failed: it goes on, and the next run says what came of it.
        case .failed(let failure): Self.goingOn.contains(failure.sentence.code) ? .unsettled : .failed
        case .skipped: .skipped
        }
    }

    private static let goingOn: Set<SentenceCode> = ["execution.goesOn", "terraform.overdue"]

    /// Why it is not done; nil for what is.
    package var sentence: Sentence? {
        switch self {
        case .done: nil
        case .stale(let sentence), .refused(let sentence), .skipped(let sentence): sentence
        case .failed(let failure): failure.sentence
        }
    }

    package func json(in language: Language) -> JSONValue {
        var members = [JSONValue.Member("outcome", .string(name.rawValue))]
        if let sentence { members.append(JSONValue.Member("reason", sentence.json(in: language))) }
        if case .failed(let failure) = self, case .after(let seconds) = failure.retry {
            members.append(JSONValue.Member("retryAfterSeconds", .int(seconds)))
        }
        return .object(members)
    }
}

extension StepOutcome.Name {
    package var label: SentenceCode { SentenceCode(rawValue: "view.outcome.\(rawValue)") }
    package var count: SentenceCode { SentenceCode(rawValue: "view.outcomes.\(rawValue)") }

    package var colour: Paint.Colour {
        switch self {
        case .done: .green
        case .stale, .refused, .failed: .red
        case .skipped, .unsettled: .yellow
        }
    }
}

extension Duration {
    /// `350ms`, `12.4s`, `3m 05s`.
    package var spoken: String {
        let milliseconds = wholeMilliseconds
        if milliseconds < 1000 { return "\(milliseconds)ms" }
        if milliseconds < 60_000 { return "\(milliseconds / 1000).\(milliseconds % 1000 / 100)s" }
        let seconds = milliseconds / 1000
        return "\(seconds / 60)m \(seconds % 60 < 10 ? "0" : "")\(seconds % 60)s"
    }
}
