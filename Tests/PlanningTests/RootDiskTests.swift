import Model
import Planning
import Testing

/// What the provider writes of a container's root disk beside its size is announced with it.
@Suite struct RootDiskTests {
    /// A container whose root disk says nothing of these options.
    private func world(_ unwritten: [String]) throws -> World {
        var world = World()
        world.declare("ct-01") { server in
            server.type = .container
            server.template = .name("local:vztmpl/debian-12.tar.zst")
            server.disks = [Server.Disk(size: .gibibytes(4))]
        }
        world.execute(world.plan())
        try #require(world.plan().steps.isEmpty)
        world.editGuest("ct-01") { _, configuration in configuration.unwrittenRootOptions = unwritten }
        return world
    }

    private func plan(_ world: World) -> Plan {
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        return plan
    }

    private func grow(_ server: inout Server) { server.disks[0].size = .gibibytes(5) }

    @Test func whatItsGrowthSwitchesOffIsAnnounced() throws {
        var world = try self.world(["acl", "quota", "replicate"])
        world.edit("ct-01", grow)
        let plan = self.plan(world)
        let step = try #require(plan.steps.first)
        #expect(plan.lines == ["update Server/ct-01 [ready]"])
        #expect(
            step.changes == [
                AttributeChange(path: "disks[rootfs].size", before: "4GiB", after: "5GiB", effect: .hotplug),
                AttributeChange(path: "disks[rootfs].acl", before: nil, after: "false"),
                AttributeChange(path: "disks[rootfs].quota", before: nil, after: "false"),
                AttributeChange(path: "disks[rootfs].replicate", before: nil, after: "false"),
            ])
        #expect(
            plan.finding("rootOptionsOff")?.sentence
                == Sentence(.rootOptionsOff, "ct-01", "acl, replicate", "100", "acl=1,replicate=1"))
        world.execute(plan)
        // As the provider leaves it.
        world.editGuest("ct-01") { _, configuration in configuration.unwrittenRootOptions = [] }
        #expect(world.configurations[100]?.settings.disks.first?.options == [GuestOption("replicate", "false")])
        let next = self.plan(world)
        #expect(next.steps.isEmpty && next.findings.isEmpty)
    }

    @Test func whatIsWrittenStaysAndIsNotSpokenOf() throws {
        var world = try self.world(["quota"])
        world.edit("ct-01", grow)
        let plan = self.plan(world)
        #expect(plan.steps.first?.changes.map(\.path) == ["disks[rootfs].size", "disks[rootfs].quota"])
        #expect(plan.finding("rootOptionsOff") == nil)
        world.execute(plan)
        #expect(world.configurations[100]?.settings.disks.first?.options == nil)
    }

    @Test func anotherChangeLeavesTheDiskAlone() throws {
        var world = try self.world(["acl", "quota", "replicate"])
        world.edit("ct-01") { $0.cores = 4 }
        let plan = self.plan(world)
        #expect(plan.steps.first?.changes.map(\.path) == ["cores"])
        #expect(plan.finding("rootOptionsOff") == nil)
    }
}
