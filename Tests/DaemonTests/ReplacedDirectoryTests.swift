import Foundation
import Testing

@testable import Daemon

/// The kernel queues an event before the call that caused it returns, so that nothing here waits.
@Suite("A watched directory that is replaced")
struct ReplacedDirectoryTests {
    private let top: String
    private let files = FileManager.default

    init() throws {
        top = NSTemporaryDirectory() + "plumb-replaced-\(UUID().uuidString)"
        try files.createDirectory(atPath: top, withIntermediateDirectories: true)
    }

    private func write(_ name: String) throws { try Data("a".utf8).write(to: URL(filePath: "\(top)/\(name)")) }
    private func make(_ name: String) throws {
        try files.createDirectory(atPath: "\(top)/\(name)", withIntermediateDirectories: true)
    }
    private func link(_ name: String, to target: String) throws {
        try files.createSymbolicLink(atPath: "\(top)/\(name)", withDestinationPath: target)
    }

    private let aChange = true
    private let nothing = false

    private func expect(
        _ thread: inout WatchThread, _ expected: Bool, at place: SourceLocation = #_sourceLocation
    ) {
        let said = thread.takeEvents()
        #expect(said == expected, sourceLocation: place)
    }

    /// Watches a directory of this test for as long as `body` runs.
    private func watching(_ name: String, _ body: (inout WatchThread) throws -> Void) throws {
        defer { try? files.removeItem(atPath: top) }
        let notifications = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        defer { close(notifications) }
        var tree = WatchedTree(notifications: notifications, root: "\(top)/\(name)")
        #expect(tree.watchAll() == nil)
        var thread = WatchThread(tree: tree, end: -1) {}
        try body(&thread)
    }

    @Test("Another directory in its place is watched in its stead")
    func replaced() throws {
        try make("conf/sites")
        try watching("conf") { thread in
            try files.moveItem(atPath: top + "/conf", toPath: top + "/old")
            expect(&thread, aChange)
            try files.copyItem(atPath: top + "/old", toPath: top + "/conf")
            expect(&thread, aChange)
            expect(&thread, nothing)
            try write("conf/sites/a.yaml")
            expect(&thread, aChange)
            // What was moved away is nobody's configuration any more, and neighbours never were.
            try write("old/sites/b.yaml")
            try write("c.yaml")
            expect(&thread, nothing)
        }
    }

    @Test("A link on the way to it may come to point elsewhere")
    func flippedLink() throws {
        try make("releases/1/fleet")
        try make("releases/2/fleet")
        try link("current", to: "releases/1")
        try watching("current/fleet") { thread in
            try link("new", to: "releases/2")
            expect(&thread, nothing)
            #expect(rename(top + "/new", top + "/current") == 0)
            expect(&thread, aChange)
            try write("releases/1/fleet/a.yaml")
            expect(&thread, nothing)
            try write("releases/2/fleet/a.yaml")
            expect(&thread, aChange)
        }
    }

    @Test("What a link below it leads to is watched, but not outside of it")
    func links() throws {
        try make("fleet/.hidden")
        try make("outside")
        try link("fleet/sites", to: ".hidden")
        try link("fleet/loop", to: ".")
        try link("fleet/away", to: "../outside")
        try watching("fleet") { thread in
            try write("fleet/.hidden/a.yaml")
            expect(&thread, aChange)
            try write("outside/a.yaml")
            expect(&thread, nothing)
            try make("fleet/.other")
            expect(&thread, nothing)
            try files.removeItem(atPath: top + "/fleet/sites")
            try link("fleet/sites", to: ".other")
            expect(&thread, aChange)
            try write("fleet/.other/a.yaml")
            expect(&thread, aChange)
        }
    }

    @Test("A mounted ConfigMap changes by a hidden link; an editor's lock is a link too, and changes nothing")
    func hiddenLinks() throws {
        try make("fleet/..1")
        try make("fleet/..2")
        try link("fleet/..data", to: "..1")
        try watching("fleet") { thread in
            try link("fleet/.#a.yaml", to: "me@here.4711")
            expect(&thread, nothing)
            try link("fleet/.new", to: "..2")
            expect(&thread, aChange)
            #expect(rename(top + "/fleet/.new", top + "/fleet/..data") == 0)
            expect(&thread, aChange)
        }
    }
}
