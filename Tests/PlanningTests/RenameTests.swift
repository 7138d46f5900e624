import Foundation
import Model
import Planning
import Testing

/// `metadata.formerName`: one server, one guest, one mark, under a new name.
@Suite struct RenameTests {
    private let main = StackID(cluster: "lab", name: "main")

    /// web-01 and web-02 live; web-01 is declared as front-01 now.
    private func renamed(_ change: (inout Server) -> Void = { _ in }) throws -> World {
        var world = try MainRoadTests.fleet(["web-01", "web-02"])
        world.undeclare("web-01")
        world.declare("front-01") {
            $0.metadata.formerName = "web-01"
            change(&$0)
        }
        return world
    }

    private func lines(_ world: World) -> [String] {
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        return plan.lines
    }

    @Test("the resource moves to the new name and an update follows; nothing ends and nothing is made")
    func oneStack() throws {
        var world = try renamed()
        let old = try #require(world.recorded.servers.first { $0.name == "web-01" })
        #expect(lines(world) == ["rename Server/front-01 [ready]", "update Server/front-01 [ready]"])
        let update = try #require(world.plan().step("update Server/front-01"))
        #expect(update.changes.map(\.path).sorted() == ["description", "name"])
        #expect(update.after == [StepID(rawValue: "rename Server/front-01")])
        world.execute(world.plan())
        #expect(lines(world) == [])
        let row = try #require(world.recorded.servers.first { $0.name == "front-01" })
        #expect(row.mark == old.mark && row.vmid == old.vmid && row.wasStarted == old.wasStarted)
        #expect(world.recorded.servers.map(\.name) == ["front-01", "web-02"])
        #expect(world.stacks[main]?.tfvars.entries.servers == ["front-01", "web-02"])
        #expect(world.configurations[row.vmid]?.mark?.server == "front-01")
        #expect(world.configurations[row.vmid]?.mark?.id == old.mark)
    }

    @Test("once it is done, formerName means nothing and may stay")
    func doneIsInert() throws {
        var world = try renamed()
        world.execute(world.plan())
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty && world.plan().findings.isEmpty)
        world.edit("front-01") { $0.cores = 4 }
        #expect(lines(world) == ["update Server/front-01 [ready]"])
    }

    @Test("a former name that nobody knows is a new server's")
    func unknownFormerName() throws {
        var world = try MainRoadTests.fleet(["web-02"])
        world.declare("front-01") { $0.metadata.formerName = "web-01" }
        #expect(lines(world) == ["create Server/front-01 [ready]"])
    }

    @Test("a new name in another stack moves between the states in the same step")
    func otherStack() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.desired.clusters[0].terraform.stacks = .byLabel("env")
        world.undeclare("web-01")
        world.declare("front-01") {
            $0.metadata.formerName = "web-01"
            $0.metadata.labels = [.init("env", "production")]
        }
        #expect(lines(world) == ["rename Server/front-01 [ready]", "update Server/front-01 [ready]"])
        let step = try #require(world.plan().step("rename Server/front-01"))
        guard case .move(let move) = step.action else {
            Issue.record("it is \(step.action)")
            return
        }
        #expect(move.from == main && move.formerName == "web-01")
        #expect(step.subject == .server("front-01", StackID(cluster: "lab", name: "production")))
    }

    @Test("a running container is restarted by its new name, which waits for approval; the rest is done")
    func container() throws {
        var world = try MainRoadTests.fleet(["web-02"])
        world.declare("web-01") {
            $0.type = .container
            $0.template = .name("local:vztmpl/debian-12.tar.zst")
        }
        world.execute(world.plan())
        try #require(world.guest("web-01")?.status == .running)
        world.undeclare("web-01")
        world.declare("front-01") {
            $0.type = .container
            $0.template = .name("local:vztmpl/debian-12.tar.zst")
            $0.metadata.formerName = "web-01"
        }
        #expect(lines(world) == ["rename Server/front-01 [ready]", "update Server/front-01 [approval approveRestart]"])
        world.execute(world.plan())
        #expect(lines(world) == ["update Server/front-01 [approval approveRestart]"])
        #expect(world.configurations[101]?.mark?.server == "web-01")
        world.approveAll()
        world.execute(world.plan())
        #expect(lines(world) == [])
    }

    @Test("broken off after the state, before the registry: the row goes along, and nothing of the old name is retired")
    func interruptedBeforeTheRegistry() throws {
        var world = try renamed()
        let (row, old) = (world.recorded, world.stacks[main]?.tfvars.entries["web-01"])
        let plan = world.plan()
        let isMove = { (step: Step) in step.id.rawValue == "rename Server/front-01" }
        world.execute(Plan(steps: plan.steps.filter(isMove), findings: []))
        world.recorded = row
        #expect(lines(world) == ["rename Server/front-01 [ready]", "update Server/front-01 [ready]"])
        // Broken off even before the old entry was dropped.
        world.stacks[main]?.tfvars.entries["web-01"] = old
        #expect(lines(world) == ["rename Server/front-01 [ready]", "update Server/front-01 [ready]"])
        world.execute(world.plan())
        #expect(lines(world) == [])
        #expect(world.recorded.servers.map(\.name) == ["front-01", "web-02"])
        #expect(world.stacks[main]?.tfvars.entries.servers == ["front-01", "web-02"])
    }

    @Test("broken off before the update: the mark of the former name is the server's own, and no other id is")
    func interruptedBeforeTheUpdate() throws {
        var world = try renamed()
        let plan = world.plan()
        world.execute(Plan(steps: plan.steps.filter { $0.id.rawValue == "rename Server/front-01" }, findings: []))
        #expect(lines(world) == ["update Server/front-01 [ready]"])
        guard case .update(let change) = world.plan().step("update Server/front-01")?.action else {
            Issue.record("no update")
            return
        }
        #expect(change.guest.formerName == "web-01")
        world.editGuest("web-01") { _, configuration in
            configuration.settings.description = "plumb: lab/main/web-01 0123456789abcdef"
        }
        #expect(lines(world) == [])
        #expect(world.plan().finding("ambiguous") != nil)
    }

    @Test("a copy that carries the former name's mark makes the guest ambiguous, and nothing is done")
    func copiedMark() throws {
        var world = try renamed()
        world.addForeignGuest(500, "copy")
        let settings = world.configurations[100]?.settings
        world.editGuest("copy") { guest, configuration in
            guest.tags = ["plumb"]
            configuration.settings.description = settings?.description
        }
        #expect(lines(world) == [])
        #expect(world.plan().finding("ambiguous") != nil)
    }

    @Test("two names in the state, or a row of the new name: neither is touched, and both say why")
    func bothKnown() throws {
        var world = try MainRoadTests.fleet(["web-01", "web-02"])
        world.undeclare("web-01")
        world.edit("web-02") { $0.metadata.formerName = "web-01" }
        #expect(lines(world) == [])
        #expect(
            world.plan().findings.map(\.sentence) == [
                Sentence(.renameBothInState, "web-02", "web-01"), Sentence(.renameBothInState, "web-02", "web-01"),
            ])
        let left = (world.stacks[main]?.state.value?.resources ?? []).filter { $0.server == "web-01" }
        world.stacks[main]?.state = .present(TerraformState(serial: 9, lineage: "l", resources: left))
        #expect(lines(world) == [])
        #expect(world.plan().finding("renameHeld")?.sentence == Sentence(.renameBothKnown, "web-02", "web-01"))
    }

    @Test("one former name of two servers is nobody's")
    func twoHeirs() throws {
        var world = try renamed()
        world.declare("front-02") { $0.metadata.formerName = "web-01" }
        #expect(lines(world) == [])
        #expect(world.plan().findings.map(\.rule) == ["renameHeld", "renameHeld", "renameHeld"])
    }

    @Test("in another cluster neither is touched")
    func otherCluster() throws {
        var world = try renamed()
        world.desired.clusters.append(Cluster(name: "other", source: .simulated(.init(nodes: ["n1"]))))
        world.edit("front-01") { $0.cluster = "other" }
        #expect(lines(world) == [])
        #expect(
            world.plan().finding("renameHeld")?.sentence
                == Sentence(.renameOtherCluster, "front-01", "other", "web-01", "lab"))
    }

    @Test("a stranger that has the new name stands in the way")
    func nameTaken() throws {
        var world = try renamed()
        world.addForeignGuest(500, "front-01")
        #expect(lines(world) == [])
        #expect(world.plan().finding("nameTaken")?.sentence == Sentence(.nameTaken, "front-01", "500", "lab"))
    }

    @Test("a document that cannot be read may declare the former name, so the rename waits for it")
    func brokenConfiguration() throws {
        var world = try renamed()
        world.desired.completeness = .broken(.init(documents: ["x.yaml:1"], claims: []))
        #expect(lines(world) == [])
        #expect(
            world.plan().finding("renamed")?.sentence == Sentence(.renameIncomplete, "front-01", "web-01", "x.yaml:1"))
    }

    @Test("a former name that is still declared is no rename")
    func stillDeclared() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.declare("front-01") { $0.metadata.formerName = "web-01" }
        #expect(lines(world) == ["create Server/front-01 [ready]"])
        // Both ways at once: each stays what it is.
        world.execute(world.plan())
        world.edit("web-01") { $0.metadata.formerName = "front-01" }
        #expect(lines(world) == [])
    }

    @Test("where the guest is gone, the old name is confirmed and let go of before the new one is created")
    func guestGone() throws {
        var world = try renamed()
        world.removeGuest("web-01")
        #expect(lines(world) == [])
        #expect(world.plan().finding("renameHeld")?.sentence == Sentence(.renameGone, "front-01", "web-01"))
        #expect(world.plan().finding("confirmation") != nil)
        let row = try #require(world.recorded.servers.firstIndex { $0.name == "web-01" })
        world.recorded.servers[row].absences = [1, 2].map { Timestamp(seconds: world.now.seconds - $0) }
        // It is made again, under whatever name: where policy asks about that, it asks before the old name is gone.
        #expect(lines(world) == ["forget Server/web-01 [approval approveRecreateRenamed]"])
        var allowed = world
        allowed.desired.policies = [Policy(name: "all")]
        allowed.desired.policies[0].recreate = .auto
        #expect(lines(allowed) == ["forget Server/web-01 [ready]"])
        world.approveAll()
        world.execute(world.plan())
        #expect(lines(world) == ["create Server/front-01 [ready]"])
    }

    /// `old-01`, guest 500 of somebody else, was observed, and its document is gone.
    private static func noLongerObserved() throws -> World {
        var world = try MainRoadTests.fleet(["web-02"])
        world.addForeignGuest(500, "old-01")
        world.declare("old-01") {
            $0.manage = .observe
            $0.vmid = 500
        }
        world.execute(world.plan())
        world.undeclare("old-01")
        return world
    }

    @Test("an observed server's row gets the new name, and nothing else happens")
    func observed() throws {
        var world = try Self.noLongerObserved()
        world.declare("shelf-01") {
            $0.manage = .observe
            $0.vmid = 500
            $0.metadata.formerName = "old-01"
        }
        #expect(lines(world) == ["rename Server/shelf-01 [ready]"])
        world.execute(world.plan())
        #expect(lines(world) == [])
        #expect(world.recorded.servers.map(\.name) == ["shelf-01", "web-02"])
    }

    @Test("what was only observed is managed under a new name where the document asks for it, and told how otherwise")
    func observedUntilNow() throws {
        var world = try Self.noLongerObserved()
        world.declare("shelf-01") {
            $0.metadata.formerName = "old-01"
            $0.disks = []
        }
        #expect(lines(world) == [])
        #expect(
            world.plan().finding("vmidTaken")?.sentence
                == Sentence(.vmidOfObserved, "shelf-01", "500", "old-01", "lab"))
        world.edit("shelf-01") { $0.adopt = true }
        for vmid in [nil, VMID(500)] {
            world.edit("shelf-01") { $0.vmid = vmid }
            #expect(lines(world) == ["rename Server/shelf-01 [ready]"])
        }
        var mistaken = world
        mistaken.edit("shelf-01") { $0.vmid = 501 }
        #expect(lines(mistaken) == [])
        world.execute(world.plan())
        #expect(lines(world) == ["adopt Server/shelf-01 [approval approveAdoption]"])
        world.approveAll()
        world.execute(world.plan())
        #expect(lines(world) == [])
        #expect(world.guest("shelf-01")?.vmid == 500 && world.recorded.servers.map(\.name) == ["shelf-01", "web-02"])
        // Under its own name it is asked for in the same way.
        world.addForeignGuest(510, "old-02")
        world.declare("old-02") {
            $0.manage = .observe
            $0.vmid = 510
        }
        world.execute(world.plan())
        world.edit("old-02") { $0.manage = .full }
        #expect(
            world.plan().finding("vmidTaken")?.sentence == Sentence(.vmidOfObserved, "old-02", "510", "old-02", "lab"))
    }

    @Test("to rename and to let go of at once is refused")
    func observedFromNowOn() throws {
        let world = try renamed { $0.manage = .observe }
        #expect(lines(world) == [])
        #expect(world.plan().finding("renamed")?.sentence == Sentence(.renameObserved, "front-01", "web-01"))
    }

    @Test("known by its row and its mark alone, it is renamed in the registry and taken in by the next plan")
    func rowOnly() throws {
        var world = try renamed()
        world.stacks[main]?.state = .present(TerraformState(serial: 9, lineage: "l"))
        world.stacks[main]?.tfvars.entries = [:]
        world.undeclare("web-02")
        world.recorded.servers.removeAll { $0.name == "web-02" }
        #expect(lines(world).contains("rename Server/front-01 [ready]"))
        world.execute(world.plan())
        #expect(lines(world) == ["adopt Server/front-01 [ready]"])
        world.execute(world.plan())
        #expect(world.configurations[100]?.mark?.server == "front-01")
    }

    @Test("a lock lets the rename wait")
    func locked() throws {
        var world = try renamed()
        world.editGuest("web-01") { guest, _ in guest.lock = "backup" }
        #expect(
            lines(world) == ["rename Server/front-01 [waiting locked]", "update Server/front-01 [waiting locked]"])
    }

    @Test("without formerName it is a removal and a creation, and the plan says how it would be neither")
    func withoutFormerName() throws {
        var world = try renamed()
        world.edit("front-01") { $0.metadata.formerName = nil }
        #expect(lines(world) == ["create Server/front-01 [ready]", "destroy Server/web-01 [approval approveDestroy]"])
        #expect(
            world.plan().finding("perhapsRenamed")?.sentence == Sentence(.perhapsRenamed, "front-01", "web-01"))
        #expect(world.plan().step("create Server/front-01")?.perhapsFormerly == ["web-01"])
        world.edit("front-01") { $0.cores = 8 }
        #expect(world.plan().finding("perhapsRenamed") == nil)
        let other = try #require(world.plan().step("create Server/front-01"))
        #expect(other.perhapsFormerly == nil)
    }

    @Test("the hint stands in every plan as long as neither half is done, also where the birth is none that is planned")
    func hintedWhileBothWait() throws {
        var world = try renamed()
        world.edit("front-01") {
            $0.metadata.formerName = nil
            $0.node = "pve99"
        }
        let hint = Sentence(.perhapsRenamed, "front-01", "web-01")
        let waiting = "destroy Server/web-01 [approval approveDestroy]"
        #expect(lines(world) == [waiting])
        #expect(world.plan().finding("perhapsRenamed")?.sentence == hint)
        #expect(world.plan().finding("perhapsRenamed")?.subject == .server("front-01", main))

        // Its birth broke off when the guest was there already: it is taken in, and not made.
        world.edit("front-01") { $0.node = nil }
        #expect(lines(world) == ["create Server/front-01 [ready]", waiting])
        world.execute(world.plan())
        var state = try #require(world.stacks[main]?.state.value)
        state.resources.removeAll { $0.server == "front-01" }
        world.stacks[main]?.state = .present(state)
        var broken = world
        broken.recorded.servers.removeAll { $0.name == "front-01" }
        #expect(lines(broken) == ["adopt Server/front-01 [ready]", waiting])
        #expect(broken.plan().finding("perhapsRenamed")?.sentence == hint)

        // A person agreed to the end: there is nothing left to hint at.
        broken.approveAll()
        broken.execute(broken.plan())
        #expect(broken.guest("web-01") == nil && broken.plan().finding("perhapsRenamed") == nil)
    }

    @Test("a birth names all that it may have been, by whatever sign; a plan of before it did is still read")
    func perhapsFormerly() throws {
        func network(_ address: String) -> Server.Network {
            var network = Server.Network()
            network.address = address
            return network
        }
        var world = World()
        world.declare("web-01") { $0.networks = [network("10.0.0.11/24")] }
        world.declare("web-02") { $0.networks = [network("10.0.0.12/24")] }
        world.execute(world.plan())
        world.undeclare("web-01")
        world.undeclare("web-02")
        world.declare("front-01") { $0.networks = [network("10.0.0.11/24"), network("10.0.0.12/24")] }
        world.declare("front-02")
        let plan = world.plan()
        #expect(plan.step("create Server/front-01")?.perhapsFormerly == ["web-01", "web-02"])
        let other = try #require(plan.step("create Server/front-02"))
        #expect(other.perhapsFormerly == nil)
        #expect(try JSONDecoder().decode(Plan.self, from: JSONEncoder().encode(plan)) == plan)
        var former = plan
        for index in former.steps.indices { former.steps[index].perhapsFormerly = nil }
        let bytes = try JSONEncoder().encode(former)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("perhapsFormerly"))
        #expect(try JSONDecoder().decode(Plan.self, from: bytes) == former)
    }

    @Test("what may be a rename waits for a person under every policy, also in numbers, or by its address alone")
    func perhapsRenamedUnderAuto() throws {
        var world = try renamed()
        world.desired.policies = [Policy(name: "all")]
        world.desired.policies[0].apply = .auto
        world.desired.policies[0].destroyBudget = .count(5)
        world.edit("front-01") { $0.metadata.formerName = nil }
        let (waiting, heir) = ("[approval approveRenamed]", "[approval approveHeir]")
        #expect(lines(world) == ["create Server/front-01 \(heir)", "destroy Server/web-01 \(waiting)"])
        var some = world
        some.undeclare("web-02")
        some.declare("front-02")
        #expect(
            lines(some) == [
                "create Server/front-01 \(heir)", "create Server/front-02 \(heir)",
                "destroy Server/web-01 \(waiting)", "destroy Server/web-02 \(waiting)",
            ])
        #expect(
            some.plan().finding("perhapsRenamed")?.sentence
                == Sentence(.perhapsRenamedSome, "front-01, front-02", "web-01, web-02"))
        // What cannot be made now is as much of a sign, and an end that cannot come about now holds the birth back.
        var mistaken = world
        mistaken.edit("front-01") { $0.node = "pve99" }
        #expect(lines(mistaken) == ["destroy Server/web-01 \(waiting)"])
        #expect(
            mistaken.plan().finding("perhapsRenamed")?.sentence == Sentence(.perhapsRenamed, "front-01", "web-01"))
        var protected = world
        for index in protected.recorded.servers.indices where protected.recorded.servers[index].name == "web-01" {
            protected.recorded.servers[index].protect = true
        }
        #expect(
            lines(protected) == ["create Server/front-01 \(heir)", "destroy Server/web-01 [blocked protected]"])
        // Nothing is created beside it, or something else is.
        world.edit("front-01") { $0.cores = 8 }
        #expect(lines(world).last == "destroy Server/web-01 [ready]")
        world.undeclare("front-01")
        #expect(lines(world) == ["destroy Server/web-01 [ready]"])
        some.approveAll()
        #expect(some.plan().steps.count == 4 && some.plan().steps.allSatisfy { $0.disposition == .ready })
    }

    @Test("a new document with the VMID of one that ends holds the end back, whatever the policy is")
    func undeclaredWithItsNumber() throws {
        var world = try renamed()
        world.desired.policies = [Policy(name: "all")]
        world.desired.policies[0].apply = .auto
        world.edit("front-01") {
            $0.metadata.formerName = nil
            $0.vmid = 100
        }
        #expect(lines(world) == ["destroy Server/web-01 [blocked endClaimed]"])
        #expect(
            world.plan().finding("vmidTaken")?.sentence == Sentence(.vmidOfUndeclared, "front-01", "100", "web-01"))
        var declared = world
        declared.edit("front-01") { $0.metadata.formerName = "web-01" }
        #expect(lines(declared) == ["rename Server/front-01 [ready]", "update Server/front-01 [ready]"])
        var observed = world
        observed.edit("front-01") { $0.manage = .observe }
        // A former name would be refused for one that is only observed: nothing advises it.
        #expect(lines(observed) == ["destroy Server/web-01 [blocked endObserved]"])
        #expect(
            observed.plan().finding("observed")?.sentence
                == Sentence(.observedOther, "front-01", "100", "lab", "web-01"))
        // What cannot be the same guest is no rename: another kind of guest, and a server that is another already.
        var container = world
        container.edit("front-01") { $0.type = .container }
        #expect(lines(container) == ["destroy Server/web-01 [ready]"])
        #expect(container.plan().finding("vmidTaken")?.sentence.short == "vmidDeclaredTwice")
        var other = world
        other.undeclare("front-01")
        other.edit("web-02") { $0.vmid = 100 }
        #expect(lines(other) == ["destroy Server/web-01 [ready]"])
    }

    @Test("a database server keeps its registration, and its databases go along")
    func objects() {
        var world = World()
        world.desired.databaseServers = [DatabaseServer(name: "pg-1", engine: .postgresql, host: "db.lab")]
        world.desired.databases = [Database(name: "acme", server: "pg-1", databaseName: "acme")]
        world.execute(world.plan())
        var renamed = DatabaseServer(name: "pg-main", engine: .postgresql, host: "db.lab")
        renamed.metadata.formerName = "pg-1"
        world.desired.databaseServers = [renamed]
        world.desired.databases = [Database(name: "acme", server: "pg-main", databaseName: "acme")]
        #expect(
            world.plan().lines.sorted() == [
                "rename DatabaseServer/pg-main [ready]", "reregister Database/acme [ready]",
            ])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
        #expect(world.recorded.objects.map(\.name.description) == ["Database/acme", "DatabaseServer/pg-main"])
    }
}
