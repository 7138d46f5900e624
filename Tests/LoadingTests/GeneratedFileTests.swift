import Foundation
import JSONArena
import Loading
import Model
import Testing

@Suite("Schemas and documentation from the declarations")
struct GeneratedFileTests {
    @Test("The repository holds what is generated", arguments: ConfigurationLoader.generatedFiles.map(\.path))
    func filesAreCurrent(_ path: String) throws {
        let file = try #require(ConfigurationLoader.generatedFiles.first { $0.path == path })
        #expect(try Repository.recorded(Repository.root.appending(path: path), new: file.text) == file.text)
    }

    @Test("Schemas are JSON, closed, and name the draft", arguments: Kind.allCases)
    func schemas(_ kind: Kind) throws {
        let schema = ConfigurationLoader.schema(of: kind)
        _ = try JSONDocument(parsing: schema.bytes(indent: 2))
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["properties"]?["kind"]?["const"] == .string(kind.rawValue))
        #expect(schema["properties"]?["spec"]?["additionalProperties"] == false)
    }

    @Test("A page does not offer a secret's reference that would be refused")
    func refusedSecrets() throws {
        for (kind, field) in [("Cluster", "tokenFrom"), ("Server", "passwordFrom"), ("DatabaseServer", "passwordFrom")]
        {
            let page = try #require(ConfigurationLoader.generatedFiles.first { $0.path == "docs/spec/\(kind).md" })
            let row = try #require(page.text.split(separator: "\n").first { $0.hasPrefix("| `\(field)` |") })
            let refused = "`{stored: NAME}` or `{vault: PATH#KEY}`: **not enforced yet, and refused**"
            #expect(row.contains("`{env: NAME}` or `{file: PATH}`; \(refused)"), "\(kind)")
        }
    }

    @Test("What is only recorded is not described as if something acted on it")
    func recordedFields() throws {
        let fields = [
            ("DatabaseServer", ["timeout", "probe", "active"]), ("SimulatedFleet", ["pace", "scenario", "clusterRef"]),
        ]
        for (kind, names) in fields {
            let page = try #require(ConfigurationLoader.generatedFiles.first { $0.path == "docs/spec/\(kind).md" })
            for name in names {
                let row = page.text.split(separator: "\n").first { $0.hasPrefix("| `\(name)` |") }
                #expect(row?.contains("recorded, nothing ") == true, "\(kind).\(name)")
            }
        }
    }

    @Test("The documentation's examples are read without a mistake")
    func examples() {
        let pages = ConfigurationLoader.generatedFiles.filter { $0.path.hasPrefix("docs/spec/") }
        #expect(pages.count == Kind.allCases.count)
        let files = pages.map { page in
            let parts = page.text.components(separatedBy: "```")
            return SourceFile(path: page.path, text: String(parts.count > 1 ? parts[1].dropFirst(5) : ""))
        }
        let loaded = ConfigurationLoader().load(files)
        #expect(loaded.diagnostics == [])
        #expect(
            loaded.desired.servers.map(\.name.text) == ["web-01", "worker-01", "worker-02", "worker-03", "worker-04"])
    }

    @Test("The repository's example configurations have no mistakes")
    func exampleConfigurations() throws {
        let examples = Repository.root.appending(path: "examples")
        let names = try FileManager.default.contentsOfDirectory(atPath: examples.path).sorted()
        let loaded = try names.map { name in
            ConfigurationLoader().load(try ConfigurationDirectory(examples.appending(path: name).path).files())
        }
        #expect(loaded.contains { !$0.desired.servers.isEmpty })
        for (name, configuration) in zip(names, loaded) {
            #expect(configuration.diagnostics == [], "\(name)")
        }
    }
}
