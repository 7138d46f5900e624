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

    /// `POST /nodes/{node}/{qemu|lxc}/{vmid}/snapshot`
    ///
    /// - Parameters:
    ///   - name: at most 40 characters, a letter first, then letters, digits, `-` and `_`.
    ///   - includesMemory: of a running VM only; a container's memory is never kept.
    package func snapshot(
        _ guest: GuestAddress, name: String, description: String? = nil, includesMemory: Bool = false
    ) async throws(ProxmoxFailure) -> UPID {
        var parameters: Parameters = ["snapname": name, "description": description]
        if includesMemory, guest.type == .vm { parameters["vmstate"] = true }
        return try Self.upid(in: try await post(guest.path + ["snapshot"], parameters))
    }

    /// `DELETE /nodes/{node}/{qemu|lxc}/{vmid}`. Refused while the guest runs and under `protection`. Disks that the
    /// configuration does not name are never touched. Guests of a stack are Terraform's to destroy, not this method's.
    ///
    /// - Parameter purge: takes the guest out of backup jobs, replication and HA too.
    package func delete(_ guest: GuestAddress, purge: Bool = true) async throws(ProxmoxFailure) -> UPID {
        let parameters: Parameters = ["purge": purge, "destroy-unreferenced-disks": false]
        return try Self.upid(in: try await delete(guest.path, parameters))
    }

    /// `POST /nodes/{node}/{qemu|lxc}/{vmid}/status/{start|shutdown|stop|reboot|reset|suspend|resume}`
    package func power(_ guest: GuestAddress, _ action: PowerAction) async throws(ProxmoxFailure) -> UPID {
        if action == .reset, guest.type == .container {
            throw .parameters(
                [ParameterRefusal(name: "command", text: "a container cannot be reset")],
                text: "Proxmox has no such route.")
        }
        return try Self.upid(in: try await post(guest.path + ["status", action.command], action.parameters))
    }

    static func upid(in data: JSONNode) throws(ProxmoxFailure) -> UPID {
        guard let text = data.string, let upid = UPID(text) else {
            throw .unreadable("the answer to a call that starts a task holds no UPID")
        }
        return upid
    }
}
