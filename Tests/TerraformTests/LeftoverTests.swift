import Foundation
import Model
import Processes
import Terraform
import Testing

@Suite("What an earlier process left in a stack", .timeLimit(.minutes(2)))
struct LeftoverTests {
    @Test func `a file with a layout of its own is the same file again after a rollback, also by a later process`()
        async throws
    {
        try await withStack { place in
            let stack = try await place.open()
            try stack.writeEntries(["a": TestStack.server(101)])
            let plain = try String(contentsOfFile: stack.directory.tfvarsPath, encoding: .utf8)
            let byHand = plain.replacingOccurrences(
                of: "{\n  \"servers\"", with: "{ \"note\": \"mine\",\n\n \"servers\"")
            try #require(byHand != plain)
            try byHand.write(toFile: stack.directory.tfvarsPath, atomically: true, encoding: .utf8)
            let before = try stack.entryTexts(of: ["a", "b"])
            try stack.writeEntries(["a": TestStack.server(101, cores: 4), "b": TestStack.server(102)])
            #expect(try String(contentsOfFile: stack.directory.tfvarsPath, encoding: .utf8) != byHand)
            stack.close()
            let later = try await place.open()
            defer { later.close() }
            try later.restoreEntries(["b": nil])
            #expect(try String(contentsOfFile: stack.directory.tfvarsPath, encoding: .utf8) != byHand)
            try later.restoreEntries(["a": before["a"]])
            #expect(try String(contentsOfFile: stack.directory.tfvarsPath, encoding: .utf8) == byHand)
        }
    }

    @Test func `a file that a killed process did not finish writing goes with the next lock`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            try stack.writeEntries(["a": TestStack.server(101)])
            stack.close()
            let half = stack.directory.tfvarsPath + ".4194304.new"  // No process gets that number.
            try "{ \"servers\"".write(toFile: half, atomically: true, encoding: .utf8)
            try #require(chmod(half, 0o600) == 0)
            let later = try await place.open()
            defer { later.close() }
            #expect(!FileManager.default.fileExists(atPath: half))
            #expect(try later.entryTexts(of: ["a"])["a"] != nil)
        }
    }

    @Test func `what a person keeps beside the state stays, whatever its name ends with`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            try stack.writeEntries(["a": TestStack.server(101)])
            stack.close()
            // The last two are those of processes that live: this one's parent, and the first of all.
            let names = [
                "terraform.tfstate.new", "notes.new", ".new", "terraform.tfstate.20261128.new", "a.007.new",
                "a.4194304x.new", "terraform.tfvars.json.\(getppid()).new", "terraform.tfvars.json.1.new",
            ]
            for name in names {
                try "mine".write(toFile: place(name), atomically: true, encoding: .utf8)
                try #require(chmod(place(name), 0o600) == 0)
            }
            // Plumb makes none that others may read.
            try "mine".write(toFile: place("terraform.tfvars.json.4194304.new"), atomically: true, encoding: .utf8)
            try #require(chmod(place("terraform.tfvars.json.4194304.new"), 0o644) == 0)
            let later = try await place.open()
            defer { later.close() }
            for name in names + ["terraform.tfvars.json.4194304.new"] {
                #expect(FileManager.default.fileExists(atPath: place(name)), "\(name) is gone")
            }
        }
    }

    @Test func `what a killed Terraform said of its lock goes once nobody holds that lock`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            try stack.writeEntries(["a": TestStack.server(101)])
            try place.write(faults: ["a": TestStack.waiting(for: place("go"))], to: stack)
            let plan = try await stack.plan(targets: ["a"])
            let program = DetachedProgram(attachingTo: place("events/apply-1"))
            let outcome = try await stack.apply(plan: plan.path, run: "1") { event in
                guard event == .started("a"), let shell = program.recordedIdentity else { return }
                #expect((try? stack.directory.stateLockHolder()) == shell.children.first?.pid)
                let terraform = shell.children
                kill(shell.pid, SIGKILL)
                for process in terraform { kill(process.pid, SIGKILL) }
                place.touch("go")
            }
            #expect(outcome.general.map(\.sentence.code) == ["terraform.vanished"])
            let lock = stack.directory.stateLockPath
            #expect(FileManager.default.fileExists(atPath: lock))
            stack.close()
            let later = try await place.open()
            defer { later.close() }
            #expect(!FileManager.default.fileExists(atPath: lock))
        }
    }

    @Test func `an apply in which nothing ends is left running, with what it works on, and found again`() async throws {
        try await withStack { place in
            var runner = try await place.runner()
            runner.applyPatience = .milliseconds(300)
            let stack = try await LockedStack(
                TestStack.id, runner: runner, root: RootModule(files: TestStack.files), command: "test",
                records: .nothing)
            defer { stack.close() }
            try stack.writeEntries(["a": TestStack.server(101)])
            try place.write(faults: ["a": TestStack.waiting(for: place("go"))], to: stack)
            let plan = try await stack.plan(targets: ["a"])
            await #expect {
                try await stack.apply(plan: plan.path, run: "1")
            } throws: { error in
                guard case .overdue("apply-1", let addresses, _)? = error as? TerraformFailure else { return false }
                return addresses.allSatisfy { $0.hasPrefix("module.server[\"a\"]") }
            }
            let program = DetachedProgram(attachingTo: place("events/apply-1"))
            guard case .running = await program.state() else {
                Issue.record("it was not left running")
                return
            }
            place.touch("go")
            _ = await program.wait()
            #expect(try await stack.resume(run: "1")?.completed == ["a"])
        }
    }

    @Test func `runs of the past go, but for those of open batches, and none where it is not known which are open`()
        async throws
    {
        try await withStack { place in
            try place.directory.makeIfMissing()
            // Runs that ended before the machine was started anew.
            let stat = try String(contentsOfFile: "/proc/self/stat", encoding: .utf8)
            let names = ["apply-1", "apply-1.2", "apply-1-again", "apply-12"] + (100..<150).map { "apply-\($0)" }
            for (age, name) in names.enumerated() {
                let path = place("events/" + name)
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
                try FileManager.default.createDirectory(atPath: path + "/claim", withIntermediateDirectories: true)
                for (file, text) in [("process", "another boot\n" + stat), ("exit", "0\n")] {
                    try text.write(toFile: path + "/" + file, atomically: false, encoding: .utf8)
                }
                let moment = Date(timeIntervalSince1970: 1_700_000_000 + Double(age))
                try FileManager.default.setAttributes([.modificationDate: moment], ofItemAtPath: path)
            }
            try await place.directory.settleRuns(open: { nil })
            #expect(place.directory.runs == names.sorted())
            try await place.directory.settleRuns(open: { [BatchID(rawValue: "1")] })
            let kept = names.prefix(3) + names.suffix(40)
            #expect(place.directory.runs == kept.sorted())
        }
    }

    @Test func `an errored state is pushed, or set aside, and the file is kept`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try stack.writeEntries(["a": TestStack.server(101)])
            let plan = try await stack.plan(targets: ["a"])
            _ = try await stack.apply(plan: plan.path, run: "1")
            let state = try #require(FileManager.default.contents(atPath: stack.directory.statePath))
            let serial = try #require(try stack.directory.readState()?.serial)
            let newer = String(decoding: state, as: UTF8.self).replacingOccurrences(
                of: "\"serial\": \(serial)", with: "\"serial\": \(serial + 5)")
            func leave() throws {
                try newer.write(toFile: stack.directory.erroredStatePath, atomically: true, encoding: .utf8)
            }
            try leave()
            #expect(try stack.setErroredStateAside() == place("errored.tfstate.1"))
            #expect(!stack.directory.hasErroredState)
            #expect(try stack.directory.readState()?.serial == serial)
            try leave()
            #expect(try await stack.pushErroredState() == place("errored.tfstate.2"))
            #expect(!stack.directory.hasErroredState)
            #expect(try #require(try stack.directory.readState()?.serial) >= serial + 5)
            #expect(try place.permissions("errored.tfstate.2") == 0o600)
        }
    }
}
