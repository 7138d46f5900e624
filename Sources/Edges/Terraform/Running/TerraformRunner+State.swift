import Model

extension TerraformRunner {
    /// `terraform init`, with the state beside the module. `-reconfigure` because the local backend asks about the
    /// earlier path otherwise, and there is nobody to ask.
    package func initialise() async throws(TerraformFailure) {
        let arguments = [
            "init", "-input=false", "-no-color", "-reconfigure", "-backend-config=path=\(StackDirectory.stateName)",
        ]
        _ = try await complete(arguments, as: "init", onCancel: .interrupt)
    }

    /// Lets go of resources: they stay as they are, and Terraform forgets them.
    ///
    /// - Parameter addresses: of modules or resources, all of them in the state.
    package func forget(_ addresses: [String]) async throws(TerraformFailure) {
        guard !addresses.isEmpty else { return }
        _ = try await complete(
            ["state", "rm", "-no-color", lockArgument] + addresses, as: "state-rm", onCancel: .finish)
        directory.pruneBackups()
    }

    /// Moves a resource or module to another address, also of another stack's state.
    package func move(
        _ address: String, to destination: String, of other: StackDirectory? = nil
    ) async throws(TerraformFailure) {
        var arguments = ["state", "mv", "-no-color", lockArgument]
        if let other { arguments.append("-state-out=\(other.statePath)") }
        _ = try await complete(arguments + [address, destination], as: "state-mv", onCancel: .finish)
        directory.pruneBackups()
        other?.pruneBackups()
    }

    /// Makes a file of the stack's directory its state. Terraform refuses one of another lineage or with a lower serial.
    package func push(_ name: String) async throws(TerraformFailure) {
        _ = try await complete(["state", "push", lockArgument, name], as: "state-push", onCancel: .finish)
        directory.pruneBackups()
    }

    /// Takes the taint off a resource, so that it is updated and not made anew.
    package func untaint(_ address: String) async throws(TerraformFailure) {
        _ = try await complete(["untaint", "-no-color", lockArgument, address], as: "untaint", onCancel: .finish)
        directory.pruneBackups()
    }

    /// Writes into the state what its resources are found to be; nothing else is touched.
    ///
    /// - Parameter addresses: of resources in the state; none: nothing is done.
    package func refresh(_ addresses: [String]) async throws(TerraformFailure) {
        guard !addresses.isEmpty else { return }
        let arguments = ["apply", "-refresh-only", "-auto-approve", "-no-color", "-input=false", lockArgument]
        _ = try await complete(arguments + addresses.map { "-target=\($0)" }, as: "refresh", onCancel: .finish)
        directory.pruneBackups()
    }

    /// Takes an existing guest into the state.
    ///
    /// - Parameters:
    ///   - address: of the resource, with its index.
    ///   - id: the provider's: `NODE/VMID` for bpg/proxmox.
    package func importResource(_ address: String, id: String) async throws(TerraformFailure) {
        let arguments = ["import", "-no-color", "-input=false", lockArgument, address, id]
        _ = try await complete(arguments, as: "import", onCancel: .finish)
        directory.pruneBackups()
    }
}
