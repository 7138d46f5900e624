import JSONArena
import Model
import Planning
import Reconciliation

/// The fleet as a list: one line for each server, the summary last.
package struct FleetView: View {
    package var pass: PlannedPass
    /// Whether the reason of each server that is not in plumb is shown.
    package var showsReasons: Bool
    /// The last audits; those of stacks that are gone are left out, and what is over of the others.
    package var audits: [StackAudit] = []

    package init(_ pass: PlannedPass, showsReasons: Bool) {
        self.pass = pass
        self.showsReasons = showsReasons
    }

    package func text(in page: Page) -> String {
        let servers = pass.servers
        var table = TextTable()
        let heads: [SentenceCode] = [
            "view.head.server", "view.head.condition", "view.head.node", "view.head.vmid", "view.head.power",
            "view.head.roles", "view.head.addresses",
        ]
        table.add(heads.map { TextTable.Cell(page.what(Sentence($0)), .bold) })
        for server in servers {
            table.add([
                TextTable.Cell(server.name.text),
                TextTable.Cell(page.what(Sentence(server.condition.label)), server.condition.colour),
                TextTable.Cell(server.node?.text ?? "–"), TextTable.Cell(server.vmid?.description ?? "–"),
                TextTable.Cell(server.power?.rawValue ?? "–"),
                TextTable.Cell(server.roles.map(\.text).joined(separator: ",")),
                TextTable.Cell(server.recorded?.addresses.joined(separator: ",") ?? ""),
            ])
        }
        var lines = servers.isEmpty ? [] : table.lines(page.paint)
        if showsReasons {
            let others = pass.plan.steps.filter { !$0.subject.isServer }
            let findings = pass.plan.findings.filter { finding in
                !finding.subject.isServer
                    && (finding.kind != .notice || finding.subject.isPolicy || Self.fleetRules.contains(finding.rule))
            }
            lines += Self.reasons(
                steps: servers.flatMap(\.steps) + others, findings: servers.flatMap(\.findings) + findings, in: page)
        }
        let said = showsReasons ? Set(pass.plan.findings.map(\.sentence)) : []
        lines += distrusted.filter { !said.contains($0.reason) }
            .map { page.paint("! ", .red) + "\($0.cluster): " + page.whole($0.reason) }
        // With the reasons, those of the stack's servers say it.
        lines += (showsReasons ? [] : pass.survey.unseen.filter { $0.isWhole && $0.stack != nil })
            .map { page.paint("! ", .red) + "\($0.place): " + page.whole($0.reason) }
        lines += uncleanAudits.map { audit in
            // It may be a day old, and what it found mended since.
            let age = page.what("view.fleet.auditAge", Step.roughly(pass.survey.now - audit.endedAt))
            return page.paint("! ", .red) + age + " " + audit.text(in: page)
        }
        lines.append(summary(of: servers, in: page))
        return lines.joined(separator: "\n")
    }

    /// Rules whose notices are about a whole cluster or a whole stack.
    private static let fleetRules = [ClusterHealth.rule, "recordsLost", "registryLost", "foreignFiles"]

    /// Clusters of whose guests nothing can be said.
    private var distrusted: [(cluster: ClusterName, reason: Sentence)] {
        pass.survey.observed.inventories.compactMap { inventory in
            inventory.distrust.map { (cluster: inventory.cluster, reason: $0) }
        }
    }

    private var presentAudits: [StackAudit] {
        let present = Dictionary(pass.survey.observed.stacks.map { ($0.id, $0) }) { first, _ in first }
        return audits.compactMap { audit in present[audit.stack].flatMap { audit.standing(beside: $0) } }
    }

    private var uncleanAudits: [StackAudit] { presentAudits.filter { !$0.isClean } }

    private var unmanaged: Int {
        pass.plan.findings.count { finding in
            if case .guest = finding.subject { finding.kind == .notice } else { false }
        }
    }

    private func summary(of servers: [Reconciliation.ServerView], in page: Page) -> String {
        let inPlumb = servers.count { $0.condition == .inPlumb }
        let colour: Paint.Colour =
            inPlumb == servers.count && distrusted.isEmpty && uncleanAudits.isEmpty ? .green : .yellow
        let count =
            switch servers.count {
            case 0: page.what("view.fleet.none")
            case inPlumb: page.what(inPlumb == 1 ? "view.fleet.oneInPlumb" : "view.fleet.allInPlumb", String(inPlumb))
            case let all: page.what("view.fleet.inPlumb", String(inPlumb), String(all))
            }
        let others = unmanaged == 0 ? "" : " " + page.what("view.fleet.unmanaged", String(unmanaged))
        return page.paint(count, colour) + others
    }

    static func reasons(steps: [Step], findings: [Finding], in page: Page) -> [String] {
        var table = TextTable(indent: 2)
        for row in PlanRow.rows(steps: steps, findings: findings, in: page) {
            table.add(row.cells(in: page, isBrief: false))
        }
        return table.lines(page.paint)
    }

    package func json(in language: Language) -> JSONValue {
        let servers = pass.servers
        return [
            "inPlumb": .bool(servers.allSatisfy { $0.condition == .inPlumb } && distrusted.isEmpty),
            "servers": .array(servers.map { $0.json(in: language) }), "unmanagedGuests": .int(unmanaged),
            "unreadable": .array(
                distrusted.map { ["cluster": .string($0.cluster.text), "reason": $0.reason.json(in: language)] }),
            "audits": .array(presentAudits.map { $0.json(in: language) }),
        ]
    }
}

extension Subject {
    /// Whether it is a policy: what one says of itself is about the whole fleet.
    var isPolicy: Bool {
        switch self {
        case .object(let name): name.kind == .policy
        case .server, .guest, .stack, .cluster: false
        }
    }

    var isServer: Bool {
        switch self {
        case .server: true
        case .object, .guest, .stack, .cluster: false
        }
    }
}
