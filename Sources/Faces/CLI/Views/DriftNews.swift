import JSONArena
import Model
import Planning

/// One line of `drift --watch`: what is new, and when that was seen.
package struct DriftNews: View {
    package enum Event: Sendable, Hashable {
        case drift(DriftWatch.News)
        case unreadable(DriftView.Unseen)
        case readable(DriftView.Unseen)
    }

    private let at: Timestamp
    private let event: Event
    private let place: FieldPlace

    package init(at moment: Timestamp, _ event: Event, place: @escaping FieldPlace = { _, _ in nil }) {
        at = moment
        self.event = event
        self.place = place
    }

    package func text(in page: Page) -> String {
        let head = "\(at)  "
        switch event {
        case .drift(.appeared(let item)):
            return head + page.paint(page.what("view.drift.appeared"), .yellow) + "  "
                + DriftView.lines(of: item, in: page, place).joined(separator: "\n")
        case .drift(.changed(let item)):
            return head + page.paint(page.what("view.drift.different"), .yellow) + "  "
                + DriftView.lines(of: item, in: page, place).joined(separator: "\n")
        case .drift(.healed(let item)):
            return head + page.paint(page.what("view.drift.healed"), .green)
                + "  Server/\(item.server)  \(page.what(Sentence(item.kind.label)))  \(item.path)"
        case .unreadable(let part):
            return head + page.paint(page.what("view.drift.unreadable"), .red) + "  \(part.place): "
                + page.whole(part.reason)
        case .readable(let part):
            return head + page.paint(page.what("view.drift.readable"), .green) + "  \(part.place)"
        }
    }

    package func json(in language: Language) -> JSONValue {
        func object(_ name: String, _ members: JSONValue.Member...) -> JSONValue {
            .object(
                [JSONValue.Member("at", .string(at.description)), JSONValue.Member("event", .string(name))] + members)
        }
        func object(_ name: String, of part: DriftView.Unseen) -> JSONValue {
            object(
                name, JSONValue.Member("cluster", .string(part.cluster.text)),
                JSONValue.Member("stack", (part.stack?.description).json),
                JSONValue.Member("server", (part.server?.text).json),
                JSONValue.Member("reason", part.reason.json(in: language)))
        }
        switch event {
        case .drift(.appeared(let item)):
            return object("appeared", JSONValue.Member("item", item.json(in: language, place)))
        case .drift(.changed(let item)):
            return object("changed", JSONValue.Member("item", item.json(in: language, place)))
        case .drift(.healed(let item)):
            return object("healed", JSONValue.Member("item", item.json(in: language, place)))
        case .unreadable(let part): return object("unreadable", of: part)
        case .readable(let part): return object("readable", of: part)
        }
    }
}
