import Foundation
import Testing

/// In random worlds through the real program, the real Terraform and simulated clusters nobody ends, goes down or is
/// changed but whom the YAML, the policy and people named.
///
/// `PLUMB_REAL_WORLDS` says how many worlds, `PLUMB_SEED` the first one's seed; the next one's is the next number, so
/// that `PLUMB_REAL_WORLDS=1 PLUMB_SEED=n` plays one again.
@Suite(.enabled(if: Programs.hasTerraform)) struct RealWorldTests {
    private static let worlds = KillSchedule.number("PLUMB_REAL_WORLDS") ?? 3
    /// One world: six runs of Plumb's and as many questions, each many times what it takes.
    private static let limit = StageLimit(.seconds(300))

    @Test("no guest ends, goes down or is changed in a random world but whom somebody named")
    func noUnintendedEnd() async {
        let tally = WorldTally()
        let (worlds, first) = (Self.worlds, KillSchedule.seed)
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<worlds {
                group.addTask { await Self.play(first &+ UInt64(index), tally) }
            }
        }
        print("\(worlds) random worlds through the real Terraform from seed \(first): \(tally.summary)")
        print("in them: \(tally.story)")
        #expect(tally[.endedUnintended] == 0)
        #expect(tally[.failed] == 0)
        #expect(tally[.endedAsNamed] > 0, "no guest ended at all, so that nothing is shown")
        if worlds >= 3 { #expect(tally[.struck] > 0, "no fault struck") }
        if worlds >= 50 { #expect(tally[.broken] > 0, "no configuration was broken") }
    }

    private static func play(_ seed: UInt64, _ tally: WorldTally) async {
        do {
            try await Stage.perform("world-\(seed)", within: limit) { stage in
                var world = RealWorld(seed: seed, on: stage, tally: tally)
                try await world.play()
            }
        } catch {
            tally.count(.failed)
            Issue.record(error, "world of seed \(seed)")
        }
        let played = tally[.worlds] + tally[.failed]
        if worlds >= 20, played.isMultiple(of: 10) { tally.show("\(played) of \(worlds) worlds: \(tally.summary)") }
    }
}
