import Foundation
import Loading
import Model
import Processes

/// The configuration of one directory as it is now.
struct LoadedPlace {
    let configuration: LoadedConfiguration
    private(set) var report: ConfigurationReport
    /// What it was read with in place of files.
    let drafts: [String: String]

    /// - Parameters:
    ///   - recorded: names that the registry holds, of those that something refers to and nothing declares.
    ///   - drafts: texts that stand in for files, or beside them, by their paths.
    init(_ place: Workplace, recorded: Set<ObjectName> = [], drafts: [String: String] = [:]) throws {
        let read = try Self.files(in: place)
        var files = read.listing.files
        if !drafts.isEmpty {
            files.removeAll { drafts[$0.path] != nil }
            files += drafts.map { SourceFile(path: $0, text: $1) }
            files.sort { $0.path < $1.path }
        }
        // Git looks while the files are read.
        let commit = CommitQuestion(of: place.configuration)
        var loader = ConfigurationLoader()
        loader.recorded = recorded
        let start = ContinuousClock.now
        var loaded = loader.load(files)
        let loadTime = ContinuousClock.now - start
        loaded.refuseUnknownZones()
        loaded.desired.placePaths(in: place.configuration)
        loaded.desired.leftOut = LeftOutServers(
            in: read.listing.leftOut, unread: read.listing.unread, beyond: read.listing.beyond,
            empty: read.listing.empty)
        if !read.isWhole {
            let lock = GitIndex.lockPath(of: place.configuration) ?? "index.lock"
            loaded.distrustFiles(because: Sentence("edge.filesChanging", lock))
        } else if let verb = read.unfinished {
            loaded.distrustFiles(because: Sentence("edge.filesHalfMerged", verb, place.configuration))
        }
        loaded.sayWhereGitFails(in: place.configuration)
        self.drafts = drafts
        configuration = loaded
        var report = ConfigurationReport(files: files.count, objects: loaded.desired.counts)
        let renderer = DiagnosticRenderer(language: place.language)
        var lines = SourceLines(loaded.files)
        report.remarks = loaded.diagnostics.map { diagnostic in
            let location = lines.place(of: diagnostic.span)
            return ConfigurationReport.Remark(
                severity: diagnostic.severity, sentence: diagnostic.sentence, file: location?.path,
                line: location?.line ?? 0,
                column: location?.column ?? 0,
                rendering: renderer.render(diagnostic, in: &lines))
        }
        report.commit = commit.answer
        report.loadTime = loadTime
        self.report = report
    }

    static func directory(of place: Workplace) -> ConfigurationDirectory {
        ConfigurationDirectory(
            place.configuration, leavingOut: place.state, signOfAnother: ".plumb/\(StateDirectory.registryName)")
    }

    /// The files as they are together: read again while git changes them.
    ///
    /// - Returns: and whether git left them alone at last, and what it has not finished in them.
    private static func files(
        in place: Workplace
    ) throws -> (listing: ConfigurationDirectory.Listing, isWhole: Bool, unfinished: String?) {
        var listing = ConfigurationDirectory.Listing()
        for attempt in 0..<readings {
            if attempt > 0 { usleep(100_000) }
            let before = GitIndex(of: place.configuration)
            do throws(ConfigurationDirectory.Failure) {
                listing = try directory(of: place).listing()
            } catch {
                throw CommandFailure(error.sentence)
            }
            if !before.isLocked, GitIndex(of: place.configuration) == before {
                return (listing, true, before.unfinished)
            }
        }
        return (listing, false, nil)
    }

    private static var readings: Int { 10 }

    /// Nothing is made in a directory that has never been Plumb's, nor in a part of another configuration: with a registry
    /// of its own it would be taken for a fleet from then on.
    ///
    /// - Throws: where it is one of these.
    func refuseWrongDirectory(_ place: Workplace) async throws(CommandFailure) {
        try EnclosingConfiguration.refuse(place)
        guard !FileManager.default.fileExists(atPath: Composition.registryPath(of: place)) else { return }
        if report.files == 0 { throw CommandFailure(await sentenceOnNoDocuments(place)) }
        if let onlyAnother { throw CommandFailure(onlyAnother) }
    }

    /// Where nothing lies here but other configurations, what is said of the first of them.
    var onlyAnother: Sentence? {
        let failures = configuration.files.map(\.failure)
        return failures.allSatisfy { $0?.code == "file.another" } ? failures.first ?? nil : nil
    }

    /// Where there is no document at all, and no registry either: a state directory whose stacks hold servers is not one
    /// to begin anew beside.
    func sentenceOnNoDocuments(_ place: Workplace) async -> Sentence {
        await sentenceOnLostDocuments(place)
            ?? Sentence("cli.wrongDirectory", place.configuration, place.state)
    }

    /// The same, where no document is left of servers that Plumb's own files know: to begin anew would be the wrong
    /// advice.
    ///
    /// - Parameter registry: the path of a copy to ask instead.
    func namingWhatIsKnown(_ place: Workplace, at registry: String?) async -> LoadedPlace {
        guard let position = report.remarks.firstIndex(where: { $0.sentence.code == "file.none" }),
            let sentence = await sentenceOnLostDocuments(place, at: registry)
        else { return self }
        var named = self
        named.report.remarks[position].sentence = sentence
        named.report.remarks[position].rendering = DiagnosticRenderer(language: place.language)
            .render(Diagnostic(.error, sentence, at: nil), files: [])
        return named
    }

    /// Nil: nothing is known of a server, or the registry cannot be read, which is said elsewhere.
    private func sentenceOnLostDocuments(_ place: Workplace, at registry: String? = nil) async -> Sentence? {
        guard let known = try? await KnownServers.names(in: place, registry: registry), !known.isEmpty else {
            return nil
        }
        if let path = configuration.desired.leftOut.paths.values.min() {
            return Sentence("edge.documentsLeftOut", place.configuration, path, String(known.count))
        }
        return Sentence("edge.documentsLost", String(known.count), place.configuration, place.state)
    }
}

/// Asks for the abbreviated commit that a directory's `HEAD` is at, with `+` where files differ from it. Only
/// information: a plan does not depend on it.
private struct CommitQuestion {
    private let head: RunningGit?
    private let changes: RunningGit?

    init(of directory: String) {
        head = RunningGit(["rev-parse", "--short", "HEAD"], in: directory)
        let isWorkTree = GitIndex.lockPath(of: directory) != nil
        changes = isWorkTree ? RunningGit(["status", "--porcelain", "--", "."], in: directory) : nil
    }

    /// Nil outside of a git repository.
    var answer: String? {
        let changes = changes?.answer
        return head?.answer.map { changes?.isEmpty ?? true ? $0 : $0 + "+" }
    }
}

extension LoadedConfiguration {
    /// Time zones are in a database of the system, which reading knows nothing of.
    fileprivate mutating func refuseUnknownZones() {
        let finder = PlaceFinder(positions)
        for policy in desired.policies {
            for (position, window) in policy.windows.enumerated() where !ZoneBook.isKnown(window.zone) {
                let span = finder.span(
                    of: ObjectName(.policy, policy.name.text), field: "spec.windows[\(position)].timezone")
                diagnostics.append(Diagnostic(.error, Sentence("edge.unknownTimeZone", window.zone), at: span))
            }
        }
    }

    /// Whose yes does not count is known from git, where a policy asks for that.
    fileprivate mutating func sayWhereGitFails(in directory: String) {
        guard desired.policies.contains(where: { $0.preventSelfApproval == true }) else { return }
        switch GitHead(of: directory) {
        case .outside, .unborn: return
        case .failed(let reason):
            diagnostics.append(Diagnostic(.warning, Sentence("edge.gitFailed", directory, reason), at: nil))
        case .commit:
            guard CommitAuthors.isShallow(directory) else { return }
            diagnostics.append(Diagnostic(.warning, Sentence("edge.gitShallow", directory), at: nil))
        }
    }

    /// Files that may be of two commits, so that what is missing says nothing.
    fileprivate mutating func distrustFiles(because sentence: Sentence) {
        diagnostics.append(Diagnostic(.error, sentence, at: nil))
        switch desired.completeness {
        case .complete: desired.completeness = .broken(.init(documents: ["git"], claims: []))
        case .broken: break
        }
    }
}

extension Desired {
    /// Relative paths begin where the documents are, wherever the command was started.
    fileprivate mutating func placePaths(in directory: String) {
        func placed(_ path: String) -> String { path.hasPrefix("/") ? path : directory + "/" + path }
        for index in clusters.indices {
            if let root = clusters[index].terraform.root { clusters[index].terraform.root = placed(root) }
            if let binary = clusters[index].terraform.binary, binary.contains("/") {
                clusters[index].terraform.binary = placed(binary)
            }
            guard case .proxmox(var endpoint) = clusters[index].source, case .caFile(let path) = endpoint.trust else {
                continue
            }
            endpoint.trust = .caFile(placed(path))
            clusters[index].source = .proxmox(endpoint)
        }
    }

    /// How many objects there are of each kind that has any.
    var counts: [(kind: Kind, count: Int)] {
        let counts: [(Kind, Int)] = [
            (.cluster, clusters.count), (.server, servers.count), (.role, roles.count), (.policy, policies.count),
            (.databaseServer, databaseServers.count), (.database, databases.count), (.simulatedFleet, fleets.count),
        ]
        return counts.filter { $0.1 > 0 }.map { (kind: $0.0, count: $0.1) }
    }
}
