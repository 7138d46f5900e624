import Model

/// What `terraform plan -json` said while it planned.
///
/// It names every resource that the plan would not leave alone with what is done to it, and what the refresh found
/// different. It does not say which attributes force a replacement, nor any value.
package struct PlanEvents: Sendable {
    package private(set) var diagnostics: [TerraformDiagnostic] = []
    private var planned: [TerraformEvent.Hook] = []
    private var drifted = false
    private var summary: (add: Int, others: Int)?

    package init() {}

    package mutating func note(_ event: TerraformEvent, _ redact: Redaction) {
        switch event {
        case .diagnostic(let diagnostic): diagnostics.append(redact(diagnostic))
        case .plannedChange(let hook): planned.append(hook)
        case .drift: drifted = true
        case .summary(add: let add, change: let change, remove: let remove, operation: "plan"):
            summary = (add, change + remove)
        case .version, .started, .progressed, .completed, .errored, .summary, .other: break
        }
    }

    /// The whole plan, where it makes resources and does nothing else; nil where it does anything else, found anything
    /// gone or changed, or where its summary does not count just these.
    package var births: PlannedChanges? {
        guard let summary, !planned.isEmpty, summary == (planned.count, 0), !drifted,
            planned.allSatisfy({ $0.action == "create" })
        else { return nil }
        let resources = planned.map { hook in
            PlannedChanges.ResourceChange(address: hook.address, server: hook.server, action: .create)
        }
        return PlannedChanges(resources: resources.sorted { $0.address < $1.address })
    }
}
