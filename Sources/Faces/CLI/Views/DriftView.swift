import JSONArena
import Model
import Planning
import Reconciliation

/// What differs, server by server, and who changed it.
package struct DriftView: View {
    package var items: [DriftItem]
    /// What could not be looked at: no difference was found there because none could be.
    package var unseen: [Unseen]

    /// A part of a cluster of which nothing is known.
    package struct Unseen: Sendable, Hashable {
        package var cluster: ClusterName
        /// Nil: it is no stack that could not be read, but the cluster or a part of it.
        package var stack: StackID?
        package var reason: Sentence
        /// Whether it is a whole cluster or a whole stack.
        package var isWhole: Bool

        package init(cluster: ClusterName, stack: StackID? = nil, reason: Sentence, isWhole: Bool) {
            self.cluster = cluster
            self.stack = stack
            self.reason = reason
            self.isWhole = isWhole
        }

        fileprivate var place: String { stack?.description ?? cluster.text }
    }

    package init(_ items: [DriftItem], unseen: [Unseen] = []) {
        self.items = items
        self.unseen = unseen
    }

    package init(_ pass: DriftPass) {
        self.init(pass.items, unseen: pass.survey.unseen)
    }

    package func text(in page: Page) -> String {
        var lines: [String] = []
        for item in items { lines += Self.lines(of: item, in: page) }
        lines += unseen.map { page.paint("! ", .red) + "\($0.place): " + page.whole($0.reason) }
        lines.append(summary(in: page))
        return lines.joined(separator: "\n")
    }

    private func summary(in page: Page) -> String {
        let servers = Set(items.map(\.server)).count
        if servers == 0 && !unseen.isEmpty { return page.paint(page.what("view.drift.noneSeen"), .yellow) }
        return servers == 0
            ? page.paint(page.what("view.drift.none"), .green)
            : page.paint(page.what("view.drift.count", String(servers)), .yellow)
    }

    /// Two lines: what each source says, with those that stand alone marked, and who did it.
    static func lines(of item: DriftItem, in page: Page) -> [String] {
        let values = item.values.map { source, value in
            let text = page.what(Sentence(source.label)) + " " + (value ?? "–")
            return item.disagreeing.contains(source) ? page.paint(text, .red) : text
        }
        let vmid = item.vmid.map { " (\($0))" } ?? ""
        let head =
            page.paint("Server/\(item.server)", .bold)
            + "\(vmid)  \(page.what(Sentence(item.kind.label)))  \(item.path): "
        return [head + values.joined(separator: ", "), "    " + page.paint(item.culpritText(in: page), .faint)]
    }

    package func json(in language: Language) -> JSONValue {
        [
            "drift": .array(items.map { $0.json(in: language) }),
            "unseen": .array(
                unseen.map { part in
                    [
                        "cluster": .string(part.cluster.text), "stack": (part.stack?.description).json,
                        "reason": part.reason.json(in: language),
                    ]
                }),
        ]
    }
}

extension Survey {
    /// Clusters, nodes and stacks of which nothing could be read.
    fileprivate var unseen: [DriftView.Unseen] {
        observed.inventories.flatMap(\.unseen)
            + observed.stacks.compactMap { stack in
                guard case .unknown(let reason) = stack.state else { return nil }
                return DriftView.Unseen(cluster: stack.id.cluster, stack: stack.id, reason: reason, isWhole: true)
            }
            + recorded.lostStates(beside: observed.stacks).map { stack, reason in
                DriftView.Unseen(cluster: stack.cluster, stack: stack, reason: reason, isWhole: true)
            }
            + recorded.replacedStates(in: observed.stacks).sorted { $0.key < $1.key }.map { stack, replaced in
                // What differs is compared all the same; that the state is not the one that was there is a failure.
                DriftView.Unseen(
                    cluster: stack.cluster, stack: stack, reason: replaced.sentence(on: stack), isWhole: true)
            }
    }
}

extension Recorded {
    /// Stacks whose file of the state is gone, although the registry has servers in them.
    func lostStates(beside stacks: [StackObservation]) -> [(stack: StackID, reason: Sentence)] {
        let known = Set(stacks.filter { $0.state != .absent }.map(\.id))
        let counts = Dictionary(grouping: servers.filter { $0.manage == .full && $0.mark != nil }, by: \.stack)
        return counts.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }.map { stack, rows in
            (stack: stack, reason: Sentence("plan.lostState", "", stack.description, String(rows.count)))
        }
    }
}

extension ClusterInventory {
    fileprivate var unseen: [DriftView.Unseen] {
        if let distrust { return [.init(cluster: cluster, reason: distrust, isWhole: true)] }
        return nodes.filter { !$0.isOnline }.map { node in
            .init(cluster: cluster, reason: Sentence("doctor.nodeOffline", node.name.text), isWhole: false)
        }
    }
}

extension DriftItem {
    /// The sources that were looked at, each with what it says.
    fileprivate var values: [(Source, String?)] {
        let all: [(Source, String?)] = [(.desired, desired), (.recorded, recorded), (.state, state), (.live, live)]
        return all.filter { $0.1 != nil || disagreeing.contains($0.0) }
    }

    func culpritText(in page: Page) -> String {
        switch culprit {
        case .task(let task):
            let when = (task.endedAt ?? task.startedAt).description
            return page.what("view.drift.task", task.user, when, task.type, task.upid)
        case .between(let earlier?, let later):
            return page.what("view.drift.between", earlier.description, later.description)
        case .between(nil, let later): return page.what("view.drift.before", later.description)
        case .declaration: return page.what("view.drift.declaration")
        }
    }

    fileprivate func json(in language: Language) -> JSONValue {
        [
            "server": .string(server.text), "stack": .string(stack.description),
            "vmid": vmid.map { .int($0.rawValue) } ?? .null, "kind": .string(kind.rawValue), "path": .string(path),
            "desired": desired.json, "recorded": recorded.json, "state": state.json, "live": live.json,
            "depth": .string(depth.rawValue), "disagreeing": .array(disagreeing.map { .string($0.rawValue) }),
            "culprit": culprit.json,
            "text": .string(culpritText(in: Page(language: language))),
        ]
    }
}

extension DriftItem.Culprit {
    fileprivate var json: JSONValue {
        switch self {
        case .task(let task):
            [
                "is": "task", "user": .string(task.user), "upid": .string(task.upid), "type": .string(task.type),
                "startedAt": .string(task.startedAt.description), "endedAt": (task.endedAt?.description).json,
            ]
        case .between(let earlier, let later):
            ["is": "unrecorded", "after": (earlier?.description).json, "before": .string(later.description)]
        case .declaration: ["is": "declaration"]
        }
    }
}

extension DriftItem.Source {
    var label: SentenceCode { SentenceCode(rawValue: "view.source.\(rawValue)") }
}

extension DriftItem.Kind {
    var label: SentenceCode { SentenceCode(rawValue: "view.drift.\(rawValue)") }
}
