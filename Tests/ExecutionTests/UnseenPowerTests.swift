import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// A guest that was shut down for its destruction and still lives is not left down because nobody could see it when its
/// batch was settled.
@Suite struct UnseenPowerTests {
    @Test("while a guest that is owed its power cannot be seen, its batch stays open, and then it is started")
    func staysOpenUntilSeen() async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        _ = try await reconciler.apply(try await reconciler.plan(.fleet(["a", "b"]), by: "test"), by: "test")
        let guest = try #require(await world.recorded.servers.first { $0.name == "a" })
        let pass = try await reconciler.plan(.fleet(["b"]), by: "test")
        let agreed = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        for calls in 0..<20 {
            await world.edit { $0.callsUntilCrash = calls }
            do throws(StepFailure) { _ = try await reconciler.apply(agreed, by: "test") } catch {}
            await world.edit { $0.callsUntilCrash = nil }
            if await world.pool.guests[guest.vmid]?.isRunning == false { break }
            _ = try await reconciler.recover()
        }
        try #require(await world.pool.guests[guest.vmid]?.isRunning == false)
        await world.edit { $0.offline = [guest.node] }
        let blind = try await reconciler.recover()
        #expect(blind.stillOpen.count == 1)
        #expect(await world.openBatches.count == 1)
        await world.edit { $0.offline = [] }
        let seeing = try await reconciler.recover()
        #expect(seeing.stillOpen.isEmpty)
        #expect(await world.pool.guests[guest.vmid]?.isRunning == true)
    }
}
