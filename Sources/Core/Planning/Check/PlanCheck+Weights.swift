import Model

/// How much a step brings about: told from what it does and from the input, not by what the planner took it for.
extension PlanCheck {
    enum Weight: Equatable {
        /// Something is only written down, or a guest gets back what Plumb owes it: no policy has a word on it.
        case none
        /// A person is asked under `apply: manual`, and where a guest is restarted by it.
        case ordinary(isRestarted: Bool)
        /// A guest that lived is made again.
        case again
        /// A guest ends or is shut down.
        case end
        /// A guest that was nobody's is taken in and changed.
        case intake(isRestarted: Bool)
        case restart
        /// A person is asked under every policy.
        case always
    }

    func weight(of step: Step) -> Weight {
        switch step.subject {
        case .server(let name, _): weight(of: step, name)
        case .object: .ordinary(isRestarted: false)
        case .guest, .stack, .cluster: .none
        }
    }

    private func weight(of step: Step, _ name: ServerName) -> Weight {
        switch step.action {
        case .record, .rename, .repairEntry, .register, .updateRegistration, .unregister: .none
        case .create, .recreate: isMadeAgain(step, name) ? .again : .ordinary(isRestarted: false)
        case .update(let change):
            isUnproven(change.guest, name)
                ? .always
                : .ordinary(
                    isRestarted: step.effect == .restart || isRestarted(change.guest, name, change.configuration))
        case .destroy: isLeftOut(name) ? .always : .end
        case .adopt(let adoption): weight(of: adoption, step, name)
        case .untaint, .move: .ordinary(isRestarted: false)
        case .forget: weightOfForgetting(name)
        case .power(let change): weight(of: change, name)
        case .restart(let restart):
            hasOthersPending(restart.guest) || hasLeftPending(restart.guest, name) ? .always : .restart
        case .rebuild: .always
        case .retire: leavesLostGuest(name) ? .always : .none
        }
    }

    private func weight(of change: Action.PowerChange, _ name: ServerName) -> Weight {
        if change.target == .stopped { return .end }
        if isUnproven(change.guest, name) { return .always }
        return isOwed(change, name) ? .none : .ordinary(isRestarted: false)
    }

    /// Whether a start is owed to the guest by its row, which may stand under the server's former name.
    func isOwed(_ change: Action.PowerChange, _ name: ServerName) -> Bool {
        let former = declared[name]?.metadata.formerName.flatMap { recorded[ServerName($0)] }
        guard let row = recorded[name] ?? former else { return false }
        return row.owedStart?.isRecent(at: input.now) == true && row.vmid == change.guest.vmid
    }

    /// Whether a document of the server is there, or may be, that only does not count.
    private func isLeftOut(_ name: ServerName) -> Bool {
        let leftOut = input.desired.leftOut
        return [leftOut.unread, leftOut.beyond, leftOut.empty].contains { $0 != nil }
            || leftOut.paths.keys.contains(name)
    }

    /// To let go of a guest that is managed is a person's word, and where only the old stack of a server lets go of one
    /// that is gone it is the first half of making it again.
    private func weightOfForgetting(_ name: ServerName) -> Weight {
        switch declared[name]?.manage {
        case .observe: .always
        case .full: .again
        case nil: .ordinary(isRestarted: false)
        }
    }

    /// A restart would bring about what somebody else left pending too.
    private func hasOthersPending(_ guest: GuestReference) -> Bool {
        inventories[guest.cluster]?.details[guest.vmid]?.value.map { !$0.othersPending.isEmpty } ?? false
    }

    /// Or what the server, or a policy over it, leaves alone. Looked at are attributes that have a single value.
    private func hasLeftPending(_ guest: GuestReference, _ name: ServerName) -> Bool {
        guard let server = declared[name], let detail = inventories[guest.cluster]?.details[guest.vmid]?.value,
            let pending = detail.pending
        else { return false }
        let rules = words(over: name, endsGuest: false).all.flatMap(\.ignore).filter { rule in
            (rule.until.map { input.now < $0 } ?? true)
                && rule.selector.matches(name: name.text, labels: server.metadata.labels, roles: server.roles)
        }
        return (server.ignore + rules.map(\.path)).contains { path in
            switch path.hasPrefix("spec.") ? String(path.dropFirst(5)) : path {
            case "cores": pending.cores != detail.settings.cores
            case "sockets": pending.sockets != detail.settings.sockets
            case "memory": pending.memory != detail.settings.memory
            default: false
            }
        }
    }

    private func weight(of adoption: Action.Adoption, _ step: Step, _ name: ServerName) -> Weight {
        let guest = adoption.guest
        guard declared[name] != nil else {
            // A container whose import broke off was in no state for a moment, and its entry says so.
            let isImported = guest.type == .container && hasEntry.contains(name)
            return isLost(name) && !isImported ? .always : .ordinary(isRestarted: step.effect == .restart)
        }
        if adoption.isStranger || bearsUnknownMark(guest, name) || isUnproven(guest, name) { return .always }
        let restarts = step.effect == .restart || isRestarted(guest, name, adoption.configuration)
        let isIntake = isNobodys(guest, name) && changesMore(guest, name, adoption.configuration)
        return isIntake ? .intake(isRestarted: restarts) : .ordinary(isRestarted: restarts)
    }

    /// Whether a state lost a server that was in it: nobody but a person knows whether that was meant.
    private func isLost(_ name: ServerName) -> Bool {
        guard let row = recorded[name], row.manage == .full, row.mark != nil else { return false }
        return !inState.contains(name) && !input.recorded.unstated.contains(name)
    }

    /// Whether the row of a server goes while a guest has its number, which may be the server with its signs taken off.
    private func leavesLostGuest(_ name: ServerName) -> Bool {
        guard declared[name] == nil, isLost(name), let row = recorded[name] else { return false }
        return row.onRemove == .destroy && isListed(row)
    }

    /// Whether a guest bears a mark that this registry never gave, and no state knows it: another Plumb may have it.
    private func bearsUnknownMark(_ guest: GuestReference, _ name: ServerName) -> Bool {
        guard !inState.contains(name), let mark = inventories[guest.cluster]?.details[guest.vmid]?.value?.mark,
            mark.id != recorded[name]?.mark
        else { return false }
        return !mark.isDrawn(by: input.recorded)
    }

    /// Whether nothing says that a guest was the server before: no state, no mark, and not the tag on its number.
    private func isNobodys(_ guest: GuestReference, _ name: ServerName) -> Bool {
        guard !inState.contains(name), let inventory = inventories[guest.cluster],
            let detail = inventory.details[guest.vmid]?.value, detail.mark == nil
        else { return false }
        guard let row = recorded[name], row.mark != nil, row.vmid == guest.vmid else { return true }
        return inventory.guest(guest.vmid)?.tags.contains(OwnershipMark.tag) != true
    }
}

/// What a step changes of a guest, by what was read of it.
extension PlanCheck {
    /// Whether the provider restarts a guest for what it gets: a container that does not stand still, for its memory,
    /// its networks, its name servers and its name.
    private func isRestarted(_ guest: GuestReference, _ name: ServerName, _ wanted: ServerConfiguration) -> Bool {
        guard guest.type == .container, let (seen, present) = reading(of: guest), seen.status != .stopped
        else { return false }
        let settings = wanted.settings
        return !bearsName(seen, name) || settings.memory != present.memory || settings.hasOtherNetworks(than: present)
            || settings.hasOtherNameServers(than: present)
    }

    /// Whether a guest gets more than the mark.
    private func changesMore(_ guest: GuestReference, _ name: ServerName, _ wanted: ServerConfiguration) -> Bool {
        guard let (seen, present) = reading(of: guest) else { return true }
        return !bearsName(seen, name) || wanted.settings.isOther(than: present, of: guest.type)
    }

    /// A guest as it is listed, and what it has or will have after its next start; nil: it was not read.
    private func reading(of guest: GuestReference) -> (seen: ObservedGuest, settings: GuestSettings)? {
        guard let inventory = inventories[guest.cluster], let detail = inventory.details[guest.vmid]?.value,
            let seen = inventory.guest(guest.vmid)
        else { return nil }
        return (seen, detail.pending ?? detail.settings)
    }

    /// A listing without a name contradicts none.
    private func bearsName(_ guest: ObservedGuest, _ name: ServerName) -> Bool {
        guest.name.isEmpty || guest.name.lowercased() == name.key
    }
}

extension GuestSettings {
    /// Whether a guest with these settings is another one than with the present ones, its mark left out. What is not
    /// declared agrees with anything.
    fileprivate func isOther(than present: GuestSettings, of type: GuestType) -> Bool {
        let isOtherVM = type == .vm && (sockets != present.sockets || agent != present.agent)
        return isOtherVM || cores != present.cores || memory != present.memory || onBoot != present.onBoot
            || pool != present.pool || protection != present.protection || hasOtherTags(than: present)
            || hasOtherText(than: present) || hasOtherDisks(than: present) || hasOtherNetworks(than: present)
            || hasOtherNameServers(than: present)
    }

    private func hasOtherTags(than present: GuestSettings) -> Bool {
        tags != present.tags && Set(tags) != Set(present.tags + [OwnershipMark.tag])
    }

    private func hasOtherText(than present: GuestSettings) -> Bool {
        if description == present.description { return false }
        guard let description, let mark = OwnershipMark(readingDescription: description) else { return true }
        return description != mark.appended(to: present.description)
    }

    private func hasOtherDisks(than present: GuestSettings) -> Bool {
        if disks.isEmpty { return false }
        if disks.count != present.disks.count { return true }
        return disks.contains { disk in
            guard let other = present.disks.first(where: { $0.interface == disk.interface }) else { return true }
            return disk.size != other.size || disk.ssd != other.ssd
                || (!disk.datastore.isEmpty && disk.datastore != other.datastore)
                || (disk.format != nil && disk.format != other.format)
        }
    }

    fileprivate func hasOtherNetworks(than present: GuestSettings) -> Bool {
        if networks.isEmpty { return false }
        if networks.count != present.networks.count { return true }
        return zip(networks, present.networks).contains { network, other in
            network.bridge != other.bridge || network.vlan != other.vlan || network.address != other.address
                || network.gateway != other.gateway || (network.mac != nil && network.mac != other.mac)
        }
    }

    fileprivate func hasOtherNameServers(than present: GuestSettings) -> Bool {
        dns != nil && dns != present.dns
    }
}
