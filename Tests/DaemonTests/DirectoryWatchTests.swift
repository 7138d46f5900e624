import Foundation
import Testing

@testable import Daemon

@Suite("Watching a directory", .timeLimit(.minutes(1)))
struct DirectoryWatchTests {
    /// A directory of its own for each test.
    private struct Scratch: ~Copyable {
        let path: String

        init() throws {
            path = NSTemporaryDirectory() + "plumb-watch-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        func write(_ name: String) throws { try Data("a".utf8).write(to: URL(filePath: "\(path)/\(name)")) }
        func makeDirectory(_ name: String) throws {
            try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    @Test("A file that is written, removed or moved is a change")
    func files() async throws {
        let scratch = try Scratch()
        let watch = try DirectoryWatch(scratch.path)
        defer { watch.close() }
        var changes = watch.changes.makeAsyncIterator()
        try scratch.write("a.yaml")
        #expect(await changes.next() != nil)
        try FileManager.default.moveItem(atPath: scratch.path + "/a.yaml", toPath: scratch.path + "/b.yaml")
        #expect(await changes.next() != nil)
        try FileManager.default.removeItem(atPath: scratch.path + "/b.yaml")
        #expect(await changes.next() != nil)
    }

    @Test("A file in the place of a directory is refused at once, and is not waited on for ever")
    func noDirectory() throws {
        let scratch = try Scratch()
        try scratch.write("servers.yaml")
        let path = scratch.path + "/servers.yaml"
        #expect(throws: DirectoryWatch.Failure(directory: path, code: ENOTDIR)) { _ = try DirectoryWatch(path) }
    }

    @Test("So is one in a directory that was made later, at any depth")
    func newDirectories() async throws {
        let scratch = try Scratch()
        let watch = try DirectoryWatch(scratch.path)
        defer { watch.close() }
        var changes = watch.changes.makeAsyncIterator()
        try scratch.makeDirectory("sites")
        #expect(await changes.next() != nil)
        try scratch.makeDirectory("sites/seoul")
        #expect(await changes.next() != nil)
        try scratch.write("sites/seoul/servers.yaml")
        #expect(await changes.next() != nil)
    }

    @Test("What is hidden is not looked at")
    func hidden() async throws {
        let scratch = try Scratch()
        try scratch.makeDirectory(".plumb")
        let watch = try DirectoryWatch(scratch.path)
        var changes = watch.changes.makeAsyncIterator()
        try scratch.write(".plumb/registry.sqlite")
        try scratch.write(".swap")
        watch.close()
        // Closed, the stream ends without ever having said a word.
        #expect(await changes.next() == nil)
    }

    @Test(
        "The way to a directory is its own name, every link, and the name of what they lead to")
    func way() throws {
        let scratch = try Scratch()
        try scratch.makeDirectory("releases/1/fleet")
        let top = try #require(WayToDirectory.real(scratch.path))
        try FileManager.default.createSymbolicLink(
            atPath: top + "/current", withDestinationPath: "./releases/../releases/1")
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
