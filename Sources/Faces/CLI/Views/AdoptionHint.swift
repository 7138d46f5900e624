import Loading
import Model
import Planning
import Reconciliation

/// What an adoption would change beyond the mark, and the lines of YAML with which it would change nothing.
struct AdoptionHint {
    var changes: [AttributeChange]
    /// As they would stand in `spec`.
    var declarations: [String]

    init(changes: [AttributeChange], declarations: [String]) {
        self.changes = changes
        self.declarations = declarations
    }

    /// Of a step of a plan; nil where it adopts nothing that this registry did not make, or differs from nothing. What
    /// the guest has more than the declaration and no step changes (a disk) is among the lines too.
    init?(_ step: Step, in pass: PlannedPass) {
        guard case .adopt(let adoption) = step.action, adoption.guest.mark == nil || adoption.isStranger,
            let name = step.subject.server
        else { return nil }
        let changes = step.changesBeyondMark
        let kept = pass.plan.findings.filter { $0.subject == step.subject && $0.rule == "needsRebuild" }
        let fields = Set((changes + kept.flatMap(\.changes)).map(\.declaredField))
        guard !fields.isEmpty else { return nil }
        let inventory = pass.survey.observed.inventories.first { $0.cluster == adoption.guest.cluster }
        let document = inventory?.details[adoption.guest.vmid]?.value.map { detail in
            WrittenDocument(
                Server(
                    found: name, vmid: adoption.guest.vmid, type: adoption.guest.type, settings: detail.ownSettings,
                    in: adoption.guest.cluster))
        }
        self.init(changes: changes, declarations: document?.lines(of: fields) ?? [])
    }

    /// - Parameter showsChanges: not where they stand above already.
    func lines(in page: Page, showsChanges: Bool = true) -> [String] {
        let shown = showsChanges ? changes : []
        var lines = shown.map { change in
            let values = [change.before, change.after].map { $0.map { VisibleText.of($0) } ?? "–" }
            return "       \(VisibleText.of(change.path)): " + values.joined(separator: " → ")
        }
        if !declarations.isEmpty {
            lines.append("     " + page.what("view.import.declare"))
            lines += declarations.map { "       " + page.paint($0, .green) }
        }
        return lines
    }
}

extension AttributeChange {
    /// The field of a server's `spec` that says it.
    var declaredField: String {
        let root = path.prefix { $0 != "[" && $0 != "." }
        return root == "protection" ? "protect" : String(root)
    }
}

extension Subject {
    /// Nil for anything but a server.
    var server: ServerName? {
        switch self {
        case .server(let name, _): name
        case .object, .guest, .stack, .cluster: nil
        }
    }
}

extension GuestConfiguration {
    /// The settings without the line of the mark, which is no operator's.
    fileprivate var ownSettings: GuestSettings {
        guard mark != nil else { return settings }
        var own = settings
        var lines = (settings.description ?? "").split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        own.description = lines.isEmpty ? nil : lines.joined(separator: "\n")
        return own
    }
}
