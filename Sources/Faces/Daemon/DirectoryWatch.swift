import Foundation
import Glibc
import Synchronization

/// Says that something below a directory has changed, by inotify(7), on a thread of its own.
///
/// It must not know what the files mean: any change of a name or of written content counts. Hidden directories, such
/// as `.git` and `.plumb`, are not looked into. The directory may be moved away and another put in its place, and a link
/// on the way to it may come to point elsewhere.
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

    /// - Parameter leftOut: a directory below that is no part of it, as an absolute path; it need not be there yet.
    /// - Throws: when the directory cannot be watched, or the kernel's limit of watches is reached
    ///   (`fs.inotify.max_user_watches`).
    package init(_ directory: String, leavingOut leftOut: String? = nil) throws(Failure) {
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
        var tree = WatchedTree(notifications: notifications, root: directory, leavingOut: leftOut)
        if let code = tree.watchAll() {
            // A class whose initialiser throws is deinitialised where all it stores was set: its numbers, closed twice,
            // could be somebody else's by then.
            isClosed.withLock { $0 = true }
            for descriptor in [notifications] + ends { Glibc.close(descriptor) }
            throw Failure(directory: directory, code: code)
        }
        let watch = WatchThread(tree: tree, end: ends[0]) { continuation.yield() }
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
