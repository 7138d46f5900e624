/// One VM or container of a simulated cluster, templates included.
package struct Guest: Hashable, Sendable, Codable {
    package let vmid: Int
    package let kind: GuestKind
    package var node: String
    /// The configuration as its file has it, in canonical text: `scsi0` → `local-lvm:vm-100-disk-0,size=20G`.
    /// For a running guest these are the values that it runs with.
    package var configuration: [String: String] { didSet { summary = Summary(kind, configuration) } }
    /// New values that wait for the next start.
    package var pending: [String: String] = [:]
    /// Keys that the next start takes out, in ascending order.
    package var pendingDeletion: [String] = []
    package var power: Power = .stopped
    /// `clone`, `create`, `migrate`, `backup`, `snapshot`, …
    package var lock: String?
    package var pool: String?
    /// What its configuration is when it has been cloned; until then Proxmox shows a makeshift.
    var unborn: [String: String]?
    package var snapshots: [Snapshot] = []
    /// When it was last started, in seconds since 1970, rounded up.
    package var startedAt: Int64 = 0
    /// Whether a guest agent runs inside; it answers only where `agent` is enabled too.
    package var hasAgent = false
    /// Managed by the cluster's high availability: moves when its node is lost.
    package var isHighlyAvailable = false
    /// The moment, in milliseconds since 1970, until which a task holds the guest's file lock.
    var busyUntil: Int64 = 0
    /// What listings show of the configuration, kept so that a listing parses nothing.
    private(set) var summary: Summary

    package init(vmid: Int, kind: GuestKind, node: String, configuration: [String: String]) {
        self.vmid = vmid
        self.kind = kind
        self.node = node
        self.configuration = configuration
        summary = Summary(kind, configuration)
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
        guard hasPending else { return configuration }
        var merged = configuration.merging(pending) { $1 }
        for key in pendingDeletion { merged[key] = nil }
        return merged
    }

    package var hasPending: Bool { !pending.isEmpty || !pendingDeletion.isEmpty }

    /// Forty hexadecimal digits that differ when the configuration, pending values included, differs.
    package var digest: String {
        var text = ""
        for (key, value) in configuration.sorted(by: { $0.key < $1.key }) { text += "\(key): \(value)\n" }
        for (key, value) in pending.sorted(by: { $0.key < $1.key }) { text += "+\(key): \(value)\n" }
        for key in pendingDeletion { text += "-\(key)\n" }
        if let lock { text += "lock: \(lock)\n" }
        let first = SeededRandom.hash(text)
        let second = SeededRandom.mix(first, SeededRandom.hash(text, from: 0x6C62_272E_07BB_0142))
        return SeededRandom.hex(first, 16) + SeededRandom.hex(second, 16)
            + SeededRandom.hex(SeededRandom.mix(second, first) & 0xFFFF_FFFF, 8)
    }

    mutating func applyPending() {
        guard hasPending else { return }
        configuration = desiredConfiguration
        pending = [:]
        pendingDeletion = []
    }

    /// Proxmox lets a configuration say so, and take it back.
    package var isTemplate: Bool { configuration["template"] == "1" }
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
