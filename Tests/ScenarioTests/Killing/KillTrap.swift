import Foundation
import GRDB
import JSONArena
import SimulationServer
import Transport

/// Holds a program at one point until it is killed there.
///
/// The point shows from outside, and nothing is built into the program for it: a trigger in the registry's file makes
/// one of its writes take for ever, a script that stands in for `terraform` holds still, or the simulated cluster
/// carries a call out and keeps its answer back.
struct KillTrap {
    private let stage: Stage
    private let point: KillPoint
    private let victim: KillVictim
    private let registry: DatabaseQueue
    /// When to strike, where the point is a moment.
    private let moment: ContinuousClock.Instant

    /// - Parameter span: how long such a run takes.
    init(_ point: KillPoint, for victim: KillVictim, on stage: Stage, span: Duration) async throws {
        self.stage = stage
        self.point = point
        self.victim = victim
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        registry = try DatabaseQueue(path: stage.state + "/registry.sqlite", configuration: configuration)
        moment =
            switch point {
            case .moment(let permille): ContinuousClock.now + span * permille / 1000
            case .write, .command, .writing, .call: ContinuousClock.now
            }
        switch point {
        case .write(let write):
            for (index, trigger) in write.triggers.enumerated() {
                // As many rows as the seventh power of the number of tables: more than anybody waits for.
                let names = (0..<7).map { "sqlite_master AS t\($0)" }.joined(separator: ", ")
                let sql = "CREATE TRIGGER held_\(index) BEFORE \(trigger) BEGIN SELECT count(*) FROM \(names); END"
                try await registry.write { try $0.execute(sql: sql) }
            }
        case .command(let command, let edge): try Data().write(to: gate("hold", command, edge.rawValue))
        case .writing(let command): try Data().write(to: gate("hold", command, Self.cut))
        case .call(let call):
            let rule = ["root", "POST", "/simulation/faults", "on=\(call.pattern)", "times=1"]
            _ = try await stage.call(rule + Stage.holding)
        case .moment: break
        }
    }

    /// Whether the point is reached.
    func isSprung() async throws -> Bool {
        switch point {
        case .write: return try await isHeld()
        case .command(let command, let edge):
            return FileManager.default.fileExists(atPath: gate("at", command, edge.rawValue).path)
        case .writing(let command):
            return FileManager.default.fileExists(atPath: gate("at", command, Self.cut).path)
        case .call:
            let answer = try await stage.answer(to: "/simulation/faults", as: "root")
            return answer?.elements.contains { ($0["hit"]?.int ?? 0) > 0 } ?? false
        case .moment: return ContinuousClock.now >= moment
        }
    }

    /// Lets go of an answer that nobody is there to be killed for.
    func letGo() async throws {
        if case .call = point { try await stage.freeAnswers() }
    }

    /// Takes everything away again; to be called when who was held is dead.
    func release() async throws {
        switch point {
        case .write(let write):
            for index in write.triggers.indices {
                try await registry.write { try $0.execute(sql: "DROP TRIGGER IF EXISTS held_\(index)") }
            }
        case .command(let command, let edge): open(command, edge.rawValue)
        case .writing(let command): open(command, Self.cut)
        case .call(let call):
            if call == .clone, victim != .plumb { try await endProvider(beyond: call) }
            try await stage.freeAnswers()
        case .moment: break
        }
        try registry.close()
    }

    /// A Terraform that is killed takes its provider along, while the simulated one goes on and would configure what it
    /// cloned. Its next call fails instead, after which it makes no other.
    private func endProvider(beyond call: ProxmoxCall) async throws {
        let next = ProxmoxCall.configuration.pattern
        _ = try await stage.call([
            "root", "POST", "/simulation/faults", "on=\(next)", "times=1", "effect=error", "text=connection reset",
        ])
        _ = try await stage.call(["root", "DELETE", "/simulation/faults", "on=\(call.pattern)"])
        // It makes none where its own context ended with Terraform.
        for _ in 0..<50 {
            let answer = try await stage.answer(to: "/simulation/faults", as: "root")
            if answer?.elements.contains(where: { ($0["hit"]?.int ?? 0) > 0 }) ?? true { return }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Whether somebody keeps the registry's write lock for longer than any write of Plumb takes.
    private func isHeld() async throws -> Bool {
        for round in 0..<15 {
            if round > 0 { try await Task.sleep(for: .milliseconds(10)) }
            do {
                try await registry.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE; ROLLBACK") }
                return false
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                continue
            }
        }
        return true
    }

    /// The place in the midst of a command where the script empties the state.
    private static let cut = "cut"

    private func gate(_ what: String, _ command: TerraformCommand, _ place: String) -> URL {
        URL(filePath: stage.gates).appending(path: "\(what)-\(command.rawValue)-\(place)")
    }

    private func open(_ command: TerraformCommand, _ place: String) {
        for what in ["hold", "at"] { try? FileManager.default.removeItem(at: gate(what, command, place)) }
    }
}

extension Stage {
    /// The effect of a rule that keeps an answer back until ``freeAnswers()``; nobody waits for it any longer by then.
    static let holding = ["effect=delay", "milliseconds=600000"]

    /// Takes out all rules; the answers that they keep back come.
    func freeAnswers() async throws { _ = try await call(["root", "DELETE", "/simulation/faults"]) }

    /// Where the script that stands in for `terraform` looks whether it is to hold still.
    var gates: String { root + "/gates" }

    /// The script, made on first use: an operator's `terraform.binary`.
    func heldTerraform() throws -> String {
        let path = root + "/terraform"
        guard !FileManager.default.fileExists(atPath: path) else { return path }
        try FileManager.default.createDirectory(atPath: gates, withIntermediateDirectories: true)
        let script = """
            #!/bin/sh
            hold() {
                [ -e "\(gates)/hold-$1" ] || return 0
                : >"\(gates)/at-$1"
                while [ -e "\(gates)/hold-$1" ]; do sleep 0.02; done
            }
            hold "$1-before"
            before=$(cksum terraform.tfstate 2>&1)
            \(Programs.terraform) "$@"
            code=$?
            # What Terraform leaves for a moment before each of its writings: the file is empty, its backup is made.
            if [ -e "\(gates)/hold-$1-cut" ] && [ "$before" != "$(cksum terraform.tfstate 2>&1)" ]; then
                : >terraform.tfstate
                hold "$1-cut"
            fi
            hold "$1-after"
            exit $code
            """
        try Data(script.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    /// What the cluster answers to a `GET`; nil: it refuses.
    ///
    /// - Parameter name: the cluster; nil: the first.
    func answer(
        to path: String, as person: String = "alice", _ parameters: [String] = [], of name: String? = nil
    ) async throws -> JSONNode? {
        guard let cluster = self.cluster(name),
            let token = cluster.tokens.first(where: { $0.id.hasPrefix(person + "@") })
        else { throw StageFailure("no cluster runs") }
        let answer = try await send("GET", path, parameters, token, cluster)
        guard answer.status == 200 else { return nil }
        return try JSONDocument(parsing: answer.body).root["data"]
    }
}
