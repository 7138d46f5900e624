import Model
import Planning
import Testing

/// A server that is gone is made again by approval, whatever else was changed of it.
@Suite struct MovedGoneTests {
    @Test func whoChangesItsStackMeanwhileIsAskedAllTheSame() throws {
        var world = World()
        world.desired.clusters[0].terraform.stacks = .byLabel("team")
        world.declare("web-01") { $0.metadata.labels = [.init("team", "a")] }
        world.execute(world.plan())
        try #require(world.plan().steps.isEmpty)
        world.edit("web-01") { $0.metadata.labels = [.init("team", "b")] }
        world.removeGuest("web-01")
        world.recorded.servers[0].absences = [1, 2, 3].map { Timestamp(seconds: $0) }
        let lines = world.plan().lines
        #expect(lines.allSatisfy { $0.hasSuffix("[approval approveRecreate]") || $0.hasPrefix("record") }, "\(lines)")
        #expect(lines.count { $0.hasPrefix("forget") || $0.hasPrefix("create") } == 2)
        world.approveAll()
        world.execute(world.plan())
        #expect(world.guest("web-01") != nil)
    }
}
