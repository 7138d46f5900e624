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

    private func ruled(_ change: (inout Policy) -> Void) throws -> World {
        var world = World()
        var policy = Policy(name: "hands-off")
        change(&policy)
        world.desired.policies = [policy]
        world.declare("web-01")
        world.execute(world.plan())
        world.edit("web-01") { $0.memory = .gibibytes(4) }
        return world
    }

    /// Its file may be a link to nothing, or not say a name any more: then nothing claims it.
    @Test(arguments: [[], [ObjectName(.policy, "hands-off")]] as [Set<ObjectName>])
    func aPolicyThatCannotBeReadHoldsBackWhatItWasOver(claims: Set<ObjectName>) throws {
        var world = try ruled { $0.ignore = [.init(path: "spec.memory")] }
        #expect(world.plan().steps.isEmpty)
        world.desired.policies = []
        #expect(world.plan().step("update Server/web-01")?.disposition == .ready)
        let unread = unreadable(world, claims: claims).plan()
        #expect(unread.step("update Server/web-01")?.disposition.word == "blocked unreadPolicy")
    }

    @Test func aPauseIsNotLiftedByAMistakeInItsDocument() throws {
        var world = try ruled { $0.apply = .safe }
        world.desired.policies[0].pause = .init(reason: "moving house")
        #expect(world.plan().step("update Server/web-01")?.disposition.word == "blocked paused")
        world.desired.policies = []
        #expect(unreadable(world).plan().step("update Server/web-01")?.disposition.word == "blocked unreadPolicy")
        // A server that no policy was over goes on, but where any may be unread a person is asked.
        world.declare("web-02")
        #expect(unreadable(world).plan().step("create Server/web-02")?.disposition.word == "approval approveManual")
    }
}
