import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// Another guest in the place of one that is to end, put there while the plan is carried out. A number says nothing of who
/// has it, so that ends are counted by whose they were.
extension RandomRun {
    /// In some worlds somebody deletes a guest that is about to be removed or rebuilt, and makes an own one on its VMID, which
    /// runs.
    mutating func replaceEnding(in pass: PlannedPass) async {
        let ends = pass.plan.steps.filter { $0.disposition == .ready }.compactMap(\.endedGuest)
        guard fleet.rivals.chance(0.4), let old = fleet.rivals.pick(ends),
            let call = fleet.rivals.pick([World.Call.opened, .planned, .shutDown])
        else { return }
        let keepsName = fleet.rivals.chance(0.5)
        await world.edit { world in
            let others = world.interruptions[call]
            world.interruptions[call] = { world in
                others?(world)
                guard !world.isActedOnNext(old.place, after: call) else { return }
                world.replace(old, keepingName: keepsName)
            }
        }
    }

    /// Whoever came in somebody's place is there as it was made, and runs.
    func checkRivals() async {
        let (rivals, guests) = await world.edit { ($0.rivals, $0.pool.guests) }
        for (vmid, rival) in rivals {
            #expect(guests[vmid] == rival, "seed \(seed): \(vmid) was taken by somebody meanwhile, and was touched")
        }
    }

    /// Whether a guest was to be removed or rebuilt by the present plan, by the mark that it bore to its end.
    func isAnnouncedEnd(of guest: GuestPool.PooledGuest) -> Bool {
        let mark = guest.settings.description.flatMap { OwnershipMark(readingDescription: $0) }
        return mark.map { endedMarks.contains($0.id) } ?? false
    }

    func takeRivalsAway() async {
        let count = await world.edit { world in
            let count = world.rivals.count
            for vmid in world.rivals.keys { world.pool.guests[vmid] = nil }
            world.rivals = [:]
            return count
        }
        tally.count("in the place of one that was to end", times: count)
    }
}

extension World {
    /// Whether the last look at a guest is behind and what it was for ahead, so that whoever came onto the number now would
    /// be hit: no call of Proxmox's binds the two together.
    ///
    /// - Parameter call: what goes on just now; a shutdown that goes on is another guest's, and of two clusters each is
    ///   at work beside the other, so that any call may be.
    fileprivate func isActedOnNext(_ place: VMID, after call: Call) -> Bool {
        readPower.contains(place) || (call == .shutDown || hasSecondCluster) && lookedAtAlone.contains(place)
    }

    fileprivate func replace(_ old: GuestReference, keepingName: Bool) {
        guard let guest = pool.guests[old.place], let mark = old.mark,
            guest.settings.description?.contains(mark.id) == true
        else { return }
        var settings = GuestSettings()
        settings.cores = 3
        settings.description = "made by somebody"
        var rival = GuestPool.PooledGuest(
            type: guest.type, name: keepingName ? guest.name : "rival", node: guest.node, settings: settings,
            isRunning: true)
        if guest.type == .vm { rival.machineID = "of somebody else" }
        rival.macs = ["of somebody else"]
        pool.guests[old.place] = rival
        rivals[old.place] = rival
    }
}

extension Step {
    /// The guest that it destroys.
    var endedGuest: GuestReference? {
        switch action {
        case .destroy(let removal): removal.guest
        case .rebuild(let rebuild): rebuild.removal.guest
        case .create, .recreate, .update, .adopt, .untaint, .move, .rename, .forget, .power, .restart, .repairEntry,
            .record, .retire, .register, .updateRegistration, .unregister:
            nil
        }
    }
}
