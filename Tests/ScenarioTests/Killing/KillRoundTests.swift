import Testing

/// Plumb, Terraform or both are killed at every boundary of the journal and at random moments, in plans that make, change,
/// destroy, adopt, rename and move servers; Plumb starts again, and nothing is lost, made twice or touched unannounced.
///
/// `PLUMB_KILLS` says at how many random moments and adds every boundary, `PLUMB_REAL_WORLDS` how many plans meet random
/// faults, `PLUMB_SEED` what chance draws from.
@Suite(.enabled(if: Programs.hasTerraform), .serialized, .timeLimit(.minutes(240))) struct KillRoundTests {
    private static let tally = KillTally()

    @Test("whoever is killed, wherever: everything agrees again, and nothing was harmed", arguments: KillSchedule.kills)
    func kill(chain: KillChain) async throws {
        try await chain.play(reportingTo: Self.tally)
    }

    @Test("whatever goes wrong in the cluster, through the real Terraform", arguments: KillSchedule.faults)
    func fault(chain: KillChain) async throws {
        try await chain.play(reportingTo: Self.tally)
    }

    @Test("the whole was played: every boundary was reached")
    func everyBoundary() {
        print("seed \(KillSchedule.seed): \(Self.tally.summary)")
        print(Self.tally.table)
        guard KillSchedule.isSoak else { return }
        for point in KillPoint.boundaries { #expect(Self.tally.reached.contains(point), "never killed \(point)") }
    }
}
