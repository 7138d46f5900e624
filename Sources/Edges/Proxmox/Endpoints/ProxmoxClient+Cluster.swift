import JSONArena
import Model

extension ProxmoxClient {
    /// `GET /version`
    package func version() async throws(ProxmoxFailure) -> ProxmoxVersion {
        try ProxmoxVersion(reading: try await get(["version"]))
    }

    /// `GET /cluster/status`. Needs `Sys.Audit` on `/`.
    package func clusterStatus() async throws(ProxmoxFailure) -> ClusterStatus {
        try ClusterStatus(reading: try await get(["cluster", "status"]))
    }

    /// `GET /cluster/resources?type=vm`: every guest and template that the caller may see, as Proxmox wrote it.
    func guestResources() async throws(ProxmoxFailure) -> JSONNode {
        try await get(["cluster", "resources"], ["type": "vm"])
    }

    /// `GET /cluster/nextid?vmid=`: whether nothing in the cluster has that number. Everybody may ask, and it counts the
    /// guests too that the caller may not see.
    func isFree(_ vmid: VMID) async throws(ProxmoxFailure) -> Bool {
        do throws(ProxmoxFailure) {
            _ = try await get(["cluster", "nextid"], ["vmid": vmid.rawValue])
            return true
        } catch {
            guard case .collision = error else { throw error }
            return false
        }
    }

    /// `GET /cluster/tasks`: the running tasks and the latest that ended, of the whole cluster. Without `Sys.Audit`
    /// only the caller's own.
    package func clusterTasks() async throws(ProxmoxFailure) -> [ObservedTask] {
        try TaskListing.read(try await get(["cluster", "tasks"]))
    }
}
