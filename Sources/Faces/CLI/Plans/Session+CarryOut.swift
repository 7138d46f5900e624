import Daemon
import Model
import Reconciliation

extension Session {
    /// Carries a pass out with its progress on standard error, and shows what it came to. The first Ctrl-C ends it after
    /// the batch in hand; after the second Terraform is left to finish by itself, and the next run waits for it.
    ///
    /// - Parameter shown: the plan that was printed before.
    func carryOut(_ pass: PlannedPass, shown: Plan? = nil, on console: Console) async throws -> ExitStatus {
        let began = reconciler.clock()
        let applied = try await perform(pass, on: console)
        let exit = ExitStatus(of: applied, isConfigurationWhole: !configuration.hasErrors)
        var view = RunView(applied, took: reconciler.clock() - began, exit: exit, shown: shown)
        view.isConfigurationWhole = !configuration.hasErrors
        console.show(view)
        return exit
    }

    /// The same without showing what it came to.
    func perform(_ pass: PlannedPass, on console: Console) async throws -> AppliedPass {
        let display = ProgressDisplay(pass.plan, on: console, now: reconciler.clock)
        let stopping: @Sendable () -> Void = { display.say(Sentence("view.apply.stopping")) }
        return try await endingGently(
            signals: await endSignals(), allowance: .seconds(3600), onFirst: stopping
        ) { stop in
            try await drawing(display) {
                try await reconciler.apply(
                    pass, by: person, shouldStop: { stop.isMade }, report: { display.take($0) })
            }
        }
    }

    /// Draws running times anew twice a second while the body runs.
    private func drawing(
        _ display: ProgressDisplay, _ body: () async throws -> AppliedPass
    ) async throws -> AppliedPass {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while (try? await Task.sleep(for: .milliseconds(500))) != nil { display.tick() }
            }
            defer {
                group.cancelAll()
                display.finish()
            }
            return try await body()
        }
    }
}

extension ExitStatus {
    /// Of `apply`: 0 all done; 1 something failed or a document is bad; 3 nothing failed, but something is blocked, waits
    /// or was left out.
    init(of applied: AppliedPass, isConfigurationWhole: Bool) {
        self = isConfigurationWhole ? ExitStatus(rawValue: applied.exitCode) ?? .failure : .failure
    }
}
