import Model

/// Who wrote the configuration, as far as git knows: the authors of commits, and whom their messages name beside. Who
/// committed another's work is not among them, nor who merely merged it, because that is how a review ends. Nothing
/// proves that an author is who the commit says.
enum CommitAuthors {
    /// The daemon acts for nobody.
    static let daemon = "daemon"

    /// - Parameters:
    ///   - since: the authors of later commits only; nil, or no ancestor of now: those of a week and of the latest one.
    ///   - person: who runs the command: whoever plans with changes that nobody committed, or without git, asked for them.
    static func askers(in directory: String, since: String?, person: String) -> Askers {
        let planner = person == daemon ? nil : PersonName.compared(person)
        switch GitHead(of: directory) {
        case .outside, .unborn:
            return Askers(people: [], planner: planner, knowledge: planner == nil ? .none : .witnesses)
        // There are authors, and whoever plans need not be one.
        case .failed: return Askers(people: [], knowledge: .none)
        case .commit(let head):
            guard let changes = UncommittedFiles(in: directory), let past = history(since: since, in: directory)
            else { return Askers(people: [], knowledge: .none) }
            if changes.isEmpty {
                return Askers(
                    people: past.authors.sorted(), commit: head, knowledge: past.isWhole ? .authors : .none)
            }
            let isWitnessed = planner != nil || !changes.hasUnowned
            return Askers(
                people: past.authors.union(changes.owners).sorted(), planner: planner,
                knowledge: isWitnessed && past.isWhole ? .witnesses : .none)
        }
    }

    /// Whether the repository was cloned or fetched with `--depth`: the commits before are not there, and whatever they
    /// did looks as if nobody had.
    static func isShallow(_ directory: String) -> Bool {
        LoadedPlace.git(["rev-parse", "--is-shallow-repository"], in: directory) == "true"
    }

    private struct History {
        var authors: Set<String>
        /// Whether nobody else can have asked: no commit in between is out of sight.
        var isWhole: Bool
    }

    /// Nil where git cannot list the commits.
    private static func history(since: String?, in directory: String) -> History? {
        let isShallow = isShallow(directory)
        if let since, LoadedPlace.git(["merge-base", "--is-ancestor", since, "HEAD"], in: directory) != nil {
            return authors(["\(since)..HEAD"], in: directory).map { History(authors: $0, isWhole: !isShallow) }
        }
        guard let recent = authors(["--since=7.days"], in: directory),
            let latest = AuthoredCommit.list(["-1", "--", "."], in: directory)
        else { return nil }
        // Where the commit is no ancestor the history was rewritten, or another branch is checked out.
        return History(
            authors: latest.reduce(into: recent) { $0.formUnion($1.people) }, isWhole: since == nil && !isShallow)
    }

    /// Git shortens the history of a directory to the sides of merges that it came from, and so leaves out who chose
    /// between them: all sides are walked, and each merge is looked at.
    private static func authors(_ range: [String], in directory: String) -> Set<String>? {
        guard
            let commits = AuthoredCommit.list(["--full-history", "--no-merges"] + range + ["--", "."], in: directory),
            let merges = AuthoredCommit.list(["--merges"] + range, in: directory)
        else { return nil }
        let all = commits + MergeExamination.deciding(of: merges, in: directory)
        return all.reduce(into: Set<String>()) { $0.formUnion($1.people) }
    }
}
