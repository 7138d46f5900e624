import Execution
import Model
import Planning

/// What people say now about what an earlier process left behind: a guest that it made is not started for the first time
/// in a pause, outside of a window, where no document declares it any more, or where somebody said no to that.
struct RecoveryOrders: StandingOrders {
    private let reconciler: Reconciler

    init(_ reconciler: Reconciler) { self.reconciler = reconciler }

    func objections(to steps: [Step], areBorn: Bool) async -> [StepID: StepOutcome] {
        if steps.isEmpty { return [:] }
        do throws(StepFailure) {
            let refused = try await refusals(of: steps)
            let rest = steps.filter { refused[$0.id] == nil }
            return try await sentences(on: rest, areBorn: areBorn).mapValues(StepOutcome.skipped)
                .merging(refused) { $1 }
        } catch {
            return Dictionary(steps.map { ($0.id, StepOutcome.failed(error)) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// A no is to the plan whose run the steps' batch is of.
    private func refusals(of steps: [Step]) async throws(StepFailure) -> [StepID: StepOutcome] {
        let ledger = reconciler.ledger
        var refused: [StepID: StepOutcome] = [:]
        for batch in try await reconciler.ports.journal.openBatches() {
            let own = Set(batch.steps)
            let asked = steps.filter { own.contains($0.id) }
            if asked.isEmpty { continue }
            let noes = try await StandingNoes.standing(over: try await ledger.plan(of: batch.run), in: ledger)
            refused.merge(noes.refusals(of: asked)) { first, _ in first }
        }
        return refused
    }

    private func sentences(on steps: [Step], areBorn: Bool) async throws(StepFailure) -> [StepID: Sentence] {
        guard let declared = reconciler.declared, !steps.isEmpty else { return [:] }
        var input = PlanningInput(
            desired: await declared() ?? .unread, observed: Observed(),
            recorded: try await reconciler.ledger.recorded(), now: reconciler.clock())
        let zones = input.zoneNames
        if !zones.isEmpty { input.zones = reconciler.zones(zones, input.now) }
        var before = input.desired
        before.servers = steps.compactMap(\.asDeclared)
        let changes = ChangedDeclarations(from: before, to: input.desired)
        return Planning.objections(
            to: steps, areBorn: areBorn, agreed: [], free: [], changes: changes, ends: nil, input)
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
