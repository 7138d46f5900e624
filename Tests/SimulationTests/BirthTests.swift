import JSONArena
import Testing

@testable import Simulation

@Suite struct BirthTests {
    @Test func aVirtualMachineFromScratchHasCanonicalValues() throws {
        var lab = Laboratory()
        let status = try lab.done(
            .post, "/nodes/pve1/qemu",
            [
                "vmid": "100", "name": "db-01", "cores": "2", "memory": "2048", "numa": "0", "onboot": "yes",
                "scsi0": "file=local-lvm:20,size=21474836480,aio=io_uring,discard=on",
                "net0": "model=virtio,bridge=vmbr0,tag=7,firewall=0", "ide2": "file=local-lvm:cloudinit,media=cdrom",
                "tags": "web,Alpha;web", "cipassword": "hush", "ipconfig0": "ip=10.0.0.5/24,gw=10.0.0.1",
                "template": "0", "description": "a database",
            ])
        #expect(status == "OK")
        let config = try lab.configuration("/nodes/pve1/qemu/100")
        #expect(config["scsi0"] == "local-lvm:vm-100-disk-0,aio=io_uring,discard=on,size=20G")
        #expect(config["ide2"] == "local-lvm:vm-100-cloudinit,media=cdrom")
        let net = try #require(config["net0"]?.text)
        #expect(net.hasPrefix("virtio=BC:24:11:") && net.hasSuffix(",bridge=vmbr0,firewall=0,tag=7"))
        #expect(config["tags"] == "alpha;web")
        #expect(config["cipassword"] == "**********")
        #expect(config["description"] == "a database")
        #expect(config["cores"] == 2 && config["memory"] == "2048" && config["onboot"] == 1)
        #expect(config["template"] == nil && config["lock"] == nil)
        #expect(config["boot"] == "order=scsi0;net0")
        #expect(config["digest"]?.text?.count == 40)
    }

    @Test func itIsLockedWhileItIsMade() throws {
        var lab = Laboratory(latency: .seconds(60))
        try lab.data(.post, "/nodes/pve1/qemu", ["vmid": "100", "scsi0": "local-lvm:4"])
        #expect(try lab.configuration("/nodes/pve1/qemu/100")["lock"] == "create")
        #expect(try lab.refusal(.put, "/nodes/pve1/qemu/100/config", ["cores": "2"]) == "500 VM is locked (create)")
        lab.pass(.seconds(30))
        #expect(try lab.configuration("/nodes/pve1/qemu/100")["lock"] == nil)
    }

    @Test func aTakenNumberIsRefusedWithItsOwner() throws {
        var lab = Laboratory()
        try lab.container(100)
        let text = "500 unable to create VM 100 - CT 100 already exists on node 'pve1'"
        #expect(try lab.refusal(.post, "/nodes/pve2/qemu", ["vmid": "100"]) == text)
        #expect(try lab.refusal(.post, "/nodes/pve1/qemu/9000/clone", ["newid": "100"]) == text)
        #expect(
            try lab.refusal(
                .post, "/nodes/pve1/lxc", ["vmid": "9000", "ostemplate": Laboratory.containerTemplate])
                == "500 unable to create CT 9000 - VM 9000 already exists on node 'pve1'")
    }

    @Test(
        arguments: [
            (["vmid": "5"], "vmid"), (["vmid": "abc"], "vmid"), (["name": "x"], "vmid"),
            (["vmid": "100", "cores": "0"], "cores"), (["vmid": "100", "cores": "two"], "cores"),
            (["vmid": "100", "name": "under_score"], "name"), (["vmid": "100", "name": "-web"], "name"),
            (["vmid": "100", "onboot": "perhaps"], "onboot"), (["vmid": "100", "colour": "red"], "colour"),
            (["vmid": "100", "tags": "ä"], "tags"), (["vmid": "100", "sshkeys": "ssh-rsa AAA b"], "sshkeys"),
            (["vmid": "100", "net0": "bridge=vmbr0"], "net0"), (["vmid": "100", "net99": "virtio"], "net99"),
        ])
    func aBadParameterIsNamed(_ parameters: [String: String], _ name: String) throws {
        var lab = Laboratory()
        let response = try lab.ask(.post, "/nodes/pve1/qemu", parameters)
        #expect(response.status == 400)
        #expect(response.reason == "Parameter verification failed.")
        #expect(response.body["errors"]?.names == [name])
        #expect(try lab.listed() == [9000, 9001])
    }

    @Test func whatIsRefusedLeavesNoVolumeBehind() throws {
        var lab = Laboratory()
        let text = try lab.refusal(
            .post, "/nodes/pve1/qemu", ["vmid": "100", "scsi0": "local-lvm:4", "scsi1": "nowhere:4"])
        #expect(text == "500 unable to create VM 100 - storage 'nowhere' does not exist")
        let volumes = try lab.data(.get, "/nodes/pve1/storage/local-lvm/content", ["vmid": "100"])
        #expect(volumes.elements.isEmpty)
    }

    @Test func aCloneInheritsTagsAndDescriptionButNoIdentity() throws {
        var lab = Laboratory()
        try lab.clone(100)
        let source = try lab.configuration("/nodes/pve1/qemu/9000")
        let clone = try lab.configuration("/nodes/pve1/qemu/100")
        #expect(clone["tags"] == "golden" && clone["description"] == "made by hand" && clone["name"] == "web-01")
        #expect(clone["scsi0"] == "local-lvm:vm-100-disk-0,size=4G")
        #expect(source["scsi0"] == "local-lvm:base-9000-disk-0,size=4G" && source["template"] == 1)
        #expect(clone["template"] == nil)
        for key in ["net0", "smbios1", "vmgenid"] { #expect(clone[key] != nil && clone[key] != source[key]) }
    }

    @Test func aCloneMayBearAnotherDescriptionAndStandOnAnotherStorage() throws {
        var lab = Laboratory()
        let parameters = ["newid": "100", "full": "1", "storage": "ceph", "description": "mine", "target": "pve2"]
        #expect(
            try lab.refusal(
                .post, "/nodes/pve1/qemu/9000/clone", parameters.merging(["storage": "local-lvm"]) { $1 })
                == "500 can't clone to non-shared storage 'local-lvm'")
        #expect(
            try lab.refusal(.post, "/nodes/pve1/qemu/9000/clone", parameters)
                == "500 can't clone VM to node 'pve2' (VM uses local storage)")
        let here = parameters.filter { $0.key != "target" }
        #expect(try lab.done(.post, "/nodes/pve1/qemu/9000/clone", here) == "OK")
        let clone = try lab.configuration("/nodes/pve1/qemu/100")
        #expect(clone["scsi0"] == "ceph:vm-100-disk-0,size=4G" && clone["description"] == "mine")
        #expect(clone["name"] == "Copy-of-VM-debian-12")
    }

    @Test func twoClonesOfOneTemplateRunSideBySide() throws {
        var lab = Laboratory(latency: .seconds(20))
        let first = try #require(try lab.data(.post, "/nodes/pve1/qemu/9000/clone", ["newid": "100"]).text)
        let second = try #require(try lab.data(.post, "/nodes/pve1/qemu/9000/clone", ["newid": "101"]).text)
        lab.pass(.seconds(20))
        #expect(try lab.data(.get, "/nodes/pve1/tasks/\(first)/status")["exitstatus"] == "OK")
        #expect(try lab.data(.get, "/nodes/pve1/tasks/\(second)/status")["exitstatus"] == "OK")
    }

    @Test func aContainerHasItsOwnShapes() throws {
        var lab = Laboratory()
        try lab.container(
            200,
            [
                "rootfs": "volume=local-lvm:8", "description": "a cache", "unprivileged": "1", "start": "1",
                "net0": "name=eth0,bridge=vmbr0,host-managed=0,ip=dhcp,tag=9", "password": "hush", "onboot": "0",
            ])
        let config = try lab.configuration("/nodes/pve1/lxc/200")
        #expect(config["rootfs"] == "local-lvm:vm-200-disk-0,size=8G")
        #expect(config["description"] == "a cache\n")
        #expect(config["ostype"] == "debian" && config["arch"] == "amd64" && config["swap"] == 512)
        let net = try #require(config["net0"]?.text)
        #expect(net.hasPrefix("name=eth0,bridge=vmbr0,hwaddr=BC:24:11:") && net.hasSuffix(",ip=dhcp,tag=9,type=veth"))
        #expect(config["password"] == nil)
        #expect(try lab.data(.get, "/nodes/pve1/lxc/200/status/current")["status"] == "running")
        let interfaces = try lab.data(.get, "/nodes/pve1/lxc/200/interfaces").elements
        #expect(interfaces.map { $0["name"] } == ["lo", "eth0"])
    }

    @Test func aContainerNeedsATemplateThatExists() throws {
        var lab = Laboratory()
        let response = try lab.ask(.post, "/nodes/pve1/lxc", ["vmid": "200"])
        #expect(response.status == 400 && response.body["errors"]?.names == ["ostemplate"])
        #expect(
            try lab.refusal(.post, "/nodes/pve1/lxc", ["vmid": "200", "ostemplate": "local:vztmpl/none.tar.gz"])
                == "500 volume 'local:vztmpl/none.tar.gz' does not exist")
    }

    @Test func theNextNumberIsTheLowestFreeOne() throws {
        var lab = Laboratory()
        #expect(try lab.data(.get, "/cluster/nextid") == "100")
        try lab.clone(100)
        #expect(try lab.data(.get, "/cluster/nextid") == "101")
        #expect(try lab.refusal(.get, "/cluster/nextid", ["vmid": "100"]) == "400 Parameter verification failed.")
    }
}
