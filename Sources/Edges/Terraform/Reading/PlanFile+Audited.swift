import JSONArena
import Model

extension PlanFile {
    /// Every resource that the plan would not leave alone, with what an update or a replacement would change of it.
    var auditedChanges: [AuditedChange] {
        changes.filter { $0.action != .none || $0.isImport }.map { change in
            AuditedChange(
                address: change.address, server: change.server?.server, action: change.action,
                attributes: change.auditedAttributes)
        }
    }
}

extension PlanFile.Change {
    fileprivate var auditedAttributes: [AttributeChange] {
        switch action {
        case .update, .replace: break
        case .none, .create, .read, .delete, .forget: return []
        }
        // What would change of the guest; where nothing would, what the provider keeps for itself. It is never
        // nothing: an audit that finds something must say what.
        let ofGuest = importedChanges
        let found = ofGuest.isEmpty ? ownAttributes : ofGuest
        let forcing = replacePaths.filter { path in !found.contains { $0.path == path } }
        return found + forcing.map { AttributeChange(path: $0, before: nil, after: nil) }
    }

    /// The names of the top-level attributes that differ, without their values.
    private var ownAttributes: [AttributeChange] {
        guard let before, let after else { return [] }
        return after.members.compactMap { name, value in
            guard unknown?[name]?.bool != true, before[name]?.raw.elementsEqual(value.raw) != true else { return nil }
            return AttributeChange(path: name, before: nil, after: nil)
        }
    }
}
