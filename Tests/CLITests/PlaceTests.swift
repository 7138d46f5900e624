import Foundation
import Loading
import Model
import Reconciliation
import Testing

@testable import CLI

/// What only the machine knows: its time zones, and what git is doing to the files.
@Suite("Time zones, work trees and authors")
struct PlaceTests {
    private func directory() throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/plumb-place-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private func workplace(_ directory: String, state: String? = nil) -> Workplace {
        Workplace(configuration: directory, state: state ?? directory + "/.plumb", language: .english)
    }

    private static let policy = """
        apiVersion: plumb/v1
        kind: Policy
        metadata: {name: nights}
        spec:
          windows: [{cron: 0 2 * * *, duration: 2h, timezone: ZONE}]
        """

    @discardableResult
    private func git(_ arguments: [String], in directory: String) throws -> String {
        try #require(LoadedPlace.git(arguments, in: directory), "git \(arguments)")
    }

    private func commit(_ text: String, as author: String, in directory: String) throws {
        try text.write(toFile: directory + "/policy.yaml", atomically: true, encoding: .utf8)
        try git(["add", "policy.yaml"], in: directory)
        let name = author.split(separator: " ")[0]
        try git(
            [
                "-c", "user.name=Merger", "-c", "user.email=merger@example.org", "commit", "-q", "-m", "change",
                "--author=\(author) <\(name.lowercased())@example.org>",
            ], in: directory)
    }

    @Test("The clock of Berlin changes when the European Union says so")
    func berlin() throws {
        let now = Timestamp(seconds: 1_773_000_000)
        let zones = ZoneBook.offsets(of: ["Europe/Berlin", "UTC", "Mars/Base", "europe/berlin", "GMT+3"], around: now)
        #expect(Set(zones.keys) == ["Europe/Berlin", "UTC"])
        let berlin = try #require(zones["Europe/Berlin"])
        #expect(berlin.initial == 3600)
        #expect(
            berlin.changes.prefix(2).map { $0 } == [
                .init(at: Timestamp(seconds: 1_774_746_000), offset: 7200),
                .init(at: Timestamp(seconds: 1_792_890_000), offset: 3600),
            ])
        #expect(zones["UTC"] == .utc)
    }

    @Test(
        "Every name that the database has for a zone is one, whichever of them Foundation lists",
        arguments: [
            "UTC", "Asia/Kolkata", "Asia/Calcutta", "US/Eastern", "Etc/UTC", "Europe/Kyiv", "America/Indiana/Knox",
        ])
    func namesOfZones(_ name: String) {
        #expect(ZoneBook.isKnown(name))
        #expect(ZoneBook.offsets(of: [name], around: Timestamp(seconds: 1_773_000_000))[name] != nil)
    }

    @Test("Two names of one zone have one clock")
    func twoNames() {
        let now = Timestamp(seconds: 1_773_000_000)
        func offsets(_ name: String) -> ZoneOffsets? { ZoneBook.offsets(of: [name], around: now)[name] }
        #expect(offsets("Asia/Kolkata")?.initial == 19_800)
        #expect(offsets("Asia/Kolkata") == offsets("Asia/Calcutta"))
        #expect(offsets("US/Eastern") == offsets("America/New_York"))
        #expect(offsets("Etc/UTC") == .utc)
    }

    @Test(
        "What is no name of a zone, or is one in another case, is none",
        arguments: [
            "", "/", "Asia", "Asia/", "asia/kolkata", "ASIA/KOLKATA", "us/eastern", "utc", "GMT+5", "GMT+0530", "UTC+2",
            "PDT", "Mars/Base", "../zoneinfo/Asia/Kolkata", "Asia/../Asia/Kolkata", "./Asia/Kolkata", "Asia//Kolkata",
            "/usr/share/zoneinfo/Asia/Kolkata", "zone.tab", "tzdata.zi", "posix/Asia/Kolkata", "right/Asia/Kolkata",
            "localtime", "posixrules", "Factory",
        ])
    func noNamesOfZones(_ name: String) { #expect(!ZoneBook.isKnown(name)) }

    @Test("A name whose file was left out is known from the text of the database")
    func givenUpNames() throws {
        let directory = try directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let text = "# version 2025b\nZ America/New_York -5 u E%sT\nL America/New_York US/Eastern\n"
        try text.write(toFile: directory + "/tzdata.zi", atomically: true, encoding: .utf8)
        try FileManager.default.createDirectory(atPath: directory + "/Asia", withIntermediateDirectories: true)
        for (name, head) in [("Kolkata", "TZif2"), ("README", "Zones")] {
            try head.write(toFile: directory + "/Asia/\(name)", atomically: true, encoding: .utf8)
        }
        let zones = ZoneFiles(root: directory)
        let asked = [
            "US/Eastern", "us/eastern", "US/Pacific", "L", "Asia", "Asia/Kolkata", "Asia/kolkata", "Asia/README",
        ]
        #expect(asked.filter(zones.has) == ["US/Eastern", "Asia/Kolkata"])
    }

    @Test("git takes nothing of the state directory, whoever made it; what somebody wrote there stays")
    func ignoredState() throws {
        let directory = try directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try git(["init", "-q"], in: directory)
        let state = directory + "/.plumb"
        StateDirectory.keepFromGit(state)
        try "token".write(toFile: state + "/key.pem", atomically: true, encoding: .utf8)
        #expect(try git(["status", "--porcelain"], in: directory).isEmpty)
        let mode = try FileManager.default.attributesOfItem(atPath: state)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o700)
        try "*\n!notes\n".write(toFile: state + "/.gitignore", atomically: true, encoding: .utf8)
        StateDirectory.keepFromGit(state)
        #expect(try String(contentsOfFile: state + "/.gitignore", encoding: .utf8) == "*\n!notes\n")
    }

    @Test("Two hundred mistakes at the end of a large file are placed and shown within a second")
    func placesAtTheEnd() throws {
        let directory = try directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let head = Data((Self.policy.replacing("ZONE", with: "UTC") + "\n").utf8)
        let padding = Data(String(repeating: "# nothing\n", count: 3_000_000).utf8)
        let mistakes = Data((0..<200).map { "  f\($0): a\n" }.joined().utf8)
        try (padding + head + mistakes).write(to: URL(filePath: directory + "/policy.yaml"))
        var time = timespec()
        func now() -> Duration {
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
        }
        let start = now()
        let remarks = try LoadedPlace(workplace(directory)).report.remarks
        #expect(now() - start < .seconds(1), "\(now() - start)")
        #expect(remarks.count == 200 && remarks.allSatisfy { $0.line > 3_000_000 })
    }

    @Test("Relative paths begin where the documents are; a program's name is none")
    func relativePaths() throws {
        let directory = try directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        func clusters(_ binary: String) throws -> [Cluster] {
            let text = """
                apiVersion: plumb/v1
                kind: Cluster
                metadata: {name: seoul}
                spec:
                  proxmox: {endpoint: "https://pve1:8006", tokenFrom: {env: TOKEN}, tls: {caFile: trust/ca.pem}}
                  terraform: {root: terraform/own, binary: \(binary)}
                """
            try text.write(toFile: directory + "/cluster.yaml", atomically: true, encoding: .utf8)
            return try LoadedPlace(workplace(directory)).configuration.desired.clusters
        }
        let cluster = try #require(try clusters("bin/tofu").first)
        #expect(cluster.terraform.root == directory + "/terraform/own")
        #expect(cluster.terraform.binary == directory + "/bin/tofu")
        guard case .proxmox(let endpoint) = cluster.source else {
            Issue.record("not a real one")
            return
        }
        #expect(endpoint.trust == .caFile(directory + "/trust/ca.pem"))
        #expect(try clusters("tofu").map(\.terraform.binary) == ["tofu"])
        #expect(try clusters("/usr/bin/tofu").map(\.terraform.binary) == ["/usr/bin/tofu"])
    }

    @Test("A time zone that nobody knows is found where it stands")
    func unknownZone() throws {
        let directory = try directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let text = Self.policy.replacing("ZONE", with: "Mars/Base")
        try text.write(toFile: directory + "/policy.yaml", atomically: true, encoding: .utf8)
        let remarks = try LoadedPlace(workplace(directory)).report.remarks
        #expect(remarks.map(\.sentence) == [Sentence("edge.unknownTimeZone", "Mars/Base")])
        #expect(remarks.map(\.line) == [5] && remarks.map(\.severity) == [.error])
    }

    @Test("Servers in documents that are left out are known, and are not declared")
    func leftOut() throws {
        let directory = try directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(atPath: directory + "/old", withIntermediateDirectories: true)
        let text = "apiVersion: plumb/v1\nkind: Server\nmetadata: {name: web-1}\nspec: {cluster: lab}\n"
        for (path, text) in [
            ("policy.yaml", Self.policy.replacing("ZONE", with: "UTC")), ("old/web.yaml", text),
            (".plumbignore", "old/"),
        ] {
            try text.write(toFile: directory + "/" + path, atomically: true, encoding: .utf8)
        }
        let desired = try LoadedPlace(workplace(directory)).configuration.desired
        #expect(desired.servers.isEmpty && desired.completeness == .complete)
        #expect(desired.leftOut.paths == ["web-1": "old/web.yaml"] && desired.leftOut.unread == nil)
    }

    @Test("While git changes the files nothing is taken for gone")
    func changingFiles() throws {
        let directory = try directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let text = Self.policy.replacing("ZONE", with: "UTC")
        try text.write(toFile: directory + "/policy.yaml", atomically: true, encoding: .utf8)
        try FileManager.default.createDirectory(atPath: directory + "/.git", withIntermediateDirectories: true)
        #expect(try LoadedPlace(workplace(directory)).configuration.desired.completeness == .complete)
        try Data().write(to: URL(filePath: directory + "/.git/index.lock"))
        let locked = try LoadedPlace(workplace(directory))
        #expect(locked.configuration.desired.completeness == .broken(.init(documents: ["git"], claims: [])))
        #expect(locked.report.remarks.map(\.sentence.code) == ["edge.filesChanging"])
        #expect(locked.configuration.desired.policies.count == 1)
    }

    @Test(
        "While a merge or its like stands unfinished nothing is taken for gone",
        arguments: [
            ("MERGE_HEAD", "merge"), ("rebase-merge", "rebase"), ("rebase-apply", "rebase"),
            ("rebase-apply/applying", "am"),
            ("CHERRY_PICK_HEAD", "cherry-pick"), ("REVERT_HEAD", "revert"),
        ])
    func unfinishedMerge(mark: String, verb: String) throws {
        let directory = try directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let text = Self.policy.replacing("ZONE", with: "UTC")
        try text.write(toFile: directory + "/policy.yaml", atomically: true, encoding: .utf8)
        let file = URL(filePath: directory + "/.git/" + mark)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: file)
        let loaded = try LoadedPlace(workplace(directory))
        #expect(loaded.configuration.desired.completeness == .broken(.init(documents: ["git"], claims: [])))
        #expect(loaded.report.remarks.map(\.sentence) == [Sentence("edge.filesHalfMerged", verb, directory)])
    }

    @Test("A directory below a configuration is a part of it, unless it has a registry or is left out")
    func partOfAnother() throws {
        let directory = try directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for path in [directory + "/.plumb", directory + "/servers/web"] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        let part = workplace(directory + "/servers")
        #expect(EnclosingConfiguration.path(above: part) == nil)
        try Data().write(to: URL(filePath: directory + "/.plumb/registry.sqlite"))
        // Nothing of the configuration above is in it.
        #expect(EnclosingConfiguration.path(above: part) == nil)
        try Self.policy.write(toFile: directory + "/servers/web/policy.yaml", atomically: true, encoding: .utf8)
        #expect(EnclosingConfiguration.path(above: part) == directory)
        #expect(EnclosingConfiguration.path(above: workplace(directory)) == nil)
        try "servers".write(toFile: directory + "/.plumbignore", atomically: true, encoding: .utf8)
        #expect(EnclosingConfiguration.path(above: part) == nil)
    }

    @Test("Who asked are the authors since a commit, and who plans what is not committed; not who merged")
    func authors() throws {
        let directory = try directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        #expect(CommitAuthors.askers(in: directory, since: nil, person: "Kim").planner == "kim")
        let nobody = CommitAuthors.askers(in: directory, since: nil, person: "daemon")
        #expect(nobody == Askers(people: [], knowledge: .none))
        try git(["init", "-q"], in: directory)
        try commit(Self.policy.replacing("ZONE", with: "UTC"), as: "Ann Lee", in: directory)
        let first = CommitAuthors.askers(in: directory, since: nil, person: "kim")
        #expect(first.people == ["ann", "ann lee", "ann@example.org"] && first.knowledge == .authors)
        let head = try #require(first.commit)
        try commit(Self.policy.replacing("ZONE", with: "Asia/Seoul"), as: "Bob", in: directory)
        let second = CommitAuthors.askers(in: directory, since: head, person: "kim")
        #expect(second.people == ["bob", "bob@example.org"])
        #expect(CommitAuthors.askers(in: directory, since: second.commit, person: "kim").people == [])
        try "changed".write(toFile: directory + "/policy.yaml", atomically: true, encoding: .utf8)
        let dirty = CommitAuthors.askers(in: directory, since: second.commit, person: "kim")
        #expect(dirty == Askers(people: [], planner: "kim", knowledge: .witnesses))
        // What is no YAML declares nothing.
        try git(["checkout", "-q", "--", "."], in: directory)
        try "later".write(toFile: directory + "/notes.txt", atomically: true, encoding: .utf8)
        #expect(CommitAuthors.askers(in: directory, since: head, person: "daemon").knowledge == .authors)
        // What git ignores is read all the same, and is nobody's commit.
        try "secret.yaml\n.plumb/\n".write(toFile: directory + "/.git/info/exclude", atomically: true, encoding: .utf8)
        try FileManager.default.createDirectory(atPath: directory + "/.plumb", withIntermediateDirectories: true)
        try "own".write(toFile: directory + "/.plumb/own.yaml", atomically: true, encoding: .utf8)
        #expect(CommitAuthors.askers(in: directory, since: head, person: "daemon").knowledge == .authors)
        try "hidden".write(toFile: directory + "/secret.yaml", atomically: true, encoding: .utf8)
        #expect(CommitAuthors.askers(in: directory, since: head, person: "daemon").knowledge == .none)
        #expect(CommitAuthors.askers(in: directory, since: head, person: "kim").planner == "kim")
        try FileManager.default.removeItem(atPath: directory + "/secret.yaml")
        // A history that was rewritten: the commit is not in it any more.
        let strange = CommitAuthors.askers(in: directory, since: String(repeating: "0", count: 40), person: "kim")
        #expect(Set(strange.people).isSuperset(of: ["ann", "bob"]) && strange.planner == nil)
        #expect(strange.knowledge == .none)
    }

    /// A repository with a file `policy.yaml` and a folder `servers` of one, all committed by Ann.
    private func repository() throws -> String {
        let directory = try directory()
        try git(["init", "-q"], in: directory)
        try FileManager.default.createDirectory(atPath: directory + "/servers", withIntermediateDirectories: true)
        try "a: 1\n".write(toFile: directory + "/servers/web 1.yaml", atomically: true, encoding: .utf8)
        try git(["add", "."], in: directory)
        try commit(Self.policy.replacing("ZONE", with: "UTC"), as: "Ann Lee", in: directory)
        return directory
    }

    @Test("The daemon knows of a removal that nobody committed that somebody asked for it, and not who")
    func uncommittedRemoval() throws {
        let directory = try repository()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let head = try git(["rev-parse", "HEAD"], in: directory)
        try FileManager.default.removeItem(atPath: directory + "/servers/web 1.yaml")
        let asked = CommitAuthors.askers(in: directory + "/servers", since: head, person: "daemon")
        #expect(asked == Askers(people: [], knowledge: .none))
        let kim = CommitAuthors.askers(in: directory + "/servers", since: head, person: "kim")
        #expect(kim == Askers(people: [], planner: "kim", knowledge: .witnesses))
    }

    @Test("Whoever owns a file that nobody committed asked for it", .enabled(if: geteuid() == 0))
    func owners() throws {
        let directory = try repository()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let head = try git(["rev-parse", "HEAD"], in: directory)
        let file = directory + "/servers/web 1.yaml"
        try "a: 2\n".write(toFile: file, atomically: true, encoding: .utf8)
        // By the daemon's own account, which writes for anybody.
        #expect(CommitAuthors.askers(in: directory, since: head, person: "daemon").knowledge == .none)
        try #require(chown(file, 2, 2) == 0)
        let owner = try #require(
            try FileManager.default.attributesOfItem(atPath: file)[.ownerAccountName] as? String)
        let asked = CommitAuthors.askers(in: directory, since: head, person: "daemon")
        #expect(asked == Askers(people: [owner], knowledge: .witnesses))
    }

    @Test("Git that fails is not the same as no repository, and is said where a policy needs it")
    func failingGit() throws {
        let directory = try directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        #expect(GitHead(of: directory) == .outside)
        let text = """
            apiVersion: plumb/v1
            kind: Policy
            metadata: {name: others}
            spec: {approvals: {preventSelf: true}}
            """
        try text.write(toFile: directory + "/policy.yaml", atomically: true, encoding: .utf8)
        #expect(try LoadedPlace(workplace(directory)).report.remarks.isEmpty)
        try git(["init", "-q"], in: directory)
        #expect(GitHead(of: directory) == .unborn)
        #expect(try LoadedPlace(workplace(directory)).report.remarks.isEmpty)
        try Data("nonsense".utf8).write(to: URL(filePath: directory + "/.git/HEAD"))
        guard case .failed(let words) = GitHead(of: directory) else {
            Issue.record("\(GitHead(of: directory))")
            return
        }
        #expect(!words.isEmpty)
        // Whoever plans need not be who committed.
        #expect(
            CommitAuthors.askers(in: directory, since: nil, person: "Kim")
                == Askers(people: [], knowledge: .none))
        let remarks = try LoadedPlace(workplace(directory)).report.remarks
        #expect(remarks.map(\.sentence) == [Sentence("edge.gitFailed", directory, words)])
        #expect(remarks.map(\.severity) == [.warning])
    }

    @Test("Git refuses the repository of another account, which is no lack of one", .enabled(if: geteuid() == 0))
    func dubiousOwnership() throws {
        let directory = try repository()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for path in [directory, directory + "/.git"] { try #require(chown(path, 2, 2) == 0) }
        guard case .failed(let words) = GitHead(of: directory) else {
            Issue.record("\(GitHead(of: directory))")
            return
        }
        #expect(words.contains("dubious ownership"))
        #expect(CommitAuthors.askers(in: directory, since: nil, person: "ann").knowledge == .none)
    }

    @Test("Git takes no lock of the operator's repository and writes nothing there")
    func noLocks() throws {
        let directory = try repository()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        // Another moment and the same text: `git status` would write the index anew to know it.
        let file = directory + "/policy.yaml"
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)], ofItemAtPath: file)
        let index = directory + "/.git/index"
        let before = try Data(contentsOf: URL(filePath: index))
        #expect(CommitAuthors.askers(in: directory, since: nil, person: "daemon").knowledge == .authors)
        #expect(try LoadedPlace(workplace(directory)).report.commit?.hasSuffix("+") == false)
        #expect(try Data(contentsOf: URL(filePath: index)) == before)
    }

    @Test("A state directory with other people's files is left to git as it is")
    func othersDirectory() throws {
        let directory = try directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try "mine".write(toFile: directory + "/README.md", atomically: true, encoding: .utf8)
        StateDirectory.keepFromGit(directory)
        #expect(!FileManager.default.fileExists(atPath: directory + "/.gitignore"))
        try Data().write(to: URL(filePath: Composition.registryPath(of: workplace(directory, state: directory))))
        StateDirectory.keepFromGit(directory)
        #expect(FileManager.default.fileExists(atPath: directory + "/.gitignore"))
    }
}
