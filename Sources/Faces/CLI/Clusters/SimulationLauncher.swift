import Foundation
import Loading
import Model
import Processes
import Proxmox
import Simulation
import SimulationServer
import Transport

/// A simulated cluster that answers.
struct RunningSimulation: Sendable {
    let endpoint: String
    /// Of its certificate: 32 pairs joined by colons.
    let fingerprint: String
    /// Plumb's own, `USER@REALM!TOKEN=SECRET`.
    let token: String
    /// The value of `TF_REATTACH_PROVIDERS`.
    let reattachment: String
    /// What is there although it is not declared any more.
    var kept: [String] = []

    init(_ ready: SimulationReady) {
        endpoint = ready.endpoint
        fingerprint = ready.fingerprint
        token = ready.token.text
        reattachment = ProviderFace.reattachment(socketPath: ready.providerSocket, processID: ready.processID)
    }
}

/// Starts simulated clusters as processes of their own, as a real cluster would be: they outlive this one.
enum SimulationLauncher {
    static func directory(of cluster: ClusterName, at place: Workplace) -> String {
        "\(place.state)/simulated/\(cluster.key)"
    }

    /// The cluster's faces, with what is declared now taken up; starts its process where none serves it.
    static func ensureRunning(
        _ cluster: Cluster, at place: Workplace, transport: HTTPTransport
    ) async throws(StepFailure) -> RunningSimulation {
        let directory = directory(of: cluster.name, at: place)
        var simulation: RunningSimulation
        if let ready = SimulationReady.read(from: directory) {
            simulation = RunningSimulation(ready)
            try await takeUp(cluster, ready, in: directory, transport)
        } else {
            simulation = try await start(cluster, at: place, in: directory)
        }
        simulation.kept = DeclaredBlueprint.read(from: directory)?.kept ?? []
        return simulation
    }

    /// Tells a cluster that runs what is declared now, where that has changed.
    private static func takeUp(
        _ cluster: Cluster, _ ready: SimulationReady, in directory: String, _ transport: HTTPTransport
    ) async throws(StepFailure) {
        guard let blueprint = cluster.blueprint, DeclaredBlueprint.read(from: directory)?.blueprint != blueprint,
            let text = try? JSONEncoder().encode(blueprint)
        else { return }
        let encoded = String(decoding: text, as: UTF8.self).addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        var request = HTTPRequest(.put, url: ready.endpoint + "/api2/json/simulation/blueprint")
        request.headers = [
            HTTPHeader("Authorization", "PVEAPIToken=" + ready.token.text),
            HTTPHeader("Content-Type", "application/x-www-form-urlencoded"),
        ]
        request.body = Array(("blueprint=" + (encoded ?? "")).utf8)
        request.trust = TLSTrust(.fingerprint(ready.fingerprint)) ?? .system
        let said: String
        do throws(TransportFailure) {
            let answer = try await transport.send(request)
            if answer.status == 200 { return }
            said = "\(answer.status) \(answer.reason)"
        } catch {
            said = String(describing: error)
        }
        throw StepFailure(Sentence("edge.simulationUnchanged", cluster.name.text, said, String(ready.processID)))
    }

    private static func start(
        _ cluster: Cluster, at place: Workplace, in directory: String
    ) async throws(StepFailure) -> RunningSimulation {
        let run = directory + "/process-\(UInt32.random(in: 0 ... .max))"
        do {
            try FileManager.default.createDirectory(
                atPath: run, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let program = Program(
                try executable(),
                [
                    "simulate", cluster.name.text, "--config", place.configuration, "--state", place.state, "--idle",
                    String(idleSeconds),
                ])
            _ = try await DetachedProgram.start(program, in: run)
            if let ready = try await SimulationReady.wait(for: directory, atMost: .seconds(20)) {
                try? FileManager.default.removeItem(atPath: run)
                return RunningSimulation(ready)
            }
            let lines = (try? String(contentsOfFile: run + "/stderr", encoding: .utf8)) ?? ""
            let said = lines.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            throw StepFailure(Sentence("edge.simulationNotReady", cluster.name.text, said))
        } catch let failure as StepFailure {
            throw failure
        } catch let failure as ProgramFailure {
            // Which program that is does not say why.
            let said = if case .notStarted(_, let reason) = failure { reason } else { failure.description }
            throw StepFailure(Sentence("edge.simulationNotReady", cluster.name.text, "\(directory): \(said)"))
        } catch {
            // Foundation's description for programmers is a page of keys.
            let said = error.localizedDescription
            throw StepFailure(Sentence("edge.simulationNotReady", cluster.name.text, "\(directory): \(said)"))
        }
    }

    /// How long a cluster that a command started outlives the last question: it would otherwise stay for ever. The next
    /// command starts it again as it was.
    private static let idleSeconds = 1800

    /// This program's own file. Where it was replaced while it ran, the link names no file any more, and still leads to the
    /// one that runs.
    private static func executable() throws -> String {
        let path = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let own = "/proc/\(ProcessInfo.processInfo.processIdentifier)/exe"
        return FileManager.default.isExecutableFile(atPath: path) ? path : own
    }

    /// Serves a cluster of the configuration in this process until its task is cancelled.
    static func serve(
        _ request: SimulationRequest, at place: Workplace, isReady: @escaping @Sendable (SimulatedFace) -> Void
    ) async throws {
        let loaded = try LoadedPlace(place)
        let simulated = loaded.configuration.desired.clusters.filter { $0.blueprint != nil }
        let chosen = request.cluster.map { name in simulated.filter { $0.name == name } } ?? simulated
        if simulated.isEmpty { throw CommandFailure(Sentence("edge.noSimulation", place.configuration)) }
        guard let cluster = chosen.first, chosen.count == 1, let blueprint = cluster.blueprint else {
            throw CommandFailure(
                Sentence("edge.whichSimulation", simulated.map(\.name.text).joined(separator: ", ")))
        }
        StateDirectory.keepFromGit(place.state)
        let service = SimulationService(
            stateDirectory: directory(of: cluster.name, at: place), blueprint: blueprint, port: request.port,
            idleTimeout: request.idle.map { .seconds($0) }, handlesSignals: false)
        let outcome = try await service.run { ready in
            isReady(SimulatedFace(ready, of: cluster.name))
        }
        guard outcome == .alreadyServed else { return }
        guard
            let ready = try await SimulationReady.wait(
                for: directory(of: cluster.name, at: place), atMost: .seconds(5))
        else {
            throw CommandFailure(
                Sentence("edge.alreadySimulated", cluster.name.text, directory(of: cluster.name, at: place)))
        }
        guard request.port == 0 || ready.endpoint.hasSuffix(":\(request.port)") else {
            throw CommandFailure(
                Sentence(
                    "edge.simulatedElsewhere", cluster.name.text, String(request.port), ready.endpoint,
                    String(ready.processID)))
        }
        var face = SimulatedFace(ready, of: cluster.name)
        face.servedBy = ready.processID
        isReady(face)
    }
}

extension SimulatedFace {
    fileprivate init(_ ready: SimulationReady, of cluster: ClusterName) {
        self.init(
            cluster: cluster, endpoint: ready.endpoint, certificateFile: ready.caFile, tokens: ready.tokens.map(\.text))
    }
}

extension Cluster {
    /// What a simulated cluster begins as; nil for a real one.
    var blueprint: Blueprint? {
        guard case .simulated(let simulated) = source else { return nil }
        return Blueprint(simulated, name: name)
    }
}
