import JSONArena
import Model
import Reconciliation

/// One server with all that is known of it.
package struct ServerPage: View {
    package var server: Reconciliation.ServerView

    package init(_ server: Reconciliation.ServerView) { self.server = server }

    package func text(in page: Page) -> String {
        var table = TextTable()
        func add(_ label: SentenceCode, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            table.add([TextTable.Cell(page.what(Sentence(label)), .bold), TextTable.Cell(value)])
        }
        add("view.head.server", server.name.text)
        add("view.head.displayName", server.declared?.metadata.displayName ?? server.recorded?.displayName)
        add("view.head.condition", page.what(Sentence(server.condition.label)))
        add("view.head.stack", server.recorded?.stack.description)
        add("view.head.type", (server.declared?.type ?? server.recorded?.type)?.rawValue)
        add("view.head.manage", (server.declared?.manage ?? server.recorded?.manage)?.rawValue)
        add("view.head.mark", server.mark?.description)
        add("view.head.node", server.node?.text)
        add("view.head.vmid", server.vmid?.description)
        add("view.head.power", server.power?.rawValue)
        add("view.head.roles", server.roles.map(\.text).joined(separator: ", "))
        add("view.head.addresses", server.recorded?.addresses.joined(separator: ", "))
        for (path, value) in server.state?.settings.attributes ?? [] {
            table.add([TextTable.Cell(path, .bold), TextTable.Cell(value)])
        }
        let reasons = FleetView.reasons(steps: server.steps, findings: server.findings, in: page)
        return (table.lines(page.paint) + reasons).joined(separator: "\n")
    }

    package func json(in language: Language) -> JSONValue { server.json(in: language) }
}

extension Reconciliation.ServerView {
    /// One word for a list.
    enum Condition: String, Sendable, Hashable, CaseIterable { case inPlumb, outOfPlumb, blocked, waiting }

    var condition: Condition {
        if findings.contains(where: { $0.kind == .blocked }) { return .blocked }
        if findings.contains(where: { $0.kind == .waiting }) { return .waiting }
        return isInPlumb ? .inPlumb : .outOfPlumb
    }

    var node: NodeName? { live.value?.node ?? recorded?.node ?? declared?.node }
    var vmid: VMID? { live.value?.vmid ?? recorded?.vmid ?? declared?.vmid }
    /// What the registry says its guest bears; nil: nothing was ever given to it.
    var mark: OwnershipMark? {
        guard let recorded, let id = recorded.mark else { return nil }
        return OwnershipMark(stack: recorded.stack, server: recorded.name, id: id)
    }
    var roles: [RoleName] { declared?.roles ?? recorded?.roles ?? [] }

    func json(in language: Language) -> JSONValue {
        [
            "name": .string(name.text),
            "displayName": (declared?.metadata.displayName ?? recorded?.displayName).json,
            "condition": .string(condition.rawValue), "declared": .bool(declared != nil),
            "stack": (recorded?.stack.description).json,
            "type": ((declared?.type ?? recorded?.type)?.rawValue).json,
            "manage": ((declared?.manage ?? recorded?.manage)?.rawValue).json, "mark": (mark?.description).json,
            "node": (node?.text).json,
            "vmid": vmid.map { .int($0.rawValue) } ?? .null, "power": (power?.rawValue).json,
            "roles": .array(roles.map { .string($0.text) }),
            "addresses": .array((recorded?.addresses ?? []).map(JSONValue.string)),
            "attributes": .object((state?.settings.attributes ?? []).map { JSONValue.Member($0.0, .string($0.1)) }),
            "steps": .array(steps.map { $0.json(in: language) }),
            "findings": .array(findings.map { $0.json(in: language) }),
        ]
    }
}

extension Reconciliation.ServerView.Condition {
    var label: SentenceCode { SentenceCode(rawValue: "view.condition.\(rawValue)") }

    var colour: Paint.Colour {
        switch self {
        case .inPlumb: .green
        case .outOfPlumb, .waiting: .yellow
        case .blocked: .red
        }
    }
}
