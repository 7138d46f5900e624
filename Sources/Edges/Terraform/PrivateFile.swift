import Crypto
import Glibc

/// Files of a stack: readable by their owner alone, and either the old or the new, whole, whenever the power goes.
enum PrivateFile {
    /// The bytes; nil where there is no such file.
    static func read(_ path: String) throws(TerraformFailure) -> [UInt8]? {
        guard let (descriptor, size) = try opened(path) else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while true {
            // One byte more than the file should have, so that the end is seen in the first round.
            let room = max(4096, size + 1 - bytes.count)
            var count = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
                count = Glibc.read(descriptor, buffer.baseAddress, room)
                filled = max(0, count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            if count == 0 { return bytes }
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
        }
    }

    /// The last bytes; nil where there is no such file.
    static func end(of path: String, atMost count: Int) throws(TerraformFailure) -> [UInt8]? {
        guard let (descriptor, size) = try opened(path) else { return nil }
        defer { close(descriptor) }
        var found = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            found = pread(descriptor, buffer.baseAddress, count, off_t(max(0, size - count)))
            filled = max(0, found)
        }
        guard found >= 0 else { throw failure(path) }
        return bytes
    }

    /// For reading, to be closed by the caller; nil where there is no such file.
    private static func opened(_ path: String) throws(TerraformFailure) -> (descriptor: Int32, size: Int)? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(path)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let failure = failure(path)
            close(descriptor)
            throw failure
        }
        return (descriptor, Int(status.st_size))
    }

    /// How the names end of files that are not whole yet.
    private static let halfWritten = ".new"

    /// Removes what processes that ended while they wrote left in a directory. Only for whoever alone may write there: no
    /// other process of Plumb is at work in it, and a file of this one's number is an earlier process's.
    ///
    /// A person works there as well (`terraform state pull > terraform.tfstate.new`), so that nothing goes but a plain
    /// file named and guarded as ``write(_:to:)`` does it, whose writer is gone.
    static func removeHalfWritten(in directory: String) {
        for name in names(in: directory) {
            guard let writer = writer(ofHalfWritten: name), writer == getpid() || isGone(writer) else { continue }
            let path = directory + "/" + name
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode == S_IFREG | 0o600, status.st_uid == geteuid() else {
                continue
            }
            unlink(path)
        }
    }

    /// The process of `NAME.PID.new`; nil where the name is of another form, or the number is no process's.
    private static func writer(ofHalfWritten name: String) -> Int32? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 2, ".\(parts[parts.count - 1])" == halfWritten else { return nil }
        let digits = parts[parts.count - 2]
        guard let pid = Int32(digits), pid > 0, pid <= highestPID, String(pid) == digits else { return nil }
        return pid
    }

    /// What Linux allows for `kernel.pid_max`; a date (`20261128`) is higher.
    private static var highestPID: Int32 { 4_194_304 }

    private static func isGone(_ pid: Int32) -> Bool { kill(pid, 0) != 0 && errno == ESRCH }

    /// Writes beside the file, flushes, and puts the new one in its place.
    static func write(_ bytes: [UInt8], to path: String) throws(TerraformFailure) {
        let temporary = "\(path).\(getpid())\(halfWritten)"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let failure = failure(path)
                close(descriptor)
                unlink(temporary)
                throw failure
            }
            written += count
        }
        guard fsync(descriptor) == 0, close(descriptor) == 0, rename(temporary, path) == 0 else {
            let failure = failure(path)
            unlink(temporary)
            throw failure
        }
        flushDirectory(of: path)
    }

    /// A rename is on disk only when the directory is.
    private static func flushDirectory(of path: String) {
        let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let descriptor = open(parent.isEmpty ? "/" : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// Makes a directory, mode 0700, with those above it.
    static func makeDirectory(_ path: String) throws(TerraformFailure) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            guard mkdir(made, 0o700) == 0 || errno == EEXIST else { throw failure(made) }
        }
    }

    /// How many bytes a file has; nil where there is none.
    static func size(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// When it was last written to, in nanoseconds since 1970; nil where there is none.
    static func writtenAt(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_mtim.tv_sec) * 1_000_000_000 + status.st_mtim.tv_nsec : nil
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func remove(_ path: String) { unlink(path) }

    /// Gives a file the first free name beside its own, with a number behind it: `NAME.1`, `NAME.replaced-1`.
    ///
    /// - Returns: where it is now.
    static func setAside(_ path: String, as word: String = "") throws(TerraformFailure) -> String {
        let kept = try keepBeside(path, as: word)
        remove(path)
        flushDirectory(of: path)
        return kept
    }

    /// Gives a file that name beside its own: what takes its place later leaves it there.
    static func keepBeside(_ path: String, as word: String = "") throws(TerraformFailure) -> String {
        for number in 1...10_000 {
            let kept = "\(path).\(word)\(number)"
            // A link fails where the name is taken, so that nothing is ever written over.
            if link(path, kept) == 0 {
                chmod(kept, 0o600)
                return kept
            }
            guard errno == EEXIST else { throw failure(path) }
        }
        throw .file(path: path, reason: "10,000 files of that name")
    }

    /// The entries of a directory in ascending order; empty where it cannot be read.
    static func names(in path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a directory of plain files and directories.
    static func removeTree(_ path: String) {
        for name in names(in: path) {
            let inner = path + "/" + name
            if unlink(inner) != 0 { removeTree(inner) }
        }
        rmdir(path)
    }

    /// Hexadecimal SHA-256.
    static func digest(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    static func failure(_ path: String) -> TerraformFailure {
        .file(path: path, reason: String(cString: strerror(errno)))
    }
}
