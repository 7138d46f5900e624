import Glibc

/// The thread's own part: waits, reads, follows new directories, says that something changed.
struct WatchThread: Sendable {
    var tree: WatchedTree
    /// Becomes readable when the thread is to end.
    let end: Int32
    let changed: @Sendable () -> Void

    init(tree: WatchedTree, end: Int32, changed: @escaping @Sendable () -> Void) {
        self.tree = tree
        self.end = end
        self.changed = changed
    }

    mutating func run() {
        defer {
            Glibc.close(tree.notifications)
            Glibc.close(end)
        }
        var descriptors = [
            pollfd(fd: tree.notifications, events: Int16(POLLIN), revents: 0),
            pollfd(fd: end, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let count = poll(&descriptors, nfds_t(descriptors.count), -1)
            if count < 0 && errno != EINTR { return }
            // First, so that what happened before the end is said.
            if count > 0 && takeEvents() { changed() }
            if descriptors[1].revents != 0 { return }
        }
    }

    /// Reads all events that wait.
    ///
    /// - Returns: whether one of them counts.
    mutating func takeEvents() -> Bool {
        var counts = false
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let length = read(tree.notifications, &buffer, buffer.count)
            guard length > 0 else { return counts }
            var offset = 0
            while offset < length {
                let event = Self.event(in: buffer, at: offset)
                offset += MemoryLayout<inotify_event>.size + Int(event.head.len)
                if take(event.head, name: event.name) { counts = true }
            }
        }
    }

    private mutating func take(_ event: inotify_event, name: String) -> Bool {
        if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
            // Events were lost: whatever was made meanwhile must be watched too.
            tree.watchAll()
            return true
        }
        if event.mask & UInt32(IN_IGNORED) != 0 {
            tree.forget(event.wd)
            return false
        }
        if tree.isWayToRoot(name, in: event.wd) {
            // What was watched may have another name now, or none: begin anew with what bears the name.
            tree.watchAll()
            return true
        }
        guard let parent = tree.path(of: event.wd), counts(name, in: parent), !tree.isLeftOut("\(parent)/\(name)")
        else { return false }
        if event.mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 { tree.watch(name, in: parent) }
        return true
    }

    /// Of what is hidden only links count: `..data` of a mounted ConfigMap is where its files come from. Emacs's locks
    /// are links too, to nothing.
    private func counts(_ name: String, in parent: String) -> Bool {
        guard name.hasPrefix("."), name != ".plumbignore" else { return true }
        return name.hasPrefix("..") || (!name.hasPrefix(".#") && WatchedTree.isLink("\(parent)/\(name)"))
    }

    private static func event(in buffer: [UInt8], at offset: Int) -> (head: inotify_event, name: String) {
        buffer.withUnsafeBytes { bytes in
            let head = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
            let start = offset + MemoryLayout<inotify_event>.size
            let name = bytes[start..<start + Int(head.len)].prefix { $0 != 0 }
            return (head, String(decoding: name, as: UTF8.self))
        }
    }
}
