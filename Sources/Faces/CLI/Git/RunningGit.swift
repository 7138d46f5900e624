import Foundation

/// Git at work: the one place that starts it. Whoever starts one takes its answer.
struct RunningGit {
    private let process = Process()
    private let output = Pipe()
    private let complaints = Pipe()
    private let readsComplaints: Bool

    /// Nil where it cannot be started.
    ///
    /// - Parameters:
    ///   - readsComplaints: for questions to which git says no more than some lines: a pipe holds 64 KiB, and git would
    ///     wait for a reader who waits for its answer.
    ///   - environment: what it is told beside what this program was told.
    init?(
        _ arguments: [String], in directory: String, readsComplaints: Bool = false, environment: [String: String] = [:]
    ) {
        self.readsComplaints = readsComplaints
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git"] + arguments
        process.currentDirectoryURL = URL(filePath: directory)
        process.environment = ProcessInfo.processInfo.environment.merging(Self.environment) { $1 }
            .merging(environment) { $1 }
        process.standardOutput = output
        if readsComplaints {
            process.standardError = complaints
        } else {
            process.standardError = FileHandle.nullDevice
        }
        process.standardInput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
    }

    /// The repository is an operator's: `git status` would take `index.lock` to freshen what it knows of the files, and
    /// whoever commits at that moment is refused. What it complains of is read by nobody but this program.
    private static let environment = ["GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"]

    struct End {
        /// Git's own: 1 is a no to many a question, 128 a failure; 127: there is no git.
        var status: Int32
        /// All that it wrote to its standard output.
        var whole: String
        /// The first line that it wrote to its standard error; empty: none, or it was not read.
        var complaint: String
        /// What it wrote, without white space around it.
        var output: String { whole.trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    /// Waits for its end.
    var end: End {
        let said = Self.text(of: output)
        let complaint = readsComplaints ? Self.text(of: complaints) : ""
        process.waitUntilExit()
        let line = complaint.split(separator: "\n").first.map(String.init) ?? ""
        return End(status: process.terminationStatus, whole: said, complaint: line)
    }

    /// What it says; nil where it fails. Waits for its end.
    var answer: String? {
        let end = end
        return end.status == 0 ? end.output : nil
    }

    private static func text(of pipe: Pipe) -> String {
        let data = (try? pipe.fileHandleForReading.readToEnd()) ?? nil
        return String(decoding: data ?? Data(), as: UTF8.self)
    }
}

extension LoadedPlace {
    /// What git says, without white space around it; nil where it fails.
    static func git(_ arguments: [String], in directory: String) -> String? {
        RunningGit(arguments, in: directory)?.answer
    }
}
