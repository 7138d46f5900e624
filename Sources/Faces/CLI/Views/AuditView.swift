import JSONArena
import Model
import Reconciliation

/// What audits came to, stack by stack, with every resource that Terraform would not leave alone.
package struct AuditView: View {
    package var ends: [Auditor.End]

    package init(_ ends: [Auditor.End]) { self.ends = ends }

    /// A failure wins over a finding, and that over what was only put off.
    var exit: ExitStatus {
        var isUnclean = false
        var isPostponed = false
        for end in ends {
            switch end {
            case .postponed: isPostponed = true
            case .audited(let audit):
                switch audit.result {
                case .clean: break
                case .unclean: isUnclean = true
                case .failed: return .failure
                }
            }
        }
        return isUnclean ? .changesPending : isPostponed ? .unfinished : .success
    }

    package func text(in page: Page) -> String {
        if ends.isEmpty { return page.what("audit.noStacks") }
        return ends.flatMap { lines(of: $0, in: page) }.joined(separator: "\n")
    }

    private func lines(of end: Auditor.End, in page: Page) -> [String] {
        switch end {
        case .postponed(let stack, let reason):
            return [
                page.paint("? ", .yellow) + page.what("audit.postponed", stack.description) + " " + page.whole(reason)
            ]
        case .audited(let audit):
            switch audit.result {
            case .clean: return [page.paint("  " + page.what("audit.clean", audit.stack.description), .green)]
            case .failed: return [page.paint("! ", .red) + audit.text(in: page)]
            case .unclean(let changes):
                return [page.paint("! ", .red) + audit.text(in: page)] + changes.flatMap { $0.lines(in: page) }
            }
        }
    }

    package func json(in language: Language) -> JSONValue {
        ["stacks": .array(ends.map { $0.json(in: language) })]
    }
}

extension StackAudit {
    /// Whole sentences; empty where Terraform would change nothing.
    func text(in page: Page) -> String { sentences.map { page.whole($0) }.joined(separator: " ") }

    func json(in language: Language) -> JSONValue {
        var members: [JSONValue.Member] = [
            JSONValue.Member("stack", .string(stack.description)),
            JSONValue.Member("endedAt", .string(endedAt.description)), JSONValue.Member("result", .string(resultName)),
        ]
        switch result {
        case .clean: break
        case .unclean(let changes):
            members.append(JSONValue.Member("changes", .array(changes.map(\.json))))
            members.append(JSONValue.Member("finding", .array(sentences.map { $0.json(in: language) })))
        case .failed:
            members.append(JSONValue.Member("finding", .array(sentences.map { $0.json(in: language) })))
        }
        return .object(members)
    }

    private var resultName: String {
        switch result {
        case .clean: "clean"
        case .unclean: "unclean"
        case .failed: "failed"
        }
    }
}

extension Auditor.End {
    fileprivate func json(in language: Language) -> JSONValue {
        switch self {
        case .audited(let audit): audit.json(in: language)
        case .postponed(let stack, let reason):
            [
                "stack": .string(stack.description), "result": "postponed",
                "finding": .array([reason.json(in: language)]),
            ]
        }
    }
}

extension AuditedChange {
    fileprivate func lines(in page: Page) -> [String] {
        let head = "    \(page.paint(action.symbol, .yellow)) \(address)  \(action.rawValue)"
        return [head]
            + attributes.map { change in
                change.before == nil && change.after == nil
                    ? "        \(change.path)"
                    : "        \(change.path): \(change.before ?? "–") → \(change.after ?? "–")"
            }
    }

    fileprivate var json: JSONValue {
        [
            "address": .string(address), "server": (server?.text).json, "action": .string(action.rawValue),
            "attributes": .array(
                attributes.map {
                    ["path": .string($0.path), "before": $0.before.json, "after": $0.after.json]
                }),
        ]
    }
}

extension PlannedChanges.ResourceAction {
    /// As Terraform draws it.
    fileprivate var symbol: String {
        switch self {
        case .none: "="
        case .create: "+"
        case .read: "<"
        case .update: "~"
        case .delete: "-"
        case .replace: "±"
        case .forget: "x"
        }
    }
}
