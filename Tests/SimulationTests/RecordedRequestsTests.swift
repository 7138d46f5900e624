import JSONArena
import Testing

@testable import Simulation

/// What the Terraform provider bpg/proxmox 0.111 was recorded to send, replayed.
@Suite struct RecordedRequestsTests {
    private static let vm = "/nodes/pve1/qemu/100"

    @Test func aVirtualMachineByClone() throws {
        var lab = Laboratory { $0.templates[0].hasCloudInitDrive = true }
        let upid = try lab.data(
            .post, "/nodes/pve1/qemu/9000/clone",
            ["newid": "100", "name": "web-01", "full": "1", "description": "plumb: lab/default/web-01"])
        #expect(try lab.end(of: try #require(upid.text)) == "OK")
        #expect(try lab.data(.get, Self.vm + "/status/current")["lock"] == nil)
        #expect(try lab.configuration(Self.vm)["ide2"] == "local-lvm:vm-100-cloudinit,media=cdrom")
        try lab.data(.put, Self.vm + "/config", ["delete": "ide2"])
        #expect(try lab.configuration(Self.vm)["ide2"] == nil)
        #expect(try lab.configuration(Self.vm)["unused0"] == nil)
        let absent = (1..<32).map { "net\($0)" }.joined(separator: ",")
        try lab.data(
            .put, Self.vm + "/config",
            [
                "agent": "enabled=0,fstrim_cloned_disks=0,type=virtio", "balloon": "0", "ciuser": "admin", "cores": "2",
                "cpu": "cputype=x86-64-v2-AES", "delete": absent, "ide2": "file=local-lvm:cloudinit,media=cdrom",
                "ipconfig0": "gw=10.0.0.1,ip=10.0.0.5/24", "memory": "2048", "nameserver": "10.0.0.1",
                "net0": "model=virtio,bridge=vmbr0,tag=5,firewall=0", "numa": "0", "onboot": "1", "ostype": "l26",
                "searchdomain": "example.com", "sockets": "1", "sshkeys": "ssh-ed25519%20AAAAC3%20ops%40example.com",
                "tags": "plumb;web",
            ])
        let config = try lab.configuration(Self.vm)
        let disk = try #require(config["scsi0"]?.text?.split(separator: ",").first)
        try lab.data(
            .put, Self.vm + "/config",
            ["scsi0": "file=\(disk),size=21474836480,aio=io_uring,backup=1,cache=none,discard=ignore,replicate=1"])
        #expect(try lab.done(.put, Self.vm + "/resize", ["disk": "scsi0", "size": "21474836480"]) == "OK")
        #expect(try lab.data(.get, Self.vm + "/status/current")["status"] == "stopped")
        #expect(try lab.done(.post, Self.vm + "/status/start", ["timeout": "1800"]) == "OK")
        let after = try lab.configuration(Self.vm)
        #expect(
            after["scsi0"]?.text
                == "local-lvm:vm-100-disk-0,aio=io_uring,backup=1,cache=none,discard=ignore,replicate=1,size=20G")
        #expect(after["description"] == "plumb: lab/default/web-01")
        #expect(try lab.ask(.get, "/nodes/pve1/storage/local-lvm/content/local-lvm:vm-100-disk-0").status == 200)
        #expect(
            try lab.refusal(.get, "/nodes/pve1/storage/local-lvm/content/local-lvm:none")
                == "500 volume 'local-lvm:none' does not exist")
    }

    @Test func aVirtualMachineFromScratchAndItsChanges() throws {
        var lab = Laboratory()
        let status = try lab.done(
            .post, "/nodes/pve1/qemu",
            [
                "vmid": "100", "name": "db-01", "description": "text", "acpi": "1", "bios": "seabios",
                "boot": "order=scsi0;net0", "keyboard": "en-us", "protection": "0", "scsihw": "virtio-scsi-pci",
                "scsi0": "file=local-lvm:20,size=21474836480,aio=io_uring", "tablet": "1", "template": "0",
                "cores": "2",
                "net0": "model=virtio,bridge=vmbr0", "memory": "2048", "numa": "0", "sockets": "1", "ostype": "l26",
            ])
        #expect(status == "OK")
        try lab.done(.post, Self.vm + "/status/start")
        let answer = try lab.data(
            .put, Self.vm + "/config",
            [
                "cores": "4", "cpu": "cputype=host", "delete": "vcpus,cpulimit", "name": "db-01", "numa": "0",
                "sockets": "1",
            ])
        #expect(answer == .null)
        #expect(try lab.configuration(Self.vm)["cores"] == 4)
        #expect(try lab.configuration(Self.vm, ["current": "1"])["cores"] == 2)
        try lab.data(.put, Self.vm + "/config", ["name": "db-01", "tags": "b;a"])
        #expect(try lab.configuration(Self.vm)["tags"] == "a;b")
        #expect(try lab.done(.post, Self.vm + "/status/shutdown", ["forceStop": "1", "timeout": "60"]) == "OK")
        // The provider's path ends in a slash, which the face takes away.
        let parameters = ["destroy-unreferenced-disks": "0", "purge": "1"]
        #expect(try lab.done(.delete, Self.vm, parameters) == "OK")
        #expect(try lab.refusal(.get, Self.vm + "/status/current").contains("does not exist"))
    }

    @Test func aContainer() throws {
        var lab = Laboratory()
        let path = "/nodes/pve1/lxc/200"
        let status = try lab.done(
            .post, "/nodes/pve1/lxc",
            [
                "vmid": "200", "hostname": "cache-01", "ostemplate": Laboratory.containerTemplate, "ostype": "debian",
                "rootfs": "volume=local-lvm:8", "storage": "local-lvm", "cores": "1", "memory": "512", "swap": "0",
                "net0": "name=eth0,bridge=vmbr0,host-managed=0,ip=dhcp,tag=5", "description": "text", "tags": "web",
                "onboot": "1", "unprivileged": "1", "start": "1", "arch": "amd64", "cmode": "tty", "console": "1",
                "cpulimit": "0", "protection": "0", "template": "0", "tty": "2",
            ])
        #expect(status == "OK")
        #expect(try lab.configuration(path)["description"] == "text\n")
        #expect(try lab.data(.get, path + "/interfaces").elements.count == 2)
        try lab.data(.put, path + "/config", ["arch": "amd64", "cores": "2", "delete": "cpulimit"])
        #expect(try lab.configuration(path, ["current": "1"])["cores"] == 2)
        #expect(try lab.done(.post, path + "/status/shutdown", ["forceStop": "1", "timeout": "55"]) == "OK")
        #expect(try lab.done(.delete, path) == "OK")
        #expect(
            try lab.refusal(.get, path + "/status/current")
                == "500 Configuration file 'nodes/pve1/lxc/200.conf' does not exist")
    }
}
