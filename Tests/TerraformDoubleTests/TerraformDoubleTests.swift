import Foundation
import Model
import Simulation
import SimulationServer
import Terraform
import Testing

/// Holds the double of Terraform, on which the thousands of random worlds rest, against the real program with the real
/// root and the simulated provider: same changes planned, same servers in the state, same guests alive with the same
/// settings, also where calls fail.
@Suite struct TerraformDoubleTests {
    @Test("the double plans and applies as the real Terraform does, in a hundred random rounds", arguments: [11, 12])
    func agreesWithTheRealProgram(seed: UInt64) async throws {
        try await Laboratory.with { laboratory in
            var rounds = RandomRounds(seed: seed, laboratory: laboratory)
            rounds.pool.guests[VMID(9000)] = await laboratory.template
            for round in 1...50 { try await rounds.play(round) }
            let seen = rounds.actionsSeen
            for action in [PlannedChanges.ResourceAction.create, .update, .delete] {
                #expect((seen[action] ?? 0) > 5, "seed \(seed): hardly any \(action): \(seen)")
            }
            #expect(rounds.vanishedSeen > 0, "seed \(seed): no guest vanished")
            for what in RandomRounds.wanted {
                #expect(rounds.tally[what] ?? 0 > 0, "seed \(seed): never \(what): \(rounds.tally)")
            }
            let unmet = RandomRounds.failures.filter { rounds.tally[$0] == nil }
            #expect(unmet.count < 2, "seed \(seed): never \(unmet)")
            print("seed \(seed): \(rounds.tally.sorted { $0.key < $1.key })")
        }
    }
}
