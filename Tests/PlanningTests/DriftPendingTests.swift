import Model
import Planning
import Testing

/// What is written and not run with: said beside the drift, and none.
@Suite struct DriftPendingTests {
    private func items(_ world: World) -> [DriftItem] {
        var world = world
        for need in detailsOfAll(world.input) {
            world.inventory.details[need.vmid] = world.configurations[need.vmid].map { .present($0) }
        }
        let counted = driftingServers(world.input)
        let items = driftReport(world.input)
        #expect(counted == Set(items.filter(\.counts).map(\.server)))
        return items
    }

    @Test func aRestartThatIsOwedIsSaidAndDoesNotCount() throws {
        let world = try RestartTests.pending(["web-01"], restarts: nil)
        let found = try #require(items(world).first)
        #expect(items(world).count == 1)
        #expect(found.kind == .pendingRestart && found.path == "cores" && !found.counts)
        #expect(found.compared == [.live] && found.live == "2, 4 from its next start")
        guard case .accepted(let sentence) = found.outlook else {
            Issue.record("\(found.outlook)")
            return
        }
        #expect(sentence.short == "approveOwnRestart")
    }

    @Test func aRestartThatIsAllowedIsNamedAsThePlansStep() throws {
        let world = try RestartTests.pending(["web-01"], restarts: .allow)
        guard case .accepted(let sentence) = try #require(items(world).first).outlook else {
            Issue.record("it counts")
            return
        }
        #expect(sentence.short == "restart")
    }

    @Test func aGuestThatStandsStillTakesUpAllAtItsStart() throws {
        var world = try RestartTests.pending(["web-01"])
        world.edit("web-01") { $0.power = .stopped }
        world.togglePower("web-01")
        #expect(items(world).isEmpty)
    }

    @Test func whatSomebodyElseWroteForTheNextStartIsADriftAndNoRestartIsOwed() throws {
        let world = try RestartTests.pendingByAnother()
        let found = items(world)
        #expect(found.map(\.kind) == [.changed] && found.first?.path == "cores")
        #expect(found.first?.live == "4, 8 from its next start" && found.first?.disagreeing == [.live])
    }

    @Test func whatIsWrittenOtherwiseThanDeclaredIsADriftBesides() throws {
        var world = try RestartTests.pending(["web-01"])
        world.editGuest("web-01") { $1.pending?.cores = 8 }
        #expect(Set(items(world).map(\.kind)) == [.changed, .pendingRestart])
    }
}
