import JSONArena
import Testing

@testable import Simulation

@Suite struct PowerTests {
    private static let vm = "/nodes/pve1/qemu/100"
    private static let container = "/nodes/pve1/lxc/200"

    private func laboratory() throws -> Laboratory {
        var lab = Laboratory()
        try lab.clone(100)
        try lab.container(200)
        return lab
    }

    @Test func aVirtualMachineGoesThroughItsStates() throws {
        var lab = try laboratory()
        func state(_ lab: inout Laboratory) throws -> [JSONValue?] {
            let current = try lab.data(.get, Self.vm + "/status/current")
            return [current["status"], current["qmpstatus"]]
        }
        #expect(try state(&lab) == ["stopped", "stopped"])
        #expect(try lab.done(.post, Self.vm + "/status/start") == "OK")
        #expect(try state(&lab) == ["running", "running"])
        lab.pass(.seconds(100))
        #expect(try lab.data(.get, Self.vm + "/status/current")["uptime"] == 100)
        #expect(try lab.done(.post, Self.vm + "/status/suspend") == "OK")
        #expect(try state(&lab) == ["running", "paused"])
        #expect(try lab.data(.get, "/nodes/pve1/tasks", ["limit": "1"]).elements.first?["type"] == "qmpause")
        #expect(try lab.refusal(.post, Self.vm + "/status/shutdown") == "500 VM is paused - cannot shutdown")
        #expect(try lab.done(.post, Self.vm + "/status/resume") == "OK")
        #expect(try lab.done(.post, Self.vm + "/status/reset") == "OK")
        #expect(try lab.data(.get, Self.vm + "/status/current")["uptime"] == 100)
        #expect(try lab.done(.post, Self.vm + "/status/reboot") == "OK")
        #expect(try lab.data(.get, Self.vm + "/status/current")["uptime"] == 0)
        #expect(try lab.done(.post, Self.vm + "/status/shutdown", ["forceStop": "1", "timeout": "30"]) == "OK")
        #expect(try state(&lab) == ["stopped", "stopped"])
        #expect(try lab.done(.post, Self.vm + "/status/stop") == "OK")
    }

    @Test func whatDoesNotRunIsRefusedInProxmoxsWords() throws {
        var lab = try laboratory()
        for verb in ["reboot", "reset", "suspend", "resume"] {
            #expect(try lab.refusal(.post, Self.vm + "/status/\(verb)") == "500 VM 100 not running")
        }
        for verb in ["stop", "shutdown"] {
            #expect(try lab.refusal(.post, Self.container + "/status/\(verb)") == "500 CT 200 not running")
        }
        try lab.done(.post, Self.vm + "/status/start")
        try lab.done(.post, Self.container + "/status/start")
        #expect(try lab.done(.post, Self.vm + "/status/start") == "VM 100 already running")
        #expect(try lab.refusal(.post, Self.container + "/status/start") == "500 CT 200 already running")
        #expect(try lab.ask(.post, Self.container + "/status/reset").status == 501)
    }

    @Test func aTemplateDoesNotStart() throws {
        var lab = try laboratory()
        #expect(
            try lab.done(.post, "/nodes/pve1/qemu/9000/status/start") == "you can't start a vm if it's a template")
    }

    @Test func theAgentAnswersOnlyWhereItIsEnabledAndRuns() throws {
        var lab = try laboratory()
        let path = Self.vm + "/agent/network-get-interfaces"
        #expect(try lab.refusal(.get, path) == "500 VM 100 is not running")
        try lab.done(.post, Self.vm + "/status/start")
        #expect(try lab.refusal(.get, path) == "500 No QEMU guest agent configured")
        try lab.done(.post, Self.vm + "/status/stop")
        try lab.data(.put, Self.vm + "/config", ["agent": "enabled=1,type=virtio", "ipconfig0": "ip=10.0.0.7/24"])
        try lab.done(.post, Self.vm + "/status/start")
        #expect(try lab.refusal(.get, path) == "500 QEMU guest agent is not running")
        try lab.data(.put, "/simulation/guests/100", ["agent": "1"])
        let result = try lab.data(.get, path)["result"]?.elements ?? []
        let addresses = result.flatMap { $0["ip-addresses"]?.elements ?? [] }.map { $0["ip-address"] }
        #expect(addresses == ["127.0.0.1", "10.0.0.7"])
    }

    @Test func aTemplatesAgentRunsInItsClones() throws {
        var lab = Laboratory { $0.templates[0].hasAgent = true }
        try lab.clone(100)
        try lab.data(.put, Self.vm + "/config", ["agent": "1"])
        try lab.done(.post, Self.vm + "/status/start")
        #expect(try lab.data(.get, Self.vm + "/agent/network-get-interfaces")["result"]?.elements.count == 2)
    }

    @Test func aLockedGuestIsLeftAlone() throws {
        var lab = try laboratory()
        try lab.data(.put, "/simulation/guests/100", ["lock": "backup"])
        #expect(try lab.done(.post, Self.vm + "/status/start") == "VM is locked (backup)")
        #expect(try lab.refusal(.post, Self.vm + "/status/stop") == "500 VM is locked (backup)")
        #expect(try lab.refusal(.delete, Self.vm) == "500 VM is locked (backup)")
        let row = try lab.data(.get, "/cluster/resources", ["type": "vm"]).elements.first { $0["vmid"] == 100 }
        #expect(row?["lock"] == "backup")
        try lab.data(.put, "/simulation/guests/100", ["delete": "lock"])
        #expect(try lab.done(.post, Self.vm + "/status/start") == "OK")
    }
}
