/// Everything that Terraform sets on one server: what one entry of `terraform.tfvars.json` says.
///
/// It holds no secret and no decision: the password is a key into `TF_VAR_secrets`.
package struct ServerConfiguration: Hashable, Sendable, Codable {
    package var birth: Birth
    package var settings: GuestSettings

    package init(birth: Birth, settings: GuestSettings) {
        self.birth = birth
        self.settings = settings
    }

    /// What can be set only when the guest is made. A later change of it is reported as `needsRebuild`, never planned.
    package struct Birth: Hashable, Sendable, Codable {
        package var type: GuestType
        /// Where it is born; later the node that it was last seen on, because a guest that moved is followed.
        package var node: NodeName
        package var vmid: VMID
        /// The template that a VM is cloned from.
        package var template: Template?
        /// The volume that a container is unpacked from.
        package var templateFile: String?
        package var user: String?
        /// Key into `TF_VAR_secrets`.
        package var passwordSecret: String?
        package var sshKeys: [String] = []

        package init(type: GuestType, node: NodeName, vmid: VMID) {
            self.type = type
            self.node = node
            self.vmid = vmid
        }
    }

    package struct Template: Hashable, Sendable, Codable {
        package var vmid: VMID
        package var node: NodeName

        package init(vmid: VMID, node: NodeName) {
            self.vmid = vmid
            self.node = node
        }
    }
}

/// A setting of a disk or a network device that the YAML has no word for, in the provider's name and text: `iothread`,
/// `true`. One that is as Proxmox does by itself is none.
///
/// Terraform is told what is there, so that it changes nothing of it; comparing and drift leave it out.
package struct GuestOption: Hashable, Sendable, Codable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What can change in the life of a guest. The same shape for what is desired, what Terraform's state says and what
/// Proxmox runs, so that the three can be laid side by side.
///
/// In a desired value an empty `disks` or `networks`, and a nil `mac`, `dns` or `format`, mean "not declared", which
/// agrees with anything.
package struct GuestSettings: Hashable, Sendable, Codable {
    package var cores = 1
    package var sockets = 1
    /// In MiB.
    package var memory = 512
    package var disks: [Disk] = []
    package var networks: [Network] = []
    package var dns: DNS?
    package var agent = false
    package var onBoot = true
    /// Lower case, ascending, without duplicates: Proxmox keeps a set.
    package var tags: [String] = []
    package var pool: String?
    /// Without a trailing newline; the ownership mark is its last line.
    package var description: String?
    package var protection = false
    /// Of an entry of a guest that somebody else made: what it has beside that, in the provider's names (`cpu.type`), as
    /// it was taken in. Nil: only what is as usual.
    package var options: [GuestOption]?

    package init() {}

    package struct Disk: Hashable, Sendable, Codable {
        /// `scsi0`; of a container `rootfs`.
        package var interface: String
        package var datastore: String
        /// In GiB.
        package var size: Int
        package var format: String?
        package var ssd: Bool
        /// What it has beside that, as of its guest's own configuration: it stays so. Nil: only what is as usual.
        package var options: [GuestOption]?

        package init(interface: String, datastore: String, size: Int, format: String? = nil, ssd: Bool = false) {
            self.interface = interface
            self.datastore = datastore
            self.size = size
            self.format = format
            self.ssd = ssd
        }
    }

    package struct Network: Hashable, Sendable, Codable {
        package var bridge: String
        package var vlan: Int?
        /// In upper case.
        package var mac: String?
        /// CIDR or `dhcp`.
        package var address: String?
        package var gateway: String?
        /// As of a disk.
        package var options: [GuestOption]?

        package init(bridge: String) { self.bridge = bridge }
    }

    package struct DNS: Hashable, Sendable, Codable {
        package var servers: [String] = []
        package var domain: String?

        package init() {}
    }
}

extension GuestSettings {
    /// The same with each of these disks in it, and none of them smaller than it is here.
    package func keeping(_ disks: [Disk]) -> GuestSettings {
        var kept = self
        for disk in disks {
            if let place = kept.disks.firstIndex(where: { $0.interface == disk.interface }) {
                kept.disks[place].size = max(kept.disks[place].size, disk.size)
            } else {
                kept.disks.append(disk)
            }
        }
        guard kept.disks.count > self.disks.count else { return kept }
        // The provider reads disks back in the order in which they were declared last.
        let places = disks.map(\.interface)
        let (known, others) = (
            kept.disks.filter { places.contains($0.interface) }, kept.disks.filter { !places.contains($0.interface) }
        )
        kept.disks = places.compactMap { place in known.first { $0.interface == place } } + others
        return kept
    }
}
