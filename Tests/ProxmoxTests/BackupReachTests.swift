import Model
import Testing

@testable import Proxmox

/// What vzdump leaves out of a guest, by Proxmox's own rules.
struct BackupReachTests {
    private func leftOut(_ type: GuestType, _ values: [String: String]) -> [String] {
        GuestConfiguration.leftOutOfBackups(values, of: VMID(100), type)
    }

    @Test func `a VM's disks are in, but for those that say no`() {
        let values = [
            "scsi0": "local-lvm:vm-100-disk-0,size=32G", "scsi1": "local-lvm:vm-100-disk-1,backup=0,size=32G",
            "virtio2": "nfs:100/vm-100-disk-2.qcow2,backup=1", "sata0": "file=local-lvm:vm-100-disk-3,backup=no",
            "efidisk0": "local-lvm:vm-100-disk-4,size=4M", "tpmstate0": "local-lvm:vm-100-disk-5,size=4M",
            "scsihw": "virtio-scsi-single",
        ]
        #expect(leftOut(.vm, values) == ["sata0", "scsi1"])
    }

    @Test func `what does not end with the guest is no matter`() {
        let values = [
            "ide2": "local:iso/debian.iso,media=cdrom,backup=0", "scsi3": "/dev/disk/by-id/ata-x:1,backup=0",
            "scsi4": "local-lvm:vm-200-disk-0,backup=0", "ide0": "none,media=cdrom",
            "ide1": "local-lvm:vm-100-cloudinit,backup=0",
        ]
        #expect(leftOut(.vm, values) == [])
    }

    @Test func `a container's mount points are in only if they say so, bind mounts never were its own`() {
        let values = [
            "rootfs": "local-lvm:subvol-100-disk-0,size=8G", "mp0": "local-lvm:vm-100-disk-1,mp=/data,size=8G",
            "mp1": "local-lvm:vm-100-disk-2,mp=/srv,backup=1", "mp2": "/mnt/share,mp=/share",
            "mp3": "volume=zfs:subvol-100-disk-3,mp=/var/x,backup=0", "mp4": "/dev/sdb1,mp=/x",
        ]
        #expect(leftOut(.container, values) == ["mp0", "mp3"])
    }

    @Test func `what is detached ends with the guest and is in no backup`() {
        #expect(leftOut(.vm, ["unused0": "local-lvm:vm-100-disk-9"]) == ["unused0"])
        #expect(leftOut(.container, ["unused1": "local-lvm:subvol-100-disk-9"]) == ["unused1"])
        #expect(leftOut(.vm, ["unused0": "local-lvm:vm-300-disk-9"]) == [])
    }

    @Test func `a flag that is ticked for the next start is told from one that is not`() {
        func waiting(_ running: [String: String], _ next: [String: String]) -> [String] {
            GuestConfiguration.backedUpFromNextStart(running, next, of: VMID(100), .container)
        }
        let bare = [
            "mp0": "local-lvm:vm-100-disk-1,mp=/data", "mp1": "local-lvm:vm-100-disk-2,mp=/srv",
            "unused0": "local-lvm:vm-100-disk-9",
        ]
        var next = bare
        #expect(waiting(bare, next) == [])
        next["mp0"] = "volume=local-lvm:vm-100-disk-1,backup=1,mp=/data"
        #expect(waiting(bare, next) == ["mp0"])
        // Another volume in its place, and none: the one that is there now will be detached.
        next["mp0"] = "local-lvm:vm-100-disk-5,backup=1,mp=/data"
        #expect(waiting(bare, next) == [])
        next["mp0"] = nil
        #expect(waiting(bare, next) == [])
    }

    @Test func `a mount point that is ticked while its container runs is read as such`() async throws {
        let list = """
            {"data":[{"key":"hostname","value":"x"},{"key":"digest","value":"0a"},
            {"key":"mp0","value":"local-lvm:vm-100-disk-1,mp=/data,size=1G",
             "pending":"local-lvm:vm-100-disk-1,backup=1,mp=/data,size=1G"}]}
            """
        let sender = StubSender(bodies: ["/nodes/pve1/lxc/100/pending": list])
        let guest = ObservedGuest(vmid: VMID(100), type: .container, name: "x", node: "pve1", status: .running)
        let detail = try await Example.client(sender).configuration(of: guest)
        #expect(detail.value?.leftOutOfBackups == ["mp0"])
        #expect(detail.value?.backedUpFromNextStart == ["mp0"])
    }

    @Test func `a flag that only waits for the next start counts`() async throws {
        let list = """
            {"data":[{"key":"name","value":"x"},{"key":"digest","value":"0a"},
            {"key":"scsi0","value":"local-lvm:vm-100-disk-0,size=8G",
             "pending":"local-lvm:vm-100-disk-0,backup=0,size=8G"}]}
            """
        let sender = StubSender(bodies: ["/nodes/pve1/qemu/100/pending": list])
        let guest = ObservedGuest(vmid: VMID(100), type: .vm, name: "x", node: "pve1", status: .running)
        let detail = try await Example.client(sender).configuration(of: guest)
        #expect(detail.value?.leftOutOfBackups == ["scsi0"])
    }
}
