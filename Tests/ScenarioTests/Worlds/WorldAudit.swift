/// What must be true of one cluster after a run of Plumb's, from outside: its guests and its task log before and after,
/// the YAML as it was written, and what people said yes to. Nobody else did anything in between.
struct WorldAudit: Sendable {
    /// A guest that was there before and is not any more.
    struct End: Sendable {
        let vmid: Int
        /// Of the server that it was.
        let server: String?
        /// Why it should not have ended; nil: it should.
        let objection: String?
    }

    let fleet: WorldFleet
    let orders: WorldOrders
    let lives: WorldLives
    let cluster: String
    let before: FleetFacts
    let after: FleetFacts
    /// What the run said.
    var said = ""
    /// The node that was offline while it worked, which takes the power of all on it.
    var darkNode: String?

    var ends: [End] {
        before.guests.sorted { $0.key < $1.key }.compactMap { vmid, guest in
            guard !isThere(guest, at: vmid) else { return nil }
            return End(vmid: vmid, server: owner(of: guest, at: vmid)?.name, objection: objection(toEndOf: vmid))
        }
    }

    /// What should not have happened, as sentences.
    var complaints: [String] {
        let unintended = ends.compactMap { end in
            end.objection.map { "guest \(end.vmid) of \(cluster) (\(end.server ?? "nobody's")) ended: \($0)" }
        }
        return [
            unintended, overspent, tasksUnannounced, outsidersTouched, wrongBirths, powerCuts, after.danglingResources,
        ].flatMap(\.self)
    }

    // MARK: Who is who

    private func life(_ guest: FleetFacts.Guest, at vmid: Int) -> String {
        WorldLives.life(of: guest, at: vmid, in: cluster)
    }

    private func isThere(_ guest: FleetFacts.Guest, at vmid: Int) -> Bool {
        after.guests[vmid].map { life($0, at: vmid) == life(guest, at: vmid) } ?? false
    }

    /// The server that a guest is, by the signs on it and by what the registry said before; of one that Plumb made and
    /// could not put on record at once, by what the registry has said since.
    private func owner(of guest: FleetFacts.Guest, at vmid: Int) -> (name: String, row: FleetFacts.Row)? {
        for (name, row) in before.rows where row.vmid == vmid && !row.mark.isEmpty {
            // Where somebody edited the description away, the tag still shows.
            if guest.signature.map({ $0.id == row.mark }) ?? guest.hasTag { return (name, row) }
        }
        guard let signature = guest.signature, before.births.union(after.births).contains(signature.id),
            !lives.handmade.contains(life(guest, at: vmid))
        else { return nil }
        let row = before.rows[signature.server] ?? FleetFacts.Row(vmid: vmid, stack: "", mark: signature.id)
        return (signature.server, row)
    }

    /// Whether a guest is none of Plumb's business: somebody else made it, or took Plumb's signs off it.
    private func isOutsider(_ guest: FleetFacts.Guest, at vmid: Int) -> Bool {
        let own = life(guest, at: vmid)
        if lives.unmarked.contains(own) { return true }
        guard lives.handmade.contains(own) else { return false }
        // A copy of a server bears its mark, and may become that server where the plan says so.
        guard let signature = guest.signature else { return true }
        let isTaken = [before, after].contains { facts in
            facts.rows.values.contains { $0.vmid == vmid && $0.mark == signature.id }
        }
        let adopted = Set(said.matches(of: /Server\/(\S+) +adopt/).map { String($0.1) })
        return !isTaken && !adopted.contains(signature.server)
    }

    // MARK: Ends

    /// Why a guest that is there may not end; nil: it may.
    private func objection(toEndOf vmid: Int) -> String? {
        guard let guest = before.guests[vmid] else { return "it was not there before" }
        guard let (name, row) = owner(of: guest, at: vmid) else { return "the registry knew no such server" }
        if guest.isProtected || row.isProtected { return "it is protected" }
        if fleet.policy.isPaused { return "a pause stands" }
        let isDeclared = fleet.claims(name)
        if isDeclared, !orders.rebuilt.isDisjoint(with: fleet.names(of: name)) { return nil }
        if isDeclared { return "it is declared" }
        if !fleet.isReadable { return "the configuration cannot be read" }
        if fleet.claims(vmid, in: cluster) { return "a document declares its VMID" }
        if row.isForgotten { return "it was to be let go of" }
        let isAgreed = orders.ended.contains(name) || orders.number != nil
        return fleet.policy.endsUnasked || isAgreed ? nil : "nobody said yes"
    }

    /// More ends than a plan may bring about, or than the yes was to.
    private var overspent: [String] {
        let count = ends.count
        var complaints: [String] = []
        if let budget = fleet.policy.budget, count > budget {
            complaints.append("\(count) guests of \(cluster) ended, and a plan may end \(budget)")
        }
        if let number = orders.number, count > number {
            complaints.append("\(count) guests of \(cluster) ended, and the yes was to \(number)")
        }
        let destroyed = ours.count { $0.destroysGuest && $0.hasSucceeded }
        if destroyed > count {
            complaints.append("\(destroyed) guests of \(cluster) ended, of which \(count) were there before")
        }
        return complaints
    }

    // MARK: Tasks

    /// What Plumb and Terraform asked of Proxmox.
    private var ours: [FleetFacts.Task] {
        let known = Set(before.tasks.map(\.upid))
        return after.tasks.filter { !known.contains($0.upid) && $0.user.hasPrefix("root@pam") }
    }

    /// Guests that were shut down or restarted, with the names of their servers.
    var downs: [Int: String] {
        var downs: [Int: String] = [:]
        for task in ours where task.hasSucceeded && ["qmshutdown", "vzshutdown", "vzreboot"].contains(task.type) {
            downs[task.guest] = before.guests[task.guest].flatMap { owner(of: $0, at: task.guest)?.name } ?? ""
        }
        return downs
    }

    private var tasksUnannounced: [String] {
        ours.compactMap { task in
            objection(to: task).map { "\(task.type) of guest \(task.guest) of \(cluster): \($0)" }
        }
    }

    private func objection(to task: FleetFacts.Task) -> String? {
        let guest = before.guests[task.guest]
        // One whose number was freed by a rebuild is not who was there before.
        if let guest, isOutsider(guest, at: task.guest) { return "it is not Plumb's" }
        switch task.type {
        case "qmclone", "qmcreate", "vzcreate", "qmstart", "vzstart", "qmconfig", "resize": return nil
        // The provider clones where the template is, and takes the newborn to its node.
        case "qmigrate" where guest == nil || isMadeAgain(task.guest): return nil
        case "qmdestroy", "vzdestroy": return objection(toEndOf: task.guest)
        case "qmshutdown", "vzshutdown":
            guard let asEnd = self.objection(toEndOf: task.guest) else { return nil }
            return mayGoDown(task.guest, isReboot: false) ? nil : "nobody announced it; as an end: \(asEnd)"
        case "vzreboot": return mayGoDown(task.guest, isReboot: true) ? nil : "nobody announced it"
        default: return "Plumb never does that"
        }
    }

    /// Whether Plumb ended the guest of that number in this round, so that whoever has it now is newborn.
    private func isMadeAgain(_ vmid: Int) -> Bool {
        ours.contains { ["qmdestroy", "vzdestroy"].contains($0.type) && $0.guest == vmid }
    }

    /// Whether a guest may be restarted, or shut down because its document says so.
    private func mayGoDown(_ vmid: Int, isReboot: Bool) -> Bool {
        guard let guest = before.guests[vmid], let (name, _) = owner(of: guest, at: vmid), fleet.claims(name),
            !fleet.policy.isPaused
        else { return false }
        let names = fleet.names(of: name)
        if fleet.policy.restartsUnasked || !orders.downed.isDisjoint(with: names) { return true }
        return !isReboot && fleet.policy.stopsUnasked && names.contains { fleet.isToStand($0) }
    }

    /// Guests that ran and were to be switched off by force where they do not follow.
    private var powerCuts: [String] {
        after.forced.dropFirst(before.forced.count).map { "guest \($0) of \(cluster) was to be cut off by force" }
    }

    // MARK: Others, and births

    private var outsidersTouched: [String] {
        before.guests.sorted { $0.key < $1.key }.compactMap { vmid, guest in
            guard isOutsider(guest, at: vmid), isThere(guest, at: vmid), var now = after.guests[vmid]
            else { return nil }
            if guest.node == darkNode { (now.isRunning, now.digest) = (guest.isRunning, guest.digest) }
            return now == guest ? nil : "guest \(vmid) of \(cluster) is not Plumb's, and was changed: \(guest), \(now)"
        }
    }

    private var wrongBirths: [String] {
        let born = after.guests.filter { vmid, guest in
            before.guests[vmid].map { life($0, at: vmid) != life(guest, at: vmid) } ?? true
        }
        let declared = fleet.managed(in: cluster)
        var complaints = born.values.map(\.name).filter { !declared.contains($0) }.sorted()
            .map { "a guest of \(cluster) was made that nobody declares: \($0)" }
        let births = ours.count { ["qmclone", "qmcreate", "vzcreate"].contains($0.type) && $0.hasSucceeded }
        if births > born.count {
            complaints.append("\(births) guests of \(cluster) were made, of which \(born.count) live")
        }
        let own = after.guests.filter { vmid, guest in
            !lives.handmade.contains(life(guest, at: vmid)) && !lives.unmarked.contains(life(guest, at: vmid))
        }
        for (name, twins) in Dictionary(grouping: own, by: { $0.value.name }) where twins.count > 1 {
            complaints.append("\(name) lives \(twins.count) times in \(cluster): \(twins.map { $0.key }.sorted())")
        }
        return complaints
    }
}
