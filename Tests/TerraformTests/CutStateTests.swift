import Foundation
import Model
import Synchronization
import Terraform
import Testing

/// Terraform empties its state's file and fills it; what a death in between leaves is mended with the lock held.
@Suite("A state that was cut off")
struct CutStateTests {
    /// What a Terraform leaves that is killed after it emptied the file, and while it filled it.
    enum Rest: CaseIterable { case nothing, half }

    @Test(arguments: Rest.allCases)
    func `a state that was cut off is its backup again, where no later one was seen`(rest: Rest) async throws {
        try await withStack { place in
            let (backup, whole) = try await grow(in: place)
            try cut(whole, to: rest, in: place)
            #expect(try place.directory.isStateCut())
            let notices = Notices()
            let stack = try await place.open(knowing: backup.stamp, notices)
            defer { stack.close() }
            #expect(read("terraform.tfstate", in: place) == backup.bytes)
            #expect(notices.codes == ["terraform.stateMended"])
            #expect(try stack.directory.readState()?.instances.compactMap { $0.server?.server } == ["a"])
            // A part of a state is kept: nobody knows what else it was.
            #expect(FileManager.default.fileExists(atPath: place("terraform.tfstate.1")) == (rest == .half))
        }
    }

    @Test func `it stays as it is where a later one was seen, another, or none`() async throws {
        try await withStack { place in
            let (backup, whole) = try await grow(in: place)
            try cut(whole, to: .nothing, in: place)
            let later = StateStamp(lineage: backup.stamp.lineage, serial: backup.stamp.serial + 1)
            let other = StateStamp(lineage: "another", serial: backup.stamp.serial)
            for known in [later, other, nil] {
                let notices = Notices()
                try await place.open(knowing: known, notices).close()
                #expect(read("terraform.tfstate", in: place) == [])
                #expect(notices.codes.isEmpty)
            }
        }
    }

    /// What keeps a part of a state where it is, although no whole one was ever seen in its stack.
    enum Objection: CaseIterable { case rows, backup, commandBackup, errored }

    /// Of a stack whose first apply was killed over a later writing.
    private func cutFirst(in place: TestStack) async throws -> [UInt8] {
        let stack = try await place.open()
        try stack.writeEntries(["a": TestStack.server(101)])
        let plan = try await stack.plan(targets: ["a"])
        let outcome = try await stack.apply(plan: plan.path, run: "1")
        stack.close()
        try #require(outcome.completed == ["a"])
        try #require(!FileManager.default.fileExists(atPath: place("terraform.tfstate.backup")))
        let whole = try #require(read("terraform.tfstate", in: place))
        try cut(whole, to: .half, in: place)
        return Array(whole.prefix(whole.count / 2))
    }

    @Test func `a part of a first state is set aside where nothing of its stack is on record`() async throws {
        try await withStack { place in
            let half = try await cutFirst(in: place)
            let notices = Notices()
            let stack = try await place.open(knowing: nil, isUnrecorded: true, notices)
            defer { stack.close() }
            #expect(notices.codes == ["terraform.cutStateAside"])
            #expect(read("terraform.tfstate.1", in: place) == half)
            #expect(try place.permissions("terraform.tfstate.1") == 0o600)
            #expect(try stack.observe().state == .present(.unwritten))
            // Nothing but that: what stands in tfvars the open batch decides about.
            #expect(try stack.observe().tfvars.entries["a"] != nil)
        }
    }

    @Test(arguments: Objection.allCases)
    func `it stays where its stack is on record, or something else could be its state`(
        objection: Objection
    ) async throws {
        try await withStack { place in
            let half = try await cutFirst(in: place)
            switch objection {
            case .rows: break
            case .backup: place.touch("terraform.tfstate.backup")
            case .commandBackup: place.touch("terraform.tfstate.1700000000.backup")
            case .errored: place.touch("errored.tfstate")
            }
            let notices = Notices()
            try await place.open(knowing: nil, isUnrecorded: objection != .rows, notices).close()
            #expect(read("terraform.tfstate", in: place) == half)
            #expect(notices.codes.isEmpty)
        }
    }

    @Test func `it stays where Terraform kept what it could not write, and a missing file is none that was cut off`()
        async throws
    {
        try await withStack { place in
            let (backup, whole) = try await grow(in: place)
            try cut(whole, to: .nothing, in: place)
            try Data(whole).write(to: URL(filePath: place("errored.tfstate")))
            try await place.open(knowing: backup.stamp, Notices()).close()
            #expect(read("terraform.tfstate", in: place) == [])
            for name in ["errored.tfstate", "terraform.tfstate"] {
                try FileManager.default.removeItem(atPath: place(name))
            }
            #expect(try !place.directory.isStateCut())
            try await place.open(knowing: backup.stamp, Notices()).close()
            #expect(read("terraform.tfstate", in: place) == nil)
        }
    }

    @Test func `the latest backup of a state command is taken where it is later than that of an apply`() async throws {
        try await withStack { place in
            _ = try await grow(in: place)
            let stack = try await place.open()
            let before = try #require(try stack.observe().state.value?.stamp)
            try await stack.removeFromState(["b"])
            stack.close()
            let after = try #require(read("terraform.tfstate", in: place))
            try cut(after, to: .nothing, in: place)
            try await place.open(knowing: before, Notices()).close()
            let mended = try #require(try place.directory.readState())
            #expect(mended.serial == before.serial)
            #expect(mended.instances.compactMap { $0.server?.server } == ["a", "b"])
        }
    }

    @Test func `a backup of writings that were given up is passed over, whatever its serial`() async throws {
        try await withStack { place in
            let (backup, whole) = try await grow(in: place)
            // Left by a state command before somebody put the state back to an earlier one, from which the apply came.
            let given = String(decoding: whole, as: UTF8.self)
                .replacing("\"serial\": \(try StateFile(parsing: whole).serial)", with: "\"serial\": 99")
            let name = "terraform.tfstate.1700000000.backup"
            try given.write(toFile: place(name), atomically: true, encoding: .utf8)
            try #require(try StateFile(parsing: Array(given.utf8)).serial == 99)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)], ofItemAtPath: place(name))
            try cut(whole, to: .nothing, in: place)
            try await place.open(knowing: backup.stamp, Notices()).close()
            #expect(read("terraform.tfstate", in: place) == backup.bytes)
        }
    }

    @Test func `it stays while a Terraform that somebody runs by hand holds its lock`() async throws {
        try await withStack { place in
            let (backup, whole) = try await grow(in: place)
            try cut(whole, to: .nothing, in: place)
            let holder = Process()
            holder.executableURL = URL(filePath: "/usr/bin/env")
            let hold = "f = open(sys.argv[1], 'r+'); fcntl.lockf(f, fcntl.LOCK_EX); print('held'); time.sleep(60)"
            holder.arguments = [
                "python3", "-u", "-c", "import fcntl, sys, time; " + hold, place("terraform.tfstate"),
            ]
            let output = Pipe()
            holder.standardOutput = output
            try holder.run()
            try #require(!output.fileHandleForReading.availableData.isEmpty)
            try await place.open(knowing: backup.stamp, Notices()).close()
            #expect(read("terraform.tfstate", in: place) == [])
            holder.terminate()
            holder.waitUntilExit()
            try await place.open(knowing: backup.stamp, Notices()).close()
            #expect(read("terraform.tfstate", in: place) == backup.bytes)
        }
    }

    @Test func `a first apply whose Terraform is killed over a later writing leaves no state, and the part beside it`()
        async throws
    {
        try await withStack { place in
            let binary = try await dyingTerraform(over: "echo '{\"version\": 4, \"ser' >terraform.tfstate", in: place)
            let runner = TerraformRunner(
                binary: binary, directory: place.directory, environment: TerraformEnvironment())
            let notices = Notices()
            let stack = try await LockedStack(
                TestStack.id, runner: runner, root: RootModule(files: TestStack.files), command: "test",
                waiting: .seconds(20), records: .knowing(nil, isUnrecorded: true, notices))
            defer { stack.close() }
            try stack.writeEntries(["a": TestStack.server(101)])
            let plan = try await stack.plan(targets: ["a"])
            _ = try await stack.apply(plan: plan.path, run: "1")
            #expect(try stack.observe().state == .present(.unwritten))
            #expect(notices.codes == ["terraform.cutStateAside"])
            #expect(FileManager.default.fileExists(atPath: place("terraform.tfstate.1")))
        }
    }

    @Test func `an apply whose Terraform is killed as it writes leaves the state from before`() async throws {
        try await withStack { place in
            _ = try await grow(in: place)
            let known = try #require(try place.directory.observe(TestStack.id).state.value?.stamp)
            let binary = try await dyingTerraform(over: ": >terraform.tfstate", in: place)
            let runner = TerraformRunner(
                binary: binary, directory: place.directory, environment: TerraformEnvironment())
            let notices = Notices()
            let stack = try await LockedStack(
                TestStack.id, runner: runner, root: RootModule(files: TestStack.files), command: "test",
                waiting: .seconds(20), records: .knowing(known, notices))
            defer { stack.close() }
            try stack.writeEntries(["c": TestStack.server(103)])
            let plan = try await stack.plan(targets: ["c"])
            _ = try await stack.apply(plan: plan.path, run: "3")
            let mended = try #require(try place.directory.readState())
            #expect(mended.serial == known.serial)
            #expect(mended.instances.compactMap { $0.server?.server } == ["a", "b"])
            #expect(notices.codes == ["terraform.stateMended"])
        }
    }

    /// One that does all of an apply, and dies over its last writing.
    private func dyingTerraform(over writing: String, in place: TestStack) async throws -> TerraformBinary {
        let real = try await TerraformBinary.find().path
        let script = """
            #!/bin/sh
            "\(real)" "$@"
            code=$?
            if [ "$1" = apply ]; then \(writing); kill -9 $$; fi
            exit $code
            """
        try ScriptFile.write(script, to: place.path + "/terraform")
        return try await TerraformBinary.find(configured: place.path + "/terraform")
    }

    private struct Backup {
        var bytes: [UInt8]
        var stamp: StateStamp
    }

    /// Makes servers `a` and `b`, one after the other.
    ///
    /// - Returns: the backup, in which `a` is alone, and the state.
    private func grow(in place: TestStack) async throws -> (Backup, [UInt8]) {
        let stack = try await place.open()
        defer { stack.close() }
        for (index, server) in (["a", "b"] as [ServerName]).enumerated() {
            try stack.writeEntries([server: TestStack.server(101 + index)])
            let plan = try await stack.plan(targets: [server])
            let outcome = try await stack.apply(plan: plan.path, run: "\(index + 1)")
            try #require(outcome.completed == [server])
        }
        let bytes = try #require(read("terraform.tfstate.backup", in: place))
        let file = try StateFile(parsing: bytes)
        let whole = try #require(read("terraform.tfstate", in: place))
        return (Backup(bytes: bytes, stamp: StateStamp(lineage: file.lineage, serial: file.serial)), whole)
    }

    private func cut(_ state: [UInt8], to rest: Rest, in place: TestStack) throws {
        let left =
            switch rest {
            case .nothing: Data()
            case .half: Data(state.prefix(state.count / 2))
            }
        // In its place, as Terraform does.
        let file = try FileHandle(forWritingTo: URL(filePath: place("terraform.tfstate")))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: left)
        try file.close()
    }

    private func read(_ name: String, in place: TestStack) -> [UInt8]? {
        FileManager.default.contents(atPath: place(name)).map { Array($0) }
    }
}

/// What a stack says beside what was asked for.
private final class Notices: Sendable {
    private let said = Mutex<[Sentence]>([])

    func add(_ sentence: Sentence) { said.withLock { $0.append(sentence) } }

    var codes: [SentenceCode] { said.withLock { $0.map(\.code) } }
}

extension StackRecords {
    /// - Parameters:
    ///   - known: the state that was last seen in the stack of these tests; of any other nothing is known.
    ///   - notices: gets what is written down.
    fileprivate static func knowing(
        _ known: StateStamp?, isUnrecorded: Bool = false, _ notices: Notices
    ) -> StackRecords {
        var records = StackRecords.nothing
        records.knownState = { stack in stack == TestStack.id ? known : nil }
        records.isUnrecorded = { stack in stack == TestStack.id && isUnrecorded }
        records.noteMended = { stack, sentence in
            #expect(stack == TestStack.id)
            notices.add(sentence)
        }
        return records
    }
}

extension TestStack {
    fileprivate func open(
        knowing known: StateStamp?, isUnrecorded: Bool = false, _ notices: Notices
    ) async throws -> LockedStack {
        try await open(records: .knowing(known, isUnrecorded: isUnrecorded, notices))
    }
}
