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

    @Test func `what somebody changed in the root module's files by hand is put right, and only there`() async throws {
        try await withStack { place in
            let runner = try await place.runner()
            let root = RootModule(files: TestStack.files)
            try await place.directory.prepare(root, with: runner)
            for name in ["server/main.tf", "beside.tf"] {
                try Data("locals { y = 1 }\n".utf8).write(to: URL(filePath: place(name)))
            }
            try await place.directory.prepare(root, with: runner)
            let module = FileManager.default.contents(atPath: place("server/main.tf")).map(Array.init)
            #expect(module == TestStack.files["server/main.tf"])
            #expect(FileManager.default.fileExists(atPath: place("beside.tf")))
        }
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
