import Foundation
import Model
import Testing
import Transport

@testable import CLI

/// A simulated cluster that does not answer, refuses, or is another process's.
@Suite("Simulated clusters that cannot be had")
struct SimulationLauncherTests {
    private static let cluster = """
        apiVersion: plumb/v1
        kind: Cluster
        metadata: {name: lab}
        spec:
          simulated:
            nodes: [pve1, pve2]
            templates: [{name: debian-12, vmid: 9000}]
          defaults: {datastore: local-lvm, bridge: vmbr0, template: debian-12, node: pve1}
        """

    private struct NotServed: Error {}

    /// Serves the cluster in this process while `body` runs.
    private func serving(_ body: (Workplace, SimulatedFace) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.path + "/plumb-served-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data(Self.cluster.utf8).write(to: URL(filePath: directory + "/cluster.yaml"))
        let place = Workplace(configuration: directory, state: directory + "/.plumb", language: .english)
        let (faces, arrival) = AsyncStream.makeStream(of: SimulatedFace.self)
        let service = Task {
            // One that ends before it serves would be waited for in vain.
            defer { arrival.finish() }
            try await SimulationLauncher.serve(SimulationRequest(cluster: nil, port: 0), at: place) { face in
                arrival.yield(face)
            }
        }
        var first: SimulatedFace?
        for await face in faces {
            first = face
            break
        }
        let end: Result<Void, any Error>
        do {
            guard let first else { throw NotServed() }
            end = .success(try await body(place, first))
        } catch {
            end = .failure(error)
        }
        service.cancel()
        _ = await service.result
        try end.get()
    }

    private func ready(at place: Workplace) -> String {
        SimulationLauncher.directory(of: "lab", at: place) + "/ready.json"
    }

    @Test("Who finds the cluster's lock taken, and nobody who answers, says so")
    func alreadyServed() async throws {
        try await serving { place, _ in
            try FileManager.default.removeItem(atPath: ready(at: place))
            let directory = SimulationLauncher.directory(of: "lab", at: place)
            await #expect(throws: CommandFailure(Sentence("edge.alreadySimulated", "lab", directory))) {
                try await SimulationLauncher.serve(SimulationRequest(cluster: nil, port: 0), at: place) { _ in }
            }
        }
    }

    @Test("A cluster that does not take up what is declared is named with what it said")
    func unchanged() async throws {
        try await serving { place, _ in
            // Its token is not the one that is known of it.
            let file = URL(filePath: ready(at: place))
            let known = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
            var other = try #require(known as? [String: Any])
            other["token"] = ["id": "root@pam!plumb", "secret": "another"]
            try JSONSerialization.data(withJSONObject: other).write(to: file)
            let declared = Cluster(name: "lab", source: .simulated(.init(nodes: ["pve1", "pve2", "pve3"])))
            let transport = HTTPTransport(liveLimit: 1)
            defer { transport.close() }
            let failure = await #expect(throws: StepFailure.self) {
                _ = try await SimulationLauncher.ensureRunning(declared, at: place, transport: transport)
            }
            let sentence = try #require(failure?.sentence)
            #expect(sentence.code == "edge.simulationUnchanged")
            #expect(sentence.arguments.first == "lab" && sentence.arguments.last == String(getpid()))
        }
    }

    @Test("A cluster that cannot be started is named with what is in the way")
    func notReady() async throws {
        let file = FileManager.default.temporaryDirectory.path + "/plumb-no-state-\(UUID().uuidString)"
        try Data().write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let place = Workplace(configuration: "/", state: file, language: .english)
        let declared = Cluster(name: "lab", source: .simulated(.init(nodes: ["pve1"])))
        let transport = HTTPTransport(liveLimit: 1)
        defer { transport.close() }
        let failure = await #expect(throws: StepFailure.self) {
            _ = try await SimulationLauncher.ensureRunning(declared, at: place, transport: transport)
        }
        let sentence = try #require(failure?.sentence)
        #expect(sentence.code == "edge.simulationNotReady")
        #expect(sentence.arguments.first == "lab" && sentence.arguments.last?.hasPrefix(file) == true)
    }

    @Test("A rehearsal whose twin does not come to serve does not begin")
    func noTwin() async throws {
        try await serving { place, _ in
            let declared = Cluster(name: "lab", source: .simulated(.init(nodes: ["pve1"])))
            let plan = TwinFleet.Plan(blueprint: try #require(declared.blueprint), user: "root@pam!plumb")
            // Its directory is the one that is served already.
            await #expect(throws: CommandFailure(Sentence("rehearse.noTwin"))) {
                try await TwinFleet.serving(["lab": plan], in: place.state, from: Samples.noon) { _ in }
            }
        }
    }

    /// Every name below `localhost` leads here (RFC 6761), and the certificate has only that one.
    @Test("A name that the certificate lacks is said with those that it has, however well its fingerprint fits")
    func certificateName() async throws {
        try await serving { _, face in
            let transport = HTTPTransport(liveLimit: 1)
            defer { transport.close() }
            let fingerprint = try #require(CertificateFingerprint(String(repeating: "AB", count: 32)))
            func mismatch(at url: String) async -> Sentence? {
                let trust = ProviderTrust(
                    cluster: "lab", url: url, trust: .fingerprint(fingerprint), path: "", transport: transport)
                return await trust.nameMismatch()
            }
            let other = face.endpoint.replacing("127.0.0.1", with: "shop.localhost")
            let said = try #require(await mismatch(at: other))
            #expect(said.code == "doctor.certificateName" && said.arguments.first == other)
            #expect(said.arguments.last?.contains("127.0.0.1") == true)
            #expect(await mismatch(at: face.endpoint) == nil)
        }
    }
}
