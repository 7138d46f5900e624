import Foundation
import Glibc
import Testing

/// Plumb is killed in the middle of an apply through the real Terraform; the next start ends with the truth.
@Suite(.enabled(if: Programs.hasTerraform)) struct KillTests {
    private static let fleet = StageFiles.cluster() + StageFiles.server("web-1") + "$ plumb plan\n"

    /// Holds the next rewrite of a guest's configuration, in which a creation is not finished yet.
    private static let hold =
        "$ as root POST /simulation/faults \"on=PUT /nodes/*/qemu/*/config\" times=1 "
        + Stage.holding.joined(separator: " ") + "\n"

    private func onStage(_ name: String, _ body: @escaping @Sendable (Stage) async throws -> Void) async throws {
        try await Stage.perform(name) { stage in
            _ = try await stage.play(Script(Self.fleet + Self.hold))
            try await body(stage)
        }
    }

    /// At rest: the guest lives once, is in state and tfvars, and neither Plumb nor Terraform wants anything.
    private func expectRest(on stage: Stage) async throws {
        let guests = try await stage.guests().split(separator: "\n")
        #expect(guests.count == 1 && guests[0].contains("web-1"), "\(guests)")
        let rest = try await stage.play(
            Script(
                "$ state lab/main\n$ tfvars lab/main\n$ plumb plan --detailed-exit-code\n"
                    + "$ inside lab/main plan -detailed-exitcode\n"))
        #expect(rest.contains("module.server[\"web-1\"]") && rest.contains("web-1: cores 2"), "\(rest)")
        #expect(!rest.contains("exit "), "\(rest)")
    }

    @Test
    func `Plumb is killed while Terraform works, which goes on, and recover closes the batch with what came of it`()
        async throws
    {
        try await onStage("kill-plumb") { stage in
            try await stage.runAndKill(plumb: ["apply", "--yes"]) {
                stage.events(of: "lab/main", have: "\"type\":\"apply_start\"")
            }
            let planned = try await stage.plumb(["plan"])
            #expect(planned.contains("Recovering: batch"), "\(planned)")
            let recovered = try await stage.plumb(["recover"])
            #expect(recovered.contains("create Server/web-1  done"), "\(recovered)")
            #expect(recovered.contains("Nothing is open"), "\(recovered)")
            #expect(!recovered.contains("exit "), "\(recovered)")
            let history = try await stage.plumb(["history"])
            #expect(history.contains("interrupted"), "\(history)")
            #expect(history.contains("create Server/web-1  done"), "\(history)")
            try await expectRest(on: stage)
        }
    }

    @Test func `Plumb and Terraform are killed while a guest is half made, and the next applies finish that guest`()
        async throws
    {
        try await onStage("kill-both") { stage in
            try await stage.runAndKill(plumb: ["apply", "--yes"], alsoTerraformOf: "lab/main") {
                try await stage.guests().contains("web-1")
            }
            let first = try await stage.plumb(["apply", "--yes"])
            #expect(first.contains("Recovering: batch"), "\(first)")
            let history = try await stage.plumb(["history"])
            #expect(history.contains("interrupted"), "\(history)")
            let second = try await stage.plumb(["apply", "--yes"])
            #expect(!second.contains("exit "), "\(first)\n\(second)")
            try await expectRest(on: stage)
        }
    }
}
