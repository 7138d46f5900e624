import JSONArena
import Testing

@testable import Simulation

@Suite struct ConfigurationTests {
    private static let vm = "/nodes/pve1/qemu/100"

    /// A running VM 100.
    private func running() throws -> Laboratory {
        var lab = Laboratory()
        try lab.clone(100)
        try lab.done(.post, Self.vm + "/status/start")
        return lab
    }

    @Test(
        arguments: [
            ("cores", "4", false), ("sockets", "2", false), ("memory", "4096", false), ("cpu", "host", false),
            ("numa", "1", false), ("ostype", "win11", false), ("scsihw", "lsi", false), ("balloon", "0", false),
            ("name", "other", true), ("tags", "a;b", true), ("description", "text", true), ("onboot", "1", true),
            ("protection", "1", true), ("net0", "virtio,bridge=vmbr1", true), ("scsi1", "local-lvm:2", true),
            ("ciuser", "me", true), ("ipconfig0", "ip=dhcp", true), ("cpulimit", "2", true),
            ("ide2", "local-lvm:cloudinit", false),
        ])
    func aRunningVirtualMachineTakesItAtOnceOrWaits(_ key: String, _ value: String, _ isHot: Bool) throws {
        var lab = try running()
        let before = try lab.configuration(Self.vm, ["current": "1"])[key]
        #expect(try lab.data(.put, Self.vm + "/config", [key: value]) == .null)
        let after = try lab.configuration(Self.vm, ["current": "1"])[key]
        let shown = try lab.configuration(Self.vm)[key]
        #expect(shown != before)
        #expect(after == (isHot ? shown : before))
        let row = try lab.data(.get, Self.vm + "/pending").elements.first { $0["key"] == .string(key) }
        #expect((row?["pending"] == nil) == isHot)
        try lab.done(.post, Self.vm + "/status/reboot")
        #expect(try lab.configuration(Self.vm, ["current": "1"])[key] == shown)
        #expect(try lab.data(.get, Self.vm + "/pending").elements.allSatisfy { $0["pending"] == nil })
    }

    @Test(
        arguments: [
            ("cores", "4", true), ("memory", "1024", true), ("swap", "0", true), ("hostname", "other", true),
            ("tags", "a", true), ("net0", "name=eth0,bridge=vmbr1,ip=dhcp", true), ("nameserver", "9.9.9.9", false),
            ("mp0", "local-lvm:2,mp=/data", true), ("unprivileged", "1", false), ("features", "nesting=1", false),
        ])
    func aRunningContainerTakesItAtOnceOrWaits(_ key: String, _ value: String, _ isHot: Bool) throws {
        var lab = Laboratory()
        let path = "/nodes/pve1/lxc/200"
        try lab.container(200, ["start": "1"])
        let before = try lab.configuration(path, ["current": "1"])[key]
        try lab.data(.put, path + "/config", [key: value])
        #expect(try lab.configuration(path)[key] != before)
        #expect((try lab.configuration(path, ["current": "1"])[key] != before) == isHot)
    }

    @Test func aChangeTakenBackIsNoLongerPending() throws {
        var lab = try running()
        try lab.data(.put, Self.vm + "/config", ["cores": "4", "memory": "4096"])
        try lab.data(.put, Self.vm + "/config", ["cores": "1"])
        try lab.data(.put, Self.vm + "/config", ["revert": "memory"])
        #expect(try lab.data(.get, Self.vm + "/pending").elements.allSatisfy { $0["pending"] == nil })
    }

    @Test func aPendingDeletionShowsAsSuch() throws {
        var lab = try running()
        try lab.data(.put, Self.vm + "/config", ["delete": "vga,net1,net2"])
        #expect(try lab.configuration(Self.vm)["vga"] == nil)
        #expect(try lab.configuration(Self.vm, ["current": "1"])["vga"] == "serial0")
        let row = try lab.data(.get, Self.vm + "/pending").elements.first { $0["key"] == "vga" }
        #expect(row?["delete"] == 1)
    }

    @Test func thePendingListNamesDigestAndLockAsTheRealOneDoes() throws {
        var lab = try running()
        try lab.done(.post, Self.vm + "/snapshot", ["snapname": "before"])
        try lab.data(.put, "/simulation/guests/100", ["lock": "backup"])
        let whole = try lab.configuration(Self.vm)
        let rows = try lab.data(.get, Self.vm + "/pending").elements
        #expect(rows.compactMap { $0["key"]?.text } == whole.names.sorted())
        for (key, value) in [("lock", "backup"), ("parent", "before"), ("digest", whole["digest"]?.text ?? "")] {
            #expect(rows.first { $0["key"] == .string(key) }?["value"] == .string(value))
        }
    }

    @Test func theDigestGuardsAnUpdate() throws {
        var lab = try running()
        let digest = try #require(try lab.configuration(Self.vm)["digest"]?.text)
        try lab.data(.put, Self.vm + "/config", ["cores": "2", "digest": digest])
        let changed = try #require(try lab.configuration(Self.vm)["digest"]?.text)
        #expect(changed != digest)
        #expect(
            try lab.refusal(.put, Self.vm + "/config", ["cores": "3", "digest": digest])
                == "500 detected modified configuration - file changed by other user? Try again.")
        #expect(try lab.configuration(Self.vm)["cores"] == 2)
    }

    @Test func aNetworkKeepsItsAddressWhenNoneIsGiven() throws {
        var lab = try running()
        let before = try #require(try lab.configuration(Self.vm)["net0"]?.text)
        try lab.data(.put, Self.vm + "/config", ["net0": "model=virtio,bridge=vmbr0,tag=5"])
        #expect(try lab.configuration(Self.vm)["net0"]?.text == before + ",tag=5")
        try lab.data(.put, Self.vm + "/config", ["net0": "virtio=de:ad:be:ef:00:01,bridge=vmbr0"])
        #expect(try lab.configuration(Self.vm)["net0"] == "virtio=DE:AD:BE:EF:00:01,bridge=vmbr0")
    }

    @Test func aDiskTakenOutStaysAsUnusedUntilThatIsDeleted() throws {
        var lab = Laboratory()
        try lab.clone(100)
        try lab.data(.put, Self.vm + "/config", ["delete": "scsi0"])
        #expect(try lab.configuration(Self.vm)["unused0"] == "local-lvm:vm-100-disk-0")
        try lab.data(.put, Self.vm + "/config", ["delete": "unused0"])
        #expect(try lab.data(.get, "/nodes/pve1/storage/local-lvm/content", ["vmid": "100"]).elements.isEmpty)
    }

    @Test func anExistingVolumeKeepsItsOwnSize() throws {
        var lab = Laboratory()
        try lab.clone(100)
        let value = "file=local-lvm:vm-100-disk-0,size=8589934592,aio=io_uring,ssd=1"
        try lab.data(.put, Self.vm + "/config", ["scsi0": value])
        #expect(try lab.configuration(Self.vm)["scsi0"] == "local-lvm:vm-100-disk-0,aio=io_uring,size=4G,ssd=1")
        #expect(
            try lab.refusal(.put, Self.vm + "/config", ["scsi1": "local-lvm:base-9000-disk-0"])
                == "500 volume 'local-lvm:base-9000-disk-0' is owned by another guest (9000)")
    }

    @Test func aRefusedChangeChangesNothing() throws {
        var lab = Laboratory()
        try lab.clone(100)
        let before = lab.cluster
        _ = try lab.refusal(.put, Self.vm + "/config", ["cores": "4", "scsi1": "local-lvm:2", "scsi2": "nowhere:2"])
        _ = try lab.refusal(.put, Self.vm + "/config", ["cores": "4", "sockets": "0"])
        _ = try lab.refusal(.put, Self.vm + "/config", ["delete": "nonsense"])
        #expect(try lab.refusal(.put, Self.vm + "/config") == "500 no options specified")
        #expect(lab.cluster == before)
    }

    @Test func growingADiskIsATaskAndShrinkingFailsInIt() throws {
        var lab = Laboratory()
        try lab.clone(100)
        #expect(try lab.done(.put, Self.vm + "/resize", ["disk": "scsi0", "size": "21474836480"]) == "OK")
        #expect(try lab.configuration(Self.vm)["scsi0"] == "local-lvm:vm-100-disk-0,size=20G")
        #expect(try lab.done(.put, Self.vm + "/resize", ["disk": "scsi0", "size": "+512M"]) == "OK")
        #expect(try lab.configuration(Self.vm)["scsi0"] == "local-lvm:vm-100-disk-0,size=20992M")
        #expect(
            try lab.done(.put, Self.vm + "/resize", ["disk": "scsi0", "size": "1G"])
                == "shrinking disks is not supported")
        #expect(
            try lab.done(.put, Self.vm + "/resize", ["disk": "scsi5", "size": "1G"]) == "disk 'scsi5' does not exist")
        #expect(try lab.ask(.put, Self.vm + "/resize", ["disk": "scsi0", "size": "big"]).status == 400)
    }

    @Test func aConfigurationChangeByPostIsATaskWithItsUser() throws {
        var lab = Laboratory()
        try lab.clone(100)
        let upid = try #require(try lab.data(.post, Self.vm + "/config", ["cores": "2"]).text)
        #expect(upid.hasPrefix("UPID:pve1:") && upid.hasSuffix(":qmconfig:100:root@pam:"))
        #expect(try lab.end(of: upid) == "OK")
        #expect(try lab.configuration(Self.vm)["cores"] == 2)
    }
}
