import Foundation
import Glibc
import Synchronization

/// Says that something below a directory has changed, by inotify(7), on a thread of its own.
///
/// It must not know what the files mean: any change of a name or of written content counts. Hidden directories, such
/// as `.git` and `.plumb`, are not looked into.
package final class DirectoryWatch: Sendable {
    package struct Failure: Error, Hashable, Sendable {
        package var directory: String
        /// `errno`.
        package var code: Int32
    }

    /// One element for each burst of changes that was not yet taken.
    package let changes: AsyncStream<Void>
    /// The end of a pipe; a byte in it ends the thread.
    private let lifeline: Int32
    private let isClosed = Mutex(false)

    /// - Throws: when the directory cannot be watched, or the kernel's limit of watches is reached
    ///   (`fs.inotify.max_user_watches`).
    package init(_ directory: String) throws(Failure) {
        let notifications = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard notifications >= 0 else { throw Failure(directory: directory, code: errno) }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            let code = errno
            Glibc.close(notifications)
            throw Failure(directory: directory, code: code)
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        lifeline = ends[1]
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        changes = stream
        var tree = WatchedTree(notifications: notifications)
        if let code = tree.watch(directory) {
            // A class whose initialiser throws is deinitialised where all it stores was set: its numbers, closed twice,
            // could be somebody else's by then.
            isClosed.withLock { $0 = true }
            for descriptor in [notifications] + ends { Glibc.close(descriptor) }
            throw Failure(directory: directory, code: code)
        }
        let watch = WatchThread(tree: tree, end: ends[0], root: directory) { continuation.yield() }
        // A thread, because what waits in poll(2) would hold one of the cooperative pool.
        Thread.detachNewThread {
            var watch = watch
            watch.run()
            continuation.finish()
        }
    }

    deinit { close() }

    /// Ends the stream of changes.
    package func close() {
        let isFirst = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        guard isFirst else { return }
        // Written and not only closed: a child that was started in between may hold the same end open.
        _ = write(lifeline, [1] as [UInt8], 1)
        Glibc.close(lifeline)
    }
}

/// The directories that one inotify instance watches.
struct WatchedTree: Sendable {
    let notifications: Int32
    private var paths: [Int32: String] = [:]

    /// Changes of names and of content; `IN_CLOSE_WRITE` rather than `IN_MODIFY`, so that half a file is no change.
    private static let mask = UInt32(
        IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB
    )
    /// Deeper than any configuration; ends loops of bind mounts.
    private static let deepest = 64

    init(notifications: Int32) { self.notifications = notifications }

    func path(of descriptor: Int32) -> String? { paths[descriptor] }

    mutating func forget(_ descriptor: Int32) { paths[descriptor] = nil }

    /// Watches a directory and all below it.
    ///
    /// - Returns: `errno` where the directory itself cannot be watched; what is below it may come and go.
    @discardableResult
    mutating func watch(_ directory: String, depth: Int = 0) -> Int32? {
        let descriptor = inotify_add_watch(notifications, directory, Self.mask | UInt32(IN_ONLYDIR))
        guard descriptor >= 0 else { return errno }
        paths[descriptor] = directory
        guard depth < Self.deepest, let entries = opendir(directory) else { return nil }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard !name.hasPrefix("."), Self.isDirectory("\(directory)/\(name)") else { continue }
            if let code = watch("\(directory)/\(name)", depth: depth + 1), code == ENOSPC { return code }
        }
        return nil
    }

    /// A symbolic link is not followed.
    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

/// The thread's own part: waits, reads, follows new directories, says that something changed.
struct WatchThread: Sendable {
    var tree: WatchedTree
    /// Becomes readable when the thread is to end.
    let end: Int32
    let root: String
    let changed: @Sendable () -> Void

    init(tree: WatchedTree, end: Int32, root: String, changed: @escaping @Sendable () -> Void) {
        self.tree = tree
        self.end = end
        self.root = root
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
    private mutating func takeEvents() -> Bool {
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
            tree.watch(root)
            return true
        }
        if event.mask & UInt32(IN_IGNORED) != 0 {
            tree.forget(event.wd)
            return false
        }
        guard !name.hasPrefix(".") || name == ".plumbignore" else { return false }
        let isNewDirectory =
            event.mask & UInt32(IN_ISDIR) != 0 && event.mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0
        if isNewDirectory, let parent = tree.path(of: event.wd) { tree.watch("\(parent)/\(name)") }
        return true
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
