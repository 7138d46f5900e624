import Foundation
import Model
import Processes
import Terraform
import Testing

@Suite("A stack's directory")
struct StackDirectoryTests {
    @Test(arguments: ["", ".", "..", "../west", "a/b", ".hidden", "a\u{0}b", String(repeating: "x", count: 256)])
    func `a name that leads out of the cluster's directory is refused`(name: String) throws {
        let stack = StackID(cluster: "east", name: name)
        #expect(throws: TerraformFailure.stackName(stack)) { try StackDirectory(of: stack, below: "/state/stacks") }
        let good = try StackDirectory(of: StackID(cluster: "East", name: "prod~0"), below: "/state/stacks")
        #expect(good.path == "/state/stacks/east/prod~0")
    }

    @Test func `it is initialised once, and again when the root module changes`() async throws {
        try await withStack { place in
            let runner = try await place.runner()
            var root = RootModule(files: TestStack.files)
            root.files["old.tf"] = Array("locals { x = 1 }\n".utf8)
            try await place.directory.prepare(root, with: runner)
            let marker = place(".terraform/terraform.tfstate")
            let first = try #require(FileManager.default.contents(atPath: marker))
            try FileManager.default.removeItem(atPath: marker)
            try await place.directory.prepare(root, with: runner)
            #expect(!FileManager.default.fileExists(atPath: marker))
            root.files["old.tf"] = nil
            root.files["new.tf"] = Array("module \"more\" { source = \"./more\" }\n".utf8)
            root.files["more/main.tf"] = Array("output \"x\" { value = 1 }\n".utf8)
            try await place.directory.prepare(root, with: runner)
            #expect(FileManager.default.contents(atPath: marker) == first)
            #expect(!FileManager.default.fileExists(atPath: place("old.tf")))
            #expect(FileManager.default.fileExists(atPath: place("more/main.tf")))
            let plan = try await runner.plan(TerraformRunner.PlanRequest())
            #expect(!plan.changes.isErrored)
            runner.discard(plan.path)
        }
    }

    @Test func `what somebody changed in the root module by hand is put right, kept beside it and said once`()
        async throws
    {
        try await withStack { place in
            let runner = try await place.runner()
            let root = RootModule(files: TestStack.files)
            try await place.directory.prepare(root, with: runner)
            let byHand = ["locals { y = 1 }\n", "locals { y = 2 }\n"]
            var replaced: [StackDirectory.ReplacedFile] = []
            for text in byHand {
                for name in ["server/main.tf", "beside.tf"] { try write(text, to: name, in: place) }
                for _ in 1...2 {
                    try await place.directory.prepare(root, with: runner, replaced: { replaced.append($0) })
                }
            }
            #expect(read("server/main.tf", in: place) == TestStack.files["server/main.tf"])
            let file = place("server/main.tf")
            #expect(replaced.map(\.path) == [file, file])
            #expect(replaced.map(\.kept) == [file + ".replaced-1", file + ".replaced-2"])
            #expect(
                replaced.first?.sentence == Sentence("terraform.rootFileReplaced", file, file + ".replaced-1"))
            for (number, text) in zip(1..., byHand) {
                #expect(read("server/main.tf.replaced-\(number)", in: place) == Array(text.utf8))
            }
            // Terraform reads none of what was kept, so that it is in nobody's way.
            #expect(place.directory.foreignFiles == [place("beside.tf")])
        }
    }

    @Test func `a later root module takes the place of the earlier one, and only what a person wrote is kept`()
        async throws
    {
        try await withStack { place in
            let runner = try await place.runner()
            var root = RootModule(files: TestStack.files)
            for name in ["old.tf", "dropped.tf"] { root.files[name] = Array("locals {}\n".utf8) }
            try await place.directory.prepare(root, with: runner)
            var replaced: [StackDirectory.ReplacedFile] = []
            // This one breaks off when all its files are there.
            root.files["main.tf", default: []] += Array("resource {\n".utf8)
            do throws(TerraformFailure) {
                try await place.directory.prepare(root, with: runner, replaced: { replaced.append($0) })
                Issue.record("it was initialised")
            } catch {
                guard case .refused = error else { throw error }
            }
            root.files["main.tf"] = (TestStack.files["main.tf"] ?? []) + Array("# later\n".utf8)
            try await place.directory.prepare(root, with: runner, replaced: { replaced.append($0) })
            #expect(replaced.isEmpty)
            for name in ["main.tf", "dropped.tf"] { try write("# mine\n", to: name, in: place) }
            root = RootModule(files: TestStack.files)
            try await place.directory.prepare(root, with: runner, replaced: { replaced.append($0) })
            #expect(replaced.map(\.path) == ["dropped.tf", "main.tf"].map { place($0) })
            for name in ["old.tf", "dropped.tf"] { #expect(read(name, in: place) == nil) }
            #expect(read("main.tf", in: place) == TestStack.files["main.tf"])
        }
    }

    @Test func `where an earlier Plumb noted no single contents, only what is not its own is kept, and once`()
        async throws
    {
        try await withStack { place in
            let runner = try await place.runner()
            var root = RootModule(files: TestStack.files)
            try await place.directory.prepare(root, with: runner)
            var replaced: [StackDirectory.ReplacedFile] = []
            // Nobody changed anything: an upgrade is no news.
            try forgetContents(in: place)
            root.files["main.tf", default: []] += Array("# later\n".utf8)
            try await place.directory.prepare(root, with: runner, replaced: { replaced.append($0) })
            #expect(replaced.isEmpty)
            // Somebody did: which of them were the earlier Plumb's cannot be told then.
            try forgetContents(in: place)
            try write("# mine\n", to: "server/main.tf", in: place)
            root = RootModule(files: TestStack.files)
            for _ in 1...2 { try await place.directory.prepare(root, with: runner, replaced: { replaced.append($0) }) }
            #expect(replaced.map(\.path) == ["main.tf", "server/main.tf"].map { place($0) })
            // Without any record, what is the module's own all the same stays.
            try FileManager.default.removeItem(atPath: place(Self.record))
            try write("# mine\n", to: "server/main.tf", in: place)
            try await place.directory.prepare(root, with: runner, replaced: { replaced.append($0) })
            #expect(replaced.dropFirst(2).map(\.kept) == [place("server/main.tf.replaced-2")])
        }
    }

    private static let record = ".plumb-root.json"

    private func write(_ text: String, to name: String, in place: TestStack) throws {
        try Data(text.utf8).write(to: URL(filePath: place(name)))
    }

    private func read(_ name: String, in place: TestStack) -> [UInt8]? {
        FileManager.default.contents(atPath: place(name)).map(Array.init)
    }

    /// Makes the record of what was written one of an earlier Plumb.
    private func forgetContents(in place: TestStack) throws {
        let url = URL(filePath: place(Self.record))
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
        var record = try #require(object as? [String: Any])
        try #require(record["contents"] != nil)
        record["contents"] = nil
        try JSONSerialization.data(withJSONObject: record).write(to: url)
    }

    @Test func `a root module that Terraform refuses is said, and is tried again the next time`() async throws {
        try await withStack { place in
            let runner = try await place.runner()
            var root = RootModule(files: TestStack.files)
            root.files["broken.tf"] = Array("resource {\n".utf8)
            for _ in 1...2 {
                do throws(TerraformFailure) {
                    try await place.directory.prepare(root, with: runner)
                    Issue.record("it was initialised")
                } catch {
                    guard case .refused(let command, let diagnostics) = error else { throw error }
                    #expect(command == "init")
                    #expect(diagnostics.first?.severity == .error)
                }
            }
            root.files["broken.tf"] = nil
            try await place.directory.prepare(root, with: runner)
            #expect(!FileManager.default.fileExists(atPath: place("broken.tf")))
        }
    }

    @Test func `a second holder of the lock is told who the first one is`() async throws {
        try await withStack { place in
            try FileManager.default.createDirectory(atPath: place.directory.path, withIntermediateDirectories: true)
            let first = try await StackLock(path: place.directory.lockPath, command: "plumb apply")
            do throws(TerraformFailure) {
                _ = try await StackLock(path: place.directory.lockPath, command: "plumb plan")
                Issue.record("two hold the lock")
            } catch {
                guard case .locked(_, let holder) = error else { throw error }
                #expect(holder?.command == "plumb apply")
                #expect(holder?.process.pid == getpid())
                #expect(holder?.host.isEmpty == false)
                #expect(error.sentence.code == "terraform.locked")
            }
            first.release()
            // A program that another test starts in this moment has the lock's file until it is that program.
            let second = try await StackLock(
                path: place.directory.lockPath, command: "plumb plan", waiting: .seconds(30))
            second.release()
            second.release()
        }
    }

    @Test func `another process that holds a lock is named, and neither this one nor one that has ended`() async throws
    {
        try await withStack { place in
            try FileManager.default.createDirectory(atPath: place.directory.path, withIntermediateDirectories: true)
            let path = place.directory.lockPath
            #expect(StackLock.otherHolder(path) == nil)
            let own = try await StackLock(path: path, command: "apply")
            #expect(StackLock.otherHolder(path) == nil)
            own.release()
            func write(_ process: ProcessIdentity) throws {
                let text = #"{"process":"\#(process)","host":"h","since":1790000000,"command":"daemon"}"#
                try text.write(toFile: path, atomically: false, encoding: .utf8)
            }
            var parent = try #require(ProcessIdentity(pid: getppid()))
            try write(parent)
            let holder = StackLock.otherHolder(path)
            #expect(holder?.process == parent && holder?.command == "daemon")
            parent.startTicks += 1
            try write(parent)
            #expect(StackLock.otherHolder(path) == nil)
        }
    }

    @Test func `one who waits for the lock gets it when it is free`() async throws {
        try await withStack { place in
            try FileManager.default.createDirectory(atPath: place.directory.path, withIntermediateDirectories: true)
            let path = place.directory.lockPath
            let first = try await StackLock(path: path, command: "first")
            let waiting = Task { try await StackLock(path: path, command: "second", waiting: .seconds(30)) }
            first.release()
            try await waiting.value.release()
        }
    }

    @Test func `observation: nothing there, a broken state, an errored state`() async throws {
        try await withStack { place in
            let directory = place.directory
            try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
            #expect(try directory.observe(TestStack.id) == StackObservation(id: TestStack.id))
            // What a Terraform leaves that was killed before it wrote.
            try "".write(toFile: directory.statePath, atomically: true, encoding: .utf8)
            #expect(try directory.observe(TestStack.id).state == .present(.unwritten))
            place.touch("terraform.tfstate.backup")
            #expect(try directory.observe(TestStack.id).state == .absent)
            try "{".write(toFile: directory.statePath, atomically: true, encoding: .utf8)
            place.touch("errored.tfstate")
            let observation = try directory.observe(TestStack.id)
            #expect(observation.hasErroredState)
            guard case .unknown(let reason) = observation.state else {
                Issue.record("a broken state was read as \(observation.state)")
                return
            }
            #expect(reason.code == "terraform.malformed")
            try "{".write(toFile: directory.tfvarsPath, atomically: true, encoding: .utf8)
            #expect(throws: TerraformFailure.self) { try directory.observe(TestStack.id) }
        }
    }

    @Test func `tfvars are written for their owner alone, and a file that stays the same is not touched`() async throws
    {
        try await withStack { place in
            let directory = place.directory
            try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
            var tfvars = Tfvars()
            tfvars.set(TestStack.server(101), for: "a")
            try directory.write(tfvars)
            #expect(try place.permissions("terraform.tfvars.json") == 0o600)
            func inode() throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: directory.tfvarsPath)[.systemFileNumber] as? Int
            }
            let before = try inode()
            try directory.write(try directory.readTfvars())
            #expect(try inode() == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["terraform.tfvars.json"])
        }
    }
}
