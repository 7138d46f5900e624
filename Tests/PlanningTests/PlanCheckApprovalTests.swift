import Model
import Planning
import Testing

/// The check finds what a broken planner would carry out unasked: one test for each thing that a step can bring about.
@Suite struct PlanCheckApprovalTests {
    private let main = StackID(cluster: "lab", name: "main")

    private func policy(_ name: String = "p", _ change: (inout Policy) -> Void) -> Policy {
        var policy = Policy(name: PolicyName(name))
        change(&policy)
        return policy
    }

    /// What the check finds of a plan all of whose steps are let through.
    private func found(
        _ world: World, _ spoil: (inout Step) -> Void = { _ in }
    ) -> Set<PlanViolation.Invariant> {
        var plan = world.plan()
        for index in plan.steps.indices {
            plan.steps[index].disposition = .ready
            spoil(&plan.steps[index])
        }
        return Set(checkPlan(plan, world.withDetails().input).map(\.invariant))
    }

    /// The plan has the line, none of its steps may run unasked, and with a yes the check has nothing against any.
    private func expectAsked(_ world: World, _ line: String, _ spoil: (inout Step) -> Void = { _ in }) {
        var world = world
        world.recorded.approvals = []
        let plan = world.plan()
        #expect(plan.lines.contains(line), "\(plan.lines)")
        #expect(checkPlan(plan, world.withDetails().input) == [])
        #expect(found(world, spoil) == [.approval])
        world.approveAll()
        #expect(found(world, spoil) == [])
    }

    /// The plan has the line, and the check wants nobody's yes.
    private func expectUnasked(_ world: World, _ line: String) {
        let plan = world.plan()
        #expect(plan.lines.contains(line), "\(plan.lines)")
        #expect(checkPlan(plan, world.withDetails().input) == [])
    }

    private func container(_ change: (inout Server) -> Void = { _ in }) -> World {
        var world = World()
        world.declare("ct-01") { server in
            server.type = .container
            server.template = .name("local:vztmpl/debian-12.tar.zst")
            server.disks = []
            server.networks = Self.networks("10.0.0.8/24")
        }
        world.execute(world.plan())
        world.edit("ct-01", change)
        return world
    }

    private static func networks(_ address: String) -> [Server.Network] {
        var network = Server.Network()
        network.address = address
        return [network]
    }

    // MARK: - Under `apply: manual`

    @Test func aBirth() {
        var world = World()
        world.declare("web-01")
        expectUnasked(world, "create Server/web-01 [ready]")
        world.desired.policies = [policy { $0.apply = .manual }]
        expectAsked(world, "create Server/web-01 [approval approveManual]")
        // One policy of several is enough.
        world.desired.policies.append(policy("q") { $0.apply = .auto })
        expectAsked(world, "create Server/web-01 [approval approveManual]")
    }

    @Test func anUpdateAndAStart() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.cores = 9 }
        world.edit("web-02") { $0.power = .running }
        world.editGuest("web-02") { guest, _ in guest.status = .stopped }
        expectUnasked(world, "update Server/web-01 [ready]")
        world.desired.policies = [policy { $0.apply = .manual }]
        expectAsked(world, "update Server/web-01 [approval approveManual]")
        expectAsked(world, "start Server/web-02 [approval approveManual]")
    }

    @Test func aTaintThatIsTakenOff() throws {
        var world = try MainRoadTests.fleet()
        world.taint("web-02")
        expectUnasked(world, "untaint Server/web-02 [ready]")
        world.desired.policies = [policy { $0.apply = .manual }]
        expectAsked(world, "untaint Server/web-02 [approval approveManual]")
    }

    @Test func aMoveIntoAnotherStack() {
        var world = World()
        world.desired.clusters[0].terraform.stacks = .byLabel("team")
        world.declare("web-01") { $0.metadata.labels = [.init("team", "a")] }
        world.execute(world.plan())
        world.edit("web-01") { $0.metadata.labels = [.init("team", "b")] }
        expectUnasked(world, "move Server/web-01 [ready]")
        world.desired.policies = [policy { $0.apply = .manual }]
        expectAsked(world, "move Server/web-01 [approval approveManual]")
        world.desired.policies = [policy { $0.pause = .init(reason: "inventory") }]
        #expect(found(world) == [.paused])
    }

    @Test func aRemovalThatLeavesTheGuest() {
        var world = World()
        world.declare("web-01") { $0.onRemove = .forget }
        world.execute(world.plan())
        world.undeclare("web-01")
        expectUnasked(world, "forget Server/web-01 [ready]")
        world.desired.policies = [policy { $0.apply = .manual }]
        expectAsked(world, "forget Server/web-01 [approval approveRelease]")
    }

    @Test func whatIsRegisteredAndWhatIsNotAnyMore() {
        var world = World()
        var role = Role(name: "web")
        role.metadata.labels = [.init("env", "production")]
        world.desired.roles = [role]
        expectUnasked(world, "register Role/web [ready]")
        var registered = world
        registered.execute(registered.plan())
        registered.desired.roles = []
        let production = policy {
            $0.apply = .manual
            $0.selector.matchLabels = [.init("env", "production")]
        }
        world.desired.policies = [production]
        expectAsked(world, "register Role/web [approval approveManual]")
        registered.desired.policies = [production]
        expectAsked(registered, "unregister Role/web [approval approveManual]")
    }

    @Test func whatAnUnreadablePolicyMayForbid() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.cores = 9 }
        world.desired.policies = [policy { $0.apply = .auto }]
        world.desired.completeness = .broken(
            .init(documents: ["policy.yaml:1"], claims: [ObjectName(.policy, "freeze")]))
        expectAsked(world, "update Server/web-01 [approval approveManual]")
    }

    /// Where the second half of a rebuild failed, the yes to the whole is a yes to it, and to nothing else.
    @Test func theBirthThatARebuildOwes() throws {
        var world = try MainRoadTests.fleet(["web-01", "web-02"])
        world.desired.policies = [policy { $0.apply = .manual }]
        world.rebuilds = ["web-01"]
        world.approveAll()
        let whole = try #require(world.plan().step("rebuild Server/web-01"))
        guard case .rebuild(let rebuild) = whole.action else {
            Issue.record("it is no rebuild")
            return
        }
        world.endHalfWay(whole, rebuild)
        world.rebuilds = []
        expectUnasked(world, "create Server/web-01 [ready]")
        world.edit("web-01") { $0.cores = 8 }
        #expect(found(world) == [.approval])
    }

    // MARK: - Under every policy but some

    /// What the provider restarts shows in the container and in what it gets, whatever the step says of itself.
    @Test func aContainerThatIsRestartedForItsChange() {
        let changes: [(inout Server) -> Void] = [
            { $0.memory = .gibibytes(4) }, { $0.networks = Self.networks("10.0.0.9/24") },
        ]
        for change in changes {
            var world = container(change)
            world.desired.policies = [policy { $0.apply = .auto }]
            expectAsked(world, "update Server/ct-01 [approval approveRestart]") { step in
                step.effect = .none
                step.changes = []
            }
            world.desired.policies.append(policy("q") { $0.restarts = .allow })
            expectUnasked(world, "update Server/ct-01 [ready]")
        }
    }

    @Test func aContainerThatStandsStillIsNotRestarted() {
        var world = container {
            $0.memory = .gibibytes(4)
            $0.power = .unmanaged
        }
        world.editGuest("ct-01") { guest, _ in guest.status = .stopped }
        expectUnasked(world, "update Server/ct-01 [ready]")
    }

    @Test func anAdoptionThatChangesMoreThanTheMark() {
        let changes: [(inout Server) -> Void] = [
            { $0.cores = 4 }, { $0.tags = ["shop"] }, { $0.description = "the shop" }, { $0.onBoot = false },
        ]
        for change in changes {
            var world = World.adoptable(change)
            expectAsked(world, "adopt Server/web-01 [approval approveAdoption]") { $0.changes = [] }
            world.desired.policies = [policy { $0.apply = .auto }]
            expectUnasked(world, "adopt Server/web-01 [ready]")
            world.desired.policies.append(policy("q") { $0.apply = .manual })
            expectAsked(world, "adopt Server/web-01 [approval approveAdoption]") { $0.changes = [] }
        }
        expectUnasked(World.adoptable(), "adopt Server/web-01 [ready]")
    }

    @Test func anAdoptionThatGivesAnotherName() {
        var world = World.adoptable()
        world.editGuest("web-01") { guest, configuration in
            guest.name = "shop"
            configuration.name = "shop"
        }
        expectAsked(world, "adopt Server/web-01 [approval approveAdoption]") { $0.changes = [] }
    }

    // MARK: - Under every policy

    /// Its mark says that another Plumb has it.
    @Test func aGuestThatIsTakenOver() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.stacks = [:]
        world.recorded = Recorded()
        world.recorded.markSeed = 43
        world.desired.policies = [policy { $0.apply = .auto }]
        expectAsked(world, "adopt Server/web-01 [approval approveTakeOver]") { step in
            guard case .adopt(var adoption) = step.action else { return }
            adoption.isStranger = false
            step.action = .adopt(adoption)
        }
        // A mark that this registry gave is its own.
        world.recorded.markSeed = 42
        expectUnasked(world, "adopt Server/web-01 [ready]")
    }

    @Test func aServerThatIsLetGoOf() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.manage = .observe }
        world.desired.policies = [policy { $0.apply = .auto }]
        expectAsked(world, "forget Server/web-01 [approval approveRelease]")
    }

    /// Three servers, of which the state holds no `web-02` any more and no document declares it.
    private func losing() throws -> World {
        var world = try MainRoadTests.fleet()
        var state = try #require(world.stacks[main]?.state.value)
        state.resources.removeAll { $0.server == "web-02" }
        world.stacks[main]?.state = .present(state)
        world.undeclare("web-02")
        world.desired.policies = [policy { $0.apply = .auto }]
        return world
    }

    @Test func aGuestThatItsStateLostAndTakesInAgain() throws {
        expectAsked(try losing(), "adopt Server/web-02 [approval approveLost]")
    }

    /// An old yes shows that somebody once agreed, and is none.
    @Test func aRowThatGoesWhileItsGuestMayLive() throws {
        var world = try losing()
        world.editGuest("web-02") { guest, configuration in
            guest.tags = []
            configuration.settings.tags = []
            configuration.settings.description = "mine"
        }
        world.approveAll()
        #expect(world.plan().lines == ["retire Server/web-02 [ready]"])
        #expect(found(world) == [])
        world.now = world.now + .seconds(8 * 86_400)
        #expect(world.plan().lines == ["retire Server/web-02 [approval approvalExpired]"])
        #expect(found(world) == [.approval])
    }

    /// The old stack lets go of it, and what the new one makes looks as if it had never lived.
    @Test func aServerThatIsMadeAgainByAnotherStack() {
        var world = World()
        world.desired.clusters[0].terraform.stacks = .byLabel("team")
        world.declare("web-01") { $0.metadata.labels = [.init("team", "a")] }
        world.execute(world.plan())
        world.edit("web-01") { $0.metadata.labels = [.init("team", "b")] }
        world.removeGuest("web-01")
        world.recorded.servers[0].absences = [1, 2, 3].map { Timestamp(seconds: $0) }
        world.desired.policies = [policy { $0.apply = .auto }]
        expectAsked(world, "forget Server/web-01 [approval approveRecreate]")
        expectAsked(world, "create Server/web-01 [approval approveRecreate]")
        world.desired.policies[0].recreate = .auto
        expectUnasked(world, "create Server/web-01 [ready]")
    }

    // MARK: - Where nobody knows the labels

    /// A careless policy for labels that it may not have had is no leave.
    @Test func theMoreCarefulReadingHolds() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.undeclare("web-01")
        world.recorded.servers[0].labels = nil
        world.desired.policies = [
            policy {
                $0.apply = .auto
                $0.selector.matchLabels = [.init("env", "test")]
            }
        ]
        expectAsked(world, "destroy Server/web-01 [approval approveDestroy]")
    }
}
