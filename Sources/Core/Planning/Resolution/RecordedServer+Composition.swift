import Model

extension FleetPlanner {
    /// The registry's row as it should be now. A known value is never overwritten with nothing.
    func row(of one: ServerCase, guest: ObservedGuest, markID: String?) -> RecordedServer {
        var row = RecordedServer(name: one.name, stack: one.stack, type: guest.type, vmid: guest.vmid, node: guest.node)
        let known = one.recorded
        row.mark = markID ?? known?.mark
        row.displayName = known?.displayName
        row.addresses = known?.addresses ?? []
        row.formerAddresses = known?.formerAddresses?.map { $0.followed(to: guest) }
        row.roles = known?.roles ?? []
        row.labels = known?.labels
        row.dependsOn = known?.dependsOn
        row.manage = known?.manage ?? .full
        row.onRemove = known?.onRemove ?? .destroy
        row.protect = known?.protect ?? false
        // A guest that Plumb finds without a row of its own lived before: to start it is nobody's wish.
        row.wasStarted = guest.status == .running || (!isUnrecordedBirth(one, guest) && known?.wasStarted ?? true)
        row.owedStart = owedStart(of: one, guest)
        row.formerNames = formerNames(of: one)
        row.policies = known?.policies
        if let server = one.server {
            row.take(server)
            row.policies = keptPolicies(over: server, known)
        }
        return row
    }

    /// With the one that a rename which is to be carried out takes from it.
    func formerNames(of one: ServerCase) -> [ServerName]? {
        guard case .pending(let former) = one.renaming else { return one.recorded?.formerNames }
        let others = (one.recorded?.formerNames ?? []).filter { $0 != former.name && $0 != one.name }
        return others.suffix(Self.keptNames - 1) + [former.name]
    }

    /// How many former names a row keeps.
    private static var keptNames: Int { 16 }

    /// What is left of a start that Plumb owes the guest. A later look than the one at which it was written down does not
    /// settle it by itself: the guest that was slow to shut down runs then.
    private func owedStart(of one: ServerCase, _ guest: ObservedGuest) -> OwedStart? {
        guard let row = one.recorded, var owed = row.owedStart, row.vmid == guest.vmid else { return nil }
        if let server = one.server, server.manage == .observe || declaredPower(of: server) == .stopped {
            owed.isSettled = true
        } else if let readAt = view.clusters[one.cluster].inventory?.readAt {
            if owed.hasMoved(guest) { return OwedStart(since: nil, node: guest.node) }
            owed.isSettled = owed.isSettled(by: guest, readAt: readAt)
        }
        return owed
    }

    /// What the registry keeps of the policies over a declared server. A Policy that cannot be read may be one of those
    /// that it has, and those that are held for a rebuild stay beside what holds now.
    func keptPolicies(over server: Server, _ known: RecordedServer?) -> [KeptPolicy]? {
        let present = lastingPolicies(over: server, known)
        let held = (known?.policies ?? []).filter { $0.heldUntil.map { input.now < $0 } ?? false }
        if held.isEmpty { return present }
        let rest = (present ?? []).filter { one in !held.contains { $0.released == one.released } }
        return rest + held
    }

    private func lastingPolicies(over server: Server, _ known: RecordedServer?) -> [KeptPolicy]? {
        let present = policies.kept(over: server)
        guard isPolicyBroken, let kept = known?.policies else { return present }
        let names = Set((present ?? []).map(\.name))
        return (present ?? []) + kept.filter { !names.contains($0.name) }.map(\.released)
    }

    /// Whether the guest was born by this registry, which did not live to write it down. It is started only after that,
    /// so it never was: its declaration's first start is still owed. An adoption that broke off looks the same, and a
    /// guest that somebody started and stopped by hand is none of Plumb's to start.
    func isUnrecordedBirth(_ one: ServerCase, _ guest: ObservedGuest) -> Bool {
        let stated = one.resource?.settings.description.flatMap(OwnershipMark.init(readingDescription:))
        guard one.server?.adopt == false, let mark = one.detail?.mark ?? stated, mark.server == one.name,
            mark.id != one.recorded?.mark, mark.isDrawnForUncountedLife(by: input.recorded)
        else { return false }
        return !wasStartedByTasks(one, guest)
    }

    /// Whether the task log says that the guest was started.
    func wasStartedByTasks(_ one: ServerCase, _ guest: ObservedGuest) -> Bool {
        let tasks = view.clusters[one.cluster].inventory.map { $0.pastTasks + $0.runningTasks } ?? []
        let own = tasks.filter { $0.vmid == guest.vmid }
        // A rebuilt guest has the VMID of the one before it, whose starts are none of its own.
        let ended = own.filter(\.destroysGuest).map(\.startedAt).max()
        return own.contains { task in task.startsGuest && ended.map { task.startedAt >= $0 } ?? true }
    }

    func newRow(
        of one: ServerCase, _ server: Server, _ configuration: ServerConfiguration, markID: String, start: Bool
    ) -> RecordedServer {
        let birth = configuration.birth
        var row = RecordedServer(
            name: one.name, stack: one.stack, type: birth.type, vmid: birth.vmid, node: birth.node)
        row.mark = markID
        row.wasStarted = start
        row.formerNames = one.recorded?.formerNames
        row.take(server)
        // What was held for the end of the last guest was held until now.
        row.policies = lastingPolicies(over: server, one.recorded)
        return row
    }
}

extension RecordedServer {
    /// Whether writing it would change nothing but the policies that are kept, which every apply writes by itself: a
    /// policy that changed is no step for each server under it.
    func saysTheSame(as other: RecordedServer?) -> Bool {
        guard var other else { return false }
        other.policies = policies
        return self == other
    }

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
