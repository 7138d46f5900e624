import Model

/// The look at the cluster just before acting: is the guest still the one that was planned for?
struct GuestCheck: Sendable {
    let inventory: any GuestInventory

    /// - Returns: the guest as it is now.
    /// - Throws: when it is gone, is another one, or cannot be seen.
    @discardableResult
    func confirm(_ guest: GuestReference) async throws(StepFailure) -> ObservedGuest {
        let now = await inventory.inventory(of: guest.cluster, details: [guest.vmid])
        switch Self.verdict(on: guest, in: now) {
        case .success(let observed): return observed
        case .failure(let failure): throw failure
        }
    }

    /// Whether an inventory shows the guest that was planned for: same VMID, same type, same mark.
    static func verdict(on guest: GuestReference, in now: ClusterInventory) -> Result<ObservedGuest, StepFailure> {
        if let distrust = now.distrust { return .failure(StepFailure(distrust, retry: .after(seconds: 30))) }
        guard let observed = now.guest(guest.vmid) else {
            return .failure(
                StepFailure(Sentence("execution.guestGone", String(guest.vmid.rawValue), guest.cluster.text)))
        }
        guard observed.type == guest.type, !observed.isTemplate else {
            return .failure(
                StepFailure(Sentence("execution.guestIsAnother", String(guest.vmid.rawValue), observed.name)))
        }
        guard let mark = guest.mark else { return .success(observed) }
        switch now.details[guest.vmid] {
        case .present(let configuration):
            guard let found = configuration.mark, found.isOfSameServer(as: mark) else {
                return .failure(
                    StepFailure(
                        Sentence(
                            "execution.markMoved", String(guest.vmid.rawValue), mark.description,
                            configuration.mark?.description ?? "-")))
            }
            return .success(observed)
        case .unknown(let reason): return .failure(StepFailure(reason, retry: .after(seconds: 30)))
        case .absent, nil:
            return .failure(
                StepFailure(Sentence("execution.guestGone", String(guest.vmid.rawValue), guest.cluster.text)))
        }
    }
}

extension OwnershipMark {
    /// Whether both name one server of one cluster by one id. The stack is left out: a server that moved to another
    /// stack bears the line of the old one until it is written anew, which is a step that passes this check.
    func isOfSameServer(as other: OwnershipMark) -> Bool {
        id == other.id && server == other.server && stack.cluster == other.stack.cluster
    }
}
