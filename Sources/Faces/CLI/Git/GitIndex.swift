import Foundation

/// The index of the work tree that a directory is in: git replaces it whenever it changes files, and holds a lock beside
/// it while it does. Read without git, because it is looked at twice around each reading of the configuration.
struct GitIndex: Hashable {
    /// Nil outside of a work tree.
    private let changedAt: Date?
    private let size: Int?
    let isLocked: Bool
    /// What git began in the work tree and stopped at a conflict or before its commit, as its verb: `merge`, `rebase`.
    let unfinished: String?

    init(of directory: String) {
        guard let git = Self.gitDirectory(of: directory) else {
            (changedAt, size, isLocked, unfinished) = (nil, nil, false, nil)
            return
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: git + "/index")
        changedAt = attributes?[.modificationDate] as? Date
        size = attributes?[.size] as? Int
        isLocked = FileManager.default.fileExists(atPath: git + "/index.lock")
        unfinished = Self.marks.first { FileManager.default.fileExists(atPath: git + "/" + $0.file) }?.verb
    }

    /// What git leaves in its directory until the whole is finished or given up; gitrevisions(7) names the heads.
    private static let marks: [(file: String, verb: String)] = [
        ("rebase-merge", "rebase"), ("rebase-apply/applying", "am"), ("rebase-apply", "rebase"),
        ("MERGE_HEAD", "merge"),
        ("CHERRY_PICK_HEAD", "cherry-pick"), ("REVERT_HEAD", "revert"),
    ]

    static func lockPath(of directory: String) -> String? { gitDirectory(of: directory).map { $0 + "/index.lock" } }

    /// `.git` of the directory or of the nearest one above it; a work tree added to a repository has a file there that
    /// names it.
    private static func gitDirectory(of directory: String) -> String? {
        var url = URL(filePath: directory).standardizedFileURL
        for _ in 0..<64 {
            let path = url.appending(path: ".git").path
            var isDirectory: ObjCBool = false
            if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
                if isDirectory.boolValue { return path }
                guard let text = try? String(contentsOfFile: path, encoding: .utf8), text.hasPrefix("gitdir: ") else {
                    return nil
                }
                let named = text.dropFirst("gitdir: ".count).trimmingCharacters(in: .whitespacesAndNewlines)
                return named.hasPrefix("/") ? named : url.appending(path: named).path
            }
            let parent = url.deletingLastPathComponent()
            if parent.path == url.path { return nil }
            url = parent
        }
        return nil
    }
}
