import Model
import Planning
import Testing

/// What a guest has and the YAML has no word for is told to Terraform as it is.
@Suite struct OptionTests {
    private static let wall = [GuestOption("firewall", "true")]
    private static let thread = [GuestOption("iothread", "true")]

    private func fleet() throws -> World {
        var world = World()
        world.declare("web-01") {
            $0.disks.append(Server.Disk(size: .gibibytes(5)))
            $0.networks = [.init(), .init()]
        }
        world.execute(world.plan())
        return world
    }

    /// As `drift` and the sweep do, whatever a plan needs.
    private func read(_ world: inout World) {
        for need in detailsOfAll(world.input) {
            world.inventory.details[need.vmid] = world.configurations[need.vmid].map { .present($0) }
        }
    }

    private func setByHand(_ world: inout World) {
        world.editGuest("web-01") { _, configuration in
            configuration.settings.disks[1].options = Self.thread
            configuration.settings.networks[0].options = Self.wall
        }
    }

    @Test func itIsNoDriftAndTheEntryKeepsUp() throws {
        var world = try fleet()
        setByHand(&world)
        read(&world)
        #expect(driftReport(world.input) == [])
        let plan = planFleet(world.input).plan
        #expect(plan.lines == ["repair Server/web-01 [ready]"])
        #expect(
            plan.steps.first?.changes == [
                AttributeChange(path: "disks[scsi1].iothread", before: nil, after: "true"),
                AttributeChange(path: "networks[0].firewall", before: nil, after: "true"),
            ])
        #expect(checkPlan(plan, world.input) == [])
        world.execute(plan)
        #expect(planFleet(world.input).plan.steps.isEmpty)
    }

    @Test func anUpdateSendsWhatIsThere() throws {
        var world = try fleet()
        setByHand(&world)
        world.edit("web-01") { $0.cores = 4 }
        guard case .update(let change)? = world.plan().steps.first?.action else {
            Issue.record("no update")
            return
        }
        #expect(change.configuration.settings.disks.map(\.options) == [nil, Self.thread])
        #expect(change.configuration.settings.networks.map(\.options) == [Self.wall, nil])
    }

    @Test func whatWasNotReadStaysAsItWasWritten() throws {
        var world = try fleet()
        setByHand(&world)
        read(&world)
        world.execute(planFleet(world.input).plan)
        world.inventory.details = [:]
        #expect(planFleet(world.input).plan.steps.isEmpty)
    }

    @Test func aDiskThatComesInFrontTakesNothingOfAnother() throws {
        var world = World()
        world.declare("web-01") { $0.disks[0].interface = "scsi1" }
        world.execute(world.plan())
        world.editGuest("web-01") { _, configuration in configuration.settings.disks[0].options = Self.thread }
        world.edit("web-01") {
            var first = Server.Disk(size: .gibibytes(5))
            first.interface = "scsi0"
            $0.disks.insert(first, at: 0)
        }
        guard case .update(let change)? = world.plan().steps.first?.action else {
            Issue.record("no update")
            return
        }
        #expect(change.configuration.settings.disks.map(\.interface) == ["scsi0", "scsi1"])
        #expect(change.configuration.settings.disks.map(\.options) == [nil, Self.thread])
    }

    @Test func aGuestThatIsMadeAnewHasWhatItHad() throws {
        var world = try fleet()
        setByHand(&world)
        read(&world)
        world.execute(planFleet(world.input).plan)
        world.removeGuest("web-01")
        for index in world.recorded.servers.indices {
            world.recorded.servers[index].absences = (1...5).map { Timestamp(seconds: $0) }
        }
        guard case .recreate(let creation)? = world.plan().steps.first?.action else {
            Issue.record("it is not made anew: \(world.plan().lines)")
            return
        }
        #expect(creation.configuration.settings.disks.map(\.options) == [nil, Self.thread])
        #expect(creation.configuration.settings.networks.map(\.options) == [Self.wall, nil])
    }
}
