import Testing

/// Plumb, Terraform or both are killed at every boundary of the journal and at random moments, in plans that make, change,
/// destroy, adopt, rename, move, restart and rebuild servers; Plumb starts again, and nothing is lost, made twice or
/// touched unannounced.
///
/// `PLUMB_KILLS` says at how many random moments and adds every boundary, `PLUMB_FAULTY_PLANS` how many plans meet
/// random faults, `PLUMB_SEED` what chance draws from.
@Suite(.enabled(if: Programs.hasTerraform)) struct KillRoundTests {
    /// Plays the chains side by side; one that breaks off stops no other.
    private func play(_ chains: [KillChain]) async -> KillTally {
        let tally = KillTally()
        await withTaskGroup(of: Void.self) { group in
            for chain in chains {
                group.addTask {
                    do { try await chain.play(reportingTo: tally) } catch { Issue.record(error) }
                }
            }
        }
        print("seed \(KillSchedule.seed): \(tally.summary); spent, all chains together: \(tally.times)")
        return tally
    }

    @Test("whoever is killed, wherever: everything agrees again, and nothing was harmed")
    func kill() async {
        let tally = await play(KillSchedule.kills)
        #expect(tally.unintendedDestroys == 0)
        let rounds = KillSchedule.kills.flatMap(\.rounds)
        #expect(tally.neverStruck(of: rounds, ofEachKind: !KillSchedule.isSoak) == [], "never killed there")
        if KillSchedule.isSoak { print(tally.table) }
    }

    @Test("plans that meet random faults, through the real Terraform")
    func fault() async {
        let tally = await play(KillSchedule.faults)
        #expect(tally.unintendedDestroys == 0)
    }
}
