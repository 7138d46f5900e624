import Foundation
import Model
import Reconciliation
import Simulation
import SimulationServer
import Transport

/// What each run of a rehearsal begins with, and how one is carried out.
struct RehearsalScript: Sendable {
    let desired: Desired
    let room: RehearsalRoom
    /// The configuration's directory.
    let repository: String
    let person: String
    var blueprints: [ClusterName: TwinFleet.Plan] = [:]
    var twins: [RehearsalReport.Twin] = []

    /// What one run came to.
    struct Run: Sendable {
        var rehearsed: RehearsedPass
        var changes: [RehearsalReport.ClusterChange] = []
        var taskTypes: [ClusterName: [String]] = [:]
        /// Of the step that was let fail.
        var remains: Remains?
        /// Of the plan that comes next, once nothing goes wrong any more.
        var next: [StepID] = []
    }

    /// Carries the pass out once, on twins and copies of its own.
    ///
    /// - Parameters:
    ///   - rules: calls that go wrong beside those of `faults`.
    ///   - step: what is looked at afterwards, by planning again; nil: nothing is planned again.
    func run(
        _ name: String, _ pass: PlannedPass, faults: [RehearsalFault] = [], rules: [FaultRule] = [],
        about step: Step? = nil
    ) async throws -> Run {
        let copy = try await room.copy(name, clusters: desired.clusters.map(\.name))
        var plans = blueprints
        for cluster in plans.keys { plans[cluster]?.blueprint.faults = faults.flatMap(\.rules) + rules }
        return try await TwinFleet.serving(plans, in: copy.path, from: Composition.clock()) { fleet in
            let transport = HTTPTransport()
            let connections = fleet.connections(transport: transport)
            let clock = fleet.clock
            let edges = try await OpenEdges(
                registry: copy.registry, stacks: copy.stacks, desired: desired, repository: repository,
                command: "rehearse", connections: connections, terraform: connections,
                passwords: desired.placeholderPasswords, transport: transport, isTwin: true, clock: { clock.reading })
            do {
                let run = try await carryOut(
                    pass, on: fleet, by: edges.reconciler, lost: faults.compactMap(\.lostNode), about: step)
                await edges.close()
                return run
            } catch {
                await edges.close()
                throw error
            }
        }
    }

    private func carryOut(
        _ pass: PlannedPass, on fleet: TwinFleet, by reconciler: Reconciler, lost: [NodeName], about step: Step?
    ) async throws -> Run {
        let before = await fleet.guests
        let rehearsed = try await reconciler.rehearse(
            pass, by: person,
            incidents: {
                for node in lost { await fleet.lose(node) }
            })
        var run = Run(rehearsed: rehearsed, taskTypes: await fleet.taskTypes)
        for (cluster, guests) in await fleet.guests.sorted(by: { $0.key < $1.key }) {
            run.changes += guests.changes(since: before[cluster] ?? [:]).map {
                RehearsalReport.ClusterChange(cluster: cluster, guest: $0)
            }
        }
        guard let step else { return run }
        await fleet.clearRules()
        let next = try await reconciler.plan(desired, targets: pass.targets, by: person)
        run.next = next.plan.steps.map(\.id)
        if case .server(let server, _) = step.subject { run.remains = next.remains(of: server) }
        return run
    }
}

extension Desired {
    /// A twin's guests are born with no secret of the live fleet.
    fileprivate var placeholderPasswords: [ClusterName: [String: Result<String, StepFailure>]] {
        var all: [ClusterName: [String: Result<String, StepFailure>]] = [:]
        for server in servers where server.cloudInit?.password != nil {
            all[server.cluster, default: [:]][server.passwordKey] = .success("rehearsal")
        }
        return all
    }
}

extension TwinFleet {
    /// Every guest of every twin as it is now.
    fileprivate var guests: [ClusterName: [Int: Guest]] {
        get async {
            var all: [ClusterName: [Int: Guest]] = [:]
            for (name, twin) in twins { all[name] = await twin.host.read { $0.guests } }
            return all
        }
    }

    /// Types of the tasks that ran, ascending.
    fileprivate var taskTypes: [ClusterName: [String]] {
        get async {
            var all: [ClusterName: [String]] = [:]
            for (name, twin) in twins { all[name] = await twin.host.read { Set($0.tasks.map(\.type)).sorted() } }
            return all
        }
    }

    fileprivate func clearRules() async {
        for twin in twins.values { _ = await twin.host.handle(APIRequest(.delete, "/simulation/faults")) }
    }

    fileprivate func lose(_ node: NodeName) async {
        for twin in twins.values {
            let names = await twin.host.read { $0.blueprint.nodes.map(\.name) }
            guard let name = names.first(where: { NodeName($0) == node }) else { continue }
            _ = await twin.host.handle(APIRequest(.put, "/simulation/nodes/\(name)", ["online": "0"]))
        }
    }
}
