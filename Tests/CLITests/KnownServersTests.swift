import ArgumentParser
import Foundation
import Model
import Registry
import Terraform
import Testing

@testable import CLI

@Suite("Documents that are lost, of servers that are on record")
struct KnownServersTests {
    private static let state = """
        {"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "a", "outputs": {}, "resources": [
        {"module": "module.server[\\"web-02\\"]", "mode": "managed", "type": "proxmox_virtual_environment_vm",
        "name": "vm", "provider": "provider[\\"registry.terraform.io/bpg/proxmox\\"]", "instances": [
        {"index_key": 0, "schema_version": 0, "attributes": {"vm_id": 101, "id": "101", "node_name": "pve1"}}]}]}
        """

    /// An empty configuration, and a state directory with what `fill` puts there.
    private func withPlace(
        _ fill: (Workplace) async throws -> Void, _ body: (Workplace) async throws -> Void
    ) async throws {
        let root = FileManager.default.temporaryDirectory.path + "/plumb-known-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: root) }
        let place = Workplace(configuration: root + "/fleet", state: root + "/fleet/.plumb", language: .english)
        try FileManager.default.createDirectory(atPath: place.state, withIntermediateDirectories: true)
        try await fill(place)
        try await body(place)
    }

    private func record(_ place: Workplace) async throws {
        let registry = try await FleetRegistry.open(at: Composition.registryPath(of: place))
        try await registry.upsert(Samples.record("web-01", 100), at: Samples.noon)
        try await registry.close()
    }

    private func keepState(_ place: Workplace) throws {
        let stack = StackDirectory(path: Composition.stacksPath(of: place) + "/lab/main")
        try stack.makeIfMissing()
        try Data(Self.state.utf8).write(to: URL(filePath: stack.path + "/terraform.tfstate"))
    }

    private func remarks(_ place: Workplace) async throws -> [Sentence] {
        try await LoadedPlace(place).besideRegistry(place).report.remarks.map(\.sentence)
    }

    @Test("Nothing is known: a first configuration is the advice")
    func nothing() async throws {
        try await withPlace({ _ in }) { place in
            #expect(try await remarks(place) == [Sentence("file.none")])
            #expect(try await KnownServers.undeclared(in: place) == [])
            let said = try await LoadedPlace(place).sentenceOnNoDocuments(place)
            #expect(said == Sentence("cli.wrongDirectory", place.configuration, place.state))
        }
    }

    @Test("The registry knows a server: the documents are to be brought back")
    func registry() async throws {
        try await withPlace(record) { place in
            let sentence = Sentence("edge.documentsLost", "1", place.configuration, place.state)
            #expect(try await remarks(place) == [sentence])
            let loaded = try await LoadedPlace(place).besideRegistry(place)
            #expect(loaded.report.hasErrors && loaded.report.files == 0)
            #expect(loaded.report.remarks.first?.rendering.contains("git checkout") == true)
            #expect(try await KnownServers.undeclared(in: place) == ["web-01"])
        }
    }

    @Test("Only a state knows one: that is no directory to begin anew in")
    func states() async throws {
        try await withPlace(keepState) { place in
            #expect(try await KnownServers.names(in: place) == ["web-02"])
            let said = try await LoadedPlace(place).sentenceOnNoDocuments(place)
            #expect(said == Sentence("edge.documentsLost", "1", place.configuration, place.state))
        }
    }

    @Test("What is declared is not missing")
    func declared() async throws {
        try await withPlace(record) { place in
            try """
            apiVersion: plumb/v1
            kind: Cluster
            metadata: {name: lab}
            spec:
              simulated: {nodes: [pve1], templates: [{name: debian-12, vmid: 9000}]}
              defaults: {node: pve1, datastore: local-lvm, bridge: vmbr0, template: debian-12}
            ---
            apiVersion: plumb/v1
            kind: Server
            metadata: {name: WEB-01}
            spec: {cluster: lab}
            """.write(toFile: place.configuration + "/web.yaml", atomically: true, encoding: .utf8)
            #expect(try await KnownServers.undeclared(in: place) == [])
        }
    }

    @Test("init writes nothing beside records of servers that no document declares")
    func refused() async throws {
        try await withPlace(record) { place in
            let command = try #require(
                try PlumbCommand.parseAsRoot(["init", "--config", place.configuration]) as? InitCommand)
            let isRefused = await Wiring.$current.withValue(Composition.wiring) {
                do {
                    try await command.run()
                    return false
                } catch {
                    return (error as? ExitCode)?.rawValue == CLI.ExitStatus.failure.rawValue
                }
            }
            #expect(isRefused)
            #expect(!FileManager.default.fileExists(atPath: place.configuration + "/cluster.yaml"))
        }
    }
}
