import JSONArena
import Testing

@testable import Simulation

@Suite struct FaultTests {
    private static let clone = "POST /nodes/*/qemu/*/clone"

    private func laboratory(_ rules: FaultRule...) -> Laboratory { Laboratory(faults: rules) }

    @Test func aRuleHitsItsCallItsGuestAndAsOftenAsItSays() throws {
        let effect = FaultRule.Effect.error(status: 500, text: "can't lock file - got timeout")
        var lab = laboratory(FaultRule(on: Self.clone, guest: "web-02", times: 2, effect: effect))
        try lab.clone(101, name: "web-01")
        let parameters = ["newid": "102", "name": "web-02"]
        for _ in 0..<2 {
            #expect(
                try lab.refusal(.post, "/nodes/pve1/qemu/9000/clone", parameters) == "500 can't lock file - got timeout"
            )
        }
        #expect(try lab.listed() == [101, 9000, 9001])
        #expect(try lab.done(.post, "/nodes/pve1/qemu/9000/clone", parameters) == "OK")
        let rule = try lab.data(.get, "/simulation/faults").elements.first
        #expect(rule?["hit"] == 2 && rule?["guest"] == "web-02")
    }

    @Test func theNameOfAnExistingGuestCountsToo() throws {
        var lab = laboratory(
            FaultRule(on: "PUT /nodes/*/qemu/*/config", guest: "web-01", effect: .error(status: 503, text: "busy")))
        try lab.clone(100, name: "web-01")
        try lab.clone(101, name: "web-02")
        #expect(try lab.refusal(.put, "/nodes/pve1/qemu/100/config", ["tags": "a"]) == "503 busy")
        try lab.data(.put, "/nodes/pve1/qemu/101/config", ["tags": "a"])
    }

    @Test func aHangDoesNothingAndALostAnswerDoesEverything() throws {
        var lab = laboratory(
            FaultRule(on: Self.clone, guest: "hangs", effect: .hang),
            FaultRule(on: Self.clone, guest: "lost", effect: .loseAnswer),
            FaultRule(on: Self.clone, guest: "half", effect: .truncate),
            FaultRule(on: Self.clone, guest: "late", effect: .delay(.seconds(3))))
        let path = "/nodes/pve1/qemu/9000/clone"
        #expect(lab.deliver(.post, path, ["newid": "101", "name": "hangs"]) == .hang)
        #expect(lab.deliver(.post, path, ["newid": "102", "name": "lost"]) == .lost)
        guard case .truncated(let half, after: .zero) = lab.deliver(.post, path, ["newid": "103", "name": "half"]),
            case .answer(let late, after: .seconds(3)) = lab.deliver(.post, path, ["newid": "104", "name": "late"])
        else { return #expect(Bool(false)) }
        #expect(half.status == 200 && late.status == 200)
        #expect(try lab.listed() == [102, 103, 104, 9000, 9001])
    }

    @Test func anEmptyListAndACutConnectionComeAfterTheCallsThatAreLetThrough() throws {
        var lab = Laboratory()
        try lab.clone(100)
        let list = ["on": "GET /cluster/resources", "effect": "emptyList", "skip": "1", "times": "1"]
        try lab.data(.post, "/simulation/faults", list)
        #expect(try lab.listed() == [100, 9000, 9001])
        #expect(try lab.listed() == [])
        #expect(try lab.listed() == [100, 9000, 9001])
        try lab.data(.delete, "/simulation/faults")
        try lab.data(
            .post, "/simulation/faults",
            ["on": "PUT /nodes/*/qemu/*/config", "effect": "hang", "milliseconds": "300"])
        let delivery = lab.deliver(.put, "/nodes/pve1/qemu/100/config", ["cores": "8"])
        #expect(delivery == .cut(after: .milliseconds(300)))
        #expect(try lab.configuration("/nodes/pve1/qemu/100")["cores"] == 1)
        #expect(try lab.data(.get, "/simulation/faults").elements.first?["milliseconds"] == 300)
    }

    @Test func aRivalTakesTheNumberJustBeforeTheCall() throws {
        var lab = laboratory(FaultRule(on: Self.clone, times: 1, effect: .rival))
        let parameters = ["newid": "100", "name": "web-01"]
        #expect(
            try lab.refusal(.post, "/nodes/pve1/qemu/9000/clone", parameters).hasSuffix(
                "VM 100 already exists on node 'pve1'"))
        #expect(try lab.configuration("/nodes/pve1/qemu/100")["name"] == "rival")
    }

    @Test func aTokenLosesItsRightsAtACall() throws {
        var lab = laboratory(FaultRule(on: "GET /nodes/*/qemu/*/config", times: 1, effect: .loseRights))
        try lab.data(.put, "/access/acl", ["path": "/", "roles": "Administrator", "users": "alice@pve"])
        try lab.data(
            .put, "/access/acl", ["path": "/vms/9000", "roles": "PVEAuditor", "tokens": "alice@pve!cli"])
        #expect(try lab.listed(as: Laboratory.alice) == [9000, 9001])
        _ = try lab.data(.get, "/nodes/pve1/qemu/9000/config", as: Laboratory.alice)
        #expect(try lab.listed(as: Laboratory.alice) == [9000])
    }

    @Test func ofAListOnlyTheRowThatIsAskedForIsMade() throws {
        var lab = Laboratory()
        for vmid in 100..<103 { try lab.clone(vmid) }
        var request = APIRequest(.get, "/cluster/resources", ["type": "vm"])
        let whole = try #require(lab.cluster.handle(request, at: lab.now).response?.data)
        request.onlyGuest = 101
        let one = try #require(lab.cluster.handle(request, at: lab.now).response?.data)
        #expect(one.elements == whole.elements.filter { $0["vmid"] == 101 } && one.elements.count == 1)
        request.caller = Laboratory.alice
        #expect(lab.cluster.handle(request, at: lab.now).response?.data == [])
    }

    @Test func aTaskCanFailAndLeaveNothing() throws {
        var lab = laboratory(
            FaultRule(on: Self.clone, times: 1, effect: .failTask("clone failed: no space left")),
            FaultRule(on: "POST /nodes/*/qemu/*/status/start", times: 1, effect: .failTask("start failed")))
        let parameters = ["newid": "100", "name": "web-01"]
        #expect(try lab.done(.post, "/nodes/pve1/qemu/9000/clone", parameters) == "clone failed: no space left")
        #expect(try lab.listed() == [9000, 9001])
        #expect(try lab.data(.get, "/nodes/pve1/storage/local-lvm/content", ["vmid": "100"]).elements.isEmpty)
        #expect(try lab.done(.post, "/nodes/pve1/qemu/9000/clone", parameters) == "OK")
        #expect(try lab.done(.post, "/nodes/pve1/qemu/100/status/start") == "start failed")
        #expect(try lab.data(.get, "/nodes/pve1/qemu/100/status/current")["status"] == "stopped")
    }

    @Test func chanceIsDecidedByTheSeed() throws {
        func hits(seed: UInt64) throws -> [Bool] {
            var lab = Laboratory(
                faults: [FaultRule(on: "GET /version", chance: 0.3, effect: .error(status: 500, text: "no"))],
                seed: seed)
            return try (0..<200).map { _ in try lab.ask(.get, "/version").status == 500 }
        }
        let first = try hits(seed: 1)
        #expect(try hits(seed: 1) == first)
        #expect(try hits(seed: 2) != first)
        #expect((35...85).contains(first.count { $0 }))
    }

    @Test func rulesComeAndGoWhileItRuns() throws {
        var lab = Laboratory()
        try lab.data(
            .post, "/simulation/faults",
            ["on": "GET /version", "effect": "error", "status": "596", "text": "Broken pipe"])
        #expect(try lab.refusal(.get, "/version") == "596 Broken pipe")
        try lab.data(.delete, "/simulation/faults", ["on": "GET /version"])
        try lab.data(.get, "/version")
        let response = try lab.ask(.post, "/simulation/faults", ["on": "GET /version", "effect": "explode"])
        #expect(response.status == 400 && response.body["errors"]?.names == ["effect"])
    }

    @Test(
        arguments: [
            ("POST /nodes/*/qemu/*/clone", "POST", "/nodes/pve1/qemu/9000/clone", true),
            ("POST /nodes/*/qemu/*/clone", "POST", "/nodes/pve1/lxc/9000/clone", false),
            ("POST /nodes/*/qemu/*/clone", "GET", "/nodes/pve1/qemu/9000/clone", false),
            ("/nodes/*", "DELETE", "/nodes/pve1", true), ("/nodes/*", "GET", "/nodes/pve1/qemu", false),
            ("* /version", "GET", "/version", true), ("get /version", "GET", "/version", true),
        ])
    func aStarStandsForOnePart(_ pattern: String, _ method: String, _ path: String, _ matches: Bool) throws {
        let method = try #require(APIMethod(rawValue: method))
        #expect(FaultTable.matches(pattern, method: method, path: path) == matches)
    }
}
