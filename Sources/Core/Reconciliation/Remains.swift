import Model
import Planning

/// What there is of one server, on every side.
package struct Remains: Hashable, Sendable {
    package var server: ServerName
    /// Whether its stack's tfvars have an entry of it.
    package var hasEntry: Bool
    package var resource: Resource
    /// Whether the registry has a row of it.
    package var isRecorded: Bool
    /// What would be done about it now, and what would not.
    package var steps: [Step]
    package var findings: [Finding]

    package enum Resource: String, Hashable, Sendable, CaseIterable {
        case present, tainted, absent
        /// The state cannot be read.
        case unknown
    }
}

extension PlannedPass {
    /// What a server has left behind, as this pass sees it.
    package func remains(of server: ServerName) -> Remains {
        let stacks = survey.observed.stacks
        var remains = Remains(
            server: server, hasEntry: stacks.contains { $0.tfvars.entries[server] != nil }, resource: .absent,
            isRecorded: survey.recorded.servers.contains { $0.name == server }, steps: [], findings: [])
        for stack in stacks {
            switch stack.state {
            case .absent: break
            case .unknown: if remains.resource == .absent { remains.resource = .unknown }
            case .present(let state):
                guard let resource = state.resources.first(where: { $0.server == server }) else { continue }
                remains.resource = resource.isTainted ? .tainted : .present
            }
        }
        func isAbout(_ subject: Subject) -> Bool {
            if case .server(server, _) = subject { true } else { false }
        }
        remains.steps = plan.steps.filter { isAbout($0.subject) }
        remains.findings = plan.findings.filter { isAbout($0.subject) && $0.kind != .notice }
        return remains
    }
}
