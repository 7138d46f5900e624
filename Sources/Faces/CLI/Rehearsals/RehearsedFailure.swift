import Model
import Simulation

/// The way in which a step is let fail: the one that leaves the most behind of those that happen.
struct RehearsedFailure: Sendable {
    /// What goes wrong, as a label.
    var cause: SentenceCode
    var rules: [FaultRule]
}

extension Step {
    /// How it is let fail; nil where it calls nothing of the cluster that could be refused.
    var rehearsedFailure: RehearsedFailure? {
        switch action {
        case .create(let creation), .recreate(let creation): creation.rehearsedFailure(of: subject)
        case .update(let change): Self.configurationFails(change.guest)
        case .adopt(let adoption): Self.configurationFails(adoption.guest)
        case .destroy(let removal):
            RehearsedFailure(
                cause: "rehearse.cause.destroy",
                rules: [
                    FaultRule(
                        on: "DELETE \(removal.guest.path)", effect: .failTask("rehearsed failure: storage is busy"))
                ])
        case .power(let change):
            RehearsedFailure(
                cause: "rehearse.cause.power",
                rules: ["start", "shutdown"].map { verb in
                    FaultRule(on: "POST \(change.guest.path)/status/\(verb)", effect: .failTask("rehearsed failure"))
                })
        // Down for good is the worst that a restart leaves behind.
        case .restart(let restart):
            RehearsedFailure(
                cause: "rehearse.cause.restart",
                rules: [
                    FaultRule(on: "POST \(restart.guest.path)/status/start", effect: .failTask("rehearsed failure"))
                ])
        // The old guest is gone, and the new one half made.
        case .rebuild(let rebuild): rebuild.creation.rehearsedFailure(of: subject)
        case .untaint, .move, .rename, .forget, .repairEntry, .record, .retire, .register, .updateRegistration,
            .unregister:
            nil
        }
    }

    private static func configurationFails(_ guest: GuestReference) -> RehearsedFailure {
        RehearsedFailure(
            cause: "rehearse.cause.configuration",
            rules: [FaultRule(on: "PUT \(guest.path)/config", effect: .error(status: 500, text: "rehearsed failure"))])
    }
}

extension Action.Creation {
    /// A clone is there before it is configured; what is made in one call leaves nothing when that fails.
    fileprivate func rehearsedFailure(of subject: Subject) -> RehearsedFailure? {
        guard case .server(let name, _) = subject else { return nil }
        let birth = configuration.birth
        if birth.template != nil {
            let path = "PUT /nodes/*/\(birth.type.segment)/\(birth.vmid)/config"
            return RehearsedFailure(
                cause: "rehearse.cause.halfMade",
                rules: [FaultRule(on: path, effect: .error(status: 500, text: "rehearsed failure"))])
        }
        return RehearsedFailure(
            cause: "rehearse.cause.create",
            rules: [
                FaultRule(
                    on: "POST /nodes/*/\(birth.type.segment)", guest: name.text, effect: .failTask("rehearsed failure"))
            ])
    }
}

extension GuestReference {
    /// Wherever it is: it may have moved.
    fileprivate var path: String { "/nodes/*/\(type.segment)/\(vmid)" }
}

extension GuestType {
    /// How Proxmox's paths call it.
    fileprivate var segment: String {
        switch self {
        case .vm: "qemu"
        case .container: "lxc"
        }
    }
}
