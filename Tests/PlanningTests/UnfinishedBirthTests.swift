import Model
import Planning
import Testing

/// A VM that was cloned for a server, and whose birth broke off before the state had it.
@Suite struct UnfinishedBirthTests {
    private static let main = StackID(cluster: "lab", name: "main")
    private static let keys = ["ssh-ed25519 AAAA new@x"]

    /// `web-01` is on record, never started, in no state and without an entry; its guest is as its template is.
    private func world(_ change: (inout World) -> Void = { _ in }) throws -> World {
        var world = World()
        world.declare("web-01") {
            $0.cloudInit = Server.CloudInit()
            $0.cloudInit?.user = "ops"
            $0.cloudInit?.sshKeys = Self.keys
        }
        world.execute(world.plan())
        var state = try #require(world.stacks[Self.main]?.state.value)
        state.resources = []
        world.stacks[Self.main]?.state = .present(state)
        world.stacks[Self.main]?.tfvars.entries = ServerEntries()
        world.recorded.servers[0].wasStarted = false
        world.recorded.unstated = ["web-01"]
        let mark = try #require(world.recorded.servers[0].mark)
        var birth = ServerConfiguration.Birth(type: .vm, node: "pve1", vmid: VMID(100))
        birth.template = .init(vmid: VMID(9000), node: "pve1")
        (birth.user, birth.sshKeys) = ("ops", ["ssh-ed25519 AAAA old@x"])
        world.recorded.bornWith = [mark: RecordedBirth(birth)]
        world.editGuest("web-01") { guest, configuration in
            guest.status = .stopped
            configuration.account = .init(user: nil, sshKeys: [])
            configuration.hasCloudInitDrive = false
            configuration.options = [GuestOption("cpu.type", "kvm64")]
        }
        change(&world)
        return world
    }

    private func adoption(in plan: Plan) throws -> (step: Step, adoption: Action.Adoption) {
        let step = try #require(plan.steps.first)
        guard case .adopt(let adoption) = step.action else { throw NotAdopted() }
        return (step, adoption)
    }

    private struct NotAdopted: Error {}

    @Test("it is started with the account that is declared, and is as its template is in nothing")
    func isFinished() throws {
        let plan = try world().plan()
        #expect(
            plan.lines.filter { !$0.hasPrefix("record") } == [
                "adopt Server/web-01 [ready]", "start Server/web-01 [ready]",
            ])
        let (step, adoption) = try adoption(in: plan)
        #expect(adoption.isNewborn == true)
        let birth = adoption.configuration.birth
        #expect(birth.user == "ops" && birth.sshKeys == Self.keys && birth.template?.vmid == VMID(9000))
        #expect(adoption.configuration.settings.options == nil)
        let account = step.changes.filter { $0.path.hasPrefix("cloudInit.") }
        #expect(account.map(\.path) == ["cloudInit.user", "cloudInit.sshKeys"])
        #expect(account.map(\.after) == ["ops", Self.keys[0]])
        #expect(plan.findings.allSatisfy { $0.rule != "needsRebuild" })
    }

    @Test("what it was made from is what the registry says, and another template is a rebuild")
    func keepsItsOrigin() throws {
        let world = try world { world in
            let mark = world.recorded.servers[0].mark ?? ""
            world.recorded.bornWith[mark]?.template?.vmid = VMID(9001)
        }
        let plan = world.plan()
        #expect(try adoption(in: plan).adoption.configuration.birth.template?.vmid == VMID(9001))
        #expect(plan.findings.contains { $0.rule == "needsRebuild" && $0.changes.map(\.path) == ["template"] })
    }

    @Test("one that ran, or that a state had, gets nothing: it read its account at its first start")
    func whoeverRanIsNone() throws {
        var task = ObservedTask(
            upid: "UPID:1", node: "pve1", type: "qmstart", vmid: 100, user: "root@pam",
            startedAt: Timestamp(seconds: 1))
        task.exitStatus = "OK"
        let changes: [(inout World) -> Void] = [
            { $0.recorded.servers[0].wasStarted = true }, { $0.recorded.unstated = [] },
            { $0.inventory.pastTasks = [task] },
        ]
        for (index, change) in changes.enumerated() {
            let plan = try world(change).plan()
            for step in plan.steps {
                guard case .adopt(let adoption) = step.action else { continue }
                #expect(adoption.isNewborn == nil, "\(index)")
                #expect(adoption.configuration.birth.user == nil, "\(index)")
                #expect(step.changes.allSatisfy { !$0.path.hasPrefix("cloudInit") }, "\(index)")
            }
        }
    }
}
