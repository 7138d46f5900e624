import Foundation
import Model

/// Who wrote the configuration, as far as git knows: the authors of commits. Who committed another's work is not among
/// them, because that is how a review ends. Nothing proves that an author is who the commit says.
enum CommitAuthors {
    /// The daemon acts for nobody.
    static let daemon = "daemon"

    /// - Parameters:
    ///   - since: the authors of later commits only; nil, or no ancestor of now: those of a week and of the latest one.
    ///   - person: who runs the command: whoever plans with changes that nobody committed, or without git, asked for them.
    static func askers(in directory: String, since: String?, person: String) -> Askers {
        let planner = person == daemon ? nil : person.lowercased()
        switch GitHead(of: directory) {
        case .outside, .unborn:
            return Askers(people: [], planner: planner, knowledge: planner == nil ? .none : .witnesses)
        // There are authors, and whoever plans need not be one.
        case .failed: return Askers(people: [], knowledge: .none)
        case .commit(let head):
            guard let changes = UncommittedFiles(in: directory) else { return Askers(people: [], knowledge: .none) }
            let authors = authors(since: since, in: directory)
            if changes.isEmpty { return Askers(people: authors.sorted(), commit: head, knowledge: .authors) }
            let isWitnessed = planner != nil || !changes.hasUnowned
            return Askers(
                people: authors.union(changes.owners).sorted(), planner: planner,
                knowledge: isWitnessed ? .witnesses : .none)
        }
    }

    private static func authors(since: String?, in directory: String) -> Set<String> {
        if let since, LoadedPlace.git(["merge-base", "--is-ancestor", since, "HEAD"], in: directory) != nil {
            return authors(["\(since)..HEAD"], in: directory)
        }
        return authors(["--since=7.days"], in: directory).union(authors(["-1"], in: directory))
    }

    /// Each author by name, by address, and by what is before the address's `@`, in lower case.
    private static func authors(_ range: [String], in directory: String) -> Set<String> {
        let text = LoadedPlace.git(["log", "--format=%an%x09%ae"] + range + ["--", "."], in: directory) ?? ""
        var names: Set<String> = []
        for line in text.lowercased().split(separator: "\n") {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            names.formUnion(parts.map(String.init))
            if let address = parts.last, let user = address.split(separator: "@").first { names.insert(String(user)) }
        }
        names.remove("")
        return names
    }
}
