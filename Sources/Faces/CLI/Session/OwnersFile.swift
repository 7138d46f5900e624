import Foundation
import Glibc
import Model

/// Files of a command that only their owner may read: so from their first moment, whatever the umask, and under their
/// name either whole or not at all.
enum OwnersFile {
    /// Puts it in the place of a file of that name; where a link stands there, in the place of what it leads to.
    static func put(_ bytes: [UInt8], at path: String) throws(CommandFailure) {
        let place = target(of: path)
        let draft = try writeDraft(of: bytes, for: place)
        guard rename(draft, place) == 0 else {
            let code = errno
            unlink(draft)
            throw failure(path, code)
        }
        flushDirectory(of: place)
    }

    /// Makes it where nothing has that name yet.
    ///
    /// - Returns: false where something has it, which is as it was.
    static func make(_ bytes: [UInt8], at path: String) throws(CommandFailure) -> Bool {
        let draft = try writeDraft(of: bytes, for: path)
        defer { unlink(draft) }
        guard link(draft, path) == 0 else {
            let code = errno
            if code == EEXIST { return false }
            throw failure(path, code)
        }
        flushDirectory(of: path)
        return true
    }

    private static func target(of path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// The whole of it on disk, beside the file that it is for.
    private static func writeDraft(of bytes: [UInt8], for path: String) throws(CommandFailure) -> String {
        let draft = "\(path).\(getpid()).new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path, errno) }
        let code = fill(descriptor, with: bytes)
        close(descriptor)
        guard code == 0 else {
            unlink(draft)
            throw failure(path, code)
        }
        return draft
    }

    /// - Returns: the system's number for what went wrong; 0: nothing.
    private static func fill(_ descriptor: Int32, with bytes: [UInt8]) -> Int32 {
        guard fchmod(descriptor, 0o600) == 0 else { return errno }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? errno : EIO }
            written += count
        }
        return fsync(descriptor) == 0 ? 0 : errno
    }

    /// A name is on disk only when its directory is.
    private static func flushDirectory(of path: String) {
        let descriptor = open(
            URL(filePath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
        CommandFailure(Sentence("cli.cannotWrite", path, String(cString: strerror(code))))
    }
}
