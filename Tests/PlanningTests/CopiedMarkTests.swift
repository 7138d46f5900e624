import Model
import Planning
import Testing

/// A guest that somebody cloned by hand carries tag and mark along: while it does, neither it nor the server is touched.
@Suite struct CopiedMarkTests {
    /// Three servers, and a copy of `web-01` under another name.
    private func cloned() throws -> World {
        var world = try MainRoadTests.fleet()
        try clone(in: &world)
        return world
    }

    private func clone(in world: inout World) throws {
        var copy = try #require(world.guest("web-01"))
        world.configurations[501] = world.configurations[copy.vmid]
        copy.vmid = 501
        copy.name = "web-01-copy"
        copy.node = "pve2"
        world.inventory.guests.append(copy)
    }

    private var doubt: Sentence {
        Sentence(.markTwice, "web-01", "100 (web-01, pve1), 501 (web-01-copy, pve2)")
    }

    @Test func aCopyIsReadAtDepthListedAndMakesTheServerAmbiguous() throws {
        let world = try cloned()
        #expect(detailNeeds(world.input) == [DetailNeed(cluster: "lab", vmid: 501)])
        #expect(world.inventory.details.isEmpty)
        let plan = world.plan()
        #expect(plan.lines == [])
        #expect(plan.finding("ambiguous")?.sentence == doubt)
        #expect(plan.finding("ambiguous")?.kind == .blocked)
        #expect(plan.finding("unmanaged") == nil)
    }

    @Test func nothingIsDestroyedChangedOrAdoptedWhileItIsAmbiguous() throws {
        var world = try cloned()
        world.edit("web-01") { $0.cores = 8 }
        world.declare("web-01-copy") {
            $0.vmid = 501
            $0.adopt = true
        }
        world.approveAll()
        #expect(world.plan().lines == [])
        #expect(world.plan().finding("ambiguous")?.sentence == doubt)
        world.undeclare("web-01-copy")
        world.undeclare("web-01")
        world.approveAll()
        #expect(world.plan().lines == [])
        #expect(world.plan().finding("ambiguous")?.sentence == doubt)
        world.removeGuest("web-01-copy")
        world.approveAll()
        #expect(world.plan().lines == ["destroy Server/web-01 [ready]"])
    }

    /// Its row was lost and written anew while it was only observed: it says where it was, and nothing of a mark.
    @Test func aCopyIsNotTakenForAServerThatWasLetGoOfAndIsGone() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.manage = .observe }
        world.execute(world.approvedPlan())
        world.recorded.servers.removeAll { $0.name == "web-01" }
        world.execute(world.plan())
        let row = try #require(world.recorded.servers.first)
        #expect(row.name == "web-01" && row.manage == .observe && row.mark == nil)
        try clone(in: &world)
        world.removeGuest("web-01")
        world.edit("web-01") { $0.manage = .full }
        #expect(world.plan().lines == [])
        #expect(world.plan().finding("ambiguous")?.sentence.short == "markOtherName")
    }

    @Test func aCopyThatLostTheMarkIsAStranger() throws {
        var world = try cloned()
        world.configurations[501]?.settings.description = "a copy"
        #expect(world.plan().lines == [])
        #expect(world.plan().finding("ambiguous") == nil)
        #expect(world.plan().finding("unmanaged")?.subject == .guest("lab", 501))
    }

    @Test func aCopyThatCannotBeReadStopsNobody() throws {
        var world = try cloned()
        world.configurations[501] = nil
        world.edit("web-01") { $0.cores = 8 }
        #expect(world.plan().lines == ["update Server/web-01 [ready]"])
    }

    @Test func aTemplateMadeOfACopyIsNoServer() throws {
        var world = try cloned()
        let at = try #require(world.inventory.guests.firstIndex { $0.vmid == 501 })
        world.inventory.guests[at].isTemplate = true
        #expect(detailNeeds(world.input) == [])
        #expect(world.plan().lines == [])
        #expect(world.plan().finding("ambiguous") == nil)
    }

    @Test func aCopyThatOutlivedItsServerIsNotTakenForIt() throws {
        var world = try cloned()
        world.removeGuest("web-01")
        world.stacks[StackID(cluster: "lab", name: "main")]?.tfvars.entries["web-01"] = nil
        let main = StackID(cluster: "lab", name: "main")
        var state = try #require(world.stacks[main]?.state.value)
        state.resources.removeAll { $0.server == "web-01" }
        world.stacks[main]?.state = .present(state)
        world.recorded.servers.removeAll { $0.name == "web-01" }
        world.approveAll()
        #expect(world.plan().lines == [])
        let reason = Sentence(.markOtherName, "web-01", "501 (web-01-copy, pve2)")
        #expect(world.plan().finding("ambiguous")?.sentence == reason)
        // Who names the guest means it.
        world.edit("web-01") {
            $0.vmid = 501
            $0.adopt = true
        }
        #expect(world.plan().step("adopt Server/web-01") != nil)
    }
}
