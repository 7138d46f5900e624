/// One declared server: a virtual machine or a container. What is nil was not declared; the planner fills it from the
/// cluster's defaults.
package struct Server: Sendable, Hashable {
    package var name: ServerName
    package var metadata = Metadata()
    package var cluster: ClusterName
    /// The `ServerSet` that it is a member of.
    package var set: String?

    package var type: GuestType = .vm
    package var node: NodeName?
    package var vmid: VMID?
    package var template: TemplateReference?
    package var cores = 1
    package var sockets = 1
    package var memory: ByteCount = .mebibytes(1024)
    package var disks: [Disk] = []
    package var networks: [Network] = []
    package var dns: DNS?
    package var cloudInit: CloudInit?
    /// Whether the QEMU guest agent runs inside.
    package var agent = false
    package var onBoot = true
    package var tags: [String] = []
    package var pool: String?
    package var description: String?
    package var roles: [RoleName] = []
    package var power: Power = .unmanaged
    package var manage: Manage = .full
    package var protect = false
    package var adopt = false
    package var onRemove: OnRemove = .destroy
    /// Attribute paths whose live value is kept: `spec.tags`.
    package var ignore: [String] = []
    package var dependsOn: [ServerName] = []

    package init(name: ServerName, cluster: ClusterName) {
        self.name = name
        self.cluster = cluster
    }

    package enum Power: String, Sendable, Hashable, Codable, CaseIterable { case running, stopped, unmanaged }

    package enum Manage: String, Sendable, Hashable, Codable, CaseIterable {
        case full
        /// Recorded, listed, drift reported; never created, changed or destroyed.
        case observe
    }

    package enum OnRemove: String, Sendable, Hashable, Codable, CaseIterable {
        case destroy
        /// The state lets go of it and the guest stays.
        case forget
    }

    package struct Disk: Sendable, Hashable {
        package var size: ByteCount
        package var datastore: String?
        /// `scsi0`, `virtio1`, `sata0`, `ide0`; of a container `rootfs`. Nil: by its position.
        package var interface: String?
        /// `raw`, `qcow2`, `vmdk`; nil: what the datastore prefers.
        package var format: String?
        package var ssd = false

        package init(size: ByteCount) { self.size = size }
    }

    package struct Network: Sendable, Hashable {
        package var bridge: String?
        /// 1 to 4094.
        package var vlan: Int?
        /// CIDR (`10.0.0.11/24`) or `dhcp`.
        package var address: String?
        package var gateway: String?
        package var mac: String?

        package init() {}
    }

    package struct DNS: Sendable, Hashable {
        package var servers: [String] = []
        package var domain: String?

        package init() {}
    }

    package struct CloudInit: Sendable, Hashable {
        package var user: String?
        package var password: SecretReference?
        package var sshKeys: [String] = []

        package init() {}
    }
}

/// Proxmox's two sorts of guest.
package enum GuestType: String, Sendable, Hashable, Codable, CaseIterable {
    /// A virtual machine (`qemu`).
    case vm
    /// A container (`lxc`).
    case container
}

/// What a server is made from.
package enum TemplateReference: Sendable, Hashable, Codable {
    case vmid(VMID)
    /// A template's name, or for a container a volume such as `local:vztmpl/debian-12.tar.zst`.
    case name(String)
}

/// What a server is for: it brings tags, a firewall group and services that should listen.
package struct Role: Sendable, Hashable {
    package var name: RoleName
    package var metadata = Metadata()
    package var description: String?
    package var tags: [String] = []
    package var firewallGroup: String?
    package var ansible: Ansible?
    package var services: [Service] = []
    package var appliesTo: Selector?
    package var conflictsWith: [RoleName] = []
    /// How many of its servers may be down together, whatever took them down, in all stacks and clusters; nil: no word.
    package var maxUnavailable: Policy.Budget?

    package init(name: RoleName) { self.name = name }

    package struct Service: Sendable, Hashable {
        package var name: String
        /// 1 to 65535.
        package var port: Int

        package init(name: String, port: Int) {
            self.name = name
            self.port = port
        }
    }

    package struct Ansible: Sendable, Hashable {
        package var playbook: String?
        package var roles: [String] = []
        package var variables: [Metadata.Label] = []

        package init() {}
    }
}
