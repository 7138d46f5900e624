import Model

/// Looks up in the plan of the same look what becomes of a difference: a report that promised what no step does, or
/// left out what stands in a step's way, would be believed.
struct OutlookFinder {
    private let steps: [ServerName: [Step]]
    private let findings: [ServerName: [Finding]]

    init(_ plan: Plan) {
        var steps: [ServerName: [Step]] = [:]
        for step in plan.steps {
            if case .server(let name, _) = step.subject { steps[name, default: []].append(step) }
        }
        var findings: [ServerName: [Finding]] = [:]
        for finding in plan.findings {
            if case .server(let name, _) = finding.subject { findings[name, default: []].append(finding) }
        }
        self.steps = steps
        self.findings = findings
    }

    /// What the plan says of the restart that brings about what is pending; nil: there is no such step.
    func restart(of item: DriftItem) -> Sentence? {
        guard let step = steps[item.server]?.first(where: { $0.action.verb == .restart }) else { return nil }
        return switch step.disposition {
        case .ready: step.reason
        case .needsApproval(let sentence), .waiting(let sentence), .blocked(let sentence): sentence
        }
    }

    func outlook(of item: DriftItem) -> DriftItem.Outlook {
        let findings = findings[item.server] ?? []
        let steps = steps[item.server] ?? []
        // What only a rebuild could change is no step's, though the entry in tfvars follows the guest.
        let own = findings.first { finding in
            finding.tellsDifference
                && finding.changes.contains { $0.path == item.path || $0.path.hasPrefix(item.path + ".") }
        }
        if let own, item.compared.contains(.desired) {
            return own.kind == .waiting ? .waits(own.sentence) : .stays(own.sentence)
        }
        if let step = steps.first(where: { $0.mends(item) }) { return step.outlook }
        for kind in [Finding.Kind.blocked, .waiting, .notice] {
            guard let finding = findings.first(where: { $0.kind == kind && $0.tellsDifference }) else { continue }
            return kind == .waiting ? .waits(finding.sentence) : .stays(finding.sentence)
        }
        return steps.last?.outlook ?? .stays(Sentence(.driftLeft, item.server.text))
    }
}

extension Step {
    fileprivate func mends(_ item: DriftItem) -> Bool {
        if changes.contains(where: { $0.path == item.path }) { return true }
        switch action.verb {
        // Whatever it was, it is a new guest, or none.
        case .create, .recreate, .rebuild, .destroy, .forget, .retire: return true
        case .adopt, .move, .rename: return ["guest", "name", "stack", "node", "record", "entry"].contains(item.path)
        case .untaint: return item.path == "taint"
        case .repairEntry: return ["entry", "node"].contains(item.path)
        case .record: return item.disagreeing == [.recorded] || item.compared == [.desired, .recorded]
        case .update, .start, .stop, .restart, .register, .updateRegistration, .unregister: return false
        }
    }

    fileprivate var outlook: DriftItem.Outlook {
        switch disposition {
        case .ready: .heals
        case .needsApproval(let sentence), .waiting(let sentence): .waits(sentence)
        case .blocked(let sentence): .stays(sentence)
        }
    }
}
