import Model

extension SimulatedCluster {
    /// Puts the blueprint's templates and files in place.
    mutating func furnish() {
        for file in blueprint.containerTemplates {
            guard let storage = file.split(separator: ":").first.map(String.init) else { continue }
            for node in isShared(storage) ? [nil] : nodes.map({ Optional($0.name) })
            where volumes.isFree(file, node: node) {
                volumes.insert(
                    VolumeStore.Volume(
                        identifier: file, storage: storage, node: node, size: 126_515_062, owner: nil,
                        content: file.contains(":iso/") ? "iso" : "vztmpl", format: Self.fileFormat(of: file),
                        createdAt: seconds))
            }
        }
        for template in blueprint.templates { furnish(template) }
    }

    private mutating func furnish(_ template: Blueprint.Template) {
        guard guests[template.vmid] == nil, let node = template.node ?? nodes.first?.name else { return }
        var guest: Guest
        let disk = allocate(
            owner: template.vmid, storage: template.storage, node: node, size: template.disk.bytes,
            content: template.isContainer ? "rootdir" : "images", prefix: "base")
        if template.isContainer {
            guest = Guest(
                vmid: template.vmid, kind: .lxc, node: node,
                configuration: [
                    "hostname": template.name, "arch": "amd64", "cores": "1", "memory": "512", "swap": "512",
                    "ostype": "debian", "unprivileged": "1",
                    "rootfs": "\(disk),size=\(DiskSize.text(bytes: template.disk.bytes))",
                    "net0":
                        "name=eth0,bridge=vmbr0,hwaddr=\(random.hardwareAddress()),ip=dhcp,type=veth",
                ])
        } else {
            guest = Guest(
                vmid: template.vmid, kind: .qemu, node: node,
                configuration: [
                    "name": template.name, "boot": "order=scsi0", "cores": "1", "sockets": "1", "memory": "1024",
                    "numa": "0", "ostype": "l26", "scsihw": "virtio-scsi-pci",
                    "scsi0": "\(disk),size=\(DiskSize.text(bytes: template.disk.bytes))",
                    "net0": "virtio=\(random.hardwareAddress()),bridge=vmbr0",
                    "serial0": "socket", "vga": "serial0",
                ])
            addBirthMarks(&guest)
            if template.hasCloudInitDrive {
                guest.configuration["ide2"] = cloudInitDrive(
                    owner: template.vmid, storage: template.storage, node: node)
            }
        }
        guest.configuration["template"] = "1"
        guest.configuration["tags"] = template.tags
        guest.configuration["description"] = template.description.map { template.isContainer ? $0 + "\n" : $0 }
        guest.hasAgent = template.hasAgent
        guests[template.vmid] = guest
    }

    /// What every new VM gets without being asked for.
    mutating func addBirthMarks(_ guest: inout Guest) {
        guest.configuration["smbios1"] = "uuid=\(random.uuid())"
        guest.configuration["vmgenid"] = random.uuid()
        guest.configuration["meta"] = "creation-qemu=10.1.2,ctime=\(seconds)"
    }

    // MARK: Volumes

    func storage(_ name: String) -> Blueprint.Storage? { blueprint.storages.first { $0.name == name } }
    func isShared(_ name: String) -> Bool { storage(name)?.isShared ?? false }

    /// Makes a volume with the first free number, named as that type of storage names them.
    mutating func allocate(
        owner: Int, storage name: String, node: String, size: Int, content: String, prefix: String = "vm",
        format: String? = nil, parent: String? = nil
    ) -> String {
        let place = isShared(name) ? nil : node
        let isFile = Self.keepsFiles(storage(name)?.type ?? "dir")
        let suffix = format ?? "raw"
        var number = 0
        var identifier: String
        repeat {
            let plain = "\(prefix)-\(owner)-disk-\(number)"
            identifier = isFile ? "\(name):\(owner)/\(plain).\(suffix)" : "\(name):\(plain)"
            number += 1
        } while !volumes.isFree(identifier, node: place)
        volumes.insert(
            VolumeStore.Volume(
                identifier: identifier, storage: name, node: place, size: size, owner: owner, content: content,
                format: isFile ? suffix : "raw", createdAt: seconds, parent: parent))
        return identifier
    }

    /// The drive that carries cloud-init's data: `local-lvm:vm-100-cloudinit,media=cdrom`.
    mutating func cloudInitDrive(owner: Int, storage name: String, node: String) -> String {
        let isFile = Self.keepsFiles(storage(name)?.type ?? "dir")
        let identifier = isFile ? "\(name):\(owner)/vm-\(owner)-cloudinit.qcow2" : "\(name):vm-\(owner)-cloudinit"
        let place = isShared(name) ? nil : node
        if volumes.isFree(identifier, node: place) {
            volumes.insert(
                VolumeStore.Volume(
                    identifier: identifier, storage: name, node: place, size: 4 << 20, owner: owner,
                    content: "images", format: isFile ? "qcow2" : "raw", createdAt: seconds))
        }
        return "\(identifier),media=cdrom"
    }

    static func keepsFiles(_ type: String) -> Bool { ["dir", "nfs", "cifs", "btrfs", "cephfs"].contains(type) }

    private static func fileFormat(of name: String) -> String {
        if name.hasSuffix(".tar.zst") { return "tzst" }
        if name.hasSuffix(".tar.xz") { return "txz" }
        return name.hasSuffix(".iso") ? "iso" : "tgz"
    }
}
