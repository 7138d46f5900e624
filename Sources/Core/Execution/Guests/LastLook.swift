import Model
import Planning

/// The look just before Terraform applies, however long the way there took: lanes, shutdowns, plans that were made anew.
///
/// The provider cuts the power of a guest that runs when it destroys it, and restarts a container that runs for some of
/// its settings. Whoever was started since the plan was made is left out of what it applies. A cluster's listing may be
/// some seconds old, so that each guest's own node is asked.
struct LastLook: Sendable {
    let stack: StackID
    let ports: ExecutionPorts

    /// - Returns: an outcome for each that nothing may be done for any more. Births, and changes that do the same to a
    ///   guest whether it runs or not and touch no device of it, are not looked at.
    func refusals(of items: [BatchItem]) async -> [StepID: StepOutcome] {
        let concerned = items.filter { $0.isRemoval || $0.doesMoreWhereItRuns || $0.changesDevices }
        guard !concerned.isEmpty else { return [:] }
        let now = await ports.inventory.inventory(of: stack.cluster, details: Set(concerned.map(\.vmid)))
        let verdicts = await sideBySide(concerned, atMost: Self.width) { item in await refusal(of: item, in: now) }
        var refusals: [StepID: StepOutcome] = [:]
        for (item, refusal) in zip(concerned, verdicts) { refusals[item.step.id] = refusal }
        return refusals
    }

    private func refusal(of item: BatchItem, in now: ClusterInventory) async -> StepOutcome? {
        if let refusal = BatchRecheck(inventory: now).refusal(of: item) {
            return item.isRemoval && item.isRunning ? refusal.atShutdown(of: item.vmid) : refusal
        }
        if item.isRemoval, item.isAnotherMachine(in: now) {
            return .refused(Sentence("execution.changedAtShutdown", item.vmid.description))
        }
        guard item.isRemoval || item.doesMoreWhereItRuns else { return nil }
        guard let planned = item.plannedGuest, let guest = now.guest(item.vmid) else { return nil }
        do throws(StepFailure) {
            let status = try await ports.power.reading(of: guest.reference(as: planned)).status
            guard status != .stopped else { return nil }
        } catch {
            return .failed(error).leftToNextPlan
        }
        return item.isRemoval
            ? .refused(Sentence("execution.powerMoved", item.vmid.description))
            : .doesMore(item.effectWhereItRuns, than: item.step.effect)
    }

    /// The same for a guest that is taken in, and changed with it.
    func refusal(ofAdoption step: Step, of planned: GuestReference) async -> StepOutcome? {
        guard case .adopt(let adoption) = step.action else { return nil }
        let now = await ports.inventory.inventory(of: stack.cluster, details: [planned.vmid])
        // Terraform's plan lies between the first look and this one.
        if case .failure(let failure) = GuestCheck.verdict(on: planned, in: now) { return .failed(failure) }
        guard let guest = now.guest(planned.vmid), let found = now.details[planned.vmid]?.value else {
            return .failed(.notRead(planned.vmid, now))
        }
        if let refusal = adoption.refusalOfUnannounced(by: step, of: guest.type, having: found) { return refusal }
        let effect = adoption.configuration.settings.effectWhereItRuns(
            on: guest, having: found, named: step.server)
        guard effect > step.effect else { return nil }
        do throws(StepFailure) {
            let status = try await ports.power.reading(of: guest.reference(as: planned)).status
            return status == .stopped ? nil : .doesMore(effect, than: step.effect)
        } catch {
            return .failed(error)
        }
    }

    /// How many nodes are asked at a time.
    private static var width: Int { 16 }
}

extension BatchItem {
    /// Whether a change does more to a guest that runs than the plan says, which took it for one that is stopped.
    var doesMoreWhereItRuns: Bool { effectWhereItRuns > step.effect }
}

extension BatchRecheck {
    /// Whoever was off when its end was planned takes nobody's place while it goes, so that nobody counted it. Started
    /// since, it serves somebody.
    func refusalOfPower(_ removal: Action.Removal) -> StepOutcome? {
        guard !removal.isRunning, let guest = inventory.guest(removal.guest.vmid), guest.status != .stopped else {
            return nil
        }
        return .refused(Sentence("execution.powerMoved", removal.guest.vmid.description))
    }

    /// What a change does to its guest where that runs, whether it does or not; nil: its configuration was not read.
    func effectWhereItRuns(_ change: Action.Change, of server: ServerName) -> RunningEffect? {
        guard let guest = inventory.guest(change.guest.vmid),
            let found = inventory.details[change.guest.vmid]?.value
        else { return nil }
        return change.configuration.settings.effectWhereItRuns(
            on: guest, having: found, named: server)
    }

    /// What a change does to a guest depends on whether it runs, and what a person was shown, or was not asked about, is
    /// what the plan says. A guest of which it is not known whether it runs counts as running, as it does there.
    func refusalOfEffect(_ change: Action.Change, _ item: BatchItem) -> StepOutcome? {
        let vmid = change.guest.vmid
        guard let guest = inventory.guest(vmid), guest.status != .stopped else { return nil }
        guard let effect = effectWhereItRuns(change, of: item.server) else { return .failed(.notRead(vmid, inventory)) }
        return effect > item.step.effect ? .doesMore(effect, than: item.step.effect) : nil
    }
}

extension StepOutcome {
    /// Stale, because the guest runs by now, or differs in more than it did: the next plan says and asks what this does.
    static func doesMore(_ effect: RunningEffect, than planned: RunningEffect) -> StepOutcome {
        .stale(StepFailure.moved("effect on the running guest: \(planned.rawValue) → \(effect.rawValue)").sentence)
    }
}
