import JSONArena
import Model
import Planning
import Reconciliation

/// `FILE:LINE` of a field of an object, or of the nearest part that is written; nil: nowhere.
package typealias FieldPlace = @Sendable (_ object: ObjectName, _ field: String) -> String?

/// What differs, server by server, who changed it, and what becomes of it.
package struct DriftView: View {
    package var items: [DriftItem]
    /// Where fields stand.
    package var place: FieldPlace
    /// What could not be looked at: no difference was found there because none could be.
    package var unseen: [Unseen]

    /// A part of a cluster of which nothing is known.
    package struct Unseen: Sendable, Hashable {
        package var cluster: ClusterName
        /// Nil: it is no stack that could not be read, but the cluster or a part of it.
        package var stack: StackID?
        /// Nil: it is no single server.
        package var server: ServerName?
        package var reason: Sentence
        /// Whether it is a whole cluster, a whole stack or a server, and no node that may have none of ours.
        package var isWhole: Bool

        package init(
            cluster: ClusterName, stack: StackID? = nil, server: ServerName? = nil, reason: Sentence, isWhole: Bool
        ) {
            self.cluster = cluster
            self.stack = stack
            self.server = server
            self.reason = reason
            self.isWhole = isWhole
        }

        var place: String { server.map { "Server/\($0)" } ?? stack?.description ?? cluster.text }
    }

    package init(_ items: [DriftItem], unseen: [Unseen] = [], place: @escaping FieldPlace = { _, _ in nil }) {
        self.items = items
        self.unseen = unseen
        self.place = place
    }

    package init(_ pass: DriftPass, place: @escaping FieldPlace) {
        let parts = pass.survey.unseen
        // Of a cluster or a stack that is not seen its servers need not be listed.
        let clusters = Set(parts.filter { $0.isWhole && $0.stack == nil }.map(\.cluster))
        let stacks = Set(parts.compactMap(\.stack))
        let servers = pass.unread.filter { !clusters.contains($0.stack.cluster) && !stacks.contains($0.stack) }
        self.init(
            pass.items,
            unseen: parts
                + servers.map {
                    Unseen(cluster: $0.stack.cluster, server: $0.name, reason: $0.reason, isWhole: true)
                }, place: place)
    }

    /// Whether anything differs that counts.
    var hasDrift: Bool { items.contains(where: \.counts) }

    /// Nobody can say that nothing differs.
    var isPartlyBlind: Bool { unseen.contains(where: \.isWhole) }

    package func text(in page: Page) -> String {
        var lines: [String] = []
        for item in items { lines += Self.lines(of: item, in: page, place) }
        lines += unseen.map { page.paint("! ", .red) + "\($0.place): " + page.whole($0.reason) }
        lines.append(summary(in: page))
        return lines.joined(separator: "\n")
    }

    private func summary(in page: Page) -> String {
        let servers = Set(items.filter(\.counts).map(\.server)).count
        if servers == 0 && !unseen.isEmpty { return page.paint(page.what("view.drift.noneSeen"), .yellow) }
        if servers > 0 { return page.paint(page.what("view.drift.count", String(servers)), .yellow) }
        return page.paint(page.what(items.isEmpty ? "view.drift.none" : "view.drift.noneCounts"), .green)
    }

    /// What each source says, with those that stand alone marked and the declaration's place; who did it; and, where the
    /// next apply does not simply set it right, why not and what to do.
    static func lines(of item: DriftItem, in page: Page, _ place: FieldPlace) -> [String] {
        let values = item.compared.map { source in
            var text = page.what(Sentence(source.label)) + " " + (item[source].map { VisibleText.of($0) } ?? "–")
            if source == .desired, let at = item.place(place) { text += " (\(at))" }
            return item.disagreeing.contains(source) ? page.paint(text, .red) : text
        }
        let vmid = item.vmid.map { " (\($0))" } ?? ""
        let head =
            page.paint("Server/\(item.server)", .bold)
            + "\(vmid)  \(page.what(Sentence(item.kind.label)))  \(VisibleText.of(item.path)): "
        var lines = [head + values.joined(separator: ", "), "    " + page.paint(item.culpritText(in: page), .faint)]
        if let reason = item.outlook.reason { lines.append("    " + page.whole(reason)) }
        return lines
    }

    package func json(in language: Language) -> JSONValue {
        [
            "drift": .array(items.map { $0.json(in: language, place) }),
            "unseen": .array(
                unseen.map { part in
                    [
                        "cluster": .string(part.cluster.text), "stack": (part.stack?.description).json,
                        "server": (part.server?.text).json, "reason": part.reason.json(in: language),
                    ]
                }),
        ]
    }
}

extension DriftItem {
    /// Where the YAML says what it says.
    func place(_ place: FieldPlace) -> String? { declared.flatMap { place($0.object, $0.field) } }

    /// Candidates that a text names before it only counts the rest.
    private static let tasksShown = 5

    func culpritText(in page: Page) -> String {
        switch culprit {
        case .tasks(let tasks):
            let texts = tasks.prefix(Self.tasksShown).map { task in
                let when = (task.endedAt ?? task.startedAt).description
                return page.what("view.drift.task", task.user, when, task.type, task.upid)
            }
            if tasks.count == 1 { return texts.joined() }
            let rest = tasks.count - texts.count
            return page.what(
                "view.drift.oneOf", texts.joined(separator: "; ") + (rest == 0 ? "" : "; +\(rest)"))
        case .between(let earlier?, let later):
            return page.what("view.drift.between", earlier.description, later.description)
        case .between(nil, let later): return page.what("view.drift.before", later.description)
        case .untold(let earlier, let later, let told):
            let span = earlier.map { page.what("view.drift.span", $0.description, later.description) }
            let known = told.map { page.what("view.drift.toldSince", $0.description) } ?? page.what("view.drift.untold")
            return (span ?? page.what("view.drift.until", later.description)) + ", " + known
        case .declaration:
            let changed = page.what("view.drift.declaration")
            return outlook == .heals ? changed + "; " + page.what("view.drift.heals") : changed
        case .untracked: return page.what("view.drift.untracked")
        }
    }

    func json(in language: Language, _ place: FieldPlace) -> JSONValue {
        [
            "server": .string(server.text), "stack": .string(stack.description),
            "vmid": vmid.map { .int($0.rawValue) } ?? .null, "kind": .string(kind.rawValue), "path": .string(path),
            "compared": .array(compared.map { .string($0.rawValue) }),
            "desired": desired.json, "declaredAt": self.place(place).json, "recorded": recorded.json,
            "state": state.json, "live": live.json,
            "depth": .string(depth.rawValue), "disagreeing": .array(disagreeing.map { .string($0.rawValue) }),
            "culprit": culprit.json,
            "text": .string(culpritText(in: Page(language: language))), "counts": .bool(counts),
            "outlook": outlook.json(in: language),
        ]
    }
}

extension DriftItem.Outlook {
    /// Nil: the next apply sets it right.
    fileprivate var reason: Sentence? {
        switch self {
        case .heals: nil
        case .waits(let sentence), .stays(let sentence), .accepted(let sentence): sentence
        }
    }

    private var name: String {
        switch self {
        case .heals: "heals"
        case .waits: "waits"
        case .stays: "stays"
        case .accepted: "accepted"
        }
    }

    fileprivate func json(in language: Language) -> JSONValue {
        var members = [JSONValue.Member("is", .string(name))]
        if let reason { members.append(JSONValue.Member("reason", reason.json(in: language))) }
        return .object(members)
    }
}

extension DriftItem.Culprit {
    fileprivate var json: JSONValue {
        switch self {
        case .tasks(let tasks):
            // Which of several did it, nobody can say.
            tasks.count == 1
                ? .object([JSONValue.Member("is", "task")] + tasks.flatMap(\.members))
                : ["is": "oneOf", "candidates": .array(tasks.map { .object($0.members) })]
        case .between(let earlier, let later):
            ["is": "unrecorded", "after": (earlier?.description).json, "before": .string(later.description)]
        case .untold(let earlier, let later, let told):
            [
                "is": "untold", "after": (earlier?.description).json, "before": .string(later.description),
                "taskLogSince": (told?.description).json,
            ]
        case .declaration: ["is": "declaration"]
        case .untracked: ["is": "untracked"]
        }
    }
}

extension ObservedTask {
    fileprivate var members: [JSONValue.Member] {
        [
            JSONValue.Member("user", .string(user)), JSONValue.Member("upid", .string(upid)),
            JSONValue.Member("type", .string(type)), JSONValue.Member("startedAt", .string(startedAt.description)),
            JSONValue.Member("endedAt", (endedAt?.description).json),
        ]
    }
}

extension DriftItem.Source {
    var label: SentenceCode { SentenceCode(rawValue: "view.source.\(rawValue)") }
}

extension DriftItem.Kind {
    var label: SentenceCode { SentenceCode(rawValue: "view.drift.\(rawValue)") }
}
