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

    @Test("What is left out is not read, under whichever name it lies there")
    func leftOut() throws {
        try inDirectory(["a.yaml": "", "state/stacks/lab/b.yaml": "", "other/c.yaml": ""]) { root in
            let link = root.appending(path: "own")
            try FileManager.default.createSymbolicLink(
                atPath: link.path, withDestinationPath: root.appending(path: "state").path)
            for name in ["state", "own"] {
                let state = root.appending(path: name).path
                #expect(
                    try ConfigurationDirectory(root.path, leavingOut: state).files().map(\.path)
                        == ["a.yaml", "other/c.yaml"])
            }
            #expect(try ConfigurationDirectory(root.path, leavingOut: "/nowhere").files().count == 3)
        }
    }

    @Test("A loop of links ends, and a link to nothing is a diagnostic")
    func links() throws {
        try inDirectory(["a/one.yaml": "# nothing yet\n"]) { root in
            let manager = FileManager.default
            try manager.createSymbolicLink(atPath: root.appending(path: "a/loop").path, withDestinationPath: "..")
            try manager.createSymbolicLink(
                atPath: root.appending(path: "gone.yaml").path, withDestinationPath: "nowhere")
            let found = try ConfigurationDirectory(root.path).files()
            #expect(found.map(\.path) == ["a/one.yaml", "gone.yaml"])
            #expect(found[1].failure?.code == "file.linkLost")
            let loaded = ConfigurationLoader().load(found)
            #expect(loaded.diagnostics.map(\.sentence.code) == ["file.linkLost"])
            #expect(loaded.desired.completeness != .complete)
        }
    }

    private func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

    @Test("A link that leads nowhere holds back removals whatever its name, unless it is hidden or ignored")
    func lostLinks() throws {
        let files = ["a.yaml": "#", "b/c.yaml": "#", ".plumbignore": "ignored\nfolder/\nx.yaml/\n"]
        try inDirectory(files) { root in
            let manager = FileManager.default
            for (link, target) in [
                ("servers", "releases/42"), ("mount", "/nowhere/at/all"), ("one", "other"), ("other", "one"),
                ("b/up", "../nowhere"), ("x.yaml", "nowhere"), ("ignored", "nowhere"), ("folder", "nowhere"),
                (".hidden", "nowhere"),
            ] {
                try manager.createSymbolicLink(atPath: root.appending(path: link).path, withDestinationPath: target)
            }
            let found = try ConfigurationDirectory(root.path).files()
            let lost = found.filter { $0.failure != nil }
            #expect(found.count == lost.count + 2)
            #expect(lost.map(\.path) == ["b/up", "mount", "one", "other", "servers", "x.yaml"])
            #expect(lost.allSatisfy { $0.failure?.code == "file.linkLost" })
            let (gone, loop) = (reason(ENOENT), reason(ELOOP))
            #expect(
                lost.compactMap(\.failure?.arguments) == [
                    ["../nowhere", gone], ["/nowhere/at/all", gone], ["other", loop], ["one", loop],
                    ["releases/42", gone], ["nowhere", gone],
                ])
            #expect(ConfigurationLoader().load(found).desired.completeness != .complete)
            // The release is there again, and is read.
            for link in ["mount", "one", "other", "b/up", "x.yaml"] {
                try manager.removeItem(atPath: root.appending(path: link).path)
            }
            try manager.createDirectory(
                at: root.appending(path: "releases/42"), withIntermediateDirectories: true)
            try Data("#".utf8).write(to: root.appending(path: "releases/42/d.yaml"))
            let again = try ConfigurationDirectory(root.path).files()
            #expect(again.count == 3)
            #expect(ConfigurationLoader().load(again).desired.completeness == .complete)
        }
    }

    @Test("A directory with nothing in it may be the place of a mount: it is named until a file is in it")
    func emptyDirectories() throws {
        let files = ["a.yaml": "#", "kept/.gitkeep": "", ".plumbignore": "ignored/\n"]
        try inDirectory(files) { root in
            let manager = FileManager.default
            for name in ["mounts/web", "ignored", ".hidden", "lost+found"] {
                try manager.createDirectory(at: root.appending(path: name), withIntermediateDirectories: true)
            }
            let found = try ConfigurationDirectory(root.path).listing()
            #expect(found.files.map(\.path) == ["a.yaml"] && found.empty == "mounts/web")
            #expect(ConfigurationLoader().load(found.files).desired.completeness == .complete)
            try Data("web-1 is gone".utf8).write(to: root.appending(path: "mounts/web/README"))
            #expect(try ConfigurationDirectory(root.path).listing().empty == nil)
        }
    }

    @Test("A directory that may not be read, or be listed only, holds back removals", .enabled(if: geteuid() != 0))
    func closedDirectories() throws {
        try inDirectory(["a.yaml": "#", "closed/b.yaml": "#", "listed/deep/c.yaml": "#"]) { root in
            let names = ["closed", "listed"].map { root.appending(path: $0).path }
            #expect(chmod(names[0], 0) == 0 && chmod(names[1], 0o600) == 0)
            defer { for name in names { chmod(name, 0o700) } }
            let found = try ConfigurationDirectory(root.path).files()
            #expect(found.map(\.path) == ["a.yaml", "closed", "listed"])
            #expect(found.compactMap(\.failure?.arguments) == [[reason(EACCES)], [reason(EACCES)]])
            #expect(ConfigurationLoader().load(found).desired.completeness != .complete)
        }
    }

    @Test("Rules that cannot be read are no rules to do without: nothing is read")
    func unreadableRules() throws {
        try inDirectory(["a.yaml": "#", "drafts/b.yaml": "#"]) { root in
            let path = root.appending(path: ".plumbignore").path
            func failure(_ code: Int32) -> ConfigurationDirectory.Failure {
                .init(sentence: Sentence("file.ignoreUnreadable", ["\(root.path)/.plumbignore", reason(code)]))
            }
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nowhere")
            #expect(throws: failure(ENOENT)) { try ConfigurationDirectory(root.path).files() }
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            #expect(throws: failure(EISDIR)) { try ConfigurationDirectory(root.path).files() }
            try FileManager.default.removeItem(atPath: path)
            #expect(try ConfigurationDirectory(root.path).files().count == 2)
        }
    }

    @Test("What the rules leave out is looked at beside the files, as far as there is room, and is none of them")
    func behindRules() throws {
        let files = [
            "a.yaml": "#", "b.draft.yaml": "draft", "old/c.yaml": "old", "old/deep/d.yml": "deep", "old/notes.txt": "x",
            "old/.hidden.yaml": "x", "old/shop/.plumb/registry.sqlite": "x", "old/shop/f.yaml": "x",
            "releases/42/e.yaml": "#", ".plumbignore": "/old/\n*.draft.yaml\n/releases/\n",
        ]
        try inDirectory(files) { root in
            try FileManager.default.createSymbolicLink(
                atPath: root.appending(path: "servers").path, withDestinationPath: "releases/42")
            let directory = ConfigurationDirectory(root.path, signOfAnother: ".plumb/registry.sqlite")
            let listing = try directory.listing()
            #expect(listing.files.map(\.path) == ["a.yaml", "servers/e.yaml"])
            #expect(listing.leftOut.map(\.path) == ["b.draft.yaml", "old/c.yaml", "old/deep/d.yml"])
            #expect(listing.leftOut.first?.bytes == Array("draft".utf8))
            #expect(listing.unread == nil && listing.beyond == nil)
            let short = try directory.listing(room: 2)
            #expect(short.files.map(\.path) == listing.files.map(\.path))
            #expect(short.beyond == "old" && short.leftOut.count < 3)
            #expect(try directory.files().map(\.path) == listing.files.map(\.path))
            try FileManager.default.removeItem(at: root.appending(path: ".plumbignore"))
            let all = try directory.listing()
            #expect(all.leftOut.isEmpty && all.unread == nil)
        }
    }

    @Test("Who names a lost link or an empty directory to the rules hides what nobody can look at")
    func unreadBehindRules() throws {
        let files = ["a.yaml": "#", "old/c.yaml": "old", ".plumbignore": "servers\nmounted/\nold/\n"]
        try inDirectory(files) { root in
            let manager = FileManager.default
            let directory = ConfigurationDirectory(root.path)
            // What other programs leave lying about within is none of it.
            try manager.createDirectory(at: root.appending(path: "old/empty"), withIntermediateDirectories: true)
            try manager.createSymbolicLink(
                atPath: root.appending(path: "old/lost").path, withDestinationPath: "nowhere")
            #expect(try directory.listing().unread == nil)
            let link = root.appending(path: "servers").path
            try manager.createSymbolicLink(atPath: link, withDestinationPath: "releases/42")
            let lost = try directory.listing()
            #expect(lost.unread == "servers" && lost.files.map(\.path) == ["a.yaml"])
            try manager.removeItem(atPath: link)
            try manager.createDirectory(at: root.appending(path: "mounted"), withIntermediateDirectories: true)
            let empty = try directory.listing()
            #expect(empty.unread == "mounted" && empty.files.map(\.path) == ["a.yaml"])
        }
    }

    @Test("A link that leaves the directory is not followed, and holds back removals; one inside of it is followed")
    func leavingLinks() throws {
        try inDirectory(["fleet/a.yaml": "", "fleet/.data/b.yaml": "", "other/c.yaml": "secret: hunter2\n"]) { root in
            let manager = FileManager.default
            let fleet = root.appending(path: "fleet")
            for (link, target) in [
                ("passwd.yaml", "/etc/passwd"), ("c.yaml", "../other/c.yaml"), ("more", "../other"),
                ("b.yaml", ".data/b.yaml"),
                ("ignored.yaml", "/etc/passwd"), ("notes.txt", "/etc/passwd"), ("chain.yaml", "c.yaml"),
            ] {
                try manager.createSymbolicLink(atPath: fleet.appending(path: link).path, withDestinationPath: target)
            }
            try Data("ignored.yaml\n".utf8).write(to: fleet.appending(path: ".plumbignore"))
            // The way to the directory may be a link itself.
            try manager.createSymbolicLink(atPath: root.appending(path: "current").path, withDestinationPath: "fleet")
            for directory in ["fleet", "current"] {
                let found = try ConfigurationDirectory(root.appending(path: directory).path).files()
                #expect(found.map(\.path) == ["a.yaml", "b.yaml", "c.yaml", "chain.yaml", "more", "passwd.yaml"])
                #expect(
                    found.filter { $0.failure != nil }.map(\.path) == ["c.yaml", "chain.yaml", "more", "passwd.yaml"])
                #expect(
                    found.allSatisfy {
                        $0.failure == nil || ($0.failure?.code == "file.linkOutside" && $0.bytes.isEmpty)
                    })
                #expect(ConfigurationLoader().load(found).desired.completeness != .complete)
            }
        }
    }

    @Test("A directory with a registry of its own is another configuration: an error, and nothing in it is read")
    func another() throws {
        let sign = ".plumb/registry.sqlite"
        let files = [
            "a.yaml": "#", "shop/b.yaml": "#", "shop/\(sign)": "x", "deep/er/c.yaml": "#", "deep/er/\(sign)": "x",
            "plain/.plumb/notes": "x", "plain/d.yaml": "#", sign: "x",
        ]
        try inDirectory(files) { root in
            let found = try ConfigurationDirectory(root.path, signOfAnother: sign).files()
            #expect(found.map(\.path) == ["a.yaml", "deep/er", "plain/d.yaml", "shop"])
            #expect(found.map(\.failure?.code) == [nil, "file.another", nil, "file.another"])
            let real = root.resolvingSymlinksInPath().path
            #expect(found.compactMap(\.failure?.arguments) == [["\(real)/deep/er"], ["\(real)/shop"]])
            #expect(ConfigurationLoader().load(found).desired.completeness != .complete)
            // Plumb's own files may lie in a directory below.
            let own = try ConfigurationDirectory(
                root.path, leavingOut: root.appending(path: "shop/.plumb").path, signOfAnother: sign
            ).files()
            #expect(own.map(\.path) == ["a.yaml", "deep/er", "plain/d.yaml", "shop/b.yaml"])
            #expect(try ConfigurationDirectory(root.path).files().allSatisfy { $0.failure == nil })
            try Data("shop/\n/deep\n".utf8).write(to: root.appending(path: ".plumbignore"))
            let rest = try ConfigurationDirectory(root.path, signOfAnother: sign).files()
            #expect(rest.map(\.path) == ["a.yaml", "plain/d.yaml"])
        }
    }

    @Test("A file that would not be read is known before it is written, with what keeps it from being read")
    func obstacles() throws {
        let sign = ".plumb/registry.sqlite"
        let files = [
            "a.yaml": "#", ".plumbignore": "# not ours\n\n/vendor/\n*.draft.yaml\n!keep.draft.yaml\n",
            "shop/\(sign)": "x", "state/notes": "x",
        ]
        try inDirectory(files) { root in
            try FileManager.default.createSymbolicLink(
                atPath: root.appending(path: "out").path, withDestinationPath: "/etc")
            #expect(mkfifo(root.appending(path: "pipe.yaml").path, 0o600) == 0)
            let directory = ConfigurationDirectory(
                root.path, leavingOut: root.appending(path: "state").path, signOfAnother: sign)
            for path in ["a.yaml", "new/er/b.yaml", "keep.draft.yaml", "deep/vendor/c.yaml"] {
                #expect(try directory.obstacle(to: path) == nil, "\(path)")
            }
            let vendor = ConfigurationDirectory.Obstacle.ignored(line: 3, text: "/vendor/")
            #expect(try directory.obstacle(to: "vendor/deep/c.yaml") == vendor)
            #expect(try directory.obstacle(to: "new/x.draft.yaml") == .ignored(line: 4, text: "*.draft.yaml"))
            #expect(try directory.obstacle(to: "out/c.yaml") == .elsewhere("/etc"))
            #expect(try directory.obstacle(to: "state/c.yaml") == .elsewhere("state"))
            #expect(try directory.obstacle(to: "shop/c.yaml") == .elsewhere("shop"))
            #expect(try directory.obstacle(to: "pipe.yaml") == .noFile)
            let rules = root.appending(path: ".plumbignore")
            try FileManager.default.removeItem(at: rules)
            try FileManager.default.createDirectory(at: rules, withIntermediateDirectories: false)
            #expect(throws: ConfigurationDirectory.Failure.self) { try directory.obstacle(to: "a.yaml") }
        }
    }

    @Test("A pipe in the place of a file is an error, and is not waited for")
    func pipes() throws {
        try inDirectory(["a.yaml": ""]) { root in
            #expect(mkfifo(root.appending(path: "servers.yaml").path, 0o600) == 0)
            #expect(mkfifo(root.appending(path: "notes").path, 0o600) == 0)
            let found = try ConfigurationDirectory(root.path).files()
            #expect(found.map(\.path) == ["a.yaml", "servers.yaml"])
            #expect(found[1].failure?.code == "file.notRegular")
            #expect(ConfigurationLoader().load(found).desired.completeness != .complete)
        }
    }

    @Test("A file whose ending is in capitals may hold servers: it is an error, and an ignored one is not")
    func capitals() throws {
        let files = ["a.yaml": "#", "b.YAML": "kind: Server", "c/d.Yml": "", "e.YML": "", ".plumbignore": "e.YML\n"]
        try inDirectory(files) { root in
            let found = try ConfigurationDirectory(root.path).files()
            #expect(found.map(\.path) == ["a.yaml", "b.YAML", "c/d.Yml"])
            #expect(found.map(\.failure?.code) == [nil, "file.nameCase", "file.nameCase"])
            #expect(found.compactMap(\.failure?.arguments) == [[".YAML"], [".Yml"]])
            #expect(ConfigurationLoader().load(found).desired.completeness != .complete)
        }
    }

    @Test("An empty file is no wish to remove what it declared; one with a comment, or a document of nothing, is")
    func emptyFiles() {
        for text in ["", "\n", " \r\n\t", "\u{FEFF}"] {
            let loaded = ConfigurationLoader().load([SourceFile(path: "a.yaml", text: text)])
            #expect(loaded.diagnostics.map(\.sentence.code) == ["file.empty"])
            #expect(loaded.desired.completeness != .complete)
        }
        for text in ["# nothing yet", "---\n", "\u{FEFF}# nothing yet\n"] {
            let loaded = ConfigurationLoader().load([SourceFile(path: "a.yaml", text: text)])
            #expect(loaded.diagnostics.isEmpty)
            #expect(loaded.desired.completeness == .complete)
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
