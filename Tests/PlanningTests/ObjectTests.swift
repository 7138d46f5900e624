import Model
import Planning
import Testing

/// Roles, database servers, databases and fleets: registered, updated, and kept while something refers to them.
@Suite struct ObjectTests {
    private func world() -> World {
        var world = World()
        world.desired.roles = [Role(name: "web")]
        var server = DatabaseServer(name: "pg-1", engine: .postgresql, host: "db.lab")
        server.password = .stored("pg-1")
        world.desired.databaseServers = [server]
        world.desired.databases = [
            Database(name: "acme", server: "pg-1", databaseName: "acme"),
            Database(name: "globex", server: "pg-1", databaseName: "globex"),
        ]
        world.desired.fleets = [SimulatedFleet(name: "training")]
        return world
    }

    @Test func declaredObjectsAreRegisteredOnce() {
        var world = world()
        #expect(
            world.plan().lines == [
                "register Database/acme [ready]", "register Database/globex [ready]",
                "register DatabaseServer/pg-1 [ready]", "register Role/web [ready]",
                "register SimulatedFleet/training [ready]",
            ])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aChangeIsShownPerFieldAndSecretsOnlyAsReferences() throws {
        var world = world()
        world.execute(world.plan())
        world.desired.databaseServers[0].port = 6432
        let step = try #require(world.plan().steps.first)
        #expect(step.id.rawValue == "reregister DatabaseServer/pg-1")
        #expect(step.changes == [AttributeChange(path: "spec.port", before: "5432", after: "6432")])
        #expect(
            world.recorded.objects.flatMap(\.fields).contains {
                $0.path == "spec.passwordFrom" && $0.value == "stored:pg-1"
            })
    }

    @Test func aDatabaseServerWithDatabasesStays() throws {
        var world = world()
        world.execute(world.plan())
        world.desired.databaseServers = []
        #expect(
            world.plan().steps.map(\.disposition) == [
                .blocked(Sentence(.hasDatabases, "DatabaseServer/pg-1", "2", "Database/acme, Database/globex"))
            ])
        world.desired.databases = []
        let plan = world.plan()
        #expect(
            plan.lines == [
                "unregister Database/acme [ready]", "unregister Database/globex [ready]",
                "unregister DatabaseServer/pg-1 [ready]",
            ])
        #expect(checkPlan(plan, world.input) == [])
        world.execute(plan)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aRoleThatAServerHasStays() {
        var world = world()
        world.declare("web-01") { $0.roles = ["web"] }
        world.execute(world.plan())
        world.desired.roles = []
        #expect(
            world.plan().step("unregister Role/web")?.disposition
                == .blocked(Sentence(.inUse, "Role/web", "1", "Server/web-01")))
        // Until it may go, it means to its servers what it meant.
        #expect(world.plan().lines == ["unregister Role/web [blocked inUse]"])
    }

    // MARK: A role that goes together with its servers

    /// Servers under `apply: auto` that go in one commit with their role.
    private func leaving(_ bound: Policy.Budget?, _ names: [String] = ["web-01", "web-02", "web-03"]) -> World {
        var world = World()
        var role = Role(name: "web")
        role.maxUnavailable = bound
        world.desired.roles = [role]
        var policy = Policy(name: "all")
        policy.apply = .auto
        policy.destroyBudget = .count(9)
        world.desired.policies = [policy]
        for name in names { world.declare(name) { $0.roles = ["web"] } }
        world.execute(world.plan())
        for name in names { world.undeclare(ServerName(name)) }
        world.desired.roles = []
        return world
    }

    @Test func aRoleBoundsServersThatGoWithItsDocumentInEveryPass() throws {
        var world = leaving(.count(0))
        for _ in 0..<3 {
            let (detailed, result) = world.settled()
            #expect(
                result.plan.lines == [
                    "destroy Server/web-01 [blocked disruptionNever]",
                    "destroy Server/web-02 [blocked disruptionNever]",
                    "destroy Server/web-03 [blocked disruptionNever]",
                    "unregister Role/web [waiting follows]",
                ])
            #expect(checkPlan(result.plan, detailed.input) == [])
            world.execute(result.plan)
        }
        // The check says so by itself.
        let (detailed, result) = world.settled()
        var careless = result.plan
        for index in careless.steps.indices { careless.steps[index].disposition = .ready }
        #expect(checkPlan(careless, detailed.input).contains { $0.invariant == .disruption })
        // Who wants them gone takes the word back.
        var role = Role(name: "web")
        role.maxUnavailable = .count(1)
        world.desired.roles = [role]
        world.execute(world.plan())
        #expect(world.recorded.servers.isEmpty)
        world.desired.roles = []
        #expect(world.plan().lines == ["unregister Role/web [ready]"])
    }

    @Test func aRoleGoesInThePlanThatTakesItsLastServersAway() {
        var world = leaving(.count(1))
        let (detailed, result) = world.settled()
        let plan = result.plan
        #expect(plan.lines.allSatisfy { $0.hasSuffix("[ready]") })
        #expect(plan.steps.last?.id.rawValue == "unregister Role/web")
        #expect(plan.steps.last?.after == plan.steps.dropLast().map(\.id).sorted())
        #expect(plan.steps.compactMap(\.behind).count == 2)
        #expect(checkPlan(plan, detailed.input) == [])
        var careless = plan
        for index in careless.steps.indices { careless.steps[index].behind = nil }
        #expect(checkPlan(careless, detailed.input).map(\.invariant) == [.disruption])
        world.execute(plan)
        #expect(world.plan().steps.isEmpty && world.recorded.objects.isEmpty)
    }

    @Test func aRoleStaysWhileAServerThatHadItCannotGo() {
        var world = leaving(nil, ["web-01"])
        world.removeGuest("web-01")
        let plan = world.plan()
        #expect(plan.finding("confirmation") != nil)
        #expect(plan.lines == ["unregister Role/web [blocked inUse]"])
        #expect(plan.steps.first?.disposition == .blocked(Sentence(.inUse, "Role/web", "1", "Server/web-01")))
    }

    @Test func aRoleThatGetsAnotherNameBoundsWhatHasTheFormerOne() {
        var world = leaving(.count(0))
        var heir = Role(name: "front")
        heir.metadata.formerName = "web"
        heir.maxUnavailable = .count(0)
        world.desired.roles = [heir]
        for _ in 0..<3 {
            let (detailed, result) = world.settled()
            let ends = result.plan.lines.filter { $0.hasPrefix("destroy") }
            #expect(ends.count == 3 && ends.allSatisfy { $0.hasSuffix("[blocked disruptionNever]") })
            #expect(result.plan.lines.contains("unregister Role/web [waiting follows]"))
            #expect(checkPlan(result.plan, detailed.input) == [])
            world.execute(result.plan)
        }
        #expect(world.recorded.objects.map(\.name.key) == ["front", "web"])
    }

    @Test func rolesThatExcludeEachOtherGoTogether() {
        var world = World()
        world.desired.roles = [Role(name: "a"), Role(name: "b")]
        world.desired.roles[0].conflictsWith = ["b"]
        world.desired.roles[1].conflictsWith = ["a"]
        world.execute(world.plan())
        world.desired.roles = []
        let plan = world.plan()
        #expect(plan.lines == ["unregister Role/a [ready]", "unregister Role/b [ready]"])
        #expect(checkPlan(plan, world.input) == [])
        world.execute(plan)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aServerThatAnotherDependsOnStays() {
        var world = world()
        world.declare("db-01")
        world.declare("web-01") { $0.dependsOn = ["db-01"] }
        world.execute(world.plan())
        world.undeclare("db-01")
        world.approveAll()
        #expect(
            world.plan().step("destroy Server/db-01")?.disposition
                == .blocked(Sentence(.inUse, "Server/db-01", "1", "Server/web-01")))
        world.edit("web-01") { $0.dependsOn = [] }
        world.approveAll()
        #expect(world.plan().step("destroy Server/db-01")?.disposition == .ready)
    }

    @Test func anObservedServerThatHostsADatabaseServerKeepsItsRow() {
        var world = world()
        world.addForeignGuest(300, "db-01")
        world.declare("db-01") {
            $0.vmid = 300
            $0.manage = .observe
        }
        world.desired.databaseServers[0].runsOn = "db-01"
        world.execute(world.plan())
        world.undeclare("db-01")
        #expect(
            world.plan().step("retire Server/db-01")?.disposition
                == .blocked(Sentence(.hostsDatabaseServer, "db-01", "1", "DatabaseServer/pg-1")))
        world.desired.databaseServers = []
        world.desired.databases = []
        let plan = world.plan()
        #expect(plan.step("retire Server/db-01")?.after == [StepID(rawValue: "unregister DatabaseServer/pg-1")])
        #expect(checkPlan(plan, world.input) == [])
    }

    @Test func aServerThatHostsADatabaseServerStaysUntilThatIsGone() throws {
        var world = world()
        world.declare("db-01")
        world.desired.databaseServers[0].runsOn = "db-01"
        world.execute(world.plan())
        world.undeclare("db-01")
        #expect(
            world.plan().step("destroy Server/db-01")?.disposition
                == .blocked(Sentence(.hostsDatabaseServer, "db-01", "1", "DatabaseServer/pg-1")))
        // Its document is gone too, but its databases hold it.
        world.desired.databaseServers = []
        #expect(
            world.plan().step("destroy Server/db-01")?.disposition
                == .blocked(Sentence(.hostsDatabaseServer, "db-01", "1", "DatabaseServer/pg-1")))
        world.desired.databases = []
        let plan = world.plan()
        #expect(plan.step("destroy Server/db-01")?.after == [StepID(rawValue: "unregister DatabaseServer/pg-1")])
        #expect(checkPlan(plan, world.withDetails().input) == [])
    }

    @Test func anUnreadableDocumentUnregistersNothing() {
        var world = world()
        world.execute(world.plan())
        world.desired.fleets = []
        world.desired.roles = []
        world.desired.completeness = .broken(.init(documents: ["a.yaml:1"], claims: [ObjectName(.role, "web")]))
        let plan = world.plan()
        #expect(plan.lines == ["unregister SimulatedFleet/training [blocked incomplete]"])
        #expect(plan.finding("claimed")?.subject == .object(ObjectName(.role, "web")))
    }
}
