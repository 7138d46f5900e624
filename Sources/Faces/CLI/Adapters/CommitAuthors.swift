import Foundation
import Reconciliation

/// Who wrote the configuration, as far as git knows: the authors of commits. Who committed another's work is not among
/// them, because that is how a review ends. Nothing proves that an author is who the commit says.
enum CommitAuthors {
    /// The daemon acts for nobody.
    static let daemon = "daemon"

    /// - Parameters:
    ///   - since: the authors of later commits only; nil, or no ancestor of now: those of a week and of the latest one.
    ///   - person: who runs the command: whoever plans with changes that nobody committed, or without git, asked for them.
    static func askers(in directory: String, since: String?, person: String) -> Askers {
        let planner = person == daemon ? [] : [person.lowercased()]
        guard let head = LoadedPlace.git(["rev-parse", "HEAD"], in: directory), !head.isEmpty else {
            return Askers(people: planner)
        }
        let isClean = LoadedPlace.git(["status", "--porcelain", "--", "."], in: directory)?.isEmpty ?? false
        var people = Set(isClean ? [] : planner)
        if let since, LoadedPlace.git(["merge-base", "--is-ancestor", since, "HEAD"], in: directory) != nil {
            people.formUnion(authors(["\(since)..HEAD"], in: directory))
        } else {
            people.formUnion(authors(["--since=7.days"], in: directory))
            people.formUnion(authors(["-1"], in: directory))
        }
        return Askers(people: people.sorted(), commit: isClean ? head : nil)
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
