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

    /// Whether an inventory shows the guest that was planned for: same VMID, same type, same mark, and without a mark the
    /// same name and machine.
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
        guard let mark = guest.mark else {
            switch guest.resemblance(to: observed, in: now) {
            case .same: return .success(observed)
            case .another: return .failure(.replaced(guest, by: observed, in: now))
            case .unknown(let failure): return .failure(failure)
            }
        }
        switch now.details[guest.vmid] {
        case .present(let configuration):
            guard let found = configuration.mark, guest.isMarked(by: found) else {
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

extension GuestCheck {
    /// Whether somebody took the mark off and nothing else says that it is another guest: VMID, type and name are the
    /// same. Enough to let go of a guest that stays, and never to change one.
    static func hasOnlyLostMark(
        _ guest: GuestReference, named server: ServerName, in now: ClusterInventory
    ) -> Bool {
        guard now.distrust == nil, let observed = now.guest(guest.vmid), observed.type == guest.type,
            !observed.isTemplate, let details = now.details[guest.vmid]?.value
        else { return false }
        return details.mark == nil && ServerName(observed.name) == server
    }

    /// What an inventory says on the guest that was planned for.
    enum Presence {
        case same(ObservedGuest)
        /// Proven (``ClusterInventory/provesAbsence(of:isReported:)``).
        case gone
        /// Its VMID is another guest's.
        case another(ObservedGuest)
        case unknown(StepFailure)
    }

    /// - Parameters:
    ///   - now: an inventory that was asked for the details of that guest.
    ///   - isEndReported: whether Terraform said that it destroyed the guest.
    static func presence(
        of guest: GuestReference, in now: ClusterInventory, isEndReported: Bool = false
    ) -> Presence {
        if let distrust = now.distrust { return .unknown(StepFailure(distrust, retry: .after(seconds: 30))) }
        guard let observed = now.guest(guest.vmid) else {
            return now.provesAbsence(of: guest.vmid, isReported: isEndReported)
                ? .gone : .unknown(.notProvenGone(guest.vmid, now))
        }
        guard observed.type == guest.type, !observed.isTemplate else { return .another(observed) }
        if guest.mark == nil {
            switch guest.resemblance(to: observed, in: now) {
            case .same: return .same(observed)
            case .another: return .another(observed)
            case .unknown(let failure): return .unknown(failure)
            }
        }
        switch now.details[guest.vmid] {
        case .present(let configuration):
            return configuration.mark.map(guest.isMarked) == true ? .same(observed) : .another(observed)
        case .unknown, .absent, nil: return .unknown(.notRead(guest.vmid, now))
        }
    }
}

extension GuestCheck {
    /// The guest that Plumb shut down. Somebody may have taken its mark off or made it theirs meanwhile, and then it is
    /// the machine that says whether it is the same: a guest that was made anew on its VMID may have its name too. Where
    /// nothing shows the machine, a mark of another life makes it another guest.
    ///
    /// - Parameter machineID: the machine that it was; nil: not known.
    /// - Returns: nil where it is gone, is another one, or cannot be seen.
    static func own(
        _ planned: GuestReference, of server: ServerName, machineID: String?, in now: ClusterInventory
    ) -> ObservedGuest? {
        let detail = now.details[planned.vmid]?.value
        if let machineID, let found = detail?.machineID, found != machineID { return nil }
        switch presence(of: planned, in: now) {
        case .same(let guest): return guest
        case .another(let guest):
            guard let detail, guest.type == planned.type, !guest.isTemplate, ServerName(guest.name) == server else {
                return nil
            }
            let isSameMachine = machineID != nil && machineID == detail.machineID
            return isSameMachine || detail.mark == nil ? guest : nil
        case .gone, .unknown: return nil
        }
    }
}

extension StepFailure {
    /// A guest that is listed, and whose own configuration did not come.
    static func notRead(_ vmid: VMID, _ now: ClusterInventory) -> StepFailure {
        if case .unknown(let reason) = now.details[vmid] { return StepFailure(reason, retry: .after(seconds: 30)) }
        return StepFailure(Sentence("execution.guestNotRead", String(vmid.rawValue)), retry: .after(seconds: 30))
    }

    /// A guest that is not listed, which does not say that it is gone.
    static func notProvenGone(_ vmid: VMID, _ now: ClusterInventory) -> StepFailure {
        if case .unknown(let reason) = now.details[vmid] { return StepFailure(reason, retry: .after(seconds: 30)) }
        let isEmpty = now.canProveAbsence && now.guests.isEmpty
        return StepFailure(
            isEmpty
                ? Sentence("execution.emptyListing", vmid.description)
                : Sentence("execution.cannotProveGone", vmid.description), retry: .after(seconds: 30))
    }

    /// A fact that is no longer so: `guest presence: absent → present`.
    static func moved(_ fact: String) -> StepFailure { StepFailure(Sentence("execution.stepStale", fact)) }
}

extension OwnershipMark {
    /// Whether both name one server of one cluster by one id. The stack is left out: a server that moved to another
    /// stack bears the line of the old one until it is written anew, which is a step that passes this check.
    func isOfSameServer(as other: OwnershipMark) -> Bool {
        id == other.id && server == other.server && stack.cluster == other.stack.cluster
    }
}

extension GuestReference {
    /// Whether a mark that was read is the one that the guest should bear: of a server that is being renamed also the
    /// one with its former name, whose id is the same.
    func isMarked(by found: OwnershipMark) -> Bool {
        guard var mark else { return false }
        if found.isOfSameServer(as: mark) { return true }
        guard let formerName else { return false }
        mark.server = formerName
        return found.isOfSameServer(as: mark)
    }
}
