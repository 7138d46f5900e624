import Model
import Planning

/// What an update or an adoption would bring about that its plan does not show: somebody attached a disk since, and an
/// update of tags would take it away.
///
/// Only Terraform's plan says what will be done, and Plumb's own look says more of the guest, at another moment, so that
/// both are asked.
extension BatchRecheck {
    /// Nil: no more than was announced would change.
    func refusalOfUnannounced(_ change: Action.Change, _ item: BatchItem) -> StepOutcome? {
        guard let guest = inventory.guest(change.guest.vmid),
            let found = inventory.details[change.guest.vmid]?.value
        else { return nil }
        let more = change.configuration.settings.changes(
            of: guest.type, having: found.pending ?? found.settings, besides: item.step.changes)
        return more.isEmpty ? nil : .stale(.updateChanges(item.server, more))
    }
}

extension PlannedChanges {
    /// Why a saved plan does more to some servers than their updates announce.
    func unannounced(by items: [BatchItem]) -> [ServerName: StepOutcome] {
        var refusals: [ServerName: StepOutcome] = [:]
        for item in items where item.step.action.verb == .update {
            refusals[item.server] = unannounced(by: item.step, where: item.brings)
        }
        return refusals
    }

    /// The same for one step. Nil: it does no more.
    ///
    /// - Parameter counts: whether a change is one of the guest; all are where nothing else is said.
    func unannounced(by step: Step, where counts: (AttributeChange) -> Bool = { _ in true }) -> StepOutcome? {
        let more = resources.filter { $0.server == step.server }.flatMap(\.updated)
            .filter { !step.changes.announce($0) && counts($0) }
        return more.isEmpty ? nil : .refused(.updateChanges(step.server, more))
    }
}

extension Action.Adoption {
    /// Nil: no more than the step announces would change of the guest. Its mark may always be set.
    func refusalOfUnannounced(
        by step: Step, of type: GuestType, having found: GuestConfiguration
    ) -> StepOutcome? {
        let more = configuration.settings.changes(
            of: type, having: found.pending ?? found.settings, besides: step.changes
        ).filter(\.goesBeyondMark)
        return more.isEmpty ? nil : .stale(.updateChanges(step.server, more))
    }
}

extension BatchItem {
    /// Whether a change of Terraform's is one of the guest too. Of a clone the provider reads no cloud-init that it did not
    /// write, so that what somebody else gave the guest, or its template, is new to Terraform alone. And one whose birth
    /// broke off gets what that had announced: it was never started, and reads its account at the first start.
    func brings(_ change: AttributeChange) -> Bool {
        let isDrive = change.path == AttributeChange.cloudInit
        let isOfAccount = change.path.hasPrefix("\(AttributeChange.cloudInit).")
        if isDrive || isOfAccount, wasNeverStarted { return false }
        if isDrive { return !hasCloudInitDrive }
        return !isOfAccount || !hasAccount
    }

    /// Whether Terraform will lay disks or network devices of the guest against its configuration, and take away what that
    /// does not name.
    var changesDevices: Bool {
        step.action.verb == .update
            && step.changes.contains { $0.path.hasPrefix("disks") || $0.path.hasPrefix("networks") }
    }
}

extension Sentence {
    fileprivate static func updateChanges(_ server: ServerName, _ changes: [AttributeChange]) -> Sentence {
        Sentence("execution.updateChanges", server.text, changes.inWords)
    }
}
