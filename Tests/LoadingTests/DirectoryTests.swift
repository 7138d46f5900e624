import Foundation
import Model
import Testing

@testable import Loading

@Suite("Configuration directories")
struct DirectoryTests {
    private func inDirectory(_ files: [String: String], _ body: (URL) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "loading-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        for (path, text) in files {
            let url = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        try body(root)
    }

    @Test("YAML files at any depth are read in the order of their paths; hidden and ignored ones are not")
    func files() throws {
        let files = [
            "b.yaml": "", "a/z.yml": "x", "a/deep/er/c.yaml": "", "notes.txt": "", ".hidden.yaml": "",
            ".git/d.yaml": "",
            ".plumbignore": "# not ours\nvendor/\n/top.yaml\n*.draft.yaml\n!keep.draft.yaml\na/**/skip.yaml\n",
            "vendor/e.yaml": "", "top.yaml": "", "a/top.yaml": "", "x.draft.yaml": "", "keep.draft.yaml": "",
            "a/b/c/skip.yaml": "", "a/skip.yaml": "",
        ]
        try inDirectory(files) { root in
            let found = try ConfigurationDirectory(root.path).files()
            #expect(found.map(\.path) == ["a/deep/er/c.yaml", "a/top.yaml", "a/z.yml", "b.yaml", "keep.draft.yaml"])
            #expect(found[2].bytes == Array("x".utf8))
        }
    }

    @Test("A loop of links ends, and a link to nothing is a diagnostic")
    func links() throws {
        try inDirectory(["a/one.yaml": ""]) { root in
            let manager = FileManager.default
            try manager.createSymbolicLink(atPath: root.appending(path: "a/loop").path, withDestinationPath: "..")
            try manager.createSymbolicLink(
                atPath: root.appending(path: "gone.yaml").path, withDestinationPath: "nowhere")
            let found = try ConfigurationDirectory(root.path).files()
            #expect(found.map(\.path) == ["a/one.yaml", "gone.yaml"])
            #expect(found[1].failure?.code == "file.unreadable")
            let loaded = ConfigurationLoader().load(found)
            #expect(loaded.diagnostics.map(\.sentence.code) == ["file.unreadable"])
            #expect(loaded.desired.completeness != .complete)
        }
    }

    @Test("A file beyond the limit is not read at all")
    func large() throws {
        try inDirectory(["large.yaml": String(repeating: "a", count: 2000)]) { root in
            var limits = YAMLLimits()
            limits.fileBytes = 1000
            let found = try ConfigurationDirectory(root.path, limits: limits).files()
            #expect(found.map(\.failure?.code) == ["yaml.tooLarge"])
            #expect(found.first?.bytes == [])
        }
    }

    @Test("A directory that is not there is said")
    func missing() {
        #expect(throws: ConfigurationDirectory.Failure.self) { try ConfigurationDirectory("/nowhere/at/all").files() }
    }

    @Test("Many stars in a pattern cost nothing")
    func stars() {
        let rules = IgnoreRules(Array((String(repeating: "*a", count: 200) + "b").utf8))
        let clock = ContinuousClock()
        let time = clock.measure { #expect(!rules.ignores(String(repeating: "a", count: 250), isDirectory: false)) }
        #expect(time < .seconds(1))
    }

    @Test(
        "Patterns mean what gitignore says",
        arguments: [
            ("*.yaml", "a/b.yaml", true), ("/b.yaml", "a/b.yaml", false), ("a/*.yaml", "a/b.yaml", true),
            ("a/*.yaml", "a/c/b.yaml", false), ("a/**", "a/c/b.yaml", true), ("**/b.yaml", "b.yaml", true),
            ("**/c/b.yaml", "a/c/b.yaml", true), ("b?yaml", "b.yaml", true), ("c/", "c", false), ("\\#x", "#x", true),
        ])
    func patterns(_ pattern: String, _ path: String, _ isIgnored: Bool) {
        #expect(IgnoreRules(Array(pattern.utf8)).ignores(path, isDirectory: false) == isIgnored)
    }
}
