import Foundation
import Model
import Testing

@testable import CLI

/// Whose yes does not count under `preventSelf`, with the histories that git has in daily work.
@Suite("Who asked, by the history of a repository")
struct AskersTests {
    /// A repository of its own, which is gone at the end.
    private func withRepository(_ body: (Repository) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.path + "/plumb-askers-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path + "/main/fleet", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let repository = Repository(path: path + "/main")
        try repository.git("init", "-q", "-b", "main")
        try repository.write("web-1", "a: 1\n")
        try repository.write("web-2", "b: 1\n")
        try repository.commit(as: "Zoe")
        try body(repository)
    }

    private struct Repository {
        let path: String

        /// The directory with the configuration, which is a part of the repository.
        var fleet: String { path + "/fleet" }

        @discardableResult
        func git(_ arguments: String...) throws -> String {
            try #require(LoadedPlace.git(arguments, in: path), "git \(arguments)")
        }

        func write(_ name: String, _ text: String) throws {
            try text.write(toFile: fleet + "/\(name).yaml", atomically: true, encoding: .utf8)
        }

        func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: fleet + "/\(name).yaml") }

        /// - Parameter date: when; nil: now.
        func commit(as name: String, message: String = "change", at date: String? = nil) throws {
            try git("add", "-A")
            try run(as: name, ["commit", "-q", "--allow-empty", "-m", message], at: date)
        }

        /// Whatever makes commits.
        func run(as name: String, _ arguments: [String], at date: String? = nil) throws {
            let identity = ["-c", "user.name=\(name)", "-c", "user.email=\(name.lowercased())@example.org"]
            let dates = date.map { ["GIT_AUTHOR_DATE": $0, "GIT_COMMITTER_DATE": $0] } ?? [:]
            let running = RunningGit(identity + arguments, in: path, environment: dates)
            try #require(running?.answer != nil, "git \(arguments)")
        }

        var head: String {
            get throws { try git("rev-parse", "HEAD") }
        }

        /// What is known to somebody who planned last at that commit.
        func askers(since: String?) -> Askers { CommitAuthors.askers(in: fleet, since: since, person: "eve") }
    }

    private static func people(_ names: String...) -> [String] { names.flatMap { [$0, "\($0)@example.org"] }.sorted() }

    @Test("In a shallow clone nobody knows who wrote the commits that it left out")
    func shallow() throws {
        try withRepository { repository in
            let planned = try repository.head
            try repository.remove("web-1")
            try repository.commit(as: "Ann")
            try repository.write("web-2", "b: 2\n")
            try repository.commit(as: "Bob")
            #expect(repository.askers(since: planned).people == Self.people("ann", "bob"))
            let clone = Repository(path: repository.path + "-clone")
            try repository.git("clone", "-q", "--depth", "1", "file://" + repository.path, clone.path)
            let tip = try clone.head
            for since in [planned, nil, tip] {
                #expect(clone.askers(since: since).knowledge == .none)
            }
            #expect(clone.askers(since: planned).people == Self.people("bob"))
            // What nobody committed there does not bring the others into sight.
            try clone.write("web-2", "b: 3\n")
            #expect(clone.askers(since: planned).knowledge == .none)
            try clone.git("checkout", "-q", "--", ".")
            try clone.git("fetch", "-q", "--unshallow")
            let whole = clone.askers(since: planned)
            #expect(whole.people == Self.people("ann", "bob") && whole.knowledge == .authors)
        }
    }

    @Test("A shallow clone is spoken of where a policy needs its authors")
    func shallowIsSaid() throws {
        try withRepository { repository in
            try repository.remove("web-1")
            let text = """
                apiVersion: plumb/v1
                kind: Policy
                metadata: {name: others}
                spec: {approvals: {preventSelf: true}}
                """
            try repository.write("web-2", text)
            try repository.commit(as: "Ann")
            let clone = Repository(path: repository.path + "-clone")
            try repository.git("clone", "-q", "--depth", "1", "file://" + repository.path, clone.path)
            func remarks(in fleet: String) throws -> [Sentence] {
                let place = Workplace(configuration: fleet, state: fleet + "/.plumb", language: .english)
                return try LoadedPlace(place).report.remarks.map(\.sentence)
            }
            #expect(try remarks(in: repository.fleet) == [])
            #expect(try remarks(in: clone.fleet) == [Sentence("edge.gitShallow", clone.fleet)])
        }
    }

    @Test("Of a history that was rewritten nobody knows which commits are new, however old they are")
    func rewritten() throws {
        try withRepository { repository in
            let planned = try repository.head
            try repository.git("checkout", "-q", "--orphan", "clean")
            try repository.remove("web-1")
            try repository.commit(as: "Ann", at: "2020-01-02T03:04:05Z")
            try repository.write("web-2", "b: 2\n")
            try repository.commit(as: "Bob")
            let asked = repository.askers(since: planned)
            #expect(asked.knowledge == .none && asked.people == Self.people("bob"))
            let tip = try repository.head
            #expect(asked.commit == tip)
            // From a commit of the new history on all is known again.
            #expect(repository.askers(since: tip).knowledge == .authors)
        }
    }

    @Test("Who merges and drops what the other side did asked for that")
    func mergeThatDrops() throws {
        try withRepository { repository in
            try repository.git("checkout", "-q", "-b", "old")
            try repository.write("web-2", "b: 2\n")
            try repository.commit(as: "Carl")
            try repository.git("checkout", "-q", "main")
            try repository.write("web-3", "c: 1\n")
            try repository.commit(as: "Zoe")
            let planned = try repository.head
            try repository.git("checkout", "-q", "old")
            try repository.run(as: "Ann", ["merge", "-q", "-s", "ours", "-m", "merge", "main"])
            try repository.git("checkout", "-q", "main")
            try repository.git("merge", "-q", "--ff-only", "old")
            let asked = repository.askers(since: planned)
            #expect(asked.people == Self.people("ann", "carl") && asked.knowledge == .authors)
        }
    }

    @Test("Who merely merges may look at it, also where both sides changed one file; who ends a conflict may not")
    func mergeOfOthersWork() throws {
        try withRepository { repository in
            try repository.write("web-1", (1...9).map { "a\($0): 1\n" }.joined())
            try repository.commit(as: "Zoe")
            try repository.git("checkout", "-q", "-b", "topic")
            try repository.write("web-1", (1...9).map { "a\($0): \($0 == 1 ? 2 : 1)\n" }.joined())
            try repository.commit(as: "Bob")
            try repository.git("checkout", "-q", "main")
            try repository.write("web-1", (1...9).map { "a\($0): \($0 == 9 ? 2 : 1)\n" }.joined())
            try repository.commit(as: "Zoe")
            let planned = try repository.head
            try repository.run(as: "Ann", ["merge", "-q", "--no-ff", "-m", "merge", "topic"])
            let merged = try repository.git("count-objects")
            let version = try repository.git("--version").split(separator: " ")[2].split(separator: ".")
            // Before 2.38 git cannot say what it would have made of it.
            let isTold = (Int(version[0]) ?? 0, Int(version[1]) ?? 0) >= (2, 38)
            let people = isTold ? Self.people("bob") : Self.people("ann", "bob")
            #expect(repository.askers(since: planned).people == people)
            // Nothing was written to the repository for that.
            #expect(try repository.git("count-objects") == merged)
            // The same with another end.
            try repository.git("reset", "-q", "--hard", planned)
            try repository.run(as: "Ann", ["merge", "-q", "--no-ff", "--no-commit", "topic"])
            try repository.remove("web-2")
            try repository.commit(as: "Ann")
            #expect(repository.askers(since: planned).people == Self.people("ann", "bob"))
        }
    }

    @Test("Merges beside the configuration are nobody's request")
    func mergeElsewhere() throws {
        try withRepository { repository in
            try repository.git("checkout", "-q", "-b", "topic")
            try "1".write(toFile: repository.path + "/notes", atomically: true, encoding: .utf8)
            try repository.commit(as: "Bob")
            try repository.git("checkout", "-q", "main")
            try repository.write("web-2", "b: 2\n")
            try repository.commit(as: "Zoe")
            let planned = try repository.head
            try repository.run(as: "Ann", ["merge", "-q", "-s", "ours", "-m", "merge", "topic"])
            let merged = try repository.head
            #expect(repository.askers(since: planned) == Askers(people: [], commit: merged, knowledge: .authors))
        }
    }

    @Test(
        "Whoever a commit names as its co-author asked too",
        arguments: [
            "remove\n\nCo-authored-by: Bob Ray <bob@example.org>",
            "remove\n\nco-authored-by:Bob Ray<bob@example.org>\n\nend",
            "remove\r\n\r\nCo-Authored-By:  Bob  Ray <bob@example.org>\r\n",
        ])
    func coauthors(message: String) throws {
        try withRepository { repository in
            let planned = try repository.head
            try repository.remove("web-1")
            try repository.commit(as: "Ann", message: message)
            let asked = repository.askers(since: planned)
            #expect(asked.people == (Self.people("ann", "bob") + ["bob ray"]).sorted())
        }
    }

    @Test("Whoever runs a command goes by one name, however many blanks it was typed with")
    func person() {
        #expect(Person.named(in: ["PLUMB_USER": " Ann  Lee ", "USER": "root"]) == "Ann Lee")
        #expect(Person.named(in: ["PLUMB_USER": "  ", "SUDO_USER": "", "USER": "root"]) == "root")
        #expect(Person.named(in: [:]) == nil)
    }
}
