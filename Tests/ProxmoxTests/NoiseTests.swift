import JSONArena
import Model
import Planning
import Testing

@testable import Proxmox

/// What Proxmox writes in another way than it was declared is no drift, and a true change beside it is.
@Suite struct NoiseTests {
    /// One kind of noise: what Proxmox may say of the same guest, and what it says of another one.
    struct Noise: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var type = GuestType.vm
        var same: [String: String]
        var other: [String: String]

        init(_ name: String, _ type: GuestType = .vm, same: [String: String], other: [String: String]) {
            testDescription = name
            self.type = type
            self.same = same
            self.other = other
        }
    }

    /// The guest as Proxmox has it after Plumb made it.
    private static let vm = [
        "name": "web-1", "cores": "2", "sockets": "1", "memory": "2048", "onboot": "1", "tags": "plumb;web",
        "description": "front\n\nplumb: lab/main/web-1 0123456789abcdef",
        "scsi0": "local-lvm:vm-100-disk-0,size=20G", "scsi1": "local-lvm:vm-100-disk-1,size=1024G",
        "net0": "virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=10", "ipconfig0": "ip=10.0.0.11/24,gw=10.0.0.1",
        "nameserver": "10.0.0.2 10.0.0.3", "searchdomain": "example.org",
    ]
    private static let container = [
        "hostname": "web-1", "cores": "2", "memory": "2048", "onboot": "1", "tags": "plumb;web",
        "description": "front\n\nplumb: lab/main/web-1 0123456789abcdef", "rootfs": "local-lvm:vm-100-disk-0,size=20G",
        "net0": "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:01,ip=10.0.0.11/24,gw=10.0.0.1,tag=10",
        "nameserver": "10.0.0.2 10.0.0.3", "searchdomain": "example.org",
    ]

    static let all = [
        Noise("order and case of tags", same: ["tags": "Web;PLUMB"], other: ["tags": "plumb;web2"]),
        Noise("tags divided by commas or blanks, and twice", same: ["tags": "web, plumb web"], other: ["tags": "web"]),
        Noise(
            "a MAC that Proxmox chose",
            same: ["net0": "virtio=BC:24:11:AA:BB:CC,bridge=vmbr0,tag=10"],
            other: ["net0": "virtio=BC:24:11:AA:BB:CC,bridge=vmbr1,tag=10"]),
        Noise(
            "the parts of a network device in another order",
            same: ["net0": "model=virtio,tag=10,bridge=vmbr0,macaddr=bc:24:11:00:00:01"],
            other: ["net0": "model=virtio,tag=11,bridge=vmbr0,macaddr=bc:24:11:00:00:01"]),
        Noise(
            "units of disks",
            same: ["scsi0": "local-lvm:vm-100-disk-0,size=20480M", "scsi1": "local-lvm:vm-100-disk-1,size=1T"],
            other: ["scsi0": "local-lvm:vm-100-disk-0,size=21504M", "scsi1": "local-lvm:vm-100-disk-1,size=1T"]),
        Noise(
            "a size in kibibytes, and the parts of a disk in another order",
            same: ["scsi0": "size=20971520K,file=local-lvm:vm-100-disk-0"],
            other: ["scsi0": "size=20971520K,file=ceph:vm-100-disk-0"]),
        Noise("memory with its name", same: ["memory": "current=2048"], other: ["memory": "current=2049"]),
        Noise(
            "a cloud-init drive, an ISO and an unused disk",
            same: [
                "ide2": "local-lvm:vm-100-cloudinit,media=cdrom,size=4M", "sata0": "local:iso/x.iso,media=cdrom",
                "unused0": "local-lvm:vm-100-disk-9", "efidisk0": "local-lvm:vm-100-disk-8,size=4M",
            ],
            other: ["sata1": "local-lvm:vm-100-disk-9,size=4G"]),
        Noise(
            "a cloud-init drive without its kind", same: ["scsi2": "nfs:100/vm-100-cloudinit.qcow2,size=4M"],
            other: ["scsi2": "nfs:100/vm-100-disk-2.qcow2,size=4G"]),
        Noise(
            "what the provider and Proxmox fill in",
            same: [
                "cpu": "x86-64-v2-AES", "numa": "0", "balloon": "2048", "scsihw": "virtio-scsi-pci", "ostype": "l26",
                "boot": "order=scsi0", "acpi": "1", "tablet": "1", "vmgenid": "x", "smbios1": "uuid=y", "meta": "z",
            ],
            other: ["sockets": "2"]),
        Noise("what is as usual and therefore not written", same: ["sockets": "", "agent": ""], other: ["cores": ""]),
        Noise(
            "an agent that is off, in words", same: ["agent": "enabled=0,fstrim_cloned_disks=1"],
            other: ["agent": "enabled=1"]),
        Noise(
            "name servers divided by commas", same: ["nameserver": "10.0.0.2,10.0.0.3"],
            other: ["nameserver": "10.0.0.2"]),
        Noise(
            "line breaks at the end of a description",
            same: ["description": "front\n\nplumb: lab/main/web-1 0123456789abcdef\n\n"],
            other: ["description": "back\n\nplumb: lab/main/web-1 0123456789abcdef"]),
        Noise(
            "a container's line break at the end", .container,
            same: ["description": "front\n\nplumb: lab/main/web-1 0123456789abcdef\n"],
            other: ["description": "\n\nplumb: lab/main/web-1 0123456789abcdef\n"]),
        Noise(
            "a container's MAC, kind of device and order", .container,
            same: [
                "net0": "bridge=vmbr0,gw=10.0.0.1,hwaddr=bc:24:11:ff:00:01,ip=10.0.0.11/24,name=eth0,tag=10,type=veth"
            ],
            other: [
                "net0": "bridge=vmbr0,gw=10.0.0.1,hwaddr=bc:24:11:ff:00:01,ip=10.0.0.12/24,name=eth0,tag=10,type=veth"
            ]),
        Noise(
            "what a container has beside", .container,
            same: ["arch": "amd64", "swap": "512", "ostype": "debian", "cmode": "tty"],
            other: ["cores": "7"]),
        Noise(
            "a container's mount points, which it keeps", .container,
            same: ["mp0": "/mnt/host,mp=/host", "mp1": "local-lvm:vm-100-disk-1,mp=/data,size=16G"],
            other: ["rootfs": "local-lvm:vm-100-disk-0,size=16G"]),
    ]

    private static func settings(_ type: GuestType, _ changes: [String: String] = [:]) -> GuestSettings {
        var values = type == .vm ? vm : container
        for (key, value) in changes { values[key] = value.isEmpty ? nil : value }
        return GuestSettings(reading: values, type: type, pool: nil)
    }

    /// As it was declared: without a MAC, and in an order of its own.
    private static func desired(_ type: GuestType) -> GuestSettings {
        var settings = settings(type)
        for index in settings.networks.indices { settings.networks[index].mac = nil }
        settings.disks.reverse()
        return settings
    }

    @Test(arguments: all) func isNoDrift(_ noise: Noise) {
        let desired = Self.desired(noise.type)
        #expect(desired.agrees(with: Self.settings(noise.type, noise.same), type: noise.type))
    }

    @Test(arguments: all) func aTrueChangeBesideItIs(_ noise: Noise) {
        let desired = Self.desired(noise.type)
        #expect(!desired.agrees(with: Self.settings(noise.type, noise.other), type: noise.type))
        let both = noise.same.merging(noise.other) { $1 }
        #expect(!desired.agrees(with: Self.settings(noise.type, both), type: noise.type))
    }

    @Test func aMACThatWasDeclaredIsComparedWithoutCase() {
        var desired = Self.settings(.vm)
        #expect(
            desired.agrees(
                with: Self.settings(.vm, ["net0": "virtio=bc:24:11:00:00:01,bridge=vmbr0,tag=10"]), type: .vm))
        desired.networks[0].mac = "BC:24:11:00:00:02"
        #expect(!desired.agrees(with: Self.settings(.vm), type: .vm))
    }

    @Test func whatTheYAMLHasNoWordForIsKeptAndComparedWithNothing() {
        let disk = "local-lvm:vm-100-disk-0,size=20G,iothread=1,discard=on,cache=none,backup=1,aio=io_uring"
        let live = Self.settings(
            .vm, ["scsi0": disk, "net0": "e1000=BC:24:11:00:00:01,bridge=vmbr0,firewall=1,tag=10"])
        #expect(live.disks[0].options == [GuestOption("discard", "on"), GuestOption("iothread", "true")])
        #expect(live.disks[1].options == nil)
        let limits = Self.settings(
            .vm, ["scsi0": "local-lvm:vm-100-disk-0,size=20G,mbps_rd=10,iops_wr_max=200,mbps_wr=0"])
        #expect(
            limits.disks[0].options == [
                GuestOption("speed.iops_write_burstable", "200"), GuestOption("speed.read", "10"),
            ])
        #expect(live.networks[0].options == [GuestOption("firewall", "true"), GuestOption("model", "e1000")])
        #expect(Self.desired(.vm).agrees(with: live, type: .vm))
    }
}
