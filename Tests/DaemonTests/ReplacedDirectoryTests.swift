import Foundation
import Testing

@testable import Daemon

/// The kernel queues an event before the call that caused it returns, so that nothing here waits.
@Suite("A watched directory that is replaced")
struct ReplacedDirectoryTests {
    private let top: ScratchDirectory

    init() throws { top = try ScratchDirectory() }

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
        let notifications = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        defer { close(notifications) }
        var tree = WatchedTree(notifications: notifications, root: top(name))
        #expect(tree.watchAll() == nil)
        var thread = WatchThread(tree: tree, end: -1) {}
        try body(&thread)
    }

    @Test("Another directory in its place is watched in its stead")
    func replaced() throws {
        try top.make("conf/sites")
        try watching("conf") { thread in
            try top.move("conf", to: "old")
            expect(&thread, aChange)
            try top.copy("old", to: "conf")
            expect(&thread, aChange)
            expect(&thread, nothing)
            try top.write("conf/sites/a.yaml")
            expect(&thread, aChange)
            // What was moved away is nobody's configuration any more, and neighbours never were.
            try top.write("old/sites/b.yaml")
            try top.write("c.yaml")
            expect(&thread, nothing)
        }
    }

    @Test("A link on the way to it may come to point elsewhere")
    func flippedLink() throws {
        try top.make("releases/1/fleet")
        try top.make("releases/2/fleet")
        try top.link("current", to: "releases/1")
        try watching("current/fleet") { thread in
            try top.link("new", to: "releases/2")
            expect(&thread, nothing)
            #expect(rename(top("new"), top("current")) == 0)
            expect(&thread, aChange)
            try top.write("releases/1/fleet/a.yaml")
            expect(&thread, nothing)
            try top.write("releases/2/fleet/a.yaml")
            expect(&thread, aChange)
        }
    }

    @Test("What a link below it leads to is watched, but not outside of it")
    func links() throws {
        try top.make("fleet/.hidden")
        try top.make("outside")
        try top.link("fleet/sites", to: ".hidden")
        try top.link("fleet/loop", to: ".")
        try top.link("fleet/away", to: "../outside")
        try watching("fleet") { thread in
            try top.write("fleet/.hidden/a.yaml")
            expect(&thread, aChange)
            try top.write("outside/a.yaml")
            expect(&thread, nothing)
            try top.make("fleet/.other")
            expect(&thread, nothing)
            try top.remove("fleet/sites")
            try top.link("fleet/sites", to: ".other")
            expect(&thread, aChange)
            try top.write("fleet/.other/a.yaml")
            expect(&thread, aChange)
        }
    }

    @Test("A mounted ConfigMap changes by a hidden link; an editor's lock is a link too, and changes nothing")
    func hiddenLinks() throws {
        try top.make("fleet/..1")
        try top.make("fleet/..2")
        try top.link("fleet/..data", to: "..1")
        try watching("fleet") { thread in
            try top.link("fleet/.#a.yaml", to: "me@here.4711")
            expect(&thread, nothing)
            try top.link("fleet/.new", to: "..2")
            expect(&thread, aChange)
            #expect(rename(top("fleet/.new"), top("fleet/..data")) == 0)
            expect(&thread, aChange)
        }
    }
}
