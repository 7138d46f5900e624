import JSONArena
import Model
import Planning
import Reconciliation

/// A plan for people and for programs: symbol, address, action and reason, sorted by address, the summary last.
package struct PlanView: View {
    package var pass: PlannedPass
    package var configuration: ConfigurationReport
    /// Shows what changes in each attribute, and what that does to a running guest.
    package var showsAttributes: Bool
    /// Terraform's own words on what waits for approval.
    package var terraform: [TerraformText]

    /// Notices of one rule that a text shows before it only counts them.
    static let noticesShown = 5

    package init(
        _ pass: PlannedPass, configuration: ConfigurationReport, showsAttributes: Bool = false,
        terraform: [TerraformText] = []
    ) {
        self.pass = pass
        self.configuration = configuration
        self.showsAttributes = showsAttributes
        self.terraform = terraform
    }

    package func text(in page: Page) -> String {
        let rows = rows(in: page)
        var table = TextTable(indent: 2)
        for row in rows { table.add(row.cells(in: page, isBrief: true)) }
        let heads = table.lines(page.paint)
        var lines = pass.rejectionSentence.map { [page.paint("! ", .red) + page.whole($0)] } ?? []
        for (row, head) in zip(rows, heads) {
            lines.append(head)
            if showsAttributes { lines += row.attributeLines(in: page) }
            if case .step(let step, _) = row {
                if !showsAttributes { lines += step.lossLines(in: page) }
                lines += AdoptionHint(step, in: pass)?.lines(in: page, showsChanges: !showsAttributes) ?? []
            }
        }
        lines += hiddenNotices.map { "  i  " + page.what("view.plan.moreNotices", String($0.count), $0.rule) }
        if !lines.isEmpty { lines.append("") }
        for text in terraform { lines += text.lines(in: page) }
        lines += basisLines(in: page)
        lines.append(summary.text(in: page))
        return lines.joined(separator: "\n")
    }

    var summary: PlanSummary {
        PlanSummary(pass.plan, id: pass.id, isCertain: !configuration.hasErrors && !pass.isBlind)
    }

    /// What the plan rests on: how much of each cluster was read, and how deeply.
    private func basisLines(in page: Page) -> [String] {
        pass.survey.observed.inventories.map { inventory in
            if inventory.distrust != nil {
                let text = page.what("view.plan.noBasis", inventory.cluster.text, inventory.readAt.description)
                return page.paint(text, .yellow)
            }
            return page.paint(
                page.what(
                    "view.plan.basis", inventory.cluster.text, String(inventory.guests.count),
                    String(inventory.detailCount), inventory.readAt.description), .faint)
        }
    }

    private func rows(in page: Page) -> [PlanRow] {
        let said = pass.rejectionSentence
        let steps = pass.plan.steps.map {
            $0.countingDown(from: pass.survey.now, page.language).without(said)
        }
        var shown: [String: Int] = [:]
        let findings = pass.plan.findings.filter { finding in
            guard finding.kind == .notice else { return true }
            shown[finding.rule, default: 0] += 1
            return showsAttributes || shown[finding.rule, default: 0] <= Self.noticesShown
        }
        return PlanRow.rows(steps: steps, findings: findings, in: page)
    }

    private var hiddenNotices: [(rule: String, count: Int)] {
        guard !showsAttributes else { return [] }
        let counts = Dictionary(grouping: pass.plan.findings.filter { $0.kind == .notice }, by: \.rule).mapValues(
            \.count)
        return counts.filter { $0.value > Self.noticesShown }
            .map { (rule: $0.key, count: $0.value - Self.noticesShown) }.sorted { $0.rule < $1.rule }
    }
}

extension Step {
    /// The same without that reason for its being blocked, which is said above all steps.
    fileprivate func without(_ reason: Sentence?) -> Step {
        guard let reason, disposition == .blocked(reason) else { return self }
        var step = self
        step.disposition = .ready
        return step
    }
}

extension TerraformText {
    fileprivate func lines(in page: Page) -> [String] {
        switch words {
        case .success(let text):
            [
                page.paint(page.what("view.plan.terraform", stack.description), .bold),
                VisibleText.of(text, keepsLines: true), "",
            ]
        case .failure(let failure):
            [
                page.paint(page.what("view.plan.terraformUnknown", stack.description), .yellow) + " "
                    + page.whole(failure.sentence), "",
            ]
        }
    }
}

extension Action {
    /// What a new guest is made with, as changes from nothing.
    var attributesOfBirth: [AttributeChange] {
        switch self {
        case .create(let creation), .recreate(let creation): creation.configuration.attributes
        case .update, .destroy, .adopt, .untaint, .move, .rename, .forget, .power, .restart, .rebuild, .repairEntry,
            .record, .retire,
            .register,
            .updateRegistration, .unregister:
            []
        }
    }
}

extension ServerConfiguration {
    /// What an operator would want to see of it, in a fixed order.
    var attributes: [AttributeChange] {
        var pairs = [
            ("type", birth.type.rawValue), ("node", birth.node.text), ("vmid", birth.vmid.description),
        ]
        if let template = birth.template { pairs.append(("template", template.vmid.description)) }
        if let file = birth.templateFile { pairs.append(("template", file)) }
        return (pairs + settings.attributes).map { AttributeChange(path: $0.0, before: nil, after: $0.1) }
    }
}

extension GuestSettings {
    var attributes: [(String, String)] {
        var pairs = [("cores", String(cores)), ("memory", ByteCount.mebibytes(memory).description)]
        if sockets != 1 { pairs.append(("sockets", String(sockets))) }
        for disk in disks { pairs.append(("disk \(disk.interface)", "\(disk.size)GiB \(disk.datastore)")) }
        for (index, network) in networks.enumerated() {
            let parts = [network.bridge, network.vlan.map { "vlan \($0)" }, network.address].compactMap(\.self)
            pairs.append(("networks[\(index)]", parts.joined(separator: " ")))
        }
        if !tags.isEmpty { pairs.append(("tags", tags.joined(separator: " "))) }
        if let pool { pairs.append(("pool", pool)) }
        if protection { pairs.append(("protection", "true")) }
        return pairs
    }
}
