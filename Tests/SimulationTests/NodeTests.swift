import JSONArena
import Testing

@testable import Simulation

@Suite struct NodeTests {
    private static let vm = "/nodes/pve2/qemu/100"

    /// VM 100 runs on pve2.
    private func laboratory(latency: Duration = .zero) throws -> Laboratory {
        var lab = Laboratory()
        try lab.clone(100)
        try lab.done(.post, "/nodes/pve1/qemu/100/migrate", ["target": "pve2"])
        try lab.done(.post, Self.vm + "/status/start")
        lab.cluster.blueprint.latency = latency
        return lab
    }

    @Test func aLostNodesGuestsAreListedAsUnknown() throws {
        var lab = try laboratory()
        try lab.data(.put, "/simulation/nodes/pve2", ["online": "0"])
        let row = try lab.data(.get, "/cluster/resources", ["type": "vm"]).elements.first { $0["vmid"] == 100 }
        #expect(row?["status"] == "unknown" && row?["node"] == "pve2" && row?["name"] == "web-01")
        #expect(row?["maxmem"] == nil && row?["template"] == 0)
        #expect(try lab.refusal(.get, Self.vm + "/config") == "595 No route to host")
        #expect(try lab.refusal(.post, Self.vm + "/status/start") == "595 No route to host")
        let nodes = try lab.data(.get, "/nodes").elements.map { $0["status"] }
        #expect(nodes == ["online", "offline", "online"])
        let status = try lab.data(.get, "/cluster/status").elements
        #expect(status.map { $0["online"] } == [nil, 1, 0, 1] && status[0]["quorate"] == 1)
        try lab.data(.put, "/simulation/nodes/pve2", ["online": "1"])
        #expect(try lab.data(.get, Self.vm + "/status/current")["status"] == "stopped")
    }

    @Test func aLostNodesTasksEndUnexpectedly() throws {
        var lab = try laboratory(latency: .seconds(60))
        let upid = try #require(try lab.data(.post, Self.vm + "/status/shutdown").text)
        try lab.data(.put, "/simulation/nodes/pve2", ["online": "0"])
        #expect(lab.cluster.task(upid)?.exitStatus == "unexpected status")
        #expect(lab.cluster.nextEvent == nil)
    }

    @Test func aLockThatALostNodeLeftIsTakenAwayByRoot() throws {
        var lab = try laboratory(latency: .seconds(60))
        try lab.data(.post, Self.vm + "/snapshot", ["snapname": "one"])
        try lab.data(.put, "/simulation/nodes/pve2", ["online": "0"])
        try lab.data(.put, "/simulation/nodes/pve2", ["online": "1"])
        #expect(try lab.refusal(.post, Self.vm + "/status/stop") == "500 VM is locked (snapshot)")
        #expect(try lab.refusal(.put, Self.vm + "/config", ["delete": "lock"]) == "500 VM is locked (snapshot)")
        try lab.data(.put, Self.vm + "/config", ["delete": "lock", "skiplock": "1"])
        #expect(try lab.done(.post, Self.vm + "/status/start") == "OK")
        try lab.data(.put, Self.vm + "/config", ["lock": "backup"])
        #expect(try lab.refusal(.post, Self.vm + "/status/stop") == "500 VM is locked (backup)")
        let config = try lab.configuration(Self.vm)
        #expect(config.names.filter { $0 == "lock" }.count == 1)
    }

    @Test func anUnknownNodeHasNoAddress() throws {
        var lab = Laboratory()
        #expect(try lab.refusal(.get, "/nodes/pve9/qemu").hasPrefix("500 hostname lookup 'pve9' failed"))
    }

    @Test func withoutQuorumNothingIsWritten() throws {
        var lab = try laboratory()
        for node in ["pve2", "pve3"] { try lab.data(.put, "/simulation/nodes/\(node)", ["online": "0"]) }
        #expect(try lab.data(.get, "/cluster/status").elements.first?["quorate"] == 0)
        let before = lab.cluster
        for (method, path, parameters) in [
            (APIMethod.post, "/nodes/pve1/qemu", ["vmid": "101"]),
            (.post, "/nodes/pve1/qemu/9000/clone", ["newid": "101"]),
            (.put, "/nodes/pve1/qemu/9000/config", ["cores": "2"]), (.delete, "/nodes/pve1/qemu/9000", [:]),
            (.post, "/nodes/pve1/qemu/9000/status/start", [:]),
        ] {
            #expect(try lab.refusal(method, path, parameters) == "500 cluster not ready - no quorum?")
        }
        #expect(lab.cluster == before)
        try lab.data(.put, "/simulation/quorum", ["quorate": "1"])
        #expect(try lab.done(.post, "/nodes/pve1/qemu", ["vmid": "101"]) == "OK")
    }

    @Test func highAvailabilityMovesAGuestAndStartsItAgain() throws {
        var lab = try laboratory()
        try lab.data(.post, "/cluster/ha/resources", ["sid": "vm:100"])
        let listed = try lab.data(.get, "/cluster/resources", ["type": "vm"]).elements.first { $0["vmid"] == 100 }
        #expect(listed?["hastate"] == "started")
        #expect(try lab.refusal(.delete, Self.vm).hasSuffix("used in HA resources and purge parameter not set."))
        try lab.data(.put, "/simulation/nodes/pve2", ["online": "0"])
        lab.pass(.seconds(1))
        let current = try lab.data(.get, "/nodes/pve1/qemu/100/status/current")
        #expect(current["status"] == "running" && current["uptime"] == 1 && current["ha"]?["managed"] == 1)
    }

    @Test func onlyRootMakesThingsHappen() throws {
        var lab = Laboratory { $0.users = [.init("alice@pve", rights: [.init("/", ["Administrator"])])] }
        let text = "403 Permission check failed (/, Sys.Modify)"
        #expect(try lab.refusal(.put, "/simulation/nodes/pve2", ["online": "0"], as: Laboratory.alice) == text)
    }

    @Test func thePastIsPlausibleAndTheSameEachTime() throws {
        var lab = try laboratory()
        let points = try lab.data(.get, Self.vm + "/rrddata", ["timeframe": "hour"])
        #expect(points.elements.count == 70)
        #expect(try lab.data(.get, Self.vm + "/rrddata", ["timeframe": "hour"]) == points)
        #expect(try lab.data(.get, "/nodes/pve1/rrddata", ["timeframe": "hour"]) != points)
        #expect(try lab.ask(.get, Self.vm + "/rrddata", ["timeframe": "aeon"]).status == 400)
    }

    @Test func whatIsOnANodeThatLeavesTheClusterIsNotListedAndItsNumberIsFree() throws {
        var lab = try laboratory()
        let before = try lab.data(.get, "/cluster/resources").elements.count
        try lab.data(.put, "/simulation/nodes/pve2", ["member": "0"])
        let status = try lab.data(.get, "/cluster/status").elements
        #expect(status.map { $0["name"] } == ["lab", "pve1", "pve3"] && status[0]["quorate"] == 1)
        #expect(try lab.data(.get, "/cluster/resources").elements.allSatisfy { $0["node"] != "pve2" })
        #expect(try lab.data(.get, "/cluster/nextid", ["vmid": "100"]) == "100")
        _ = try lab.refusal(.get, Self.vm + "/config")
        // What is declared does not bring it back.
        lab.cluster.adopt(lab.cluster.blueprint)
        var changed = lab.cluster.blueprint
        changed.pools.append("more")
        lab.cluster.adopt(changed)
        #expect(lab.cluster.nodes.map(\.name) == ["pve1", "pve3"])
        try lab.data(.put, "/simulation/nodes/pve2", ["member": "1"])
        #expect(lab.cluster.nodes.map(\.name) == ["pve1", "pve2", "pve3"])
        #expect(try lab.data(.get, Self.vm + "/status/current")["status"] == "running")
        #expect(try lab.data(.get, "/cluster/resources").elements.count == before)
        _ = try lab.refusal(.put, "/simulation/nodes/pve2", ["member": "1"])
    }

    @Test func itCanAnswerUnderAnotherName() throws {
        var lab = try laboratory()
        try lab.data(.put, "/simulation/name", ["name": "prod"])
        #expect(try lab.data(.get, "/cluster/status").elements[0]["name"] == "prod")
        try lab.data(.put, "/simulation/name")
        #expect(try lab.data(.get, "/cluster/status").elements[0]["name"] == "lab")
    }
}
