import Model
import Reconciliation
import Simulation

extension RandomRun {
    /// While the plan waits, somebody deletes guests whose description they had edited, and makes their own on the same
    /// VMIDs: of another name, or a VM of the same name and with the same tags.
    ///
    /// - Returns: what they made; empty in most worlds.
    mutating func replaceUnmarked(in pass: PlannedPass) async -> [VMID: GuestPool.PooledGuest] {
        let unmarked = pass.plan.steps.compactMap { step -> VMID? in
            guard case .update(let change) = step.action, step.disposition == .ready, change.guest.mark == nil else {
                return nil
            }
            return change.guest.place
        }
        guard !unmarked.isEmpty, fleet.replacesUnmarked() else { return [:] }
        let isCopy = seed.isMultiple(of: 2)
        let rivals = await world.edit { world in
            var rivals: [VMID: GuestPool.PooledGuest] = [:]
            for vmid in unmarked {
                guard var rival = world.pool.guests[vmid] else { continue }
                if rival.type == .vm { rival.machineID = "of somebody else" }
                rival.macs = ["of somebody else"]
                if rival.type != .vm || !isCopy {
                    rival.name = "rival"
                    rival.settings.tags = ["rival"]
                    rival.runningSettings?.tags = ["rival"]
                }
                world.pool.guests[vmid] = rival
                rivals[vmid] = rival
            }
            return rivals
        }
        if !rivals.isEmpty { tally.count("made anew unmarked") }
        return rivals
    }
}
