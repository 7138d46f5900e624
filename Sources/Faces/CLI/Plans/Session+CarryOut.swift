import Model
import Reconciliation

extension Session {
    /// Carries a pass out with its progress on standard error, and shows what it came to.
    func carryOut(_ pass: PlannedPass, on console: Console) async throws -> ExitStatus {
        let clock = reconciler.clock
        let began = clock()
        let display = ProgressDisplay(pass.plan, on: console, now: clock)
        let applied = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // Running times are drawn anew twice a second until the run ends and cancels this.
                while (try? await Task.sleep(for: .milliseconds(500))) != nil { display.tick() }
            }
            defer {
                group.cancelAll()
                display.finish()
            }
            return try await reconciler.apply(pass, by: person) { display.take($0) }
        }
        let exit = ExitStatus(of: applied, isConfigurationWhole: !configuration.hasErrors)
        console.show(RunView(applied, took: clock() - began, exit: exit))
        return exit
    }
}

extension ExitStatus {
    /// Of `apply`: 0 all done; 1 something failed or a document is bad; 3 nothing failed, but something is blocked or waits.
    init(of applied: AppliedPass, isConfigurationWhole: Bool) {
        self = isConfigurationWhole ? ExitStatus(rawValue: applied.exitCode) ?? .failure : .failure
    }
}
