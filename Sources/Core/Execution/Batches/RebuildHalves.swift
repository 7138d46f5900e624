import Model
import Planning

/// The two Terraform runs of a rebuild as steps of their own: the end of the old guest, and the birth of the new one.
struct RebuildHalves: Sendable {
    let step: Step
    let rebuild: Action.Rebuild
    /// The end of the old guest.
    var end: BatchItem
    var birth: BatchItem
    /// Whether the old guest was asked to shut down.
    var isAsked = false
    /// The volume that holds the old guest as it was; nil: no backup was made.
    var backup: String?

    init(_ step: Step) {
        guard case .rebuild(let rebuild) = step.action else { preconditionFailure("\(step.id) rebuilds nothing") }
        self.step = step
        self.rebuild = rebuild
        end = BatchItem(step.half(.destroy(rebuild.removal)))
        birth = BatchItem(step.half(.create(rebuild.creation)))
    }

    /// Why the backup that is to be made first would not be whole; nil: it would be, or none is to be made.
    func refusalOfBackup(in now: ClusterInventory) -> StepOutcome? {
        guard let backup = rebuild.backup else { return nil }
        guard let detail = now.details[end.vmid]?.value else { return .failed(.notRead(end.vmid, now)) }
        guard let refusal = detail.refusalOfBackup(of: step.server, end.vmid, to: backup.storage) else { return nil }
        return .refused(refusal)
    }

    /// What it comes to when nobody went on with it and the old guest is still there.
    var cutOff: StepOutcome {
        .failed(
            StepFailure(
                Sentence("recovery.rebuildCut", step.server.text, rebuild.removal.guest.vmid.description),
                retry: .after(seconds: 1)))
    }

    /// What the whole comes to when the old guest is gone and the new one is not there.
    func unfinished(_ reason: StepOutcome?) -> StepOutcome {
        let vmid = rebuild.removal.guest.vmid.description
        let why = reason?.sentenceOfFailure ?? Sentence("recovery.endedBetween")
        let sentence =
            backup.map {
                Sentence(StepOutcome.rebuildUnfinishedKept, step.server.text, vmid, $0, reason: why)
            } ?? Sentence(StepOutcome.rebuildUnfinished, step.server.text, vmid, reason: why)
        return .failed(StepFailure(sentence, retry: .after(seconds: 1)))
    }
}

extension Step {
    fileprivate func half(_ action: Action) -> Step {
        Step(subject: subject, action: action, rule: rule, reason: reason)
    }
}

extension StepOutcome {
    fileprivate var sentenceOfFailure: Sentence? {
        switch self {
        case .done: nil
        case .stale(let sentence), .refused(let sentence), .skipped(let sentence): sentence
        case .failed(let failure): failure.sentence
        }
    }
}

extension BatchID {
    /// The name by which the second Terraform run of a batch is found again.
    var second: BatchID { BatchID(rawValue: rawValue + "-again") }
}
