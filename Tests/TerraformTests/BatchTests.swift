import Foundation
import Model
import Synchronization
import Terraform
import Testing

/// Everything here goes through the real program.
@Suite("A batch through Terraform")
struct BatchTests {
    private func make(_ servers: [ServerName: ServerConfiguration], in stack: LockedStack) async throws {
        try stack.writeEntries(servers)
        let plan = try await stack.plan(targets: Array(servers.keys))
        let outcome = try await stack.apply(plan: plan.path, run: "made")
        stack.discard(plan: plan.path)
        try #require(outcome.completed == Set(servers.keys))
    }

    @Test func `servers are made, and a second plan has nothing to do`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try stack.writeEntries(["a": TestStack.server(101), "b": TestStack.server(102)])
            let plan = try await stack.plan(targets: ["a", "b"])
            #expect(plan.changes.resources.map(\.action) == [.create, .create])
            #expect(plan.changes.resources.map(\.server) == ["a", "b"])
            #expect(!plan.changes.isErrored)
            #expect(plan.changes.isApplyable)
            let file = try await stack.runner.read(plan: plan.path)
            #expect(!file.isComplete)
            #expect(file.plannedChanges == plan.changes)
            let text = try await stack.text(ofPlan: plan.path)
            #expect(text.contains(#"module.server["a"].terraform_data.this will be created"#))
            let events = EventLog()
            let outcome = try await stack.apply(plan: plan.path, run: "7") { events.note($0) }
            #expect(outcome.completed == ["a", "b"])
            #expect(outcome.errored.isEmpty && outcome.general.isEmpty)
            #expect(Set(events.all) == [.started("a"), .started("b"), .completed("a"), .completed("b")])
            stack.discard(plan: plan.path)
            #expect(!FileManager.default.fileExists(atPath: plan.path))
            #expect(try await stack.audit() == [])
            let state = try #require(try stack.directory.readState())
            #expect(state.instances.compactMap { $0.server?.key } == ["a", "b"])
            for name in ["terraform.tfstate", "terraform.tfvars.json", "events/apply-7/stdout"] {
                #expect(try place.permissions(name) == 0o600)
            }
        }
    }

    @Test func `a key that is gone from tfvars is destroyed although only another server is the target`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try await make(["a": TestStack.server(101), "b": TestStack.server(102)], in: stack)
            try stack.restoreEntries(["b": nil])
            let plan = try await stack.plan(targets: ["a"])
            let doomed = plan.changes.resources.filter { $0.action != .none }
            #expect(doomed.map(\.server) == ["b"])
            #expect(doomed.map(\.action) == [.delete])
            #expect(doomed.map(\.actionReason) == ["delete_because_no_module"])
        }
    }

    @Test func `a destroy is planned with a candidate, and the real file does not change`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try await make(["a": TestStack.server(101), "b": TestStack.server(102)], in: stack)
            let before = try Data(contentsOf: URL(filePath: stack.directory.tfvarsPath))
            let plan = try await stack.plan(targets: ["b"], dropping: ["b"])
            #expect(plan.changes.resources.filter { $0.action != .none }.map(\.server) == ["b"])
            let outcome = try await stack.apply(plan: plan.path, run: "1")
            #expect(outcome.completed == ["b"])
            #expect(try Data(contentsOf: URL(filePath: stack.directory.tfvarsPath)) == before)
            #expect(try stack.directory.readState()?.instances.count == 1)
        }
    }

    @Test func `a preview says what Terraform would do, and changes nothing`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try await make(["a": TestStack.server(101), "b": TestStack.server(102)], in: stack)
            let before = (try stack.directory.readTfvars(), try stack.directory.readState()?.serial)
            let text = try await stack.preview(
                setting: ["a": TestStack.server(101, cores: 8), "c": TestStack.server(103)], dropping: ["b"])
            #expect(text.contains(#"module.server["a"].terraform_data.this will be updated in-place"#))
            #expect(text.contains(#"module.server["b"].terraform_data.this will be destroyed"#))
            #expect(text.contains(#"module.server["c"].terraform_data.this will be created"#))
            #expect(text.contains("Plan: 1 to add, 1 to change, 1 to destroy."))
            #expect(try stack.directory.readTfvars() == before.0)
            #expect(try stack.directory.readState()?.serial == before.1)
            #expect(!stack.directory.runs.contains { $0.hasPrefix("plan") })
        }
    }

    @Test func `a failed destroy leaves the file byte-identical, and the server in the state`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try await make(["a": TestStack.server(101, description: "undead")], in: stack)
            let before = try Data(contentsOf: URL(filePath: stack.directory.tfvarsPath))
            let plan = try await stack.plan(targets: ["a"], dropping: ["a"])
            let outcome = try await stack.apply(plan: plan.path, run: "1")
            #expect(outcome.completed.isEmpty)
            #expect(Array(outcome.errored.keys) == ["a"])
            #expect(try Data(contentsOf: URL(filePath: stack.directory.tfvarsPath)) == before)
            #expect(try stack.directory.readState()?.instances.count == 1)
        }
    }

    @Test func `one failing create leaves the others, is tainted, and can be untainted`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try stack.writeEntries(["a": TestStack.server(101), "b": TestStack.server(102), "c": TestStack.server(103)])
            try place.write(faults: ["b": "exit 3"], to: stack)
            let plan = try await stack.plan(targets: ["a", "b", "c"])
            let outcome = try await stack.apply(plan: plan.path, run: "1")
            #expect(outcome.completed == ["a", "c"])
            #expect(Array(outcome.errored.keys) == ["b"])
            #expect(outcome.errored["b"]?.sentence.arguments.last?.contains("exit status 3") == true)
            #expect(outcome.general.isEmpty)
            #expect(try stack.directory.readState()?.instances.filter(\.isTainted).map(\.server?.key) == ["b"])
            try await stack.untaint("b")
            try await stack.untaint("a")
            #expect(try stack.directory.readState()?.instances.contains(where: \.isTainted) == false)
            #expect(try stack.directory.readTfvars().bytes.isEmpty == false)
        }
    }

    @Test func `a saved plan is stale once the state has moved`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try stack.writeEntries(["a": TestStack.server(101), "b": TestStack.server(102)])
            let first = try await stack.plan(targets: ["a"])
            let second = try await stack.plan(targets: ["b"])
            _ = try await stack.apply(plan: first.path, run: "1")
            await #expect(throws: TerraformFailure.stalePlan) { try await stack.apply(plan: second.path, run: "2") }
        }
    }

    @Test func `a replacement says which attribute forces it`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try await make(["a": TestStack.server(101)], in: stack)
            try stack.writeEntries(["a": TestStack.server(109)])
            let change = try #require(try await stack.plan(targets: ["a"]).changes.resources.first)
            #expect(change.action == .replace)
            #expect(change.replacePaths == ["triggers_replace"])
        }
    }

    @Test func `what breaks a plan is said without the secrets, and nothing is left on disk`()
        async throws
    {
        try await withStack { place in
            let stack = try await place.open(TerraformEnvironment(secrets: ["admin": "s3cret-word"]))
            defer { stack.close() }
            try stack.writeEntries(["a": TestStack.server(101), "b": TestStack.server(102, description: "leak")])
            do throws(TerraformFailure) {
                _ = try await stack.plan(targets: ["a", "b"])
                Issue.record("the plan went through")
            } catch {
                guard case .refused(let command, let diagnostics) = error else { throw error }
                #expect(command == "plan")
                // Terraform gives no address for a broken precondition: whose it is, only bisection tells.
                #expect(diagnostics.map(\.server) == [nil])
                #expect(diagnostics.first?.detail.contains("the password is (secret)") == true)
            }
            #expect(stack.directory.runs.isEmpty)
        }
    }

    @Test func `a thousand targets go in one plan`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            var servers: [ServerName: ServerConfiguration] = [:]
            for number in 0..<1_200 {
                servers[ServerName("a-server-with-quite-a-long-name-\(number).example.com")] = TestStack.server(
                    1000 + number)
            }
            try stack.writeEntries(servers)
            let plan = try await stack.plan(targets: servers.keys.sorted())
            #expect(plan.changes.resources.filter { $0.action == .create }.count == 1_200)
            stack.discard(plan: plan.path)
        }
    }

    @Test func `a name keeps the case that tfvars and state have it in`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try await make(["Web-01": TestStack.server(101)], in: stack)
            try stack.writeEntries(["web-01": TestStack.server(101, cores: 2)])
            let plan = try await stack.plan(targets: ["web-01"])
            #expect(plan.changes.resources.map(\.action) == [.update])
            #expect(
                plan.changes.resources.map(\.address) == [#"module.server["Web-01"].terraform_data.this"#])
        }
    }
}

/// Events in the order in which they came.
private final class EventLog: Sendable {
    private let events = Mutex<[LockedStack.Event]>([])

    func note(_ event: LockedStack.Event) { events.withLock { $0.append(event) } }
    var all: [LockedStack.Event] { events.withLock { $0 } }
}
