import Model

extension OpenBatch {
    /// What is known of its guests while nobody has looked at what came of it, where one may be down for it or gone.
    ///
    /// - Parameters:
    ///   - owing: the servers that are owed a start: they were asked to shut down, and are not known to run anew.
    ///   - only: the one server that is asked about; nil: all of them.
    package func cutOff(owing: Set<ServerName>, of only: ServerName? = nil) -> [Sentence] {
        intent.steps.flatMap { entry -> [Sentence] in
            let server = entry.step.server
            if let only, server != only { return [] }
            let isAsked = owing.contains(server)
            switch entry.step.action {
            case .rebuild(let rebuild):
                let vmid = rebuild.removal.guest.vmid.description
                let kept = backup.map { [Sentence("recovery.cutBackup", server.text, vmid, $0)] } ?? []
                if phase >= .applying { return [Sentence("recovery.cutRebuildLate", server.text, vmid)] + kept }
                return isAsked
                    ? [Sentence("recovery.cutRebuild", server.text, vmid)] + kept
                    : [Sentence("recovery.cutRebuildEarly", server.text, vmid)]
            case .destroy(let removal) where isAsked:
                return [Sentence("recovery.cutRemoval", server.text, removal.guest.vmid.description)]
            case .restart(let restart) where isAsked:
                return [Sentence("recovery.cutRestart", server.text, restart.guest.vmid.description)]
            case .destroy, .restart, .create, .recreate, .update, .adopt, .untaint, .move, .rename, .forget, .power,
                .repairEntry, .record, .retire, .register, .updateRegistration, .unregister:
                return []
            }
        }
    }

    /// Steps of it that do not go on by themselves: nothing of them was done yet that cannot be taken back, and the yes
    /// to them was one to this attempt.
    package var spent: [StepID] {
        guard owner == nil, !isProgramAlive, phase < .applying else { return [] }
        return intent.steps.map(\.step).filter(\.action.verb.isAgreedOnce).map(\.id)
    }
}
