import Foundation
import Glibc

/// How a run ended that was to be cut off.
enum CutEnd: Sendable {
    /// At its point; the rest of what went on then.
    case struck
    /// Before its point came: the plan has none such. With the time that it took.
    case ended(after: Duration)
}

extension Stage {
    /// Runs `plumb` up to a point, and kills who is to be killed there.
    ///
    /// - Parameter span: how long such a run takes, for random moments.
    func cut(
        _ arguments: [String], at point: KillPoint, killing victim: KillVictim, span: Duration
    ) async throws -> CutEnd {
        let trap = try await KillTrap(point, for: victim, on: self, span: span)
        let began = ContinuousClock.now
        let program = try start(arguments, output: lastWords)
        var isSprung = false
        do {
            while program.isRunning, ContinuousClock.now - began < .seconds(120) {
                let isReached = try await trap.isSprung()
                isSprung = isReached && (victim != .terraform || hasTerraform)
                if isSprung { break }
                // It was Plumb itself that made the call: a Terraform that had would be there.
                if isReached { try await trap.letGo() }
                try await Task.sleep(for: .milliseconds(4))
            }
        } catch {
            program.kill(SIGKILL)
            throw error
        }
        // One that came as Plumb ended by itself is no cut.
        isSprung = isSprung && program.isRunning
        if isSprung, victim != .terraform { program.kill(SIGKILL) }
        if isSprung, victim != .plumb { killTerraform(withLeader: victim == .both) }
        if !isSprung, program.isRunning {
            program.kill(SIGKILL)
            throw StageFailure("plumb \(arguments.joined(separator: " ")) does not end")
        }
        // A Plumb that lives on needs the way free before it ends, a dead one holds no lock any more.
        if victim != .terraform { try await program.end() }
        try await trap.release()
        if victim == .terraform { try await program.end() }
        return isSprung ? .struck : .ended(after: ContinuousClock.now - began)
    }

    /// What the run that was cut off had said.
    var lastWords: String { root + "/last-words" }

    /// Kills every Terraform of this stage that runs.
    ///
    /// - Parameter withLeader: also the shell that stands above it and would write down how it ended.
    private func killTerraform(withLeader: Bool) {
        let leaders = Set(runs.compactMap(Self.leader))
        guard !leaders.isEmpty else { return }
        if withLeader { for leader in leaders { Glibc.kill(-leader, SIGKILL) } }
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for pid in processes.compactMap({ Int32($0) }) where !leaders.contains(pid) {
            if let session = Self.session(of: pid), leaders.contains(session) { Glibc.kill(pid, SIGKILL) }
        }
    }

    /// Whether a Terraform of this stage still runs.
    var hasTerraform: Bool {
        runs.compactMap(Self.leader).contains { Self.session(of: $0) == $0 }
    }

    /// The directories of all runs of Terraform.
    private var runs: [String] {
        stacks.flatMap { stack in
            let events = "\(state)/stacks/\(stack)/events"
            return ((try? FileManager.default.contentsOfDirectory(atPath: events)) ?? []).map { events + "/" + $0 }
        }
    }

    /// `CLUSTER/STACK` of every directory of a stack.
    var stacks: [String] {
        let list = { (path: String) in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }
        let directory = state + "/stacks"
        return list(directory).flatMap { cluster in list("\(directory)/\(cluster)").map { "\(cluster)/\($0)" } }
            .sorted()
    }

    /// The process that leads the session of a run; nil: its number is another process's by now, which is nobody to kill.
    private static func leader(of run: String) -> Int32? {
        let lines = ((try? String(contentsOfFile: run + "/process", encoding: .utf8)) ?? "").split(separator: "\n")
        guard lines.count > 1, let pid = lines[1].split(separator: " ").first.flatMap({ Int32($0) }),
            let noted = fields(of: String(lines[1]))
        else { return nil }
        // A session outlives its leader, and its number is given to nobody until then.
        guard let now = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return pid }
        return fields(of: now).map { $0[startedAt] == noted[startedAt] } ?? false ? pid : nil
    }

    private static func session(of pid: Int32) -> Int32? {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let fields = fields(of: stat),
            fields[0] != "Z"
        else { return nil }
        return Int32(fields[3])
    }

    /// What `/proc/PID/stat` says after the name: state, parent, group, session, and as the twentieth when it started.
    private static func fields(of stat: String) -> [Substring]? {
        guard let close = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: close)...].split(separator: " ")
        return fields.count > startedAt ? fields : nil
    }

    private static var startedAt: Int { 19 }
}
