import ArgumentParser
import Foundation
import Model
import Synchronization
import Testing

@testable import CLI

@Suite("A directory that is a part of another configuration")
struct PartOfAnotherTests {
    private static let cluster = """
        apiVersion: plumb/v1
        kind: Cluster
        metadata: {name: lab}
        spec:
          simulated: {nodes: [pve1], templates: [{name: debian-12, vmid: 9000}]}
          defaults: {node: pve1, datastore: local-lvm, bridge: vmbr0, template: debian-12}
        """

    /// `lab` below a directory that has a registry.
    private func withPart(_ body: (_ part: Workplace, _ above: String) async throws -> Void) async throws {
        let above = FileManager.default.temporaryDirectory.path + "/plumb-part-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: above) }
        for path in [above + "/.plumb", above + "/lab"] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        try Data().write(to: URL(filePath: above + "/.plumb/registry.sqlite"))
        try Self.cluster.write(toFile: above + "/lab/cluster.yaml", atomically: true, encoding: .utf8)
        try await body(
            Workplace(configuration: above + "/lab", state: above + "/lab/.plumb", language: .english), above)
    }

    @Test(
        "Every verb that would make files there is refused alike, and makes none",
        arguments: [
            ["plan"], ["apply", "--yes"], ["status"], ["drift"], ["audit"], ["recover"], ["history"], ["doctor"],
            ["simulate"], ["init"], ["terraform", "lab/main", "--", "state", "list"],
            ["import", "live", "--write", "live.yaml"],
        ])
    func refused(words: [String]) async throws {
        try await withPart { part, above in
            let end = try await ending(of: words, in: part)
            #expect(end.code == 1)
            let sentence = Sentence("edge.insideAnother", part.configuration, above)
            #expect(end.aside.contains(Catalogue.paragraph(of: sentence, in: .english)))
            let files = try FileManager.default.contentsOfDirectory(atPath: part.configuration)
            #expect(files == ["cluster.yaml"])
        }
    }

    @Test("Nothing is rehearsed there, and no room made for it")
    func rehearsal() async throws {
        try await withPart { part, above in
            let refusal = Sentence("edge.insideAnother", part.configuration, above)
            await #expect(throws: CommandFailure(refusal)) {
                _ = try await Composition.wiring.rehearse(part, "kim", RehearsalRequest(), { _ in })
            }
            #expect(!FileManager.default.fileExists(atPath: part.state))
        }
    }

    @Test("A daemon takes no lock there, and may later where the directory was left out")
    func daemon() async throws {
        try await withPart { part, above in
            let solitude = Solitude(place: part, wiring: Composition.wiring)
            try await solitude.ensure()
            #expect(!FileManager.default.fileExists(atPath: part.state))
            try "lab".write(toFile: above + "/.plumbignore", atomically: true, encoding: .utf8)
            try await solitude.ensure()
            #expect(FileManager.default.fileExists(atPath: part.state + "/daemon.lock"))
            solitude.end()
        }
    }

    @Test("Terraform is run by hand in no directory without documents, which would get a registry by that")
    func withoutDocuments() async throws {
        try await withPart { part, _ in
            try FileManager.default.removeItem(atPath: part.configuration + "/cluster.yaml")
            let refusal = Sentence("cli.wrongDirectory", part.configuration, part.state)
            await #expect(throws: CommandFailure(refusal)) {
                _ = try await HandRun(place: part).run(["state", "list"], inStack: "lab/main")
            }
            #expect(!FileManager.default.fileExists(atPath: part.state))
        }
    }

    /// How a command ended in this process, with the program as it is.
    private func ending(of words: [String], in place: Workplace) async throws -> (code: Int32, aside: String) {
        let aside = Mutex("")
        let split = words.firstIndex(of: "--") ?? words.endIndex
        let arguments = Array(words[..<split]) + ["--config", place.configuration] + Array(words[split...])
        var command = try #require(try PlumbCommand.parseAsRoot(arguments) as? any AsyncParsableCommand)
        var code: Int32 = 0
        try await Listening.$current.withValue({ _ in
            Console(
                language: .english, format: .text, result: { _ in }, aside: { text in aside.withLock { $0 += text } })
        }) {
            try await Wiring.$current.withValue(Composition.wiring) {
                do { try await command.run() } catch let exit as ExitCode { code = exit.rawValue }
            }
        }
        return (code, aside.withLock { $0 })
    }
}
