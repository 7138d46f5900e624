import Glibc

/// The directories that one inotify instance watches: a root with all below it, and where the root's name stands.
struct WatchedTree: Sendable {
    let notifications: Int32
    let root: String
    /// A directory below the root that is not watched, and may come only later: what the daemon itself writes is no change.
    let leftOut: String?
    private var paths: [Int32: String] = [:]
    /// Names whose coming and going means another root, by the directory in which they stand.
    private var way: [Int32: Set<String>] = [:]

    /// Changes of names and of content; `IN_CLOSE_WRITE` rather than `IN_MODIFY`, so that half a file is no change.
    private static let mask = UInt32(
        IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB
    )
    private static let namesOnly = UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)
    /// Deeper than any configuration; ends loops of bind mounts.
    private static let deepest = 64

    init(notifications: Int32, root: String, leavingOut leftOut: String? = nil) {
        self.notifications = notifications
        self.root = root
        self.leftOut = leftOut
    }

    func path(of descriptor: Int32) -> String? { paths[descriptor] }

    func isWayToRoot(_ name: String, in descriptor: Int32) -> Bool { way[descriptor]?.contains(name) ?? false }

    mutating func forget(_ descriptor: Int32) {
        paths[descriptor] = nil
        way[descriptor] = nil
    }

    /// Watches what the root's path leads to now, and the way to it, in place of all that was watched.
    ///
    /// - Returns: `errno` where the directory itself cannot be watched.
    @discardableResult
    mutating func watchAll() -> Int32? {
        for descriptor in Set(paths.keys).union(way.keys) { inotify_rm_watch(notifications, descriptor) }
        paths = [:]
        way = [:]
        for (directory, name) in WayToDirectory(root).turns {
            // A directory that may not be watched can only be done without.
            let descriptor = add(directory, Self.namesOnly)
            if descriptor >= 0 { way[descriptor, default: []].insert(name) }
        }
        var seen: Set<Int32> = []
        return watch(root, depth: 0, &seen)
    }

    /// Watches what has come into a directory, where it is a directory itself or a link to one.
    mutating func watch(_ name: String, in parent: String) {
        let path = "\(parent)/\(name)"
        var seen: Set<Int32> = []
        if leadsOn(path) { _ = watch(path, depth: 0, &seen) }
    }

    /// - Parameter seen: what this walk has come to: links may form loops.
    private mutating func watch(_ directory: String, depth: Int, _ seen: inout Set<Int32>) -> Int32? {
        let descriptor = add(directory, Self.mask | UInt32(IN_ONLYDIR))
        guard descriptor >= 0 else { return errno }
        guard seen.insert(descriptor).inserted else { return nil }
        paths[descriptor] = directory
        guard depth < Self.deepest, let entries = opendir(directory) else { return nil }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard !name.hasPrefix("."), leadsOn("\(directory)/\(name)") else { continue }
            if let code = watch("\(directory)/\(name)", depth: depth + 1, &seen), code == ENOSPC { return code }
        }
        return nil
    }

    /// One directory may be below the root and on the way to it.
    private func add(_ directory: String, _ mask: UInt32) -> Int32 {
        inotify_add_watch(notifications, directory, mask | UInt32(IN_MASK_ADD))
    }

    /// Whether a path is that of the directory that is left out, by this name or another.
    func isLeftOut(_ path: String) -> Bool {
        guard let leftOut else { return false }
        if path == leftOut { return true }
        var one = stat()
        var other = stat()
        return stat(path, &one) == 0 && stat(leftOut, &other) == 0 && one.st_dev == other.st_dev
            && one.st_ino == other.st_ino
    }

    /// Whether there is more to watch behind a name: a directory, or a link to one that does not leave the root.
    private func leadsOn(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, !isLeftOut(path) else { return false }
        guard Self.isLink(path) else { return true }
        guard let target = WayToDirectory.real(path), let top = WayToDirectory.real(root) else { return false }
        return target == top || target.hasPrefix(top + "/")
    }

    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
