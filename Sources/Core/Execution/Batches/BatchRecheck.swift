import Model
import Planning

/// What an inventory taken just before acting says against a step.
struct BatchRecheck {
    let inventory: ClusterInventory
    /// Guests that are known otherwise, by what ``StackSession/guestsMissed(by:)`` says.
    var missed: Set<VMID> = []

    /// Guests that have the name of a server that is to be born and our tag: one of them may bear its mark, which only
    /// its own configuration shows.
    static func namesakes(of items: [BatchItem], in inventory: ClusterInventory) -> Set<VMID> {
        let names = Set(items.filter { $0.plannedGuest == nil }.map(\.server))
        guard !names.isEmpty else { return [] }
        let guests = inventory.guests.filter {
            $0.tags.contains(OwnershipMark.tag) && names.contains(ServerName($0.name))
        }
        return Set(guests.map(\.vmid))
    }

    /// Nil: nothing.
    func refusal(of item: BatchItem) -> StepOutcome? {
        switch item.step.action {
        case .create(let creation): refusalOfCreation(creation)
        case .recreate(let creation): refusalOfCreation(creation)
        case .update(let change):
            refusal(of: change.guest, mustBeUnprotected: false) ?? signsMoved(change, item)
                ?? doneMeanwhile(change, item) ?? refusalOfEffect(change, item) ?? refusalOfUnannounced(change, item)
        case .destroy(let removal):
            refusal(of: removal.guest, mustBeUnprotected: true) ?? refusalOfPower(removal)
                ?? refusalOfVolumes(removal) ?? refusalOfUnprovableEnd(removal)
        case .adopt, .untaint, .move, .rename, .forget, .power, .restart, .rebuild, .repairEntry, .record, .retire,
            .register,
            .updateRegistration,
            .unregister:
            preconditionFailure("\(item.step.id) is no step of a Terraform batch")
        }
    }

    /// A VMID must be free, and nothing may bear the mark: the provider counts "already exists" as success and would
    /// take a stranger over.
    private func refusalOfCreation(_ creation: Action.Creation) -> StepOutcome? {
        if let distrust = inventory.distrust { return .refused(distrust) }
        let vmid = creation.configuration.birth.vmid
        if let guest = inventory.guest(vmid) {
            // Two runs of one registry draw the same mark for the same birth: the other one was first.
            if inventory.details[vmid]?.value?.mark?.isOfSameServer(as: creation.mark) == true {
                return .refused(
                    Sentence("execution.madeMeanwhile", creation.mark.server.text, String(vmid.rawValue)))
            }
            return .refused(Sentence("execution.vmidTaken", String(vmid.rawValue), guest.name, guest.node.text))
        }
        // A token that lost its rights gets an empty listing, and so does one that asks while the cluster starts up.
        if inventory.guests.isEmpty, let known = creation.configuration.birth.template?.vmid ?? missed.min() {
            return .refused(Sentence("execution.emptyListingAtBirth", vmid.description, known.description))
        }
        // It is not listed; whether it is free, the cluster was asked.
        if case .unknown(let reason) = inventory.details[vmid] { return .refused(reason) }
        let unseen = inventory.nodes.filter { !$0.isOnline }.map(\.name) + inventory.lostNodes
        if !inventory.isQuorate || !unseen.isEmpty {
            return .refused(
                Sentence(
                    "execution.cannotProveFree", String(vmid.rawValue), unseen.map(\.text).joined(separator: ", ")))
        }
        guard inventory.isFree(vmid) else { return .failed(.notRead(vmid, inventory)) }
        let twin = inventory.details.first { $0.value.value?.mark?.isOfSameServer(as: creation.mark) == true }
        if let twin {
            return .refused(Sentence("execution.markExists", creation.mark.description, String(twin.key.rawValue)))
        }
        return nil
    }

    /// A guest without its mark is the server's while the tag still shows, or the mark again; another's mark or no sign
    /// at all is a stranger's.
    private func signsMoved(_ change: Action.Change, _ item: BatchItem) -> StepOutcome? {
        guard change.guest.mark == nil, let guest = inventory.guest(change.guest.vmid) else { return nil }
        guard let found = inventory.details[guest.vmid]?.value else {
            return .refused(StepFailure.notRead(guest.vmid, inventory).sentence)
        }
        guard let mark = found.mark else {
            if guest.tags.contains(OwnershipMark.tag) { return nil }
            return .refused(StepFailure.replaced(change.guest, by: guest, in: inventory).sentence)
        }
        if mark.server == item.server, mark.stack.cluster == change.guest.cluster, mark.id == change.record.mark {
            return nil
        }
        return .refused(
            Sentence("execution.markMoved", guest.vmid.description, change.record.mark ?? "-", mark.description))
    }

    /// An update is planned where the guest differs: one that does so no longer was changed by whoever had the stack before.
    private func doneMeanwhile(_ change: Action.Change, _ item: BatchItem) -> StepOutcome? {
        let vmid = change.guest.vmid
        guard let guest = inventory.guest(vmid), let found = inventory.details[vmid]?.value, guest.isNamed(item.server),
            change.configuration.settings.agrees(with: found.pending ?? found.settings, type: guest.type)
        else { return nil }
        return .refused(Sentence("execution.doneMeanwhile", item.server.text, vmid.description))
    }

    /// A disk that somebody attached since the plan was made would end with the guest, and nobody agreed to that.
    private func refusalOfVolumes(_ removal: Action.Removal) -> StepOutcome? {
        let named = Set((removal.volumes ?? []).map(\.name))
        let found = inventory.details[removal.guest.vmid]?.value?.volumes ?? []
        let more = found.filter { !named.contains($0.name) }
        guard !more.isEmpty else { return nil }
        let words = more.map { "guest volumes[\($0.place)]: – → \($0.text)" }
        return .stale(StepFailure.moved(words.joined(separator: "; ")).sentence)
    }

    /// An end that nobody can see would leave the stack waiting for the nodes, and an entry without its guest.
    private func refusalOfUnprovableEnd(_ removal: Action.Removal) -> StepOutcome? {
        guard !inventory.canProveAbsence else { return nil }
        let unseen = (inventory.nodes.filter { !$0.isOnline }.map(\.name) + inventory.lostNodes).map(\.text)
        return .refused(
            Sentence(
                "execution.endUnprovable", removal.guest.vmid.description,
                unseen.isEmpty ? "–" : unseen.joined(separator: ", ")))
    }

    private func refusal(of guest: GuestReference, mustBeUnprotected: Bool) -> StepOutcome? {
        switch GuestCheck.verdict(on: guest, in: inventory) {
        case .failure(let failure): return .refused(failure.sentence)
        case .success(let observed):
            if let lock = observed.lock {
                return .refused(Sentence("execution.locked", String(guest.vmid.rawValue), lock))
            }
            let configuration = inventory.details[guest.vmid]?.value
            if mustBeUnprotected, configuration.map({ ($0.pending ?? $0.settings).protection }) ?? true {
                return .refused(Sentence("execution.protected", String(guest.vmid.rawValue)))
            }
            return nil
        }
    }
}

extension StackSession {
    /// The guests of the state, where an inventory shows no guest at all; none where it shows some, or the state cannot be
    /// read.
    func guestsMissed(by now: ClusterInventory) async -> Set<VMID> {
        guard now.guests.isEmpty, let state = try? await observe().state.value else { return [] }
        return Set(state.resources.map(\.vmid))
    }
}
