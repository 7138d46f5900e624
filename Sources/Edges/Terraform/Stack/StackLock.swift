import Glibc
import JSONArena
import Model
import Processes
import Synchronization

/// A stack's lock: an advisory lock of the kernel on a file, gone with the process that held it, and in the file who
/// that is. It is not handed on to Terraform, whose own state lock does that part.
package final class StackLock: Sendable {
    /// Who holds a lock.
    package struct Holder: Hashable, Sendable, CustomStringConvertible {
        package var process: ProcessIdentity
        package var host: String
        package var since: Timestamp
        package var command: String

        package var description: String { "\(command) (process \(process.pid) on \(host) since \(since))" }
    }

    private let descriptor: Mutex<Int32>

    /// - Parameters:
    ///   - path: of the lock's file, which stays when the lock is released: removing it would let two hold it.
    ///   - command: what the holder does, for whoever finds the lock taken.
    ///   - patience: how long to wait for another holder.
    /// - Throws: ``TerraformFailure/locked(path:holder:)``, or a failure of the file.
    package init(path: String, command: String, waiting patience: Duration = .zero) async throws(TerraformFailure) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PrivateFile.failure(path) }
        let deadline = ContinuousClock.now + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let reason = errno
            if reason == EWOULDBLOCK, ContinuousClock.now < deadline, !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(50))
            } else if reason != EINTR {
                close(descriptor)
                guard reason == EWOULDBLOCK else {
                    throw .file(path: path, reason: String(cString: strerror(reason)))
                }
                throw .locked(path: path, holder: Self.holder(path))
            }
        }
        self.descriptor = Mutex(descriptor)
        let text = Self.holderText(command: command)
        ftruncate(descriptor, 0)
        _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    deinit { release() }

    /// Lets others have it; a second time does nothing.
    package func release() {
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return }
            ftruncate(descriptor, 0)
            close(descriptor)
            descriptor = -1
        }
    }

    private static func holderText(command: String) -> [UInt8] {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let text: JSONValue = [
            "process": .string(ProcessIdentity.current?.description ?? ""), "host": .string(host),
            "since": .int(Int(now.tv_sec)), "command": .string(command),
        ]
        return text.bytes() + [UInt8(ascii: "\n")]
    }

    /// Another process than this one that holds a lock; nil: none, or the file says nothing of it.
    package static func otherHolder(_ path: String) -> Holder? {
        guard let holder = holder(path), holder.process != ProcessIdentity.current, holder.process.isAlive else {
            return nil
        }
        return holder
    }

    private static func holder(_ path: String) -> Holder? {
        guard let bytes = try? PrivateFile.read(path), let node = try? JSONDocument(parsing: bytes).root,
            let process = node["process"]?.string.flatMap({ ProcessIdentity($0) }), let host = node["host"]?.string,
            let since = node["since"]?.int, let command = node["command"]?.string
        else { return nil }
        return Holder(process: process, host: host, since: Timestamp(seconds: Int64(since)), command: command)
    }
}
