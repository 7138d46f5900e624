import Glibc

/// Files of a few lines, and those of `/proc`, whose length is not known before they are read.
enum SmallFile {
    /// The text, up to a mebibyte; nil where there is no such file or it may not be read.
    static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 20 {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? String(decoding: bytes, as: UTF8.self) : nil }
            bytes.append(contentsOf: chunk[..<count])
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// How long ago a file was last written to, by the system's clock, never negative; nil where there is none.
    static func age(of path: String) -> Duration? {
        var file = stat()
        var now = timespec()
        guard stat(path, &file) == 0, clock_gettime(CLOCK_REALTIME, &now) == 0 else { return nil }
        return max(.zero, .seconds(now.tv_sec - file.st_mtim.tv_sec))
    }

    /// Whether there is such a file, and nothing in it.
    static func isEmpty(_ path: String) -> Bool {
        var file = stat()
        return stat(path, &file) == 0 && file.st_size == 0
    }

    /// Whether the file system of that path has no room left.
    static func hasNoRoom(_ path: String) -> Bool {
        var system = statvfs()
        guard statvfs(path, &system) == 0 else { return false }
        // Some blocks are only root's.
        return (geteuid() == 0 ? system.f_bfree : system.f_bavail) == 0
    }

    /// The entries of a directory, without `.` and `..`; nil where it cannot be read.
    static func names(in path: String) -> [String]? {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
