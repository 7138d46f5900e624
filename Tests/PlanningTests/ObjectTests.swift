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
