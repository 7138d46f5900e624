import Model
import Planning

/// Whether a guest that bears no mark is the one that was planned for.
enum GuestResemblance {
    case same
    case another
    case unknown(StepFailure)
}

extension GuestReference {
    /// By name, and by machine where that was known: a VM that was made anew on the VMID has another one, a container
    /// has none.
    func resemblance(to observed: ObservedGuest, in now: ClusterInventory) -> GuestResemblance {
        guard let identity else { return .same }
        guard observed.name == identity.name else { return .another }
        guard let machine = identity.machineID else { return .same }
        guard let found = now.details[vmid]?.value else { return .unknown(.notRead(vmid, now)) }
        return found.machineID.map { $0 == machine } ?? true ? .same : .another
    }

    /// The guest as it is to be told after an update, which may have given it its server's name.
    func updated(as server: ServerName, in now: ClusterInventory) -> GuestReference {
        guard let observed = now.guest(vmid), observed.isNamed(server) else { return self }
        var updated = self
        updated.identity?.name = observed.name
        return updated
    }

    fileprivate var text: String { identity?.text ?? "-" }
}

extension GuestReference.Identity {
    /// `web-1 (SMBIOS 5c0e…)`.
    fileprivate var text: String { name + (machineID.map { " (SMBIOS \($0))" } ?? "") }
}

extension ObservedGuest {
    fileprivate func text(in now: ClusterInventory) -> String {
        let machine = now.details[vmid]?.value?.machineID.map { "SMBIOS \($0)" }
        let shown = [machine, "tags \(tags.isEmpty ? "-" : tags.joined(separator: ";"))"].compactMap(\.self)
        return "\(name) (\(shown.joined(separator: ", ")))"
    }
}

extension StepFailure {
    /// A guest without a mark that is not what it was, before anything was done to it.
    static func replaced(
        _ guest: GuestReference, by observed: ObservedGuest, in now: ClusterInventory
    ) -> StepFailure {
        StepFailure(Sentence("execution.guestReplaced", guest.vmid.description, guest.text, observed.text(in: now)))
    }

    /// The same, found when an update had been carried out.
    static func updatedAnother(_ guest: GuestReference, in now: ClusterInventory) -> StepFailure {
        let found = now.guest(guest.vmid).map { $0.text(in: now) } ?? "-"
        return StepFailure(Sentence("execution.updatedAnother", guest.vmid.description, guest.text, found))
    }
}
