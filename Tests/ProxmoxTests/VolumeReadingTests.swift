import Model
import Testing

@testable import Proxmox

/// What ends with a guest, by what its configuration says.
struct VolumeReadingTests {
    private func volumes(
        _ type: GuestType, _ running: [String: String], next: [String: String]? = nil
    ) -> [String] {
        GuestConfiguration.volumes([running, next ?? running], of: VMID(100), type).map { "\($0.place): \($0.text)" }
    }

    @Test func `a VM's disks, firmware and detached volumes are its own, in the order of their places`() {
        let values = [
            "scsi10": "local-lvm:vm-100-disk-3,size=8G", "scsi2": "file=local-lvm:vm-100-disk-2,size=32G,ssd=1",
            "virtio0": "nfs:9000/base-9000-disk-0.qcow2/100/vm-100-disk-0.qcow2,size=20G",
            "efidisk0": "local-lvm:vm-100-disk-4,efitype=4m,size=4M", "tpmstate0": "local-lvm:vm-100-disk-5,size=4M",
            "unused0": "local-lvm:vm-100-disk-9", "scsihw": "virtio-scsi-single", "net0": "virtio,bridge=vmbr0",
        ]
        #expect(
            volumes(.vm, values) == [
                "efidisk0: local-lvm:vm-100-disk-4, 4M", "scsi2: local-lvm:vm-100-disk-2, 32G",
                "scsi10: local-lvm:vm-100-disk-3, 8G", "tpmstate0: local-lvm:vm-100-disk-5, 4M",
                "unused0: local-lvm:vm-100-disk-9",
                "virtio0: nfs:9000/base-9000-disk-0.qcow2/100/vm-100-disk-0.qcow2, 20G",
            ])
    }

    @Test func `what stays when the guest ends is none of them`() {
        let values = [
            "ide2": "local:iso/debian.iso,media=cdrom,size=600M", "ide1": "local-lvm:vm-100-cloudinit,media=cdrom",
            "scsi3": "/dev/disk/by-id/ata-x:1", "scsi4": "local-lvm:vm-200-disk-0,size=8G", "ide0": "none,media=cdrom",
        ]
        #expect(volumes(.vm, values) == [])
    }

    @Test func `on a storage of files the directory says whose a volume is`() {
        let values = [
            "scsi0": "nfs:100/vm-200-disk-0.qcow2,size=8G", "scsi1": "nfs:200/vm-100-disk-1.qcow2,size=8G",
            "scsi2": "nfs:200/data.qcow2,size=8G", "scsi3": "nfs:100/data.raw,size=1G",
        ]
        #expect(
            volumes(.vm, values) == ["scsi0: nfs:100/vm-200-disk-0.qcow2, 8G", "scsi3: nfs:100/data.raw, 1G"])
    }

    @Test func `a container has its root and its mount points, bind mounts never were its own`() {
        let values = [
            "rootfs": "local-lvm:vm-100-disk-0,size=8G", "mp0": "volume=zfs:subvol-100-disk-1,mp=/data,size=16G",
            "mp1": "/mnt/share,mp=/share", "unused0": "zfs:subvol-100-disk-7",
        ]
        #expect(
            volumes(.container, values) == [
                "mp0: zfs:subvol-100-disk-1, 16G", "rootfs: local-lvm:vm-100-disk-0, 8G",
                "unused0: zfs:subvol-100-disk-7",
            ])
    }

    @Test func `what comes or goes with the next start counts, and each once`() {
        let old = "local-lvm:vm-100-disk-1"
        let found = volumes(
            .vm, ["scsi1": "\(old),size=8G"], next: ["unused0": old, "scsi2": "local-lvm:vm-100-disk-2,size=4G"])
        #expect(found == ["scsi1: \(old), 8G", "scsi2: local-lvm:vm-100-disk-2, 4G"])
    }

    @Test func `they are read with the rest of the configuration`() async throws {
        let list = """
            {"data":[{"key":"name","value":"x"},{"key":"digest","value":"0a"},
            {"key":"scsi0","value":"local-lvm:vm-100-disk-0,size=8G"},
            {"key":"scsi3","value":"local-lvm:vm-100-disk-1,size=32G","delete":1}]}
            """
        let sender = StubSender(bodies: ["/nodes/pve1/qemu/100/pending": list])
        let guest = ObservedGuest(vmid: VMID(100), type: .vm, name: "x", node: "pve1", status: .running)
        let detail = try await Example.client(sender).configuration(of: guest)
        #expect(detail.value?.volumes.map(\.place) == ["scsi0", "scsi3"])
    }
}
