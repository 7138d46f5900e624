import Model

extension FleetPlanner {
    /// A guest that runs with other values than those written in its configuration: a clean restart brings them about.
    /// One that does not run gets them with its next start anyway.
    mutating func planRestart(
        _ one: ServerCase, _ server: Server, _ guest: ObservedGuest, _ settings: GuestSettings
    ) {
        let changes = one.pendingChanges
        guard !changes.isEmpty else { return }
        // What is to be left alone is nobody's to bring about, and owes no restart.
        let left = leftAlone(changes, server, settings)
        let owed = changes.filter { !left.contains($0.path) }
        // What the guest is owed while it is down is written into its row, which has to be there.
        guard !owed.isEmpty, guest.status == .running, server.power != .stopped, one.recorded != nil,
            let detail = one.detail, let reference = one.reference(in: view.clusters[one.cluster].name)
        else { return reportPending(one, settings) }
        let paths = owed.map(\.path).joined(separator: ", ")
        var step = Step(
            subject: one.subject, action: .restart(.init(guest: reference)), rule: "pendingRestart",
            reason: Sentence(.restart, one.name.text, paths))
        step.changes = changes
        step.effect = .restart
        var facts = StepFacts()
        facts.add(.desired, "power", server.power.rawValue)
        facts.addIdentity(reference)
        for change in changes {
            facts.add(.guest, "pending.\(change.path)", "\(change.before ?? "–") → \(change.after ?? "–")")
        }
        for other in detail.othersPending { facts.add(.guest, "pending.\(other)", "") }
        step.facts = facts.sorted
        let others = (left + detail.othersPending).joined(separator: ", ")
        draft(
            one, step, .restarts, others.isEmpty ? .restarts : .restartsBesides(others),
            obstacle: identityObstacle(one))
    }

    /// The paths of changes that the server or a policy over it leaves alone: somebody else's, as is what Plumb has no
    /// word for.
    private func leftAlone(_ changes: [AttributeChange], _ server: Server, _ settings: GuestSettings) -> [String] {
        let ignored = policies.ignoredPaths(of: server).map(IgnoredPath.init)
        if ignored.isEmpty { return [] }
        return changes.map(\.path).filter { text in
            let path = SettingPath(text)
            let position =
                switch path.root {
                case "disks": settings.disks.firstIndex { $0.interface == path.key ?? "" }
                case "networks": path.key.flatMap { Int($0) }
                default: nil as Int?
                }
            return ignored.contains { $0.covers(path, position: position) }
        }
    }

    /// Servers whose restart a person said yes to: whether it is still needed shows only in their own configuration.
    var awaitedRestarts: Set<ServerName> {
        let prefix = "\(Action.Verb.restart.rawValue) \(Kind.server.rawValue)/"
        let approved = input.recorded.approvals.flatMap { $0.steps.map(\.id.rawValue) }
        return input.looking.union(
            approved.filter { $0.hasPrefix(prefix) }.map { ServerName(String($0.dropFirst(prefix.count))) })
    }
}

extension ServerCase {
    /// What the guest will have after its next start and does not run with.
    var pendingChanges: [AttributeChange] {
        guard let detail, let pending = detail.pending, pending != detail.settings else { return [] }
        return pending.differences(from: detail.settings, type: detail.type).map { $0.change(isRunning: true) }
    }

    /// Where it runs with what these settings say, and would start with something else: another person or program wrote
    /// that, or an earlier apply whose value was taken back in the YAML before a restart.
    func foreignPendingPaths(_ settings: GuestSettings) -> Set<String> {
        guard let detail, let pending = detail.pending else { return [] }
        let wrong = settings.differences(from: pending, type: detail.type).map(\.path)
        return Set(wrong).subtracting(settings.differences(from: detail.settings, type: detail.type).map(\.path))
    }
}
