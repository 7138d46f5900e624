import Glibc

/// Which file a path names at one moment, found without opening it: closing any descriptor of a database file would
/// drop this process's POSIX locks on it.
struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
    let size: Int64

    /// - Throws: ``RegistryFailure/moved(_:)`` where the path names nothing.
    init(of path: String) throws(RegistryFailure) {
        guard let found = FileIdentity(at: path) else { throw .moved(path) }
        self = found
    }

    /// Nil where the path names nothing that can be looked at.
    init?(at path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
    }

    static func == (one: Self, other: Self) -> Bool { one.device == other.device && one.inode == other.inode }

    func hash(into hasher: inout Hasher) {
        hasher.combine(device)
        hasher.combine(inode)
    }
}
