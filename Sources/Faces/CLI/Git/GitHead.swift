/// What git says of the commit that a directory is at.
enum GitHead: Hashable {
    case commit(String)
    /// A repository without a commit.
    case unborn
    /// No repository.
    case outside
    /// There is one, and git cannot be asked: it is not installed, or it refuses what belongs to another account. With
    /// its words.
    case failed(String)

    init(of directory: String) {
        guard
            let end = RunningGit(["rev-parse", "--verify", "--quiet", "HEAD"], in: directory, readsComplaints: true)?
                .end
        else {
            self = GitIndex.lockPath(of: directory) == nil ? .outside : .failed("/usr/bin/env")
            return
        }
        if end.status == 0 {
            self = .commit(end.output)
        } else if GitIndex.lockPath(of: directory) == nil {
            self = .outside
        } else if end.status == 1 {
            self = .unborn
        } else {
            self = .failed(end.complaint)
        }
    }
}
