import JSONArena
import Model

extension ProxmoxClient {
    /// `GET /nodes/{node}/{qemu|lxc}/{vmid}/config?current=1`: what the guest runs with, pending changes left out.
    func configurationData(of guest: GuestAddress) async throws(ProxmoxFailure) -> JSONNode {
        try await get(guest.path + ["config"], ["current": true])
    }

    /// `GET /nodes/{node}/{qemu|lxc}/{vmid}/pending`: every setting with its running and its pending value.
    func pendingData(of guest: GuestAddress) async throws(ProxmoxFailure) -> JSONNode {
        try await get(guest.path + ["pending"])
    }

    /// `GET /nodes/{node}/{qemu|lxc}/{vmid}/status/current`
    package func status(of guest: GuestAddress) async throws(ProxmoxFailure) -> GuestStatus {
        try GuestStatus(reading: try await get(guest.path + ["status", "current"]))
    }

    /// `PUT /nodes/{node}/{qemu|lxc}/{vmid}/config`. Takes effect at once and makes no task, so that nobody can tell
    /// later who did it.
    package func change(_ guest: GuestAddress, _ change: GuestChange) async throws(ProxmoxFailure) {
        _ = try await put(guest.path + ["config"], change.parameters)
    }

    /// `POST /nodes/{node}/{qemu|lxc}/{vmid}/status/{start|shutdown}`
    package func power(_ guest: GuestAddress, _ action: PowerAction) async throws(ProxmoxFailure) -> UPID {
        try Self.upid(in: try await post(guest.path + ["status", action.command], action.parameters))
    }

    static func upid(in data: JSONNode) throws(ProxmoxFailure) -> UPID {
        guard let text = data.string, let upid = UPID(text) else {
            throw .unreadable("the answer to a call that starts a task holds no UPID")
        }
        return upid
    }
}
