import Foundation

/// Files that only their owner reads: they hold tokens, keys and passwords.
enum PrivateFile {
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let code: Int32
        var description: String { "\(path): \(String(cString: strerror(code)))" }
    }

    /// An empty file for appending, mode 0600.
    static func create(_ path: String) throws(Failure) -> FileHandle {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Writes beside the file and renames: readers see the old content or the new, never a part.
    static func write(_ data: Data, to path: String) throws {
        let temporary = path + ".new"
        let file = try create(temporary)
        try file.write(contentsOf: data)
        try file.synchronize()
        try file.close()
        guard rename(temporary, path) == 0 else { throw Failure(path: path, code: errno) }
    }

    /// The directory and those above it, mode 0700 for the last.
    static func makeDirectory(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard chmod(path, 0o700) == 0 else { throw Failure(path: path, code: errno) }
    }
}

/// A lock that dies with its process.
struct ProcessLock: ~Copyable {
    private let descriptor: Int32

    /// nil: another process holds it.
    init?(path: String) throws(PrivateFile.Failure) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PrivateFile.Failure(path: path, code: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK { return nil }
            throw PrivateFile.Failure(path: path, code: code)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
