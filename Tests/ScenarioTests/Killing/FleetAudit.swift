/// What must be true of a fleet after a plan was cut off and Plumb ran again: each method names what is not.
struct FleetAudit: Sendable {
    let fleet: KillFleet
    /// Before the plan that was cut off, with all that people did.
    let before: FleetFacts
    let after: FleetFacts

    /// Nothing was harmed: to be asked at any moment, also while the work is half done.
    var harm: [String] { livesLost + strangersTouched + tasksUnannounced + powerCuts + after.danglingResources }

    /// Registry, tfvars, state and inventory agree with what is declared: to be asked at rest.
    var unrest: [String] { disagreements + strays + unfinished }

    // MARK: Harm

    /// The name that a server had in `before`.
    private func earlierName(of server: KillFleet.Declared) -> String {
        guard let former = server.formerName, before.rows[former] != nil else { return server.name }
        return former
    }

    /// Servers that stay declared are the same guests, as they ran or stood. Who is rebuilt may be gone for a while, and
    /// who is restarted may be down.
    private var livesLost: [String] {
        fleet.servers.filter { $0.isOld && !fleet.rebuilt.contains($0.name) }.compactMap { server in
            let name = earlierName(of: server)
            guard let vmid = server.adopted ?? before.rows[name]?.vmid, let old = before.guests[vmid] else {
                return "\(server.name) was not there before"
            }
            guard let new = after.guests[vmid] else { return "\(server.name) is lost" }
            if new.life != old.life { return "\(server.name) is another guest now" }
            if new.isRunning != old.isRunning, !fleet.restarted.contains(server.name), !fleet.rebooted.contains(name) {
                return "\(server.name) \(new.isRunning ? "was started" : "lost its power")"
            }
            return nil
        }
    }

    private var strangersTouched: [String] {
        guard let old = before.guests[500] else { return ["the guest by hand was not there before"] }
        return after.guests[500] == old ? [] : ["the guest by hand was touched"]
    }

    /// What Plumb and Terraform asked of Proxmox since then.
    private var ours: [FleetFacts.Task] {
        let known = Set(before.tasks.map(\.upid))
        return after.tasks.filter { !known.contains($0.upid) && $0.user.hasPrefix("root@pam") }
    }

    /// The guests that the plan destroys, also those that it makes again.
    private var announced: Set<Int> { guests(of: fleet.removed.union(fleet.rebuilt)) }

    private func guests(of names: Set<String>) -> Set<Int> { Set(names.compactMap { before.rows[$0]?.vmid }) }

    /// Guests that were destroyed as the plan said, and those that were and should not have been.
    var destroys: (announced: Int, unintended: Int) {
        let destroyed = ours.filter { $0.destroysGuest && $0.hasSucceeded }.map(\.guest)
        let intended = destroyed.count { announced.contains($0) }
        return (intended, destroyed.count - intended)
    }

    /// Their tasks, held against what the plan announced.
    private var tasksUnannounced: [String] {
        let ours = ours
        let announced = announced
        let (restarted, rebuilt) = (guests(of: fleet.restarted), guests(of: fleet.rebuilt))
        let rebooted = guests(of: fleet.rebooted)
        var complaints: [String] = []
        for task in ours {
            switch task.type {
            case "qmshutdown" where restarted.contains(task.guest), "vzdump" where rebuilt.contains(task.guest): break
            case "vzreboot" where rebooted.contains(task.guest): break
            case "qmshutdown", "vzshutdown", "qmdestroy", "vzdestroy":
                if !announced.contains(task.guest) { complaints.append("\(task.type) of \(task.guest), not announced") }
            case "qmclone", "qmcreate", "qmstart", "qmconfig", "resize", "vzcreate", "vzstart": break
            default: complaints.append("\(task.type) of \(task.guest), which Plumb never announces")
            }
        }
        let births = ours.count { ["qmclone", "vzcreate"].contains($0.type) && $0.hasSucceeded }
        let born = fleet.servers.count { !$0.isOld } + rebuilt.count
        if births > born { complaints.append("\(births) guests were made for \(born) servers") }
        for vmid in announced
        where ours.count(where: { $0.destroysGuest && $0.guest == vmid && $0.hasSucceeded }) > 1 {
            complaints.append("\(vmid) was destroyed twice")
        }
        return complaints
    }

    /// The provider ends a guest that still runs by a shutdown with force, whose task looks like any other. Plumb has shut
    /// it down by then, whoever it is.
    private var powerCuts: [String] {
        after.forced.dropFirst(before.forced.count).map { "\($0) ran, and was to be switched off by force" }
    }

    // MARK: Rest

    private var disagreements: [String] {
        fleet.servers.flatMap { server -> [String] in
            let stack = "lab/\(server.env)"
            let alive = after.guests.filter { $0.value.name == server.name }
            guard alive.count == 1, let (vmid, guest) = alive.first else {
                return ["\(server.name) lives \(alive.count) times"]
            }
            var complaints: [String] = []
            guard let row = after.rows[server.name] else { return ["\(server.name) has no row"] }
            if row.vmid != vmid || row.stack != stack { complaints.append("its row says \(row)") }
            if guest.mark != "plumb: \(stack)/\(server.name) \(row.mark)" {
                complaints.append("it bears \(guest.mark)")
            }
            if after.state[stack]?[server.name] != vmid { complaints.append("the state of \(stack) lacks it") }
            if after.tfvars[stack]?[server.name] != vmid { complaints.append("tfvars of \(stack) lack it") }
            if guest.isRunning == server.isStopped { complaints.append("it \(guest.isRunning ? "runs" : "stands")") }
            if guest.cores != server.cores { complaints.append("it has \(guest.cores) cores") }
            if guest.tags != (["plumb"] + server.tags).joined(separator: ";") {
                complaints.append("tags \(guest.tags)")
            }
            if server.adopted == nil {
                if !guest.isContainer, !KillFleet.isAccount(guest.account) {
                    complaints.append("its account is '\(guest.account)'")
                }
                if !after.madeFrom.contains(server.name) {
                    complaints.append("its entry says not what it was made from")
                }
            }
            return complaints.map { "\(server.name): \($0)" }
        }
    }

    /// Whatever is anywhere, and nobody declared it.
    private var strays: [String] {
        let declared = Set(fleet.servers.map(\.name))
        var strays = after.guests.values.map(\.name).filter { $0 != "by-hand" && !declared.contains($0) }
            .map { "guest \($0)" }
        strays += after.rows.keys.filter { !declared.contains($0) }.map { "row \($0)" }
        for (what, stacks) in [("tfvars", after.tfvars), ("state", after.state)] {
            for (stack, entries) in stacks {
                for name in entries.keys
                where !fleet.servers.contains(where: { $0.name == name && "lab/\($0.env)" == stack }) {
                    strays.append("\(what) of \(stack): \(name)")
                }
            }
        }
        return strays.sorted()
    }

    private var unfinished: [String] {
        (after.openBatches > 0 ? ["\(after.openBatches) open batches"] : [])
            + (after.openRuns > 0 ? ["\(after.openRuns) open runs"] : [])
            + after.tainted.map { "\($0) is tainted" } + after.leftovers.map { "left behind: \($0)" }
    }
}

extension FleetFacts.Task {
    /// Of a VM or of a container.
    var destroysGuest: Bool { type == "qmdestroy" || type == "vzdestroy" }
}
