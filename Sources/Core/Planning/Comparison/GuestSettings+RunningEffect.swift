import Model

extension GuestSettings {
    /// What differs between these desired settings and what the guest has or will have after its next start, which is what
    /// Terraform compares with. What the guest runs with already needs no start to come about: there the update only takes
    /// back what somebody else left pending.
    func differences(from found: GuestConfiguration) -> [Difference] {
        var wrong = differences(from: found.pending ?? found.settings, type: found.type)
        guard found.pending != nil else { return wrong }
        let missing = Set(differences(from: found.settings, type: found.type).map(\.path))
        for index in wrong.indices where wrong[index].effect == .pendingRestart && !missing.contains(wrong[index].path)
        {
            wrong[index].effect = .none
        }
        return wrong
    }

    /// What it does to a guest that runs, to be made as these settings say, whether it runs or not.
    ///
    /// - Parameters:
    ///   - found: its own configuration.
    ///   - name: what the guest is to be called.
    package func effectWhereItRuns(
        on guest: ObservedGuest, having found: GuestConfiguration, named name: ServerName
    ) -> RunningEffect {
        var effects = differences(from: found).map(\.effect)
        if !guest.isNamed(name) { effects.append(Attribute.name.effect(on: guest.type)) }
        return effects.max() ?? .none
    }
}
