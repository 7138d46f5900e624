import Execution
import JSONArena
import Model
import Reconciliation

/// What was open, what came of it, and what a person has to decide.
package struct RecoveryView: View {
    package var recovery: Recovery
    package var erroredStates: [ErroredState]
    /// Stacks without a state that servers are on record in.
    package var lostStates: [(stack: StackID, reason: Sentence)]
    /// Stacks of clusters that are not declared.
    package var undeclaredStacks: [UndeclaredStack]

    package init(
        _ recovery: Recovery, erroredStates: [ErroredState], lostStates: [(stack: StackID, reason: Sentence)],
        undeclaredStacks: [UndeclaredStack]
    ) {
        self.recovery = recovery
        self.erroredStates = erroredStates
        self.lostStates = lostStates
        self.undeclaredStacks = undeclaredStacks
    }

    /// Whether nothing is open any more, and nothing waits for a person's decision.
    package var isSettled: Bool {
        recovery.stillOpen.isEmpty && erroredStates.isEmpty && lostStates.isEmpty
            && undeclaredStacks.allSatisfy { $0.undecided == nil }
    }

    package func text(in page: Page) -> String {
        var lines = recovery.batches.flatMap { self.lines(of: $0, in: page) }
        lines += erroredStates.map { page.whole($0.sentence) } + lostStates.map { page.whole($0.reason) }
        lines += undeclaredStacks.flatMap { $0.lines(in: page) }
        if isSettled { lines.append(page.what("recovery.nothing")) }
        return lines.joined(separator: "\n")
    }

    private func lines(of recovered: RecoveredBatch, in page: Page) -> [String] {
        let batch = recovered.batch
        let head = [
            "#\(batch.id)", batch.intent.stack.description, batch.intent.verb.rawValue, batch.openedAt.description,
        ]
        var lines = [page.paint(head.joined(separator: "  "), .bold)]
        switch recovered.end {
        case .open(let reason): lines.append("  " + page.whole(reason))
        case .closedByOther: break
        case .closed(let outcomes):
            var table = TextTable(indent: 2)
            for (step, outcome) in outcomes.sorted(by: { $0.key < $1.key }) {
                var cells = [
                    TextTable.Cell(step.description),
                    TextTable.Cell(page.what(Sentence(outcome.name.label)), outcome.name.colour),
                ]
                if let sentence = outcome.sentence { cells.append(TextTable.Cell(page.what(sentence))) }
                table.add(cells)
            }
            lines += table.lines(page.paint)
        }
        if let volume = batch.backup {
            lines.append("  " + page.what("view.run.backup") + "  " + page.backup(volume))
        }
        return lines
    }

    package func json(in language: Language) -> JSONValue {
        [
            "isSettled": .bool(isSettled),
            "batches": .array(recovery.batches.map { Self.json(of: $0, in: language) }),
            "endedRuns": .array(recovery.endedRuns.map { .string($0.rawValue) }),
            "erroredStates": .array(
                erroredStates.map { errored in
                    [
                        "stack": .string(errored.stack.description), "path": .string(errored.path),
                        "serial": errored.serial.map(JSONValue.int) ?? .null,
                        "stateSerial": errored.stateSerial.map(JSONValue.int) ?? .null,
                        "gained": .array(errored.gained.map { .string($0.text) }),
                        "lost": .array(errored.lost.map { .string($0.text) }),
                    ]
                }),
            "lostStates": .array(
                lostStates.map { ["stack": .string($0.stack.description), "reason": $0.reason.json(in: language)] }),
            "undeclaredStacks": .array(undeclaredStacks.map { $0.json(in: language) }),
        ]
    }

    private static func json(of recovered: RecoveredBatch, in language: Language) -> JSONValue {
        let batch = recovered.batch
        var members: [JSONValue.Member] = [
            .init("batch", .string(batch.id.rawValue)), .init("run", .string(batch.run.rawValue)),
            .init("stack", .string(batch.intent.stack.description)), .init("verb", .string(batch.intent.verb.rawValue)),
            .init("phase", .string(batch.phase.rawValue)), .init("openedAt", .string(batch.openedAt.description)),
        ]
        if let volume = batch.backup { members.append(.init("backup", .string(volume))) }
        switch recovered.end {
        case .open(let reason):
            members.append(.init("end", "open"))
            members.append(.init("reason", reason.json(in: language)))
        case .closedByOther: members.append(.init("end", "closedByOther"))
        case .closed(let outcomes):
            members.append(.init("end", "closed"))
            let steps = outcomes.sorted { $0.key < $1.key }.map { step, outcome in
                var step = [JSONValue.Member("id", .string(step.rawValue))]
                if case .object(let outcome) = outcome.json(in: language) { step += outcome }
                return JSONValue.object(step)
            }
            members.append(.init("steps", .array(steps)))
        }
        return .object(members)
    }
}

extension ErroredState {
    fileprivate var sentence: Sentence {
        func list(_ servers: [ServerName]) -> String {
            servers.isEmpty ? "-" : servers.map(\.text).joined(separator: ", ")
        }
        return Sentence(
            "recovery.erroredState", stack.description, path, serial.map { String($0) } ?? "?",
            stateSerial.map { String($0) } ?? "-", list(gained), list(lost))
    }
}

extension UndeclaredStack {
    fileprivate func lines(in page: Page) -> [String] {
        let sentence = Sentence(
            "recovery.undeclaredStack", stack.description, path, serversInState.map { String($0) } ?? "?",
            String(serversOnRecord))
        // What the reason advises can be done only where the cluster is declared, and is said again then.
        return [page.whole(sentence)] + (undecided.map { ["  " + page.cause($0)] } ?? [])
    }

    fileprivate func json(in language: Language) -> JSONValue {
        [
            "stack": .string(stack.description), "path": .string(path),
            "serversInState": serversInState.map(JSONValue.int) ?? .null,
            "serversOnRecord": .int(serversOnRecord), "undecided": undecided?.json(in: language) ?? .null,
        ]
    }
}
