import Execution
import Model
import Terraform

/// States that Terraform could not write.
extension TerraformStacks {
    func erroredStates(of clusters: [ClusterName]) async -> [ErroredState] {
        let stacks = await stacks(of: clusters).filter(\.hasErroredState).map(\.id)
        return stacks.compactMap { stack in
            guard let directory = try? directory(of: stack) else { return nil }
            var errored = ErroredState(stack: stack, path: directory.erroredStatePath)
            let file = try? directory.readErroredState()
            let state = (try? directory.readState()) ?? nil
            errored.serial = file?.serial
            errored.stateSerial = state?.serial
            let there = Set(file?.instances.compactMap { $0.server?.server } ?? [])
            let here = Set(state?.instances.compactMap { $0.server?.server } ?? [])
            errored.gained = there.subtracting(here).sorted()
            errored.lost = here.subtracting(there).sorted()
            return errored
        }
    }

    /// - Returns: where the file is now.
    func settle(_ errored: ErroredState, by choice: ErroredState.Choice) async throws(StepFailure) -> String {
        let session = try await open(errored.stack)
        guard let terraform = session as? TerraformSession else { return errored.path }
        let result: Result<String, StepFailure>
        do throws(TerraformFailure) {
            switch choice {
            case .push: result = .success(try await terraform.stack.pushErroredState())
            case .aside: result = .success(try terraform.stack.setErroredStateAside())
            }
        } catch {
            result = .failure(error.stepFailure)
        }
        await session.close()
        return try result.get()
    }

    /// - Returns: where the file that was there is now; nil: there was none.
    func replaceLostState(of stack: StackID, by choice: LostState.Choice) async throws(StepFailure) -> String? {
        let session = try await open(stack)
        guard let terraform = session as? TerraformSession else { return nil }
        let result: Result<String?, StepFailure>
        do throws(TerraformFailure) {
            switch choice {
            case .anew: result = .success(try terraform.stack.beginStateAnew())
            case .backup: result = .success(try terraform.stack.restoreBackup())
            }
        } catch {
            result = .failure(error.stepFailure)
        }
        await session.close()
        return try result.get()
    }
}
