import Execution
import Foundation
import Loading
import Model
import Proxmox
import Reconciliation
import Simulation
import SimulationServer
import Transport

/// One rehearsal from its reading of the live clusters to its report.
///
/// It must not write anywhere but into its own room: the live clusters are reached through a ``ReadingSender``, the live
/// registry and stacks are copied before anything is opened.
struct Rehearsing: Sendable {
    let place: Workplace
    let person: String
    let request: RehearsalRequest
    let say: @Sendable (RehearsalProgress) -> Void

    func run() async throws -> RehearsalReport {
        let loaded = try LoadedPlace(place)
        try await loaded.refuseWrongDirectory(place)
        let room = try RehearsalRoom(at: place)
        do {
            var report = try await rehearse(loaded, in: room)
            if request.isKept { report.keptAt = room.path }
            room.leave(isKept: request.isKept)
            return report
        } catch {
            room.leave(isKept: false)
            throw error
        }
    }

    private func rehearse(_ first: LoadedPlace, in room: RehearsalRoom) async throws -> RehearsalReport {
        let clusters = first.configuration.desired.clusters
        try await room.fill(from: place, clusters: clusters.map(\.name))
        let loaded = try await first.besideRegistry(place, at: room.original.registry)
        say(.loaded(loaded.report))
        let desired = loaded.configuration.desired
        let transport = HTTPTransport()
        let live = await OpenEdges.connect(
            clusters, place: place, transport: transport, sender: ReadingSender(sender: transport))
        let edges = try await OpenEdges(
            registry: room.original.registry, stacks: room.original.stacks, desired: desired,
            repository: place.configuration, command: "rehearse", connections: live, terraform: [:], passwords: [:],
            transport: transport, clock: Composition.clock)
        let pass: PlannedPass
        var script = RehearsalScript(desired: desired, room: room, repository: place.configuration, person: person)
        do {
            pass = try await planned(desired, loaded.report.commit, edges.reconciler)
            if !pass.plan.steps.isEmpty {
                try await portray(clusters, live, needed: pass.plan.clusters, into: &script)
            }
        } catch {
            await edges.close()
            throw error
        }
        await edges.close()
        var report = try await play(script, pass)
        report.isConfigurationWhole = !loaded.report.hasErrors
        return report
    }

    /// The plan that is rehearsed, made from what is there, with the copied registry.
    private func planned(
        _ desired: Desired, _ commit: String?, _ reconciler: Reconciler
    ) async throws -> PlannedPass {
        let batches = try await reconciler.ports.journal.openBatches()
        if let batch = batches.first(where: { $0.owner != nil }), let owner = batch.owner {
            throw CommandFailure(Sentence("rehearse.atWork", batch.whoIsAtWork(owner)))
        }
        if let open = batches.first {
            throw CommandFailure(
                Sentence("rehearse.openBatch", open.id.rawValue, open.intent.stack.description))
        }
        let chosen = try await reconciler.targets(request.targets, in: desired)
        guard let plan = request.plan else {
            return try await reconciler.plan(desired, targets: chosen, commit: commit, by: person)
        }
        let earlier = try await plan.find(in: reconciler.ledger).plan
        let fresh = try await reconciler.plan(
            desired, targets: chosen, request: PlanRequest(again: earlier), commit: commit, by: person)
        return reconciler.confine(fresh, to: earlier)
    }

    /// Reads every cluster that can be read.
    ///
    /// - Parameter needed: clusters that the plan has steps in: without a twin of each there is nothing to rehearse on.
    private func portray(
        _ clusters: [Cluster], _ live: [ClusterName: Result<ClusterConnection, StepFailure>],
        needed: Set<ClusterName>, into script: inout RehearsalScript
    ) async throws {
        let extra = request.faults.map(\.extraTime).reduce(.zero, +)
        for cluster in clusters {
            guard let connection = live[cluster.name] else { continue }
            say(.reading(cluster.name))
            do throws(StepFailure) {
                let connection = try connection.get()
                let portrait = try await self.portrait(
                    of: cluster.name, through: connection.client, for: script.desired)
                let durations = TaskDurations(learnedFrom: portrait.tasks, extra: extra)
                script.blueprints[cluster.name] = TwinFleet.Plan(
                    blueprint: Blueprint(portrait, seenBy: connection.user, durations: durations, seed: request.seed),
                    user: connection.user)
                script.twins.append(RehearsalReport.Twin(portrait, durations))
            } catch {
                if needed.contains(cluster.name) { throw error }
            }
        }
        let nodes = Set(script.blueprints.values.flatMap { $0.blueprint.nodes.map { NodeName($0.name) } })
        for node in request.faults.compactMap(\.lostNode) where !nodes.contains(node) {
            throw CommandFailure(
                Sentence("rehearse.fault.noNode", node.text, nodes.sorted().map(\.text).joined(separator: ", ")),
                exit: .usage)
        }
    }

    private func portrait(
        of cluster: ClusterName, through client: ProxmoxClient, for desired: Desired
    ) async throws(StepFailure) -> ClusterPortrait {
        let needsFiles = desired.servers.contains { $0.type == .container }
        let since = Timestamp(seconds: Composition.clock().seconds - Self.taskMemory)
        do throws(ProxmoxFailure) {
            return try await client.portrait(of: cluster, tasksSince: since, withTemplateFiles: needsFiles)
        } catch {
            throw error.stepFailure(about: cluster.text)
        }
    }

    /// How many seconds back the time that tasks took is looked up.
    private static var taskMemory: Int64 { 30 * 86_400 }

    private func play(_ script: RehearsalScript, _ pass: PlannedPass) async throws -> RehearsalReport {
        var report = RehearsalReport(pass: pass, seed: request.seed, faults: request.faults)
        guard !pass.plan.steps.isEmpty else { return report }
        say(.carryingOut(steps: pass.plan.steps.count))
        let main = try await script.run("rehearsal", pass, faults: request.faults)
        report.rehearsed = main.rehearsed
        report.changes = main.changes
        report.twins = script.twins.map { twin in
            var twin = twin
            twin.taskTypes = main.taskTypes[twin.cluster] ?? []
            return twin
        }
        let fallible = main.rehearsed.applied.pass.plan.steps.filter {
            $0.disposition == .ready && $0.rehearsedFailure != nil
        }
        let tried = fallible.prefix(request.failures ?? fallible.count)
        report.untried = fallible.count - tried.count
        for (index, step) in tried.enumerated() {
            guard let failure = step.rehearsedFailure else { continue }
            say(.failing(step.id, number: index + 1, of: tried.count))
            let run = try await script.run("failure-\(index + 1)", pass, rules: failure.rules, about: step)
            report.failures.append(RehearsalReport.Failure(step, failure, run))
        }
        return report
    }
}

extension Plan {
    /// Those that it has steps about guests in.
    fileprivate var clusters: Set<ClusterName> {
        Set(
            steps.compactMap { step in
                switch step.subject {
                case .server(_, let stack), .stack(let stack): stack.cluster
                case .guest(let cluster, _), .cluster(let cluster): cluster
                case .object: nil
                }
            })
    }
}

extension RehearsalReport.Twin {
    fileprivate init(_ portrait: ClusterPortrait, _ durations: TaskDurations) {
        self.init(
            cluster: portrait.cluster, nodes: portrait.nodes.count,
            offlineNodes: portrait.nodes.filter { !$0.isOnline }.map(\.name), guests: portrait.guests.count,
            unread: portrait.guests.filter { $0.configuration == nil }.map(\.listed.vmid), durations: durations)
    }
}

extension RehearsalReport.Failure {
    fileprivate init(_ step: Step, _ failure: RehearsedFailure, _ run: RehearsalScript.Run) {
        let outcomes = run.rehearsed.applied.outcomes
        let vmid = step.action.guestConcerned?.rawValue
        self.init(
            step: step, cause: failure.cause, outcome: outcomes[step.id] ?? .done, remains: run.remains,
            guest: run.changes.map(\.guest).filter { $0.vmid == vmid },
            heldBack: outcomes.filter { $0.key != step.id && $0.value != .done }.map(\.key).sorted(),
            next: run.next)
    }
}
