import Execution
import Model
import Planning

/// A plan with what it was made from.
package struct PlannedPass: Sendable {
    package var id: PlanID
    package var plan: Plan
    package var survey: Survey
    package var targets: [ServerName]?
    package var commit: String?
    /// How long planning and proving the plan took, without what was read for it.
    package var thought: Duration = .zero
    /// Steps of an earlier plan that a fresh look no longer finds necessary.
    package var gone: [GoneStep] = []
    /// The plan that was shown before this fresh look, whose facts the steps rest on; nil: this look is the first.
    package var earlier: Plan?
    /// The no that holds its steps back; nil: nobody said one.
    package var rejection: Rejection?
    /// The plan that it was said to, where this one does nothing else and has another id.
    package var rejectedAs: PlanID?

    /// Steps that wait for a person's yes.
    package var awaitingApproval: [Step] { plan.steps.filter(\.needsApproval) }

    /// Nothing to do, nothing held back.
    package var isInPlumb: Bool { plan.steps.isEmpty && plan.findings.allSatisfy { $0.kind == .notice } }
}

/// A plan that was carried out.
package struct AppliedPass: Sendable {
    package var run: RunID
    package var pass: PlannedPass
    package var outcomes: [StepID: StepOutcome]
    /// The volumes to which guests were backed up before their rebuild, by the step.
    package var backups: [StepID: String] = [:]

    package func count(where matches: (StepOutcome) -> Bool) -> Int { outcomes.values.count(where: matches) }

    /// The exit code of `apply`: 0 all done, 1 something failed, 3 nothing failed but something is blocked, waits or was
    /// left out.
    package var exitCode: Int32 {
        let isHeldBack = pass.plan.findings.contains { $0.kind != .notice } || pass.gone.contains(where: \.isLeftOut)
        var code: Int32 = isHeldBack ? 3 : 0
        for outcome in outcomes.values {
            switch outcome {
            case .done: break
            case .failed: return 1
            case .skipped, .refused, .stale: code = 3
            }
        }
        return code
    }
}

/// What a look at the work of earlier processes came to.
package struct Recovery: Sendable {
    /// Every batch that was open, oldest first.
    package var batches: [RecoveredBatch]
    /// Runs that were interrupted, and are ended now.
    package var endedRuns: [RunID]

    package init(batches: [RecoveredBatch], endedRuns: [RunID]) {
        self.batches = batches
        self.endedRuns = endedRuns
    }

    /// Batches of which nothing can be said yet.
    package var stillOpen: [RecoveredBatch] {
        batches.filter { batch in
            if case .open = batch.end { true } else { false }
        }
    }
}

package struct DriftPass: Sendable {
    package var items: [DriftItem]
    /// Servers of which nobody can say whether they drifted.
    package var unread: [UnreadServer] = []
    package var survey: Survey
}

/// One server from all sides: what every list shows and everything that acts on a server uses.
package struct ServerView: Sendable {
    package var name: ServerName
    package var declared: Server?
    package var state: StateResource?
    /// Absent only where that is proven; what could not be seen is unknown, with the reason.
    package var live: Observation<ObservedGuest>
    package var recorded: RecordedServer?
    package var steps: [Step]
    package var findings: [Finding]

    /// Whether it runs, in Proxmox's words; `unknown` where that could not be seen, nil where there is no guest.
    package var power: ObservedGuest.Status? {
        switch live {
        case .present(let guest): guest.status
        case .absent: nil
        case .unknown: .unknown
        }
    }

    /// In plumb: declared, alive, and nothing to do.
    package var isInPlumb: Bool { steps.isEmpty && !findings.contains(where: \.tellsDifference) }
}

extension PlannedPass {
    /// The joined view of every declared or recorded server, in ascending order of names.
    package var servers: [ServerView] {
        let live = liveGuests(survey.planningInput())
        // What is known by a former name is the server's that was renamed, which the planner's matching says.
        let heirs = Dictionary(
            survey.desired.servers.compactMap { server in
                server.metadata.formerName.map { (ServerName($0), server.name) }
            }, uniquingKeysWith: { first, _ in first })
        func holder(_ name: ServerName) -> ServerName { live[name] == nil ? heirs[name] ?? name : name }
        var views: [ServerName: ServerView] = [:]
        func edit(_ name: ServerName, in cluster: ClusterName, _ body: (inout ServerView) -> Void) {
            var view =
                views[name]
                ?? ServerView(
                    name: name, live: live[name] ?? .unknown(Sentence(.unreadCluster, cluster.text)), steps: [],
                    findings: [])
            body(&view)
            views[name] = view
        }
        for server in survey.desired.servers { edit(server.name, in: server.cluster) { $0.declared = server } }
        for server in survey.recorded.servers {
            edit(holder(server.name), in: server.stack.cluster) { $0.recorded = server }
        }
        for stack in survey.observed.stacks {
            for resource in stack.state.value?.resources ?? [] {
                edit(holder(resource.server), in: stack.id.cluster) { $0.state = resource }
            }
        }
        for step in plan.steps {
            if case .server(let name, let stack) = step.subject {
                edit(name, in: stack.cluster) { $0.steps.append(step) }
            }
        }
        for finding in plan.findings {
            if case .server(let name, let stack) = finding.subject {
                edit(name, in: stack.cluster) { $0.findings.append(finding) }
            }
        }
        return views.values.sorted { $0.name < $1.name }
    }
}
