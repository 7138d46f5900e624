import Foundation
import Glibc

/// A process that holds a lock on the registry's file.
package struct LockHolder: Hashable, Sendable {
    package var pid: Int32
    /// Its command as the kernel shows it; empty where it could not be read.
    package var command: String

    package init(pid: Int32, command: String) {
        self.pid = pid
        self.command = command
    }

    /// The processes that hold a write lock on the database or on its shared memory, from `/proc/locks` (proc(5)); the
    /// kernel is asked because a lock outlives nothing, while a note in a file would outlive its writer. Ascending by
    /// process id, this process included; empty where the table cannot be read.
    static func holders(ofDatabaseAt path: String) -> [LockHolder] {
        // The kernel hands the table out in pieces, and while other locks come and go a line can fall between two.
        for _ in 0..<5 {
            let found = holdersSeen(ofDatabaseAt: path)
            if !found.isEmpty { return found }
        }
        return []
    }

    private static func holdersSeen(ofDatabaseAt path: String) -> [LockHolder] {
        let inodes = [path, path + "-shm"].compactMap { FileIdentity(at: $0)?.inode }
        guard !inodes.isEmpty, let table = FileManager.default.contents(atPath: "/proc/locks") else { return [] }
        var pids: Set<Int32> = []
        for line in String(decoding: table, as: UTF8.self).split(separator: "\n") {
            // 1: POSIX  ADVISORY  WRITE 3105 08:01:1574037 120 120
            let words = line.split(separator: " ")
            // A process of another pid namespace has the number 0 or -1.
            guard words.count >= 8, words[1] == "POSIX", words[3] == "WRITE", let pid = Int32(words[4]), pid > 0,
                let inode = words[5].split(separator: ":").last.flatMap({ UInt64($0) }), inodes.contains(inode)
            else { continue }
            pids.insert(pid)
        }
        return pids.sorted().map { LockHolder(pid: $0, command: command(of: $0)) }
    }

    private static func command(of pid: Int32) -> String {
        guard let name = FileManager.default.contents(atPath: "/proc/\(pid)/comm") else { return "" }
        return String(decoding: name, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension LockHolder: CustomStringConvertible {
    package var description: String { command.isEmpty ? "process \(pid)" : "process \(pid) (\(command))" }
}
