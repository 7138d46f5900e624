import Model

extension FleetPlanner {
    /// The registry's row as it should be now. A known value is never overwritten with nothing.
    func row(of one: ServerCase, guest: ObservedGuest, markID: String?) -> RecordedServer {
        var row = RecordedServer(name: one.name, stack: one.stack, type: guest.type, vmid: guest.vmid, node: guest.node)
        let known = one.recorded
        row.mark = markID ?? known?.mark
        row.displayName = known?.displayName
        row.addresses = known?.addresses ?? []
        row.roles = known?.roles ?? []
        row.labels = known?.labels
        row.dependsOn = known?.dependsOn
        row.manage = known?.manage ?? .full
        row.onRemove = known?.onRemove ?? .destroy
        row.protect = known?.protect ?? false
        // A guest that Plumb finds without a row of its own lived before: to start it is nobody's wish.
        row.wasStarted = known.map { $0.wasStarted || guest.status == .running } ?? true
        if let server = one.server { row.take(server) }
        return row
    }

    func newRow(
        of one: ServerCase, _ server: Server, _ configuration: ServerConfiguration, markID: String, start: Bool
    ) -> RecordedServer {
        let birth = configuration.birth
        var row = RecordedServer(
            name: one.name, stack: one.stack, type: birth.type, vmid: birth.vmid, node: birth.node)
        row.mark = markID
        row.wasStarted = start
        row.take(server)
        return row
    }
}

extension RecordedServer {
    fileprivate mutating func take(_ server: Server) {
        name = server.name
        displayName = server.metadata.displayName ?? displayName
        manage = server.manage
        onRemove = server.onRemove
        protect = server.protect
        roles = server.roles
        labels = server.metadata.labels
        dependsOn = server.dependsOn.isEmpty ? nil : server.dependsOn
        if server.networks.contains(where: { $0.address?.contains("/") ?? false }) {
            addresses = server.networks.compactMap(\.address).filter { $0.contains("/") }
        }
    }
}
