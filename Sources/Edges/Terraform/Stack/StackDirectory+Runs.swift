import Glibc
import Model
import Processes

/// Every run of Terraform has a directory below `events`, named for what it is.
extension StackDirectory {
    /// How many runs of the past are kept.
    static let keptRuns = 40
    /// How many backups that Terraform makes of the state are kept. They hold what the state holds.
    static let keptBackups = 5

    /// Makes a new run's directory: the name, with a number behind it where it is taken.
    func makeRun(_ name: String) throws(TerraformFailure) -> String {
        try PrivateFile.makeDirectory(eventsPath)
        for number in 1...10_000 {
            let run = eventsPath + "/" + (number == 1 ? name : "\(name).\(number)")
            if mkdir(run, 0o700) == 0 { return run }
            guard errno == EEXIST else { throw PrivateFile.failure(run) }
        }
        throw .file(path: eventsPath + "/" + name, reason: "10,000 runs of that name")
    }

    func runName(of program: DetachedProgram) -> String { String(program.directory.dropFirst(eventsPath.count + 1)) }

    /// The names of the runs whose files are there, in ascending order.
    package var runs: [String] { PrivateFile.names(in: eventsPath) }

    /// An apply that an earlier process started and that still runs: until it has ended, the state says what was.
    package var liveApply: String? {
        runs.last { run in
            guard run.hasPrefix("apply") else { return false }
            return DetachedProgram(attachingTo: eventsPath + "/" + run).recordedIdentity?.isAlive ?? false
        }
    }

    /// The runs of one name, oldest first: `apply-7`, `apply-7.2`, `apply-7.3`.
    package func runs(named name: String) -> [String] {
        runs.filter { $0 == name || $0.hasPrefix(name + ".") }
            .sorted { ($0.count, $0) < ($1.count, $1) }
    }

    /// Waits for every run that an earlier process left behind, as Terraform must not be started beside them, and
    /// removes what those runs need not keep: saved plans and candidates hold secrets. Only under the stack's lock.
    ///
    /// - Parameters:
    ///   - patience: how long to wait for one run.
    ///   - open: the batches whose runs somebody has still to read; nil: not known, and then none is taken away.
    /// - Throws: ``TerraformFailure/left(run:)`` where one still goes on after that, and in a cancelled task.
    package func settleRuns(
        waiting patience: Duration = .seconds(600), open: () async -> Set<BatchID>?
    ) async throws(TerraformFailure) {
        for run in runs {
            let program = DetachedProgram(attachingTo: eventsPath + "/" + run)
            if case .running = await program.wait(atMost: patience) { throw .left(run: run) }
            if !run.hasPrefix("apply") { PrivateFile.removeTree(program.directory) }
        }
        let left = runs.map { (run: $0, at: Self.modified(eventsPath + "/" + $0)) }.sorted { $0.at < $1.at }
        guard left.count > Self.keptRuns, let open = await open() else { return }
        for old in left.dropLast(Self.keptRuns) where !open.contains(where: { Self.isRun(old.run, of: $0) }) {
            PrivateFile.removeTree(eventsPath + "/" + old.run)
        }
    }

    /// `apply-7`, `apply-7.2` and `apply-7-again` are runs of batch 7.
    private static func isRun(_ run: String, of batch: BatchID) -> Bool {
        let name = "apply-\(batch)"
        return run == name || run.hasPrefix(name + ".") || run.hasPrefix(name + "-")
    }

    /// Removes Terraform's older backups of the state. A person's own (`terraform.tfstate.before-upgrade.backup`) stay.
    func pruneBackups() {
        for old in stateCommandBackups.dropLast(Self.keptBackups) { PrivateFile.remove(path + "/" + old) }
    }

    /// The names of the backups that Terraform's state commands left here, oldest first.
    var stateCommandBackups: [String] {
        let now = time(nil)
        return PrivateFile.names(in: path).filter { Self.isTerraformBackup($0, at: now) }
    }

    /// Whether a name is one that a state command of Terraform gives its backup: `terraform.tfstate.SECONDS.backup`, with
    /// the seconds since 1970, ten digits between 2001 and 2286.
    private static func isTerraformBackup(_ name: String, at now: Int) -> Bool {
        guard name.hasPrefix("terraform.tfstate."), name.hasSuffix(".backup") else { return false }
        let digits = name.dropFirst("terraform.tfstate.".count).dropLast(".backup".count)
        guard digits.utf8.count == 10, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        // A day written as digits (`2026112814`) is one that has not come.
        return Int(digits).map { $0 <= now } ?? false
    }

    private static func modified(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_mtim.tv_sec) : 0
    }
}
