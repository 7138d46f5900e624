extension StackDirectory {
    /// Makes another directory with this stack's variables and states, each file of mode 0600: what Terraform would find
    /// here. Neither how Terraform was set up goes along, which would lead back to this directory, nor its past runs.
    ///
    /// Nothing of this directory changes, and no lock is taken: each file is read as it is at that moment.
    package func copy(to other: StackDirectory) throws(TerraformFailure) {
        try other.makeIfMissing()
        for (from, to) in [
            (tfvarsPath, other.tfvarsPath), (statePath, other.statePath), (erroredStatePath, other.erroredStatePath),
        ] {
            guard let bytes = try PrivateFile.read(from) else { continue }
            try PrivateFile.write(bytes, to: to)
        }
    }
}
