import Foundation

/// Tells merges that only bring two lines of work together from those that decide something: `git merge -s ours` drops
/// what the other side did, and a conflict ends as its author wants it.
struct MergeExamination {
    private let directory: String
    /// Where git writes what it would have made of a merge: the repository is an operator's, and may not be written to.
    private let scratch: URL
    /// Nil: git does not say where the repository's objects are.
    private let environment: [String: String]?

    /// How many are looked at, which takes two programs each.
    private static let limit = 100

    /// The merges that decide something below a directory, latest first; those beyond the first hundred count unlooked at.
    static func deciding(of merges: [AuthoredCommit], in directory: String) -> [AuthoredCommit] {
        guard !merges.isEmpty else { return [] }
        let examination = MergeExamination(in: directory)
        defer { try? FileManager.default.removeItem(at: examination.scratch) }
        return merges.prefix(limit).filter(examination.decides) + merges.dropFirst(limit)
    }

    private init(in directory: String) {
        self.directory = directory
        scratch = FileManager.default.temporaryDirectory.appending(path: "plumb-merges-\(UUID().uuidString)")
        let question = ["rev-parse", "--path-format=absolute", "--git-path", "objects"]
        guard let objects = LoadedPlace.git(question, in: directory),
            (try? FileManager.default.createDirectory(
                at: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])) != nil
        else {
            environment = nil
            return
        }
        environment = ["GIT_OBJECT_DIRECTORY": scratch.path, "GIT_ALTERNATE_OBJECT_DIRECTORIES": objects]
    }

    /// Where git cannot say what it would have made of it (before 2.38, or of three branches), a merge decides whatever
    /// it does not have from every side.
    private func decides(_ merge: AuthoredCommit) -> Bool {
        guard let tree = automaticTree(of: merge) else {
            return merge.parents.contains { differs($0, merge.id, [:]) }
        }
        return differs(tree, merge.id, environment ?? [:])
    }

    /// What `git merge` makes of the two parents by itself; where they conflict, with both sides in the files.
    private func automaticTree(of merge: AuthoredCommit) -> String? {
        guard let environment, merge.parents.count == 2 else { return nil }
        let question = ["merge-tree", "--write-tree", "--no-messages"] + merge.parents
        guard let end = RunningGit(question, in: directory, environment: environment)?.end,
            end.status == 0 || end.status == 1
        else { return nil }
        return end.output.split(separator: "\n").first.map(String.init)
    }

    /// Also where git cannot tell.
    private func differs(_ one: String, _ other: String, _ environment: [String: String]) -> Bool {
        let question = ["diff-tree", "-r", "--quiet", one, other, "--", "."]
        return RunningGit(question, in: directory, environment: environment)?.end.status != 0
    }
}
