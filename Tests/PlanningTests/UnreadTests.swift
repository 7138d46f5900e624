import Model
import Planning
import Testing

/// What a document that cannot be read may have said is not taken for unsaid.
@Suite struct UnreadTests {
    private func unreadable(_ world: World, claims: Set<ObjectName> = []) -> World {
        var world = world
        world.desired.completeness = .broken(.init(documents: ["roles.yaml:1"], claims: claims))
        return world
    }

    @Test func aServerKeepsWhatARoleGaveItWhileTheRoleCannotBeRead() throws {
        var world = World()
        var role = Role(name: "web")
        role.tags = ["http"]
        world.desired.roles = [role]
        world.declare("web-01") { $0.roles = ["web"] }
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
        // The role selected the server; without its document the server has none.
        world.desired.roles = []
        world.edit("web-01") { $0.roles = [] }
        #expect(world.plan().step("update Server/web-01")?.disposition == .ready)
        let plan = unreadable(world).plan()
        #expect(plan.steps.filter { $0.serverName == "web-01" }.isEmpty)
        #expect(plan.finding("claimed")?.sentence.short == "unreadRole")
    }

    @Test func anotherServerGoesOnWhileARoleCannotBeRead() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.edit("web-01") { $0.cores = 4 }
        #expect(unreadable(world).plan().step("update Server/web-01")?.disposition == .ready)
    }
}
