import Foundation
import Glibc

/// A program that was started on a stage, in the fleet's directory; what it prints goes to files.
///
/// Files, not pipes: a cluster that a command starts outlives it and would keep a pipe open.
final class StageProgram: Sendable {
    private let process: Process
    private let ends: AsyncStream<Void>
    private let outputPath: String
    private let errorsPath: String

    /// - Parameter errors: where its standard error goes; nil: to the same file, as the two come.
    init(
        _ program: String, _ arguments: [String], in directory: String, environment: [String: String],
        output: String, errors: String? = nil
    ) throws {
        outputPath = output
        errorsPath = errors ?? output
        process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: directory)
        process.environment = environment
        let streams = try [output, errors].compactMap(\.self).map { path in
            try Data().write(to: URL(filePath: path))
            return try FileHandle(forWritingTo: URL(filePath: path))
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = streams.first
        process.standardError = streams.last
        let (ends, end) = AsyncStream<Void>.makeStream()
        self.ends = ends
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        // They are not closed by themselves, and with a thousand files open Foundation crashes where it starts programs.
        for stream in streams { try? stream.close() }
    }

    deinit { if process.isRunning { kill(SIGKILL) } }

    var isRunning: Bool { process.isRunning }

    /// What it printed so far.
    var output: String { (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOfFile: errorsPath, encoding: .utf8)) ?? "" }

    func kill(_ signal: Int32) { Glibc.kill(process.processIdentifier, signal) }

    /// Waits for its end.
    ///
    /// - Returns: its exit code.
    /// - Throws: `CancellationError`, and then it may still run.
    @discardableResult
    func end() async throws -> Int32 {
        for await _ in ends {}
        try Task.checkCancellation()
        return process.terminationStatus
    }
}

extension Stage {
    /// The program that was built beside these tests.
    static let binary = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "plumb").path

    /// Starts `plumb`, or another program as `plumb` is started.
    ///
    /// - Parameter output: a file for all that it prints; nil: files of its own, its errors apart.
    /// - Throws: `CancellationError` when the play is over.
    func start(
        _ arguments: [String], program: String = Stage.binary, language: String = "C", person: String = "operator",
        environment extra: [String: String] = [:], output: String? = nil
    ) throws -> StageProgram {
        try Task.checkCancellation()
        // What the machine's own Terraform is set up with has no part in a play.
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("TF_") }
        environment["NO_COLOR"] = "1"
        environment["LC_ALL"] = language
        environment["PLUMB_USER"] = person
        environment.merge(extra) { _, new in new }
        let own = root + "/printed-\(UInt32.random(in: 0 ... .max))"
        return try StageProgram(
            program, arguments, in: fleet, environment: environment, output: output ?? own,
            errors: output == nil ? own + "-errors" : nil)
    }

    // MARK: Programs that somebody else started

    /// The processes that work on this stage: in one of its directories, or with one of its paths in their command line.
    var programs: [Int32] { Self.programs(below: root) }

    static func programs(below root: String) -> [Int32] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.compactMap { Int32($0) }.filter { id in
            guard id != getpid() else { return false }
            let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/cwd")
            if let place, (place + "/").hasPrefix(root + "/") { return true }
            let words = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") ?? Data()
            return String(decoding: words, as: UTF8.self).contains(root + "/")
        }
    }

    /// Kills every one of them: clusters, Plumbs, and a Terraform that one of these left in a session of its own.
    func killPrograms() async {
        // One that is killed may just have started another.
        for _ in 0..<100 {
            let left = programs
            if left.isEmpty { return }
            for id in left { Glibc.kill(id, SIGKILL) }
            try? await Task.sleep(for: .milliseconds(10))
        }
    }
}
