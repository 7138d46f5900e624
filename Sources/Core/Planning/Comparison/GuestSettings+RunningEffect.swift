import Model

extension GuestSettings {
    /// What it does to a guest that runs, to be made as these settings say, whether it runs or not.
    ///
    /// - Parameters:
    ///   - actual: what the guest has or will have after its next start, which is what Terraform compares with.
    ///   - name: what the guest is to be called.
    package func effectWhereItRuns(
        on guest: ObservedGuest, having actual: GuestSettings, named name: ServerName
    ) -> RunningEffect {
        var effects = differences(from: actual, type: guest.type).map(\.effect)
        if !guest.isNamed(name) { effects.append(Attribute.name.effect(on: guest.type)) }
        return effects.max() ?? .none
    }
}
