import Model

extension RegistryFailure {
    /// What an operator is told.
    package var sentence: Sentence {
        switch self {
        case .missing(let path): Sentence("registry.missing", path)
        case .locked(let path, let holders):
            holders.isEmpty
                ? Sentence("registry.lockedByUnknown", path)
                : Sentence("registry.locked", path, holders.map(\.description).joined(separator: ", "))
        case .corrupt(let path, let detail): Sentence("registry.corrupt", path, detail)
        case .foreign(let path): Sentence("registry.foreign", path)
        case .newerSchema(let path, let unknown):
            Sentence("registry.newerSchema", path, unknown.joined(separator: ", "))
        case .olderSchema(let path, let lacking):
            Sentence("registry.olderSchema", path, lacking.joined(separator: ", "))
        case .diskFull(let path): Sentence("registry.diskFull", path)
        case .notWritable(let path, let detail): Sentence("registry.notWritable", path, detail)
        case .moved(let path): Sentence("registry.moved", path)
        case .linkLost(let path, let target): Sentence("registry.linkLost", path, target)
        case .unusable(let path, let detail): Sentence("registry.unusable", path, detail)
        case .vmidTaken(let lease):
            Sentence("registry.vmidTaken", lease.vmid.description, lease.cluster.text, lease.server.text)
        case .stillReferenced(let object, let holders):
            Sentence(
                "registry.stillReferenced", object.description, String(holders.count),
                holders.prefix(5).map(\.description).joined(separator: ", "))
        case .noSuchPlan(let text): Sentence("registry.noSuchPlan", text)
        case .ambiguousPlan(let text, let plans):
            Sentence("registry.ambiguousPlan", text, plans.map(\.description).joined(separator: ", "))
        case .planSettled(let plan, let status): Sentence("registry.planSettled", plan.description, status.rawValue)
        case .planRejected(let plan, let person): Sentence("registry.planRejected", plan.description, person)
        case .planTooShort(let text):
            Sentence("registry.planTooShort", text, String(FleetRegistry.shortestPlanPrefix))
        case .noSuchRun(let run): Sentence("registry.noSuchRun", run.rawValue)
        case .noSuchBatch(let batch): Sentence("registry.noSuchBatch", batch.rawValue)
        case .batchMovedOn(let batch, let from, let to):
            Sentence("registry.batchMovedOn", batch.rawValue, from.rawValue, to.rawValue)
        case .batchIsAnother(let batch): Sentence("registry.batchIsAnother", batch.rawValue)
        }
    }
}
