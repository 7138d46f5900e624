import Glibc

/// Keeps a second daemon away from a state directory: two would plan the same steps and get in each other's way. The
/// lock ends with the process, however it ends.
package final class DaemonLock: Sendable {
    package enum Failure: Error, Hashable, Sendable {
        /// By the process of that id; nil where it has not written it yet.
        case held(by: Int32?)
        /// `errno`.
        case unusable(code: Int32)
    }

    private let descriptor: Int32

    /// - Parameter path: of the file, which is made where there is none and stays behind.
    package init(_ path: String) throws(Failure) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unusable(code: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let holder = Self.holder(descriptor)
            close(descriptor)
            throw code == EWOULDBLOCK ? .held(by: holder) : .unusable(code: code)
        }
        let text = Array("\(getpid())\n".utf8)
        // Who holds it is only told to people; without it the lock is as good.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
        self.descriptor = descriptor
    }

    private static func holder(_ descriptor: Int32) -> Int32? {
        var buffer = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }

    /// Lets go of it; once is enough, and the end of the process does the same.
    package func release() { _ = flock(descriptor, LOCK_UN) }

    deinit { close(descriptor) }
}
