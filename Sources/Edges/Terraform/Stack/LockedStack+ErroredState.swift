/// A state that Terraform could not write at the end of a run.
extension LockedStack {
    /// Makes it the stack's state, and keeps the file under another name.
    ///
    /// - Returns: the path of the file that was kept.
    /// - Throws: where it is not newer than the state, or is another stack's: Terraform's own check.
    package func pushErroredState() async throws(TerraformFailure) -> String {
        try await runner.push(StackDirectory.erroredStateName)
        return try directory.setErroredStateAside()
    }

    /// Leaves the state as it is, and keeps the file under another name.
    package func setErroredStateAside() throws(TerraformFailure) -> String { try directory.setErroredStateAside() }
}

extension StackDirectory {
    package static let erroredStateName = "errored.tfstate"

    package var erroredStatePath: String { path + "/" + Self.erroredStateName }

    package func readErroredState() throws(TerraformFailure) -> StateFile? {
        guard let bytes = try PrivateFile.read(erroredStatePath) else { return nil }
        do throws(Tfvars.Malformed) {
            return try StateFile(parsing: bytes)
        } catch {
            throw .malformed(path: erroredStatePath, reason: error.reason)
        }
    }

    func setErroredStateAside() throws(TerraformFailure) -> String { try PrivateFile.setAside(erroredStatePath) }
}
