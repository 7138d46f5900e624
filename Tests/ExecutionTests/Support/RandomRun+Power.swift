import Model
import Planning
import Simulation
import Testing

/// Power in the random worlds: whom a plan switches off or restarts, and whom people start while it is carried out.
extension RandomRun {
    /// Nobody is switched off or restarted without a word, nobody beside too many, and nobody's power is ever cut.
    func checkPower() async {
        let (crowded, silent) = await world.edit { ($0.crowdedMoments, $0.unannounced) }
        #expect(crowded.isEmpty, "seed \(seed): too many down together: \(crowded)")
        #expect(silent.isEmpty, "seed \(seed): switched off without a word: \(silent)")
        let (cut, rebooted) = await world.edit { ($0.pool.powerCuts, $0.unannouncedReboots) }
        #expect(cut.isEmpty, "seed \(seed): power was cut of \(cut)")
        #expect(rebooted.isEmpty, "seed \(seed): restarted without a word: \(rebooted)")
    }

    /// Nobody goes on starting guests, and whoever was started is not expected to be as somebody stopped it.
    mutating func countStartsByHand() async {
        let (started, reboots) = await world.edit { world in
            world.interruptions = [:]
            return (world.startedByHand, world.pool.reboots.count)
        }
        for vmid in started { stoppedByHand[vmid] = nil }
        tally.count("started by hand", times: started.count)
        tally.count("reboot", times: reboots)
    }

    func countRefusedEnds(_ outcomes: [StepID: StepOutcome]) {
        for outcome in outcomes.values {
            guard case .refused(let reason) = outcome, reason.code == "execution.powerMoved" else { continue }
            tally.count("end of who was started")
        }
    }
}

extension RandomFleet {
    /// When somebody starts a guest while the plan is carried out, and which of those that stand still.
    mutating func startsByHand() -> [World.Call: Int] {
        guard hands.chance(0.5) else { return [:] }
        var starts: [World.Call: Int] = [:]
        for call in [World.Call.opened, .planned, .shutDown] where hands.chance(0.5) {
            starts[call] = Int.random(in: 0..<1000, using: &hands)
        }
        return starts
    }
}

extension World {
    func startSome(_ starts: [Call: Int]) {
        (lookedAtAlone, readPower) = ([], [])
        for (call, pick) in starts {
            interruptions[call] = { world in
                let still = world.pool.guests.filter { vmid, guest in
                    // Who starts between the last look and Terraform's turn is cut off, as docs/safety.md says.
                    !guest.isRunning && !guest.isTemplate && guest.lock == nil && !world.readPower.contains(vmid)
                        && guest.settings.tags.contains(OwnershipMark.tag)
                }
                let vmids = still.keys.sorted()
                guard !vmids.isEmpty else { return }
                let vmid = vmids[pick % vmids.count]
                world.pool.guests[vmid]?.isRunning = true
                world.startedAt[vmid] = world.now
                world.startedByHand.insert(vmid)
            }
        }
    }
}

extension Step {
    /// The guest that the provider restarts for it, as it is said.
    private var announcedReboot: VMID? {
        switch action {
        case .update(let change): effect == .restart ? change.guest.place : nil
        case .adopt(let adoption): effect == .restart ? adoption.guest.place : nil
        case .create, .recreate, .destroy, .untaint, .move, .rename, .forget, .power, .restart, .rebuild, .repairEntry,
            .record, .retire, .register, .updateRegistration, .unregister:
            nil
        }
    }

    /// The same where it may be carried out.
    var rebootedGuest: VMID? { disposition == .ready ? announcedReboot : nil }
}
