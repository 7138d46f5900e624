import Foundation
import Model
import Processes
import Terraform
import Testing

@Suite("An apply outlives the process that started it", .timeLimit(.minutes(2)))
struct ReattachTests {
    @Test func `the parent is killed, Terraform goes on, and a later process reads how it ended`() async throws {
        try await withStack { place in
            // The child is killed in the middle of the apply, as if the machine's operator had used kill -9.
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = place.path as String] in
                let place = try TestStack(path: path)
                let stack = try await place.open()
                try stack.writeEntries(["a": TestStack.server(101), "b": TestStack.server(102)])
                try place.write(faults: ["a": TestStack.waiting(for: place("go")), "b": "true"], to: stack)
                let plan = try await stack.plan(targets: ["a", "b"])
                _ = try await stack.apply(plan: plan.path, run: "17") { event in
                    if event == .completed("b") { kill(getpid(), SIGKILL) }
                }
            }
            let program = DetachedProgram(attachingTo: place("events/apply-17"))
            guard case .running = await program.state() else {
                Issue.record("Terraform died with its parent")
                return
            }
            place.touch("go")
            let stack = try await place.open()
            defer { stack.close() }
            let outcome = try #require(try await stack.resume(run: "17"))
            #expect(outcome.completed == ["a", "b"])
            #expect(outcome.errored.isEmpty && outcome.general.isEmpty)
            #expect(try stack.directory.readState()?.instances.count == 2)
            #expect(try await stack.audit() == [])
            #expect(!stack.directory.runs.contains { $0.hasPrefix("plan") })
        }
    }

    @Test func `a cancelled task leaves the apply running`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try stack.writeEntries(["a": TestStack.server(101)])
            try place.write(faults: ["a": TestStack.waiting(for: place("go"))], to: stack)
            let plan = try await stack.plan(targets: ["a"])
            let (events, report) = AsyncStream<LockedStack.Event>.makeStream()
            let task = Task { try await stack.apply(plan: plan.path, run: "1") { report.yield($0) } }
            for await event in events where event == .started("a") { break }
            task.cancel()
            await #expect(throws: TerraformFailure.left(run: "apply-1")) { try await task.value }
            place.touch("go")
            #expect(try await stack.resume(run: "1")?.completed == ["a"])
        }
    }

    @Test func `whoever opens the stack waits for an apply that was left, and says so when it takes too long`()
        async throws
    {
        try await withStack { place in
            let stack = try await place.open()
            try stack.writeEntries(["a": TestStack.server(101)])
            try place.write(faults: ["a": TestStack.waiting(for: place("go"))], to: stack)
            let plan = try await stack.plan(targets: ["a"])
            let (events, report) = AsyncStream<LockedStack.Event>.makeStream()
            let task = Task { try await stack.apply(plan: plan.path, run: "1") { report.yield($0) } }
            for await event in events where event == .started("a") { break }
            task.cancel()
            _ = await task.result
            stack.close()
            await #expect(throws: TerraformFailure.left(run: "apply-1")) {
                try await place.directory.settleRuns(waiting: .milliseconds(50), open: { nil })
            }
            place.touch("go")
            let again = try await place.open()
            defer { again.close() }
            #expect(try again.directory.readState()?.instances.count == 1)
            #expect(again.directory.runs == ["apply-1"])
        }
    }

    @Test func `a plan that takes too long, or whose task is cancelled, is interrupted once and leaves nothing`()
        async throws
    {
        try await withStack { place in
            try place.directory.makeIfMissing()
            let script = """
                #!/bin/sh
                [ "$1" = version ] && echo '{"terraform_version":"1.11.4"}' && exit 0
                trap 'echo interrupted >>"\(place("log"))"; exit 1' INT
                echo >"\(place("planning"))"
                for i in $(seq 600); do sleep 0.05; done
                """
            try ScriptFile.write(script, to: place("terraform"))
            let binary = try await TerraformBinary.find(configured: place("terraform"))
            let runner = TerraformRunner(
                binary: binary, directory: place.directory, environment: TerraformEnvironment())
            let task = Task { try await runner.plan(TerraformRunner.PlanRequest()) }
            while !FileManager.default.fileExists(atPath: place("planning")) { await Task.yield() }
            task.cancel()
            await #expect(throws: TerraformFailure.program(.cancelled(executable: binary.path))) {
                try await task.value
            }
            #expect(try String(contentsOfFile: place("log"), encoding: .utf8) == "interrupted\n")
            var hurried = runner
            hurried.planDeadline = .milliseconds(500)
            await #expect(throws: TerraformFailure.program(.deadline(executable: binary.path, .milliseconds(500)))) {
                try await hurried.plan(TerraformRunner.PlanRequest())
            }
            #expect(try String(contentsOfFile: place("log"), encoding: .utf8) == "interrupted\ninterrupted\n")
            #expect(place.directory.runs.isEmpty)
        }
    }

    @Test func `a killed Terraform is told from one that ended`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try stack.writeEntries(["a": TestStack.server(101)])
            try place.write(faults: ["a": TestStack.waiting(for: place("go"))], to: stack)
            let plan = try await stack.plan(targets: ["a"])
            let program = DetachedProgram(attachingTo: place("events/apply-1"))
            let outcome = try await stack.apply(plan: plan.path, run: "1") { event in
                guard event == .started("a"), let shell = program.recordedIdentity else { return }
                let terraform = shell.children
                kill(shell.pid, SIGKILL)
                for process in terraform { kill(process.pid, SIGKILL) }
                place.touch("go")
            }
            #expect(outcome.completed.isEmpty)
            #expect(outcome.general.map(\.sentence.code) == ["terraform.vanished"])
        }
    }

    @Test func `an apply that was never started is known as such`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            let outcome = try await stack.resume(run: "99")
            #expect(outcome == nil)
        }
    }
}
