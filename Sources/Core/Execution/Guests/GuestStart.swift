import Model

/// Starts a guest that Plumb shut down, and does not give up at once: it ran before.
struct GuestStart: Sendable {
    let ports: ExecutionPorts

    /// - Returns: why it stays down; nil: it runs.
    func start(_ guest: GuestReference, of step: Step) async -> StepFailure? {
        guard let failure = await obstacle(to: guest, of: step) else { return nil }
        return StepFailure(
            Sentence("execution.leftDown", step.server.text, guest.vmid.description, reason: failure.sentence),
            retry: .after(seconds: 30))
    }

    /// - Returns: what was said to the last try; nil: it runs.
    func obstacle(to guest: GuestReference, of step: Step) async -> StepFailure? {
        let rule = step.retry ?? Policy.Retry()
        var failures = 0
        while true {
            do throws(StepFailure) {
                try await ports.power.start(guest)
                return nil
            } catch {
                failures += 1
                let isBusy = error.retry == .afterLock
                guard failures <= (isBusy ? max(rule.max, 1) : 1) else { return error }
                if isBusy {
                    await ports.pace.sleep(
                        rule.pauses.pause(after: failures, seed: ports.pace.seed, key: step.id.rawValue))
                }
            }
        }
    }
}
