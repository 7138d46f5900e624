import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// Who was asked to shut down runs again in the end.
extension RandomRun {
    /// Guests that ran on when they were asked to shut down are seen running, by nobody or by some passes, and go down then.
    mutating func goDownLate() async throws {
        guard fleet.areSlow() else { return }
        let ignored = await world.edit { world in
            world.offline = []
            world.callsUntilCrash = nil
            return world.ignoredShutdown
        }
        guard !ignored.isEmpty else { return }
        _ = try await reconciler.recover()
        for _ in 0..<2 {
            await world.tick(.seconds(60))
            let pass = try await reconciler.plan(fleet.desired, by: "test")
            await watch(pass)
            _ = try await carryOut(pass)
        }
        await checkPower()
        wentDownLate = await world.edit { world in
            world.pool.guests.filter { vmid, guest in
                world.ignoredShutdown.contains(vmid) && world.deaf.contains(vmid) && guest.isRunning
                    && world.rivals[vmid] == nil
            }.mapValues { $0.settings.description ?? "" }
        }
        await world.edit { [wentDownLate] world in
            for vmid in wentDownLate.keys { world.pool.guests[vmid]?.isRunning = false }
        }
        for _ in wentDownLate { tally.count("went down late") }
    }

    /// One that went down late and is to be removed runs for as long as its removal waits.
    mutating func runWaitingRemovals() async throws {
        guard !wentDownLate.isEmpty else { return }
        let pass = try await reconciler.plan(fleet.desired, by: "test")
        await watch(pass)
        _ = try await carryOut(pass)
        await checkPower()
        let (guests, wasRefused) = await world.edit { ($0.pool.guests, $0.noes.count > 0) }
        for step in pass.plan.steps where step.disposition != .ready {
            // A no ended the yes to its start, where the policy asks for one, or is to the start itself.
            let start = pass.plan.steps.first { $0.subject == step.subject && $0.action.verb == .start }
            if wasRefused, let start, start.isHeldByNo || start.needsApproval { continue }
            guard case .destroy(let removal) = step.action, let before = wentDownLate[removal.guest.place],
                let mark = OwnershipMark(readingDescription: before), mark.id == removal.guest.mark?.id
            else { continue }
            tally.count("went down late, waits for its removal")
            #expect(
                guests[removal.guest.place]?.isRunning ?? true, "seed \(seed): \(step.id) waits, and its guest is down")
        }
    }

    /// At rest whoever Plumb asked to shut down runs again, and whoever a person stopped does not.
    func checkOwedStarts() async throws {
        guard !wentDownLate.isEmpty || !stoppedByHand.isEmpty else { return }
        let plan = try await reconciler.plan(fleet.desired, by: "test").plan
        let doubtful = Set(plan.findings.filter { $0.kind != .notice }.map(\.subject))
        let (guests, recorded) = await world.edit { ($0.pool.guests, $0.recorded) }
        for row in recorded.servers where !doubtful.contains(.server(row.name, row.stack)) {
            let server = fleet.desired.servers.first { $0.name == row.name }
            guard let guest = guests[row.place] else { continue }
            let mark = OwnershipMark(readingDescription: guest.settings.description ?? "")?.id
            func isSame(_ before: String?) -> Bool {
                before.flatMap { OwnershipMark(readingDescription: $0) }.map { $0.id == mark } ?? false
            }
            if isSame(wentDownLate[row.place]), server?.power != .stopped {
                #expect(guest.isRunning, "seed \(seed): \(row.name) was asked to shut down, and stays down")
            }
            if isSame(stoppedByHand[row.place]), wentDownLate[row.place] == nil, server?.power == .unmanaged {
                tally.count("stopped by hand")
                #expect(!guest.isRunning, "seed \(seed): \(row.name) was stopped by hand, and was started")
            }
        }
    }
}
