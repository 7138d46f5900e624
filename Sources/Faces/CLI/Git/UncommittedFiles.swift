import Foundation
import Glibc

/// The YAML below a directory that differs from the latest commit, and whose it is.
struct UncommittedFiles {
    let isEmpty: Bool
    /// The accounts that own those files, in lower case: who wrote a file is the best witness for a change that bears no
    /// author. Not the account that asks, which may have written for anybody.
    let owners: Set<String>
    /// Whether one of them has no such owner: it is gone, or this account's own.
    let hasUnowned: Bool

    /// Nil where git cannot say it.
    init?(in directory: String) {
        // What git ignores is read by Plumb all the same.
        let question = [
            "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--ignored=traditional", "--",
            ".",
        ]
        guard let end = RunningGit(question, in: directory)?.end, end.status == 0 else { return nil }
        // Two letters and a blank come before each path, which begins at the repository's root.
        let paths = end.whole.split(separator: "\0").map { String($0.dropFirst(3)) }
            .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        let prefix = LoadedPlace.git(["rev-parse", "--show-prefix"], in: directory) ?? ""
        // Below the directory what is hidden is not read.
        let read = paths.filter { path in
            !path.dropFirst(path.hasPrefix(prefix) ? prefix.count : 0).split(separator: "/").contains {
                $0.hasPrefix(".")
            }
        }
        isEmpty = read.isEmpty
        guard !read.isEmpty else {
            (owners, hasUnowned) = ([], false)
            return
        }
        guard let root = LoadedPlace.git(["rev-parse", "--show-toplevel"], in: directory) else { return nil }
        let found = read.map { Self.owner(of: root + "/" + $0) }
        owners = Set(found.compactMap(\.self))
        hasUnowned = found.contains(nil)
    }

    private static func owner(of path: String) -> String? {
        // Of a link its own.
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            (attributes[.ownerAccountID] as? NSNumber)?.uint32Value != geteuid()
        else { return nil }
        return (attributes[.ownerAccountName] as? String)?.lowercased()
    }
}
