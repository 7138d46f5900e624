import JSONArena
import Testing

@testable import Simulation

@Suite struct LifecycleTests {
    private static let vm = "/nodes/pve1/qemu/100"

    @Test func aGuestThatRunsOrIsProtectedIsNotDeleted() throws {
        var lab = Laboratory()
        try lab.clone(100)
        try lab.container(200, ["start": "1", "protection": "1"])
        try lab.done(.post, Self.vm + "/status/start")
        #expect(try lab.refusal(.delete, Self.vm) == "500 VM 100 is running - destroy failed")
        try lab.done(.post, Self.vm + "/status/stop")
        try lab.data(.put, Self.vm + "/config", ["protection": "1"])
        #expect(try lab.refusal(.delete, Self.vm) == "500 can't remove VM 100 - protection mode enabled")
        #expect(
            try lab.refusal(.delete, "/nodes/pve1/lxc/200", ["force": "1"])
                == "500 can't remove CT 200 - protection mode enabled")
        try lab.data(.put, "/nodes/pve1/lxc/200/config", ["delete": "protection"])
        #expect(
            try lab.refusal(.delete, "/nodes/pve1/lxc/200") == "500 unable to destroy CT 200 - container is running")
        #expect(try lab.done(.delete, "/nodes/pve1/lxc/200", ["force": "1"]) == "OK")
        #expect(try lab.listed() == [100, 9000, 9001])
    }

    @Test(arguments: [("0", 1), ("1", 0)])
    func aDeletionTakesUnreferencedDisksOnlyWhenAsked(_ flag: String, _ left: Int) throws {
        var lab = Laboratory()
        try lab.clone(100)
        try lab.data(.put, Self.vm + "/config", ["scsi1": "local-lvm:2"])
        // A disk that bears the number and that no configuration names, as another cluster's on shared storage.
        lab.cluster.guests[100]?.configuration["scsi1"] = nil
        let parameters = ["purge": "1", "destroy-unreferenced-disks": flag]
        #expect(try lab.done(.delete, Self.vm, parameters) == "OK")
        let volumes = try lab.data(.get, "/nodes/pve1/storage/local-lvm/content", ["vmid": "100"]).elements
        #expect(volumes.count == left)
        #expect(
            try lab.refusal(.get, Self.vm + "/status/current")
                == "500 Configuration file 'nodes/pve1/qemu-server/100.conf' does not exist")
    }

    @Test func aStoppedGuestMovesWithItsLocalDisks() throws {
        var lab = Laboratory(latency: .seconds(8))
        try lab.clone(100)
        let upid = try #require(try lab.data(.post, Self.vm + "/migrate", ["target": "pve3"], as: .local).text)
        #expect(try lab.configuration(Self.vm)["lock"] == "migrate")
        #expect(try lab.end(of: upid) == "OK")
        #expect(
            try lab.refusal(.get, Self.vm + "/config")
                == "500 Configuration file 'nodes/pve1/qemu-server/100.conf' does not exist")
        #expect(try lab.configuration("/nodes/pve3/qemu/100")["lock"] == nil)
        #expect(try lab.data(.get, "/nodes/pve3/storage/local-lvm/content", ["vmid": "100"]).elements.count == 1)
        #expect(try lab.data(.get, "/nodes/pve1/storage/local-lvm/content", ["vmid": "100"]).elements.isEmpty)
    }

    @Test func aRunningGuestMovesOnlyWithTheRightOptions() throws {
        var lab = Laboratory()
        try lab.clone(100)
        try lab.container(200, ["start": "1"])
        try lab.done(.post, Self.vm + "/status/start")
        let target = ["target": "pve2"]
        #expect(
            try lab.refusal(.post, Self.vm + "/migrate", target) == "500 can't migrate running VM without --online")
        let failed = try lab.done(.post, Self.vm + "/migrate", target.merging(["online": "1"]) { $1 })
        #expect(failed.hasSuffix("can't live migrate attached local disks without with-local-disks option"))
        #expect(try lab.configuration(Self.vm)["lock"] == nil)
        #expect(
            try lab.done(.post, Self.vm + "/migrate", ["target": "pve2", "online": "1", "with-local-disks": "1"])
                == "OK")
        #expect(try lab.data(.get, "/nodes/pve2/qemu/100/status/current")["status"] == "running")
        #expect(
            try lab.refusal(.post, "/nodes/pve1/lxc/200/migrate", target)
                == "500 can't migrate running container without --online or --restart")
        #expect(try lab.done(.post, "/nodes/pve1/lxc/200/migrate", ["target": "pve2", "restart": "1"]) == "OK")
        #expect(try lab.ask(.post, "/nodes/pve2/qemu/100/migrate", target).body["errors"]?.names == ["target"])
    }

    @Test func aGuestBecomesATemplateAndIsListedAsOne() throws {
        var lab = Laboratory()
        try lab.clone(100)
        try lab.done(.post, Self.vm + "/status/start")
        #expect(
            try lab.refusal(.post, Self.vm + "/template") == "500 you can't convert a VM to template if VM is running")
        try lab.done(.post, Self.vm + "/status/stop")
        #expect(try lab.done(.post, Self.vm + "/template") == "OK")
        let config = try lab.configuration(Self.vm)
        #expect(config["template"] == 1 && config["scsi0"] == "local-lvm:base-100-disk-0,size=4G")
        let row = try lab.data(.get, "/cluster/resources", ["type": "vm"]).elements.first { $0["vmid"] == 100 }
        #expect(row?["template"] == 1)
        #expect(try lab.refusal(.post, Self.vm + "/template") == "500 you can't convert a template to a template")
        #expect(try lab.done(.post, Self.vm + "/clone", ["newid": "101", "full": "0"]) == "OK")
    }

    @Test func snapshotsFormATreeAndRollBack() throws {
        var lab = Laboratory()
        try lab.clone(100)
        #expect(try lab.done(.post, Self.vm + "/snapshot", ["snapname": "one", "description": "first"]) == "OK")
        try lab.data(.put, Self.vm + "/config", ["cores": "8"])
        #expect(try lab.done(.post, Self.vm + "/snapshot", ["snapname": "two"]) == "OK")
        let parents = try lab.data(.get, Self.vm + "/snapshot").elements.map { $0["parent"] }
        #expect(parents == [nil, "one", "two"])
        #expect(
            try lab.refusal(.post, Self.vm + "/snapshot", ["snapname": "two"]) == "500 snapshot name 'two' already used"
        )
        #expect(
            try lab.refusal(.post, Self.vm + "/template")
                == "500 unable to create template, because VM contains snapshots")
        #expect(try lab.configuration(Self.vm, ["snapshot": "one"])["cores"] == 1)
        #expect(try lab.done(.post, Self.vm + "/snapshot/one/rollback") == "OK")
        #expect(try lab.configuration(Self.vm)["cores"] == 1)
        #expect(try lab.done(.delete, Self.vm + "/snapshot/one") == "OK")
        #expect(try lab.refusal(.delete, Self.vm + "/snapshot/one") == "500 snapshot 'one' does not exist")
    }

    @Test func poolsHoldGuestsAndRefuseToGoWhileTheyDo() throws {
        var lab = Laboratory()
        try lab.data(.post, "/pools", ["poolid": "web", "comment": "the web"])
        try lab.clone(100)
        try lab.data(.put, "/pools", ["poolid": "web", "vms": "100"])
        let pool = try lab.data(.get, "/pools", ["poolid": "web"]).elements.first
        #expect(pool?["comment"] == "the web" && pool?["members"]?.elements.map { $0["vmid"] } == [100])
        #expect(try lab.data(.get, "/pools").elements.map { $0["poolid"] } == ["web"])
        #expect(try lab.refusal(.delete, "/pools/web") == "500 delete pool failed: pool 'web' is not empty")
        try lab.data(.put, "/pools/web", ["vms": "100", "delete": "1"])
        try lab.data(.delete, "/pools/web")
        #expect(try lab.data(.get, "/pools").elements.isEmpty)
    }
}
