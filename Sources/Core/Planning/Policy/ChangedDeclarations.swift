import Model

/// What the documents say now of servers that a plan was made for, beside what they said then.
package struct ChangedDeclarations: Sendable {
    private let before: [ServerName: Server]
    private let now: [ServerName: Server]
    /// Servers that bear another name now.
    private let renamed: Set<ServerName>
    private let isComplete: Bool

    package init(from before: Desired, to now: Desired) {
        self.before = Self.byName(before)
        self.now = Self.byName(now)
        renamed = Self.formerNames(now).subtracting(Self.formerNames(before))
        isComplete = now.completeness == .complete
    }

    private static func byName(_ desired: Desired) -> [ServerName: Server] {
        Dictionary(desired.servers.map { ($0.name, $0) }) { first, _ in first }
    }

    private static func formerNames(_ desired: Desired) -> Set<ServerName> {
        Set(desired.servers.compactMap { $0.metadata.formerName.map { ServerName($0) } })
    }

    /// Why a step is not what the documents ask for any more; nil: they say of it what they said.
    ///
    /// Values that an update brings are not compared: the next plan brings the later ones.
    func objection(to step: Step) -> Sentence? {
        guard case .server(let name, _) = step.subject else { return nil }
        let id = step.subject.description
        let (then, now) = (before[name], now[name])
        let isRenamed = renamed.contains(name)
        if step.action.verb == .destroy, then == nil, now != nil || isRenamed {
            return Sentence("execution.declaredMeanwhile", id, name.text)
        }
        if let then, now == nil, isComplete {
            return Sentence("execution.undeclaredMeanwhile", id, then.name.text)
        }
        // What is owed to a guest whose server was to go ends where its document comes back and says so.
        if then == nil, let now, case .power(let change) = step.action, change.target == .running {
            if now.manage == .observe { return changed("manage", name, id) }
            return now.power == .stopped ? changed("power", name, id) : nil
        }
        guard let then, let now else { return nil }
        if then.manage != now.manage { return changed("manage", name, id) }
        switch step.action {
        case .power where then.power != now.power: return changed("power", name, id)
        case .destroy, .rebuild: return !then.protect && now.protect ? changed("protect", name, id) : nil
        case .create, .recreate, .update, .adopt, .untaint, .move, .rename, .forget, .power, .restart, .repairEntry,
            .record, .retire, .register, .updateRegistration, .unregister:
            return nil
        }
    }

    private func changed(_ field: String, _ name: ServerName, _ id: String) -> Sentence {
        Sentence("execution.redeclaredMeanwhile", id, name.text, field)
    }
}
