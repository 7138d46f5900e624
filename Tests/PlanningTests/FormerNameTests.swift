import Foundation
import Model
import Planning
import Testing

/// What a former name says although no `formerName` does, or one that nobody knows; and the policies that select names.
@Suite struct FormerNameTests {
    private func lines(_ world: World) -> [String] {
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        return plan.lines
    }

    /// web-01 was renamed to front-01 and has four cores since, and web-02 lives; everything is allowed.
    private func renamed() throws -> World {
        var world = try MainRoadTests.fleet(["web-01", "web-02"])
        world.desired.policies = [Policy(name: "all")]
        world.desired.policies[0].apply = .auto
        world.desired.policies[0].destroyBudget = .count(5)
        world.undeclare("web-01")
        world.declare("front-01") {
            $0.metadata.formerName = "web-01"
            $0.cores = 4
        }
        for _ in 0..<2 { world.execute(world.plan()) }
        #expect(world.plan().steps.isEmpty)
        #expect(world.recorded.servers.first { $0.name == "front-01" }?.formerNames == ["web-01"])
        return world
    }

    @Test("a rename that is taken back without saying so ends nothing unasked, whatever else has changed")
    func takenBack() throws {
        var world = try renamed()
        world.undeclare("front-01")
        world.declare("web-01")
        #expect(
            lines(world) == [
                "create Server/web-01 [approval approveHeir]", "destroy Server/front-01 [approval approveRenamed]",
            ])
        let hint = world.plan().finding("perhapsRenamed")
        #expect(hint?.sentence == Sentence(.perhapsRenamedBack, "web-01", "front-01"))
        #expect(world.plan().step("create Server/web-01")?.perhapsFormerly == ["front-01"])
        // As the hint says.
        var mended = world
        mended.edit("web-01") { $0.metadata.formerName = "front-01" }
        #expect(lines(mended) == ["rename Server/web-01 [ready]", "update Server/web-01 [ready]"])
        for _ in 0..<2 { mended.execute(mended.plan()) }
        #expect(mended.recorded.servers.first { $0.name == "web-01" }?.formerNames == ["front-01"])
        // And what a person agreed to is done.
        world.approveAll()
        #expect(world.plan().steps.allSatisfy { $0.disposition == .ready })
    }

    @Test("a container by the name that a VM had holds the end back too; the name that one which lives on had is free")
    func otherThings() throws {
        var world = try renamed()
        var beside = world
        beside.declare("web-01")
        #expect(lines(beside) == ["create Server/web-01 [ready]"])
        world.undeclare("front-01")
        world.declare("web-01") { $0.type = .container }
        #expect(lines(world).contains("destroy Server/front-01 [approval approveRenamed]"))
    }

    @Test("a former name that nobody knows holds a birth back while others of its kind leave, under every policy")
    func unknown() throws {
        var world = try MainRoadTests.fleet(["web-01", "web-02"])
        world.undeclare("web-01")
        world.declare("front-01") {
            $0.metadata.formerName = "web01"
            $0.cores = 8
        }
        #expect(
            lines(world) == [
                "create Server/front-01 [approval approveHeir]", "destroy Server/web-01 [approval approveDestroy]",
            ])
        #expect(
            world.plan().finding("perhapsRenamed")?.sentence
                == Sentence(.formerNameElsewhere, "front-01", "web01", "web-01"))
        world.desired.policies = [Policy(name: "all")]
        world.desired.policies[0].apply = .auto
        #expect(
            lines(world) == [
                "create Server/front-01 [approval approveHeir]", "destroy Server/web-01 [approval approveRenamed]",
            ])
        // Another kind of guest is none that it was.
        var container = world
        container.edit("front-01") { $0.type = .container }
        #expect(lines(container).contains("destroy Server/web-01 [ready]"))
        // What is only let go of would be let go of before anybody was asked.
        for index in world.recorded.servers.indices where world.recorded.servers[index].name == "web-01" {
            world.recorded.servers[index].onRemove = .forget
        }
        #expect(lines(world).contains("create Server/front-01 [approval approveHeir]"))
        #expect(lines(world).contains("forget Server/web-01 [approval approveReleaseRenamed]"))
        #expect(world.plan().step("forget Server/web-01")?.perhapsHeirs == ["front-01"])
    }

    @Test("of two renames that are read at once the one in between was never applied, and nothing ends by that")
    func chain() throws {
        var world = try renamed()
        world.undeclare("front-01")
        world.declare("shop-01") { $0.metadata.formerName = "edge-01" }
        #expect(
            lines(world) == [
                "create Server/shop-01 [approval approveHeir]", "destroy Server/front-01 [approval approveRenamed]",
            ])
        // A name that one of several had before points to that one.
        world.undeclare("web-02")
        world.edit("shop-01") { $0.metadata.formerName = "web-01" }
        #expect(
            world.plan().finding("perhapsRenamed")?.sentence
                == Sentence(.formerNameElsewhere, "shop-01", "web-01", "front-01"))
    }

    @Test("where nothing leaves, a former name that nobody knows is only told of")
    func nothingLeaves() throws {
        var world = try MainRoadTests.fleet(["web-02"])
        world.declare("front-01") { $0.metadata.formerName = "web01" }
        #expect(lines(world) == ["create Server/front-01 [ready]"])
        #expect(
            world.plan().finding("perhapsRenamed")?.sentence == Sentence(.formerNameUnknown, "front-01", "web01"))
        world.execute(world.plan())
        #expect(world.plan().findings.isEmpty)
    }

    /// Somebody deletes a server's guest, and so many inventories before this one have missed it.
    private func without(_ name: ServerName, in known: World, missedBefore count: Int) throws -> World {
        var world = known
        try #require(world.guest(name) != nil)
        world.removeGuest(name)
        let row = try #require(world.recorded.servers.firstIndex { $0.name == name })
        world.recorded.servers[row].absences = (0..<count).map { Timestamp(seconds: Int64(5 + $0)) }
        return world
    }

    private func setRemoval(of name: ServerName, to end: Server.OnRemove, in world: inout World) {
        for index in world.recorded.servers.indices where world.recorded.servers[index].name == name {
            world.recorded.servers[index].onRemove = end
        }
    }

    @Test("a birth goes beside a server whose guest is provably gone, however it is to be removed: nothing ends")
    func goneBesideTheBirth() throws {
        var world = try renamed()
        world.undeclare("front-01")
        world.declare("web-01") { $0.cores = 4 }
        world = try without("front-01", in: world, missedBefore: 2)
        for end in [Server.OnRemove.destroy, .forget] {
            setRemoval(of: "front-01", to: end, in: &world)
            #expect(lines(world) == ["create Server/web-01 [ready]", "forget Server/front-01 [ready]"])
            #expect(world.plan().step("create Server/web-01")?.perhapsFormerly == nil)
            #expect(world.plan().finding("perhapsRenamed") == nil)
        }
        // One that lives beside it holds the birth still, and is the only one that it may be.
        world.undeclare("web-01")
        world.undeclare("web-02")
        world.declare("shop-01") { $0.metadata.formerName = "wbe-01" }
        #expect(lines(world).contains("create Server/shop-01 [approval approveHeir]"))
        #expect(world.plan().step("create Server/shop-01")?.perhapsFormerly == ["web-02"])
    }

    @Test("a birth is held beside a server that is missing and not provably gone, and one that is only let go of")
    func missingBesideTheBirth() throws {
        var world = try renamed()
        world.undeclare("front-01")
        world.declare("web-01")
        var kept = world
        setRemoval(of: "front-01", to: .forget, in: &kept)
        #expect(lines(kept).contains("create Server/web-01 [approval approveHeir]"))
        #expect(lines(kept).contains("forget Server/front-01 [approval approveReleaseRenamed]"))
        world = try without("front-01", in: world, missedBefore: 1)
        #expect(lines(world) == ["create Server/web-01 [approval approveHeir]"])
        #expect(world.plan().finding("confirmation") != nil)
        // As many as the policy asks for.
        world.desired.policies[0].absenceConfirmations = 2
        #expect(lines(world) == ["create Server/web-01 [ready]", "forget Server/front-01 [ready]"])
    }

    @Test("of many that may be the same five are named, in the steps as in the words, and the others counted")
    func many() throws {
        var world = try MainRoadTests.fleet((1...8).map { "web-0\($0)" })
        for name in world.desired.servers.map(\.name) { world.undeclare(name) }
        world.declare("front-01") {
            $0.metadata.formerName = "web"
            $0.cores = 8
        }
        #expect(lines(world).first == "create Server/front-01 [approval approveHeir]")
        let five: [ServerName] = ["web-01", "web-02", "web-03", "web-04", "web-05"]
        let birth = try #require(world.plan().step("create Server/front-01"))
        #expect(birth.perhapsFormerly == five && birth.perhapsFormerlyMore == 3)
        let text = "web-01, web-02, web-03, web-04, web-05, … (+3)"
        #expect(
            world.plan().finding("perhapsRenamed")?.sentence
                == Sentence(.formerNameElsewhere, "front-01", "web", text))
        // Who is one by two signs counts once.
        world.edit("front-01") { $0.cores = 2 }
        let alike = try #require(world.plan().step("create Server/front-01"))
        #expect(alike.perhapsFormerly == five && alike.perhapsFormerlyMore == 3)
        // So it is the other way around.
        for index in world.recorded.servers.indices { world.recorded.servers[index].onRemove = .forget }
        for number in 2...7 { world.declare("front-0\(number)") { $0.metadata.formerName = "web" } }
        let release = try #require(world.plan().step("forget Server/web-01"))
        #expect(release.perhapsHeirs == ["front-01", "front-02", "front-03", "front-04", "front-05"])
        #expect(release.perhapsHeirsMore == 2)
    }

    @Test("of two addresses that begin with the same servers, the one that fewer share is told of, in each run")
    func orderOfHints() throws {
        func networks(_ addresses: String...) -> [Server.Network] {
            addresses.map { address in
                var network = Server.Network()
                network.address = address
                return network
            }
        }
        var world = World()
        world.declare("web-01") { $0.networks = networks("10.0.0.11/24", "10.0.0.12/24") }
        world.execute(world.plan())
        world.undeclare("web-01")
        world.declare("front-01") {
            $0.networks = networks("10.0.0.11/24", "10.0.0.12/24")
            $0.cores = 4
        }
        world.declare("front-02") {
            $0.networks = networks("10.0.0.12/24")
            $0.cores = 8
        }
        #expect(
            world.plan().findings.filter { $0.rule == "perhapsRenamed" }.map(\.sentence)
                == [Sentence(.perhapsRenamed, "front-01", "web-01")])
    }

    /// Two servers under a policy since their births.
    private func governed(_ change: (inout Policy, inout World) -> Void) throws -> World {
        var world = World()
        var policy = Policy(name: "some")
        change(&policy, &world)
        world.desired.policies = [policy]
        let roles = world.desired.roles.map(\.name)
        for name in ["web-01", "web-02"] { world.declare(name) { $0.roles = roles } }
        world.execute(world.plan())
        try #require(world.recorded.servers.map { $0.policies?.map(\.name) } == [["some"], ["some"]])
        return world
    }

    @Test("a new name takes nothing from under the policy of the former one before the rename is done, and it is said")
    func policyOfTheName() throws {
        var world = try governed { policy, _ in
            policy.selector.names = ["web-*"]
            policy.requiredApprovals = 2
        }
        world.undeclare("web-01")
        world.declare("front-01") {
            $0.metadata.formerName = "web-01"
            $0.cores = 3
        }
        #expect(lines(world) == ["rename Server/front-01 [ready]", "update Server/front-01 [ready]"])
        #expect(
            world.plan().finding("policyLeft")?.sentence == Sentence(.policyLeftName, "some", "1", "front-01", "–"))
        var paused = world
        paused.desired.policies[0].pause = Policy.Pause(reason: "audit")
        #expect(
            lines(paused) == ["rename Server/front-01 [blocked paused]", "update Server/front-01 [blocked paused]"])
        let explanation = try #require(explainPolicies(for: "front-01", paused.input))
        #expect(explanation.settings.first { $0.name == "pause" }?.words.map(\.standing) == [.holds])
        #expect(explanation.others.isEmpty)
        var manual = world
        manual.desired.policies[0].apply = .manual
        #expect(lines(manual).map { $0.contains("[approval") } == [true, true])
        for _ in 0..<2 { world.execute(world.plan()) }
        #expect(world.recorded.servers.contains { $0.name == "front-01" })
        #expect(world.plan().finding("policyLeft") == nil)
    }

    @Test("a role that is taken away is told of where a policy was over the server by it")
    func policyOfTheRole() throws {
        var world = try governed { policy, world in
            world.desired.roles = [Role(name: "db")]
            policy.selector.roles = ["db"]
            policy.requiredApprovals = 2
        }
        #expect(world.plan().finding("policyLeft") == nil)
        world.edit("web-01") { $0.roles = [] }
        #expect(
            world.plan().finding("policyLeft")?.sentence
                == Sentence(.policyLeftRole, "some", "1", "web-01", "db", "–"))
    }
}
