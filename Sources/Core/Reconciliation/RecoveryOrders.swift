import Execution
import Model
import Planning

/// What people say now about what an earlier process left behind: a guest that it made is not started for the first time
/// in a pause, outside of a window, or where no document declares it any more.
struct RecoveryOrders: StandingOrders {
    private let reconciler: Reconciler

    init(_ reconciler: Reconciler) { self.reconciler = reconciler }

    func objections(to steps: [Step], areBorn: Bool) async -> [StepID: StepOutcome] {
        guard let declared = reconciler.declared, !steps.isEmpty else { return [:] }
        do throws(StepFailure) {
            var input = PlanningInput(
                desired: await declared() ?? .unread, observed: Observed(),
                recorded: try await reconciler.ledger.recorded(), now: reconciler.clock())
            let zones = Set(input.desired.policies.flatMap { $0.windows.map(\.zone) })
            if !zones.isEmpty { input.zones = reconciler.zones(zones, input.now) }
            var before = input.desired
            before.servers = steps.compactMap(\.asDeclared)
            let changes = ChangedDeclarations(from: before, to: input.desired)
            return Planning.objections(
                to: steps, areBorn: areBorn, agreed: [], free: [], changes: changes, input
            ).mapValues(StepOutcome.skipped)
        } catch {
            return Dictionary(steps.map { ($0.id, StepOutcome.failed(error)) }, uniquingKeysWith: { first, _ in first })
        }
    }
}

extension Desired {
    /// Documents of which nothing can be read. What policies said is kept with the servers.
    fileprivate static var unread: Desired {
        var desired = Desired()
        desired.completeness = .broken(.init(documents: ["."], claims: []))
        return desired
    }
}

extension Step {
    /// That its server was declared when the step was planned.
    fileprivate var asDeclared: Server? {
        guard case .server(let name, let stack) = subject else { return nil }
        return Server(name: name, cluster: stack.cluster)
    }
}
