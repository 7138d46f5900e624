import Foundation
import Model
import Terraform
import Testing

@testable import CLI

@Suite("Stacks that are read ahead")
struct StacksAheadTests {
    private static let id = StackID(cluster: "Lab", name: "main")

    /// A stack with tfvars.
    private func withStack(_ body: (String, StackDirectory) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "plumb-ahead-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let stack = StackDirectory(path: path + "/lab/main")
        try stack.makeIfMissing()
        try write(cores: 2, to: stack)
        try body(path, stack)
    }

    private func write(cores: Int, to stack: StackDirectory) throws {
        var tfvars = Tfvars()
        var settings = GuestSettings()
        settings.cores = cores
        let birth = ServerConfiguration.Birth(type: .vm, node: "pve1", vmid: VMID(101))
        tfvars.set(ServerConfiguration(birth: birth, settings: settings), for: "a")
        try stack.write(tfvars)
    }

    private func cores(_ observation: StackObservation?) -> Int? { observation?.tfvars.entries["a"]?.settings.cores }

    @Test func `what was read is given out once, under the name that is declared`() throws {
        try withStack { path, stack in
            let ahead = StacksAhead(settled: { _ in true })
            ahead.read(below: path)
            let taken = ahead.take(stack, as: Self.id)
            #expect(cores(taken) == 2)
            #expect(taken?.id.cluster.text == "Lab")
            let observed = try stack.observe(Self.id)
            #expect(taken == observed)
            #expect(ahead.take(stack, as: Self.id) == nil)
        }
    }

    @Test func `what changed since is not what was read`() throws {
        try withStack { path, stack in
            let ahead = StacksAhead(settled: { _ in true })
            ahead.read(below: path)
            try write(cores: 4, to: stack)
            #expect(ahead.take(stack, as: Self.id) == nil)
        }
        try withStack { path, stack in
            let ahead = StacksAhead(settled: { _ in true })
            ahead.read(below: path)
            #expect(FileManager.default.createFile(atPath: stack.erroredStatePath, contents: Data("{}".utf8)))
            #expect(ahead.take(stack, as: Self.id) == nil)
        }
    }

    @Test func `a file that has only just changed may change again within a tick of the clock, and is not believed`()
        throws
    {
        try withStack { path, stack in
            #expect(!stack.stamp.isSettled)
            let ahead = StacksAhead()
            ahead.read(below: path)
            #expect(ahead.take(stack, as: Self.id) == nil)
        }
    }

    @Test func `reading ends when it is told to, and what was not read is left to others`() throws {
        try withStack { path, stack in
            let ahead = StacksAhead(settled: { _ in true })
            ahead.stop()
            ahead.read(below: path)
            #expect(ahead.take(stack, as: Self.id) == nil)
        }
    }
}
