import Glibc
import Model
import Processes

/// One stack on disk: the root module's files, `terraform.tfvars.json`, `terraform.tfstate`, and `events` with a
/// directory for each run. An operator can go there and run Terraform by hand.
package struct StackDirectory: Hashable, Sendable {
    /// Absolute.
    package let path: String

    package static let stateName = "terraform.tfstate"

    package init(path: String) { self.path = path }

    /// The directory `CLUSTER/STACK` below the one of all stacks.
    ///
    /// - Throws: ``TerraformFailure/stackName(_:)`` where a name would lead elsewhere, hide the directory, or be longer
    ///   than a file system takes: two clusters would then share one state.
    package init(of stack: StackID, below directory: String) throws(TerraformFailure) {
        for name in [stack.cluster.key, stack.name] {
            guard let first = name.utf8.first, first != UInt8(ascii: "."), name.utf8.count <= 255,
                !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(0)
            else { throw .stackName(stack) }
        }
        path = "\(directory)/\(stack.cluster.key)/\(stack.name)"
    }

    package var tfvarsPath: String { path + "/terraform.tfvars.json" }
    package var statePath: String { path + "/" + Self.stateName }
    /// There only while an import is planned.
    var importPath: String { path + "/plumb-import.tf.json" }
    package var eventsPath: String { path + "/events" }
    package var lockPath: String { path + "/.plumb.lock" }

    /// Terraform could not write its state, and put it there: nothing may be done until a person has looked.
    package var hasErroredState: Bool { PrivateFile.exists(erroredStatePath) }

    /// Makes the directory with those above it, mode 0700: a lock needs a place before anything else is there.
    package func makeIfMissing() throws(TerraformFailure) { try PrivateFile.makeDirectory(eventsPath) }

    /// The names of the stacks below a directory of stacks, in ascending order; empty where there is none.
    package static func names(in directory: String) -> [String] {
        PrivateFile.names(in: directory).filter { PrivateFile.exists("\(directory)/\($0)/events") }
    }

    /// The clusters that have a stack below a directory of stacks, as their directories are named, in ascending order.
    package static func clusters(below directory: String) -> [ClusterName] {
        let named = PrivateFile.names(in: directory).filter { !names(in: "\(directory)/\($0)").isEmpty }
        // No cluster's directory has another case than its key, or is hidden.
        return named.map { ClusterName($0) }.filter { $0.key == $0.text && !$0.text.hasPrefix(".") }
    }

    /// Every stack of every cluster below a directory of stacks, in ascending order.
    package static func all(below directory: String) -> [StackDirectory] {
        PrivateFile.names(in: directory).flatMap { cluster in
            names(in: "\(directory)/\(cluster)").map { StackDirectory(path: "\(directory)/\(cluster)/\($0)") }
        }
    }

    /// How everything that ``observe(_:)`` reads lies on disk now.
    package var stamp: StackStamp { StackStamp([tfvarsPath, statePath, backupPath, erroredStatePath]) }

    /// Removes the halves of files that a process which ended left here; the caller holds the stack's lock.
    func removeHalfWritten(of root: RootModule) {
        let folders = root.files.keys.map { $0.split(separator: "/").dropLast().joined(separator: "/") }
        for folder in Set(folders).union([""]) { PrivateFile.removeHalfWritten(in: "\(path)/\(folder)") }
    }
}

extension StackDirectory {
    /// The stack's tfvars; empty where there is no file.
    package func readTfvars() throws(TerraformFailure) -> Tfvars {
        guard let bytes = try PrivateFile.read(tfvarsPath) else { return Tfvars() }
        do throws(Tfvars.Malformed) {
            return try Tfvars(parsing: bytes)
        } catch {
            throw .malformed(path: tfvarsPath, reason: error.reason)
        }
    }

    /// Writes tfvars as a whole, or not at all, mode 0600; a file that would stay the same is not touched.
    package func write(_ tfvars: Tfvars) throws(TerraformFailure) {
        let bytes = tfvars.bytes
        guard try PrivateFile.read(tfvarsPath) != bytes else { return }
        try PrivateFile.write(bytes, to: tfvarsPath)
    }

    /// Keeps the file as it is on disk where a person gave it another layout than ``Tfvars/bytes`` has: rolling back
    /// entry by entry brings back what it said, not how it looked. It outlives this process, as the batch does.
    func keepLayout(of tfvars: Tfvars) throws(TerraformFailure) {
        guard let bytes = try PrivateFile.read(tfvarsPath), bytes != tfvars.bytes else {
            return PrivateFile.remove(layoutPath)
        }
        try PrivateFile.write(bytes, to: layoutPath)
    }

    /// Puts the kept file back where it says the same as `tfvars`.
    ///
    /// - Returns: whether it did.
    func restoreLayout(of tfvars: Tfvars) throws(TerraformFailure) -> Bool {
        guard let kept = try PrivateFile.read(layoutPath), let before = try? Tfvars(parsing: kept), before == tfvars
        else { return false }
        try PrivateFile.write(kept, to: tfvarsPath)
        return true
    }

    private var layoutPath: String { path + "/.plumb-tfvars.before" }

    /// The stack's state; nil where there is none.
    package func readState() throws(TerraformFailure) -> StateFile? {
        // Terraform makes the file when it takes its lock, and takes one without a byte for no state.
        guard let bytes = try PrivateFile.read(statePath), !bytes.isEmpty else { return nil }
        do throws(Tfvars.Malformed) {
            return try StateFile(parsing: bytes)
        } catch {
            throw .malformed(path: statePath, reason: error.reason)
        }
    }

    /// The stack as its files show it. A state that cannot be read is unknown; tfvars that cannot be read are an
    /// error, because every change would begin by rewriting them.
    package func observe(_ id: StackID) throws(TerraformFailure) -> StackObservation {
        var observation = StackObservation(id: id)
        if let bytes = try PrivateFile.read(tfvarsPath) {
            do throws(Tfvars.Malformed) {
                observation.tfvars = try StackObservation.Tfvars(parsing: bytes)
            } catch {
                throw .malformed(path: tfvarsPath, reason: error.reason)
            }
        }
        do throws(TerraformFailure) {
            if let file = try readState() {
                observation.state = .present(try model(of: file))
            } else if PrivateFile.size(statePath) == 0, !PrivateFile.exists(backupPath) {
                // What a first apply leaves that was killed before it wrote. Whether something was ever in it, the
                // registry knows.
                observation.state = .present(.unwritten)
            }
        } catch {
            observation.backup = readBackup()
            observation.state = .unknown(observation.backup.flatMap(error.sentence(beside:)) ?? error.sentence)
        }
        if observation.state == .absent { observation.backup = readBackup() }
        observation.hasErroredState = hasErroredState
        observation.foreignFiles = foreignFiles
        return observation
    }

    package var backupPath: String { statePath + ".backup" }

    /// Nil where there is none, or none that could take the state's place.
    private func readBackup() -> StateBackup? {
        guard let bytes = (try? PrivateFile.read(backupPath)) ?? nil, let file = try? StateFile(parsing: bytes),
            let state = try? TerraformState(file), let stamp = state.stamp, !state.resources.isEmpty
        else { return nil }
        return StateBackup(path: backupPath, stamp: stamp, servers: state.resources.map(\.server))
    }

    private func model(of file: StateFile) throws(TerraformFailure) -> TerraformState {
        do throws(Tfvars.Malformed) {
            return try TerraformState(file)
        } catch {
            throw .malformed(path: statePath, reason: error.reason)
        }
    }
}
