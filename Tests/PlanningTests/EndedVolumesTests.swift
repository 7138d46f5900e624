import Model
import Planning
import Testing

/// The end of a guest names every volume that goes with it, whoever attached it.
@Suite struct EndedVolumesTests {
    private static let root = GuestVolume(place: "scsi0", name: "local-lvm:vm-100-disk-0", size: "20G")
    private static let attached = GuestVolume(place: "scsi3", name: "local-lvm:vm-100-disk-2", size: "32G")

    /// One server with a disk on record, and a guest that has these volumes.
    private func fleet(
        _ volumes: [GuestVolume]? = nil, _ change: (inout Server) -> Void = { _ in }
    ) -> World {
        var world = World()
        world.declare("web-01", change)
        world.execute(world.plan())
        world.editGuest("web-01") { _, configuration in
            configuration.volumes = volumes ?? [Self.root, Self.attached]
        }
        return world
    }

    private func removal(of world: World) throws -> Action.Removal {
        var world = world
        world.undeclare("web-01")
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        return try #require(plan.step("destroy Server/web-01").flatMap { end(of: $0) })
    }

    private func end(of step: Step) -> Action.Removal? {
        if case .destroy(let removal) = step.action { return removal }
        if case .rebuild(let rebuild) = step.action { return rebuild.removal }
        return nil
    }

    @Test func aRemovalNamesThemAllAndMarksWhatIsNotOnRecord() throws {
        var world = fleet()
        let removal = try removal(of: world)
        #expect(removal.volumes == [Self.root, Self.attached])
        #expect(removal.unrecordedVolumes == ["scsi3"])
        world.undeclare("web-01")
        let step = try #require(world.plan().step("destroy Server/web-01"))
        #expect(
            step.changes == [
                AttributeChange(
                    path: "volumes[scsi0]", before: "local-lvm:vm-100-disk-0, 20G", after: nil, effect: .destroy),
                AttributeChange(
                    path: "unrecordedVolumes[scsi3]", before: "local-lvm:vm-100-disk-2, 32G", after: nil,
                    effect: .destroy),
            ])
    }

    @Test func aRebuildNamesThemToo() throws {
        var world = fleet()
        world.rebuilds = ["web-01"]
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        let step = try #require(plan.step("rebuild Server/web-01"))
        #expect(step.changes.map(\.path) == ["volumes[scsi0]", "unrecordedVolumes[scsi3]"])
        #expect(end(of: step)?.volumes == [Self.root, Self.attached])
    }

    /// A mount point, or a disk that was detached, is in no settings that are compared.
    @Test(arguments: ["mp0", "unused0", "scsi4"])
    func aYesFallsWithAVolumeThatCameAfterIt(place: String) throws {
        var world = fleet()
        world.undeclare("web-01")
        world.approveAll()
        #expect(world.plan().lines == ["destroy Server/web-01 [ready]"])
        world.editGuest("web-01") { _, configuration in
            configuration.volumes.append(GuestVolume(place: place, name: "local-lvm:vm-100-disk-9", size: "8G"))
        }
        let moved = Sentence(
            .approvalMoved, "Server/web-01", "guest volumes[\(place)]: – → local-lvm:vm-100-disk-9, 8G")
        #expect(world.plan().step("destroy Server/web-01")?.disposition == .needsApproval(moved))
    }

    /// As large, on the same storage and in the same place: the yes was to the other one.
    @Test func anotherVolumeInThePlaceOfOneEndsTheYes() throws {
        var world = fleet()
        world.undeclare("web-01")
        world.approveAll()
        try #require(world.plan().step("destroy Server/web-01")?.disposition == .ready)
        world.editGuest("web-01") { _, configuration in configuration.volumes[0].name = "local-lvm:vm-100-disk-7" }
        let step = try #require(world.plan().step("destroy Server/web-01"))
        #expect(step.disposition != .ready)
    }

    @Test func whereNoDiskIsOnRecordNoneIsCalledUnknown() throws {
        let removal = try removal(of: fleet { $0.disks = [] })
        #expect(removal.volumes == [Self.root, Self.attached])
        #expect(removal.unrecordedVolumes == nil)
    }

    @Test func theMachinesOwnMemoryIsNamedAndNotCalledUnknown() throws {
        let firmware = GuestVolume(place: "efidisk0", name: "local-lvm:vm-100-disk-1", size: "4M")
        let removal = try removal(of: fleet([firmware, Self.root]))
        #expect(removal.volumes == [firmware, Self.root])
        #expect(removal.unrecordedVolumes == nil)
    }
}
