import Foundation
import Model
import Terraform
import Testing

@Suite("Changes of the state alone")
struct StateCommandTests {
    private func make(_ servers: [ServerName: ServerConfiguration], in stack: LockedStack) async throws {
        try stack.writeEntries(servers)
        let plan = try await stack.plan(targets: Array(servers.keys))
        let outcome = try await stack.apply(plan: plan.path, run: "made")
        try #require(outcome.completed == Set(servers.keys))
    }

    @Test func `a server that is let go of stays out of the next plan once its entry is gone`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try await make(["a": TestStack.server(101), "b": TestStack.server(102)], in: stack)
            try await stack.removeFromState(["b", "never-there"])
            try stack.restoreEntries(["b": nil])
            #expect(try await stack.audit() == [])
            try await stack.removeFromState(["b"])
            #expect(try stack.directory.readState()?.instances.count == 1)
        }
    }

    @Test func `a server moves to another stack's state, and neither has anything to do`() async throws {
        try await withStack { place in
            let here = try await place.open()
            let otherPlace = try TestStack(path: place.path + "/other")
            let there = try await otherPlace.open()
            defer {
                here.close()
                there.close()
            }
            try await make(["a": TestStack.server(101), "b": TestStack.server(102)], in: here)
            try await make(["c": TestStack.server(103)], in: there)
            try there.writeEntries(["b": TestStack.server(102)])
            try await there.moveIntoState("b", from: here)
            try here.restoreEntries(["b": nil])
            #expect(try here.directory.readState()?.instances.compactMap { $0.server?.key } == ["a"])
            #expect(try there.directory.readState()?.instances.compactMap { $0.server?.key }.sorted() == ["b", "c"])
            #expect(try await here.audit() == [])
            #expect(try await there.audit() == [])
            // A second time is no error: a crash may have come after the move.
            try await there.moveIntoState("b", from: here)
            #expect(try otherPlace.permissions("terraform.tfstate") == 0o600)
        }
    }

    @Test func `backups of the state do not pile up`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            for number in 1...8 {
                try "{}".write(
                    toFile: place("terraform.tfstate.100000000\(number).backup"), atomically: true, encoding: .utf8)
            }
            let own = ["20261128", "before-upgrade", "2026112814", "1000000001x"].map {
                "terraform.tfstate.\($0).backup"
            }
            for name in own { try "{}".write(toFile: place(name), atomically: true, encoding: .utf8) }
            try await make(["a": TestStack.server(101)], in: stack)
            try await stack.removeFromState(["a"])
            for name in own { #expect(FileManager.default.fileExists(atPath: place(name)), "\(name) is gone") }
            let backups = try FileManager.default.contentsOfDirectory(atPath: stack.directory.path).filter {
                $0.hasSuffix(".backup") && $0.hasPrefix("terraform.tfstate.") && !own.contains($0)
            }
            #expect(backups.count == 5)
            #expect(!backups.contains("terraform.tfstate.1000000001.backup"))
        }
    }

    @Test func `an import of what has no place in the root is refused in Terraform's words`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try stack.writeEntries(["a": TestStack.server(101)])
            do throws(TerraformFailure) {
                try await stack.importGuest("a", type: .vm, vmid: VMID(101), node: "pve1")
                Issue.record("the import went through")
            } catch {
                guard case .refused(let command, let diagnostics) = error else { throw error }
                #expect(command == "import")
                #expect(diagnostics.first?.summary.isEmpty == false)
                #expect(diagnostics.first?.summary.contains("│") == false)
            }
        }
    }

    @Test func `a resource that exists can be imported`() async throws {
        try await withStack { place in
            let runner = try await place.runner()
            let stack = try await place.open()
            defer { stack.close() }
            try stack.writeEntries(["a": TestStack.server(101)])
            try await runner.importResource(#"module.server["a"].terraform_data.this"#, id: "some-id")
            #expect(try stack.directory.readState()?.instances.compactMap { $0.server?.key } == ["a"])
        }
    }
}
