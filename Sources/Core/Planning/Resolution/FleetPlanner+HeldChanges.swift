import Model

/// A change that the provider does not make of a VM as it is, so that it is left out of the configuration.
struct HeldChange {
    enum Reason {
        /// Another change at the same time takes effect at the next start; the disk can grow once that is written.
        case growth(besides: [String])
        /// The VM runs, and has no cloud-init drive that could carry it.
        case noCloudInitDrive
        /// The VM has values for cloud-init and no drive any more, so that the provider knows no storage for a new one.
        case cloudInitDriveLost
    }

    var reason: Reason
    var changes: [AttributeChange]
}

extension FleetPlanner {
    /// With `reboot_after_update = false` the provider refuses two kinds of changes of a VM that runs, and the rest of the
    /// update with them: to grow a disk beside what waits for the next start, and to add the cloud-init drive that
    /// addresses and name servers are written to. Where the drive is gone from under values for it, the provider asks for a
    /// new one on no storage, whether the VM runs or not. All these are left as they are.
    ///
    /// Source: bpg/proxmox, whose refusals end in "requires the VM to be powered off, but automatic power-offs/reboots are
    /// disabled by 'reboot_after_update = false'".
    func holdRefused(_ settings: inout GuestSettings, _ one: ServerCase) -> [HeldChange] {
        guard let guest = one.guest, guest.type == .vm, let actual = one.referenceSettings,
            !settings.agrees(with: actual, type: .vm)
        else { return [] }
        var held: [HeldChange] = []
        if let detail = one.detail, detail.hasCloudInitDrive == false, one.isRunning || detail.hasCloudInitValues {
            let changes = settings.leave(as: actual) { $0.keepAddresses(of: $1) }
            let reason: HeldChange.Reason = detail.hasCloudInitValues ? .cloudInitDriveLost : .noCloudInitDrive
            if !changes.isEmpty { held.append(HeldChange(reason: reason, changes: changes)) }
        }
        guard one.isRunning else { return held }
        let others = settings.differences(from: actual, type: .vm).filter(\.waitsForStart).map(\.path)
        if !others.isEmpty {
            let changes = settings.leave(as: actual) { $0.keepSizes(of: $1) }
            if !changes.isEmpty { held.append(HeldChange(reason: .growth(besides: others), changes: changes)) }
        }
        return held
    }

    mutating func report(_ held: HeldChange, _ one: ServerCase) {
        let texts = held.changes.map { "\($0.path): \($0.before ?? "–") → \($0.after ?? "–")" }.joined(separator: ", ")
        let vmid = one.guest?.vmid.description ?? ""
        switch held.reason {
        case .growth(let others):
            let sentence = Sentence(.growthHeld, one.name.text, texts, others.joined(separator: ", "))
            find(.waiting, one, "growthHeld", sentence, held.changes)
        case .noCloudInitDrive:
            let sentence = Sentence(.noCloudInitDrive, one.name.text, texts, vmid)
            find(.notice, one, "noCloudInitDrive", sentence, held.changes)
        case .cloudInitDriveLost:
            let sentence = Sentence(.cloudInitDriveLost, one.name.text, texts, vmid)
            find(.notice, one, "cloudInitDriveLost", sentence, held.changes)
        }
    }
}

extension Difference {
    /// Whether the provider says of it that the VM has to be started anew; of a network device that comes or goes its
    /// address may be that.
    fileprivate var waitsForStart: Bool {
        let path = SettingPath(path)
        return effect == .pendingRestart || (path.root == "networks" && path.leaf == nil)
    }
}

extension GuestSettings {
    /// - Returns: what is left as it is by `keep`, from what is to what was to be.
    fileprivate mutating func leave(
        as actual: GuestSettings, _ keep: (inout GuestSettings, GuestSettings) -> Void
    ) -> [AttributeChange] {
        let wanted = self
        keep(&self, actual)
        return wanted.differences(from: self, type: .vm).map { $0.change(isRunning: false) }
    }

    fileprivate mutating func keepAddresses(of actual: GuestSettings) {
        if dns != nil { dns = actual.dns }
        for index in networks.indices {
            let other = actual.networks.indices.contains(index) ? actual.networks[index] : nil
            networks[index].address = other?.address
            networks[index].gateway = other?.gateway
        }
    }

    fileprivate mutating func keepSizes(of actual: GuestSettings) {
        for index in disks.indices {
            guard let other = actual.disks.first(where: { $0.interface == disks[index].interface }) else { continue }
            disks[index].size = other.size
        }
    }
}
