import JSONArena
import Model

/// A guest's `status/current`.
package struct GuestStatus: Hashable, Sendable {
    package var status: ObservedGuest.Status
    package var lock: String?
    /// In seconds; zero for a stopped guest.
    package var uptime: Int
    /// Whether the guest's agent is configured; a VM's only.
    package var hasAgent: Bool

    init(reading data: JSONNode) throws(ProxmoxFailure) {
        guard let status = data["status"]?.string else { throw .unreadable("a guest's status without \"status\"") }
        // A paused or suspended VM is "running" here; `qmpstatus` tells them apart.
        let isPaused = ["paused", "suspended"].contains(data["qmpstatus"]?.string)
        self.status = isPaused ? .paused : ObservedGuest.Status(rawValue: status) ?? .unknown
        lock = data["lock"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        uptime = data["uptime"]?.wholeNumber ?? 0
        hasAgent = data["agent"]?.flag ?? false
    }
}
