import Model

/// Guests that were read and bear no mark: what else says whose they are, told from the input and not by what the planner
/// took them for.
extension PlanCheck {
    enum Likeness {
        /// A network device is one that the state knows, or the document says that the guest is to be taken in.
        case proven
        /// Nothing says that it is the server, nor that it is not.
        case unknown
        case another
    }

    /// Nil: the guest bears a mark, or was not read.
    func likeness(of vmid: VMID, in cluster: ClusterName, to name: ServerName) -> Likeness? {
        guard let inventory = inventories[cluster], let detail = inventory.details[vmid]?.value, detail.mark == nil,
            let seen = inventory.guest(vmid)
        else { return nil }
        let known = resources(of: name, in: cluster, with: vmid)
        if known.contains(where: { $0.type != seen.type }) { return .another }
        let before = known.reduce(into: Set<String>()) { $0.formUnion($1.knownMACs) }
        if !before.isEmpty, !detail.macs.isEmpty, before.isDisjoint(with: detail.macs) { return .another }
        if isPointedAt(name) { return .proven }
        let names = [name, formerName(of: name)].compactMap { $0?.key }
        guard seen.name.isEmpty || names.contains(seen.name.lowercased()) else { return .another }
        return before.isEmpty || detail.macs.isEmpty ? .unknown : .proven
    }

    /// Whether a step acts on a guest that only a person can vouch for.
    func isUnproven(_ guest: GuestReference, _ name: ServerName) -> Bool {
        likeness(of: guest.vmid, in: guest.cluster, to: name) == .unknown
    }

    /// What is written onto a guest, or starts it, meets none that something says to be another.
    mutating func checkLikeness(_ step: Step, _ name: ServerName, _ guest: GuestReference) {
        guard step.mayRun, likeness(of: guest.vmid, in: guest.cluster, to: name) == .another else { return }
        report(.unknownGuest, step, "\(guest.vmid) bears no mark and is not what the state knows of \(name)")
    }

    /// What hurts where it meets the wrong guest needs the mark itself, once the guest was read.
    mutating func checkMarked(_ step: Step, _ name: ServerName, _ vmid: VMID, in cluster: ClusterName) {
        guard step.mayRun, likeness(of: vmid, in: cluster, to: name) != nil else { return }
        report(.unprovenDestroy, step, "\(vmid) bears no mark")
    }

    /// Whether the document says that a guest is to be taken in, and that was not yet done to its end.
    private func isPointedAt(_ name: ServerName) -> Bool {
        guard declared[name]?.adopt == true else { return false }
        return recorded[name]?.mark == nil || !inState.contains(name)
    }

    private func formerName(of name: ServerName) -> ServerName? {
        declared[name]?.metadata.formerName.map { ServerName($0) }
    }

    /// What the states of a cluster hold of a server, by the name that it has or had, as that guest.
    private func resources(of name: ServerName, in cluster: ClusterName, with vmid: VMID) -> [StateResource] {
        let former = formerName(of: name)
        return (unmarked[cluster]?[vmid] ?? []).filter { $0.server == name || $0.server == former }
    }

    /// The guests that were read and bear no mark, each with what the states of its cluster hold by its number.
    static func unmarked(in input: PlanningInput) -> [ClusterName: [VMID: [StateResource]]] {
        var unmarked: [ClusterName: [VMID: [StateResource]]] = [:]
        for inventory in input.observed.inventories {
            for (vmid, detail) in inventory.details {
                guard let read = detail.value, read.mark == nil else { continue }
                unmarked[inventory.cluster, default: [:]][vmid] = []
            }
        }
        for stack in input.observed.stacks where unmarked[stack.id.cluster] != nil {
            for resource in stack.state.value?.resources ?? [] {
                unmarked[stack.id.cluster]?[resource.vmid]?.append(resource)
            }
        }
        return unmarked
    }
}
