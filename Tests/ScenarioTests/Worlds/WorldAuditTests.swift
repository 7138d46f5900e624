import Testing

/// A run of Plumb's in a small world, made up.
private struct Scene {
    static let server = 100
    static let stranger = 501

    /// A server of Plumb's, and a guest that somebody made by hand.
    static let settled: FleetFacts = {
        var facts = FleetFacts()
        facts.guests[Scene.server] = FleetFacts.Guest(
            name: "s-1", node: "pve1", isRunning: true, life: "uuid=1", mark: "plumb: east/a/s-1 abcd", cores: 1,
            tags: "plumb")
        facts.guests[Scene.stranger] = FleetFacts.Guest(
            name: "theirs", node: "pve1", isRunning: true, life: "uuid=2", mark: "", cores: 1, tags: "")
        facts.rows["s-1"] = FleetFacts.Row(vmid: Scene.server, stack: "east/a", mark: "abcd")
        return facts
    }()

    var fleet = WorldFleet(clusters: ["east"], policy: WorldPolicy(apply: "auto"))
    var orders = WorldOrders()
    var before = Scene.settled
    var after = Scene.settled

    /// The end of the server as it should be: by a shutdown and a destruction.
    mutating func endServer() {
        after.guests[Scene.server] = nil
        happen("qmshutdown", to: Scene.server)
        happen("qmdestroy", to: Scene.server)
    }

    mutating func happen(_ type: String, to vmid: Int, by user: String = "root@pam!plumb") {
        let upid = "UPID:\(after.tasks.count)"
        after.tasks.append(FleetFacts.Task(upid: upid, type: type, guest: vmid, user: user, hasSucceeded: true))
    }

    var audit: WorldAudit {
        var lives = WorldLives()
        var born = before
        born.guests[Scene.stranger] = nil
        lives.seeAfterPlumb(born, in: "east")
        lives.seeAfterPeople(before, in: "east")
        return WorldAudit(fleet: fleet, orders: orders, lives: lives, cluster: "east", before: before, after: after)
    }

    func complains(_ text: String) -> Bool { audit.complaints.contains { $0.contains(text) } }
}

/// What the random worlds are judged by complains of each wrong that it is there for, and of nothing that is right.
@Suite struct WorldAuditTests {
    private func declared(_ name: String) -> WorldFleet.Declared { WorldFleet.Declared(name: name, cluster: "east") }

    @Test("an end that the policy leaves to Plumb, or that somebody agreed to, is right")
    func right() {
        var scene = Scene()
        scene.endServer()
        #expect(scene.audit.complaints == [])
        #expect(scene.audit.ends.count == 1 && scene.audit.ends.allSatisfy { $0.objection == nil })
        scene.fleet.policy.apply = "safe"
        #expect(scene.complains("nobody said yes"))
        scene.orders.ended = ["s-1"]
        #expect(scene.audit.complaints == [])
        scene.orders = WorldOrders(number: 1)
        #expect(scene.audit.complaints == [])
        #expect(scene.audit.downs == [Scene.server: "s-1"])
    }

    private struct Wrong {
        let what: String
        let change: (inout Scene) -> Void

        init(_ what: String, _ change: @escaping (inout Scene) -> Void) {
            self.what = what
            self.change = change
        }
    }

    @Test("an end of who is declared, protected, to be let go of, or not to be seen in the YAML is wrong")
    func wrong() {
        let server = Scene.server
        let wrongs: [Wrong] = [
            Wrong("it is declared") { $0.fleet.servers = [declared("s-1")] },
            Wrong("it is protected") { $0.before.guests[server]?.isProtected = true },
            Wrong("it is protected") { $0.before.rows["s-1"]?.isProtected = true },
            Wrong("it was to be let go of") { $0.before.rows["s-1"]?.isForgotten = true },
            Wrong("the configuration cannot be read") { $0.fleet.isEmptied = true },
            Wrong("the configuration cannot be read") { $0.fleet.spoiled = ["s-2.yaml": ""] },
            Wrong("a pause stands") { $0.fleet.policy.isPaused = true },
            Wrong("a plan may end 0") { $0.fleet.policy.budget = 0 },
            Wrong("the registry knew no such server") { $0.before.rows["s-1"]?.mark = "efgh" },
            Wrong("the registry knew no such server") { $0.before.rows = [:] },
        ]
        for wrong in wrongs {
            var scene = Scene()
            scene.endServer()
            #expect(scene.audit.complaints == [])
            wrong.change(&scene)
            #expect(scene.complains(wrong.what), "nobody said: \(wrong.what)")
        }
    }

    @Test("a number that a document claims is not freed, and a name that a rename gives away is declared")
    func renamed() {
        var scene = Scene()
        scene.endServer()
        var heir = declared("s-2")
        heir.vmid = Scene.server
        scene.fleet.servers = [heir]
        #expect(scene.complains("a document declares its VMID"))
        heir.vmid = nil
        heir.formerName = "s-1"
        scene.fleet.servers = [heir]
        #expect(scene.complains("it is declared"))
        scene.orders.rebuilt = ["s-2"]
        #expect(scene.audit.complaints == [])
    }

    @Test("a guest whose birth came on record later than it is Plumb's all the same, and a copy of it is not")
    func lateRecord() {
        var scene = Scene()
        scene.endServer()
        scene.before.rows = [:]
        scene.after.births = ["abcd"]
        #expect(scene.audit.complaints == [])
        scene.before.guests[Scene.stranger]?.mark = "plumb: east/a/s-1 abcd"
        scene.after.guests[Scene.stranger] = nil
        #expect(scene.complains("guest 501 of east (nobody's) ended: the registry knew no such server"))
    }

    @Test("whoever is not Plumb's is not touched")
    func strangers() {
        var scene = Scene()
        scene.after.guests[Scene.stranger]?.digest = "changed"
        #expect(scene.complains("is not Plumb's"))
        scene.after = Scene.settled
        scene.happen("qmstart", to: Scene.stranger)
        #expect(scene.complains("it is not Plumb's"))
        scene.after = Scene.settled
        scene.happen("qmstop", to: Scene.stranger, by: "alice@pve!cli")
        #expect(scene.audit.complaints == [])
        scene.after.guests[Scene.stranger] = nil
        #expect(scene.audit.ends.contains { $0.vmid == Scene.stranger && $0.objection != nil })
    }

    @Test("nobody goes down unannounced, and no power is cut")
    func downs() {
        var scene = Scene()
        scene.fleet.servers = [declared("s-1")]
        scene.happen("qmshutdown", to: Scene.server)
        #expect(scene.complains("nobody announced it"))
        scene.orders.downed = ["s-1"]
        #expect(scene.audit.complaints == [])
        scene.orders = WorldOrders()
        scene.fleet.servers[0].power = "stopped"
        #expect(scene.audit.complaints == [])
        scene.happen("qmstop", to: Scene.server)
        #expect(scene.complains("Plumb never does that"))
        scene.after = Scene.settled
        scene.after.forced = [Scene.server]
        #expect(scene.complains("by force"))
    }

    @Test("nobody is made whom no document declares, or a second time")
    func births() {
        var scene = Scene()
        var twin = FleetFacts.Guest(
            name: "s-1", node: "pve1", isRunning: true, life: "uuid=3", mark: "plumb: east/a/s-1 efgh", cores: 1,
            tags: "plumb")
        scene.after.guests[101] = twin
        #expect(scene.complains("nobody declares: s-1"))
        #expect(scene.complains("lives 2 times"))
        twin.name = "s-2"
        scene.after.guests[101] = twin
        scene.fleet.servers = [declared("s-1"), declared("s-2")]
        scene.happen("qmclone", to: 9000)
        #expect(scene.audit.complaints == [])
        scene.happen("qmclone", to: 9000)
        #expect(scene.complains("2 guests of east were made"))
    }

    @Test("what a plan asks is read from its JSON, beside what was said of the files")
    func asked() throws {
        let said = """
            {"plan": "3f9a1c22b0de77aa", "steps": [
              {"action": "destroy", "effect": "destroy", "subject": {"kind": "Server", "name": "s-1"},
               "disposition": {"is": "needsApproval"}},
              {"action": "destroy", "effect": "destroy", "subject": {"kind": "Server", "name": "s-2"},
               "disposition": {"is": "blocked"}},
              {"action": "restart", "effect": "restart", "subject": {"kind": "Server", "name": "s-3"},
               "disposition": {"is": "needsApproval"}},
              {"action": "destroy", "effect": "destroy", "subject": {"kind": "Server", "name": "s-4"},
               "disposition": {"is": "ready"}}]}
            ! s-9.yaml:1:1: error: The file is empty. [file.empty]
            exit 1

            """
        let plan = try #require(AskedPlan(said))
        #expect(plan.id == "3f9a1c22b0de" && plan.isAsking && plan.ends == 2)
        #expect(plan.ended == ["s-1"] && plan.downed == ["s-3"])
        #expect(AskedPlan("! Error: nothing to plan\nexit 1\n") == nil)
    }
}
