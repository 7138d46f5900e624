import Foundation
import Glibc
import Testing

/// `plumb drift --watch` prints what is new and nothing else, and ends gently.
@Suite(.enabled(if: Programs.hasTerraform)) struct WatchTests {
    private static let fleet =
        StageFiles.cluster(nodes: 3) + StageFiles.server("web-1") + "$ plumb apply --yes\n"

    @Test("what appears and heals is one line of JSON each, and SIGTERM ends it as the last look would have")
    func news() async throws {
        try await Stage.perform("watch") { stage in
            _ = try await stage.play(Script(Self.fleet))
            let watch = try stage.start([
                "drift", "--watch", "--interval", "1", "--exit-code", "--output", "json",
            ])
            #expect(try await watch.lines(of: \.errors, 2).first == "Nothing differs.")
            _ = try await stage.play(Script("$ as alice PUT /nodes/pve1/qemu/100/config tags=plumb;hacked\n"))
            let appeared = try await watch.lines(of: \.output, 1)
            #expect(appeared[0].contains(#""event":"appeared""#) && appeared[0].contains("hacked;plumb"))
            // The node with the guest is gone: nobody can say that it healed.
            _ = try await stage.play(Script("$ as root PUT /simulation/nodes/pve1 online=0\n"))
            // Where the node goes in the middle of a look, the guest's configuration is what is missed first.
            let blind = try await watch.lines(of: \.output) { lines in
                ["plan.offlineNode", "doctor.nodeOffline"].allSatisfy { code in
                    lines.contains { $0.contains(#""event":"unreadable""#) && $0.contains(code) }
                }
            }
            #expect(blind[1...].allSatisfy { $0.contains(#""event":"unreadable""#) }, "\(blind)")
            _ = try await stage.play(
                Script(
                    "$ as root PUT /simulation/nodes/pve1 online=1\n"
                        + "$ as alice PUT /nodes/pve1/qemu/100/config tags=plumb\n"))
            let healed = try await watch.lines(of: \.output, blind.count + 3)
            #expect(healed.count { $0.contains(#""event":"readable""#) } == 2, "\(healed)")
            #expect(healed.count { $0.contains(#""event":"healed""#) } == 1, "\(healed)")
            #expect(healed.allSatisfy { $0.hasPrefix(#"{"formatVersion":1,"at":""#) && $0.hasSuffix("}") })
            _ = try await stage.play(Script("$ as alice PUT /nodes/pve1/qemu/100/config cores=8\n"))
            #expect(try await watch.lines(of: \.output, blind.count + 4)[blind.count + 3].contains(#""path":"cores""#))
            watch.kill(SIGTERM)
            #expect(try await watch.end() == 2)
        }
    }
}

/// `plumb daemon` prints an object for each pass, and of what differs only what is new.
@Suite(.enabled(if: Programs.hasTerraform)) struct DaemonNewsTests {
    @Test("what differs at every look is said once, with since when, and each pass is one line of JSON")
    func news() async throws {
        try await Stage.perform("daemon-news") { stage in
            _ = try await stage.play(Script(StageFiles.cluster(nodes: 1) + StageFiles.server("web-1")))
            let paused = """
                $ replace cluster.yaml "spec:" "spec:\\n  poll: {interval: 1s}"
                $ plumb apply --yes
                file policy.yaml
                    apiVersion: plumb/v1
                    kind: Policy
                    metadata: {name: pause}
                    spec: {pause: {reason: the storage is moved}}
                $ plumb plan
                $ as alice PUT /nodes/pve1/qemu/100/config cores=8

                """
            _ = try await stage.play(Script(paused))
            let daemon = try stage.start(["daemon", "--output", "json"])
            let passes = try await daemon.lines(of: \.output, 4)
            #expect(passes.allSatisfy { $0.hasPrefix(#"{"formatVersion":1,"at":""#) && $0.hasSuffix("}") })
            daemon.kill(SIGTERM)
            #expect(try await daemon.end() == 0)
            let said = daemon.errors.split(separator: "\n")
            #expect(said.count { $0.contains("the task log was not read") } == 1, "\(daemon.errors)")
            #expect(said.contains { $0.hasPrefix("    between ") }, "\(daemon.errors)")
        }
    }
}

extension StageProgram {
    /// What it printed, once that is so many lines; the play's own limit bounds the waiting.
    func lines(of stream: KeyPath<StageProgram, String>, _ count: Int) async throws -> [String] {
        try await lines(of: stream) { $0.count >= count }
    }

    /// What it printed, once that is enough; the play's own limit bounds the waiting.
    func lines(
        of stream: KeyPath<StageProgram, String>, until isEnough: ([String]) -> Bool
    ) async throws -> [String] {
        while true {
            let isRunning = isRunning
            let text = self[keyPath: stream]
            let lines = text.split(separator: "\n").map(String.init)
            if text.hasSuffix("\n") || text.isEmpty, isEnough(lines) { return lines }
            guard isRunning else { throw StageFailure("the watch ended: \(output)\(errors)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
