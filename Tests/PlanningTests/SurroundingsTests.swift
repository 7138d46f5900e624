import Model
import Planning
import Testing

/// What is around the servers: files beside a stack's own, a state directory that is gone, HA.
@Suite struct SurroundingsTests {
    private static let stack = StackID(cluster: "lab", name: "main")

    private func foreign(_ names: [String] = ["web-01", "web-02"]) throws -> World {
        var world = try MainRoadTests.fleet(names)
        world.stacks[Self.stack]?.foreignFiles = ["/state/stacks/lab/main/extra.tf"]
        return world
    }

    @Test func filesThatNobodyDeclaredHoldBackWhatTerraformWouldPlan() throws {
        var world = try foreign()
        world.edit("web-01") { $0.cores = 4 }
        world.declare("web-03")
        world.undeclare("web-02")
        let plan = world.plan()
        #expect(plan.steps.map(\.action.verb) == [.create, .update, .destroy])
        let said = Sentence("terraform.foreignFiles", "1", "/state/stacks/lab/main/extra.tf")
        #expect(plan.steps.allSatisfy { $0.disposition == .blocked(said) })
        #expect(plan.finding("foreignFiles") == nil)
        #expect(checkPlan(plan, world.withDetails().input) == [])
    }

    @Test func whatTerraformIsNotAskedForGoesOn() throws {
        var world = try foreign()
        world.edit("web-01") { $0.power = .stopped }
        let plan = world.plan()
        #expect(plan.lines.contains("stop Server/web-01 [approval approveStop]"))
        #expect(plan.finding("foreignFiles")?.subject == .stack(Self.stack))
    }

    @Test func aStackWithNothingToDoIsNamedOnce() throws {
        let plan = try foreign().plan()
        #expect(plan.steps.isEmpty)
        #expect(plan.findings.map(\.rule) == ["foreignFiles"])
        #expect(plan.findings.map(\.kind) == [.notice])
    }

    @Test func aPlanThatLetsSuchAStepThroughIsRefused() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.edit("web-01") { $0.cores = 4 }
        let plan = world.plan()
        #expect(plan.steps.first?.disposition == .ready)
        world.stacks[Self.stack]?.foreignFiles = ["/x/a.auto.tfvars"]
        #expect(checkPlan(plan, world.withDetails().input).map(\.invariant) == [.foreignFiles])
    }

    /// The same guests and documents with a registry of another seed, as a new state directory has it.
    private func lost(_ names: [String] = ["web-01", "web-02"]) throws -> World {
        var world = try MainRoadTests.fleet(names)
        world.stacks = [:]
        world.recorded = Recorded()
        world.recorded.markSeed = 43
        return world
    }

    @Test func aStateDirectoryThatIsGoneIsSaidOnceForItsCluster() throws {
        var world = try lost()
        world.undeclare("web-02")
        let found = world.plan().findings.filter { $0.rule == "recordsLost" }
        #expect(found.map(\.subject) == [.cluster("lab")])
        #expect(found.map(\.sentence) == [Sentence(.recordsLost, "lab", "2")])
        #expect(world.plan().lines == ["adopt Server/web-01 [approval approveTakeOver]"])
    }

    @Test func whoeverKnowsOneServerHasNotLostThem() throws {
        var world = try lost()
        world.approveAll()
        world.execute(world.plan())
        #expect(world.plan().finding("recordsLost") == nil)
        // A registry that gave these marks lost its rows, and no more.
        world = try MainRoadTests.fleet()
        world.recorded.servers = []
        world.stacks = [:]
        #expect(world.plan().finding("recordsLost") == nil)
        // What cannot be read may know them all.
        world = try lost()
        world.stacks[Self.stack] = StackObservation(
            id: Self.stack, state: .unknown(Sentence("terraform.file", "/x", "denied")))
        #expect(world.plan().finding("recordsLost") == nil)
    }

    @Test func aRegistryThatIsNewBesideItsStacksIsSaidOnceForItsCluster() throws {
        var world = try MainRoadTests.fleet(["web-01", "web-02"])
        world.recorded = Recorded()
        world.recorded.markSeed = 43
        let plan = world.plan()
        let found = plan.findings.filter { $0.rule == "registryLost" }
        #expect(found.map(\.subject) == [.cluster("lab")])
        #expect(found.map(\.kind) == [.notice])
        #expect(found.map(\.sentence) == [Sentence(.registryLost, "lab", "2")])
        #expect(plan.finding("recordsLost") == nil)
        #expect(plan.lines == ["record Server/web-01 [ready]", "record Server/web-02 [ready]"])
        world.execute(plan)
        #expect(world.plan().finding("registryLost") == nil)
    }

    @Test func whoeverGaveTheMarksHasOnlyLostRows() throws {
        var world = try MainRoadTests.fleet(["web-01", "web-02"])
        world.recorded.servers = []
        #expect(world.plan().finding("registryLost") == nil)
        // One row is a registry that is not new.
        world = try MainRoadTests.fleet(["web-01", "web-02"])
        world.recorded.markSeed = 43
        world.recorded.servers.removeFirst()
        #expect(world.plan().finding("registryLost") == nil)
    }

    @Test func theEndOfAGuestUnderHAIsSaidBefore() throws {
        var world = try MainRoadTests.fleet()
        for name in ["web-01", "web-02"] as [ServerName] {
            world.editGuest(name) { guest, _ in guest.haState = "started" }
        }
        #expect(world.plan().findings.isEmpty)
        world.undeclare("web-01")
        world.undeclare("web-03")
        world.rebuilds = ["web-02"]
        let found = world.plan().findings.filter { $0.rule == "highAvailability" }
        #expect(
            found.map(\.sentence) == [
                Sentence(.destroyLeavesHA, "web-01", "100", "started"),
                Sentence(.rebuildLeavesHA, "web-02", "101", "started"),
            ])
        #expect(found.allSatisfy { !$0.tellsDifference })
    }
}
