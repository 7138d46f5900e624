import Foundation
import Testing

@testable import Daemon

@Suite("Watching a directory", .timeLimit(.minutes(1)))
struct DirectoryWatchTests {
    private let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    @Test("A file that is written, removed or moved is a change")
    func files() async throws {
        let watch = try DirectoryWatch(scratch.path)
        defer { watch.close() }
        var changes = watch.changes.makeAsyncIterator()
        try scratch.write("a.yaml")
        #expect(await changes.next() != nil)
        try scratch.move("a.yaml", to: "b.yaml")
        #expect(await changes.next() != nil)
        try scratch.remove("b.yaml")
        #expect(await changes.next() != nil)
    }

    @Test("A file in the place of a directory is refused at once, and is not waited on for ever")
    func noDirectory() throws {
        try scratch.write("servers.yaml")
        let path = scratch("servers.yaml")
        #expect(throws: DirectoryWatch.Failure(directory: path, code: ENOTDIR)) { _ = try DirectoryWatch(path) }
    }

    @Test("So is one in a directory that was made later, at any depth")
    func newDirectories() async throws {
        let watch = try DirectoryWatch(scratch.path)
        defer { watch.close() }
        var changes = watch.changes.makeAsyncIterator()
        try scratch.make("sites")
        #expect(await changes.next() != nil)
        try scratch.make("sites/seoul")
        #expect(await changes.next() != nil)
        try scratch.write("sites/seoul/servers.yaml")
        #expect(await changes.next() != nil)
    }

    @Test("What is hidden is not looked at")
    func hidden() async throws {
        try scratch.make(".plumb")
        let watch = try DirectoryWatch(scratch.path)
        var changes = watch.changes.makeAsyncIterator()
        try scratch.write(".plumb/registry.sqlite")
        try scratch.write(".swap")
        watch.close()
        // Closed, the stream ends without ever having said a word.
        #expect(await changes.next() == nil)
    }

    @Test("What is left out is not looked at, whether it was there or comes, by whichever name")
    func leftOut() async throws {
        try scratch.make("state")
        let watch = try DirectoryWatch(scratch.path, leavingOut: scratch("state"))
        try scratch.write("state/registry.sqlite")
        try scratch.make("state/stacks")
        try scratch.write("state/stacks/terraform.tfvars.json")
        try scratch.remove("state")
        try scratch.make("state/stacks")
        try scratch.write("state/stacks/terraform.tfvars.json")
        watch.close()
        var changes = watch.changes.makeAsyncIterator()
        #expect(await changes.next() == nil)
    }

    @Test("A link to what is left out leads nowhere, and what lies beside it is looked at")
    func beside() async throws {
        try scratch.make("plumb/state")
        try scratch.link("own", to: scratch("plumb/state"))
        let watch = try DirectoryWatch(scratch.path, leavingOut: scratch("own"))
        try scratch.write("plumb/state/registry.sqlite")
        watch.close()
        var changes = watch.changes.makeAsyncIterator()
        #expect(await changes.next() == nil)
        let other = try DirectoryWatch(scratch.path, leavingOut: scratch("own"))
        defer { other.close() }
        try scratch.write("plumb/a.yaml")
        var others = other.changes.makeAsyncIterator()
        #expect(await others.next() != nil)
    }

    @Test(
        "The way to a directory is its own name, every link, and the name of what they lead to")
    func way() throws {
        try scratch.make("releases/1/fleet")
        let top = try #require(WayToDirectory.real(scratch.path))
        try scratch.link("current", to: "./releases/../releases/1")
        let turns = WayToDirectory(top + "/current/fleet").turns.map { $0.directory + " " + $0.name }
        #expect(turns == [top + "/current fleet", top + " current", top + "/releases/1 fleet"])
        #expect(WayToDirectory("/").turns.isEmpty)
    }

    @Test("A directory that is not there is an error with its name")
    func missing() {
        #expect(throws: DirectoryWatch.Failure(directory: "/nonexistent/plumb", code: ENOENT)) {
            try DirectoryWatch("/nonexistent/plumb")
        }
    }
}
