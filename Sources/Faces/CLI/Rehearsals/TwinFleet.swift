import Execution
import Foundation
import Model
import Proxmox
import Simulation
import SimulationServer
import Transport

/// The twins of one run, served by this process as long as the run takes, on one clock.
struct TwinFleet: Sendable {
    let clock: LeapingClock
    let twins: [ClusterName: RunningTwin]

    struct RunningTwin: Sendable {
        let ready: SimulationReady
        let host: SimulatedClusterHost
        /// Who Plumb is there: `USER@REALM!TOKEN`.
        let user: String
    }

    /// What the twins are made from.
    struct Plan: Sendable {
        var blueprint: Blueprint
        var user: String
    }

    /// Serves the twins, calls `body`, and ends them.
    ///
    /// - Parameter directory: where they keep their files; one of its own for each.
    static func serving<Value>(
        _ plans: [ClusterName: Plan], in directory: String, from moment: Timestamp,
        _ body: (TwinFleet) async throws -> Value
    ) async throws -> Value {
        let clock = LeapingClock(showing: moment)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            let (arrivals, arrival) = AsyncStream.makeStream(of: (ClusterName, RunningTwin).self)
            for (name, plan) in plans {
                group.addTask {
                    // One that ends before it serves would be waited for in vain.
                    defer { arrival.finish() }
                    let service = SimulationService(
                        stateDirectory: "\(directory)/simulated/\(name.key)", blueprint: plan.blueprint,
                        clock: SimulationClock(clock), handlesSignals: false)
                    _ = try await service.run { ready, host in
                        arrival.yield((name, RunningTwin(ready: ready, host: host, user: plan.user)))
                    }
                }
            }
            var twins: [ClusterName: RunningTwin] = [:]
            if !plans.isEmpty {
                for await (name, twin) in arrivals {
                    twins[name] = twin
                    if twins.count == plans.count { break }
                }
            }
            guard twins.count == plans.count else {
                try await group.next()
                throw CommandFailure(Sentence("rehearse.noTwin"))
            }
            let value = try await body(TwinFleet(clock: clock, twins: twins))
            group.cancelAll()
            while let end = await group.nextResult() { _ = end }
            return value
        }
    }

    /// How Plumb and Terraform reach the twins.
    func connections(transport: HTTPTransport) -> [ClusterName: Result<ClusterConnection, StepFailure>] {
        let began = ContinuousClock.now
        let clock = clock
        let clientClock = ClientClock(
            now: { began.advanced(by: clock.elapsed) }, sleep: { try await clock.sleep($0) }, jitter: { 0.5 },
            timestamp: { clock.reading })
        var connections: [ClusterName: Result<ClusterConnection, StepFailure>] = [:]
        for (name, twin) in twins {
            let token = twin.ready.tokens.first { $0.id == twin.user } ?? twin.ready.token
            let reattachment = ProviderFace.reattachment(
                socketPath: twin.ready.providerSocket, processID: twin.ready.processID)
            connections[name] = Result { () throws(StepFailure) in
                try ClusterConnection(
                    url: twin.ready.endpoint, token: token.text, trust: .fingerprint(twin.ready.fingerprint), of: name,
                    reattachment: reattachment, sender: transport, clock: clientClock)
            }
        }
        return connections
    }
}
