/// One VM or container of a simulated cluster, templates included.
package struct Guest: Hashable, Sendable, Codable {
    package let vmid: Int
    package let kind: GuestKind
    package var node: String
    /// The configuration as its file has it, in canonical text: `scsi0` → `local-lvm:vm-100-disk-0,size=20G`.
    /// For a running guest these are the values that it runs with.
    package var configuration: [String: String]
    /// What waits for the next start; nil deletes the key.
    package var pending: [String: String?] = [:]
    package var power: Power = .stopped
    /// `clone`, `create`, `migrate`, `backup`, `snapshot`, …
    package var lock: String?
    package var isTemplate = false
    package var pool: String?
    package var snapshots: [Snapshot] = []
    /// When it was last started, in seconds since 1970.
    package var startedAt: Int64 = 0
    /// Whether a guest agent runs inside; it answers only where `agent` is enabled too.
    package var hasAgent = false
    /// Managed by the cluster's high availability: moves when its node is lost.
    package var isHighlyAvailable = false
    /// The moment, in milliseconds since 1970, until which a task holds the guest's file lock.
    var busyUntil: Int64 = 0

    package init(vmid: Int, kind: GuestKind, node: String, configuration: [String: String]) {
        self.vmid = vmid
        self.kind = kind
        self.node = node
        self.configuration = configuration
    }

    package enum Power: String, Hashable, Sendable, Codable {
        case stopped
        case running
        /// Suspended in memory: `status` is still running, `qmpstatus` is paused.
        case paused
    }

    package struct Snapshot: Hashable, Sendable, Codable {
        package var name: String
        package var description: String
        package var parent: String?
        /// Seconds since 1970.
        package var takenAt: Int64
        package var withMemory: Bool
        package var configuration: [String: String]
    }

    /// `name` of a VM, `hostname` of a container, with what Proxmox shows where there is none.
    package var name: String {
        switch kind {
        case .qemu: configuration["name"] ?? "VM \(vmid)"
        case .lxc: configuration["hostname"] ?? "CT\(vmid)"
        }
    }

    /// The configuration with what is pending applied: what `GET config` shows.
    package var desiredConfiguration: [String: String] {
        guard !pending.isEmpty else { return configuration }
        var merged = configuration
        for (key, value) in pending { merged[key] = value }
        return merged
    }

    package var isRunning: Bool { power != .stopped }
    package var isProtected: Bool { configuration["protection"] == "1" }
}

package enum GuestKind: String, Hashable, Sendable, Codable {
    case qemu
    case lxc

    /// How Proxmox's sentences call one: `VM 100`, `CT 100`.
    package var title: String {
        switch self {
        case .qemu: "VM"
        case .lxc: "CT"
        }
    }

    /// The prefix of its task types: `qmstart`, `vzstart`.
    package var taskPrefix: String {
        switch self {
        case .qemu: "qm"
        case .lxc: "vz"
        }
    }
}
