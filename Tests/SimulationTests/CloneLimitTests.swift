import Testing

@testable import Simulation

@Suite struct CloneLimitTests {
    private static let clone = "/nodes/pve1/qemu/9000/clone"
    private static let busy = "500 can't lock file '/var/lock/qemu-server/lock-9000.conf' - got timeout"

    @Test func `a template whose lock takes two clones refuses the third until one of them has ended`() throws {
        var lab = Laboratory(latency: .seconds(30))
        try lab.data(.put, "/simulation/limits", ["clones": "2"])
        for vmid in [100, 101] { try lab.data(.post, Self.clone, ["newid": "\(vmid)", "full": "1"]) }
        #expect(try lab.refusal(.post, Self.clone, ["newid": "102", "full": "1"]) == Self.busy)
        // Nothing was made, and another template has a lock of its own.
        #expect(lab.cluster.guests[102] == nil)
        try lab.data(.post, "/nodes/pve1/lxc/9001/clone", ["newid": "103", "full": "1"])
        lab.pass(.seconds(31))
        #expect(try lab.done(.post, Self.clone, ["newid": "102", "full": "1"]) == "OK")
    }

    @Test func `without a limit any number is cloned at a time`() throws {
        var lab = Laboratory(latency: .seconds(30))
        try lab.data(.put, "/simulation/limits", ["clones": "1"])
        try lab.data(.put, "/simulation/limits")
        for vmid in 100..<110 { try lab.data(.post, Self.clone, ["newid": "\(vmid)", "full": "1"]) }
    }
}
