import Foundation
import Loading
import Model
import Testing

@testable import CLI

@Suite("The starter configuration and the examples")
struct StarterTests {
    private func load(_ files: [(name: String, text: String)]) -> LoadedConfiguration {
        ConfigurationLoader().load(
            files.filter { $0.name.hasSuffix(".yaml") }.map { SourceFile(path: $0.name, text: $0.text) })
    }

    @Test("What init writes is read without a word")
    func starter() {
        let loaded = load(Starter.files)
        #expect(loaded.diagnostics.map(\.sentence) == [])
        #expect(loaded.desired.servers.map(\.name.text) == ["db-01", "web-01", "web-02", "web-03"])
    }

    @Test("init writes all its files, and never over others")
    func writing() throws {
        let directory = NSTemporaryDirectory() + "plumb-init-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        #expect(try Starter.write(into: directory) == Starter.files.map(\.name))
        let failure = CommandFailure(Sentence("cli.wouldOverwrite", directory + "/cluster.yaml"))
        #expect(throws: failure) { try Starter.write(into: directory) }
    }

    @Test("So is every example", arguments: ["quickstart", "two-stacks"])
    func example(name: String) throws {
        let directory = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../examples/\(name)").standardizedFileURL
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        let files = try names.map {
            (name: $0, text: try String(contentsOf: directory.appending(path: $0), encoding: .utf8))
        }
        let loaded = load(files)
        #expect(loaded.diagnostics.map(\.sentence) == [])
        #expect(loaded.desired.clusters.count == 1 && !loaded.desired.servers.isEmpty)
    }
}
