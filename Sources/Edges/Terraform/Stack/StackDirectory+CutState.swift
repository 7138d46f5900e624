import Model

/// Terraform writes its state into the file as it lies there: it empties the file and fills it, several times in an
/// apply. One that is killed in between leaves nothing, or a part of a state, and beside it the state as it was before.
extension StackDirectory {
    /// A state that was cut off, with what is there in its place.
    package struct MendedState: Hashable, Sendable {
        package var stack: StackID
        /// Of the backup that is the state now.
        package var stamp: StateStamp

        package var sentence: Sentence {
            Sentence("terraform.stateMended", stack.description, String(stamp.serial))
        }
    }

    /// Whether the state's file is there and does not hold a whole one. A file that is missing was not cut off: Terraform
    /// never takes it away.
    ///
    /// - Throws: where it cannot be read.
    package func isStateCut() throws(TerraformFailure) -> Bool {
        guard let end = try PrivateFile.end(of: statePath, atMost: 16) else { return false }
        // What ends as a state does was written to its end; a damage in the midst of it has another cause.
        return end.last { !Self.blanks.contains($0) } != UInt8(ascii: "}")
    }

    /// Puts Terraform's backup in the place of a state that was cut off; the caller holds the stack's lock, and no
    /// Terraform of Plumb's runs. What the cut run did is in no state then, as after any Terraform that was killed.
    ///
    /// - Parameter known: the state that was last seen here. Only a backup of that writing or a later one takes the place:
    ///   what somebody emptied by hand has an older one, and a person decides about that.
    /// - Returns: nil where there is nothing to mend, or no such backup.
    func mendCutState(of stack: StackID, known: StateStamp?) throws(TerraformFailure) -> MendedState? {
        // What could not be written into the state is in a file of its own then, which a person decides about.
        guard let known, !hasErroredState else { return nil }
        // Serials count one line of writings, and one that was given up has higher ones: what was written last is what was
        // there before the run that was killed.
        let backups = backupPaths.compactMap { Backup(at: $0) }.filter {
            $0.stamp.lineage == known.lineage && $0.stamp.serial >= known.serial
        }
        guard let latest = backups.max(by: { $0.writtenAt < $1.writtenAt }) else { return nil }
        // A Terraform that somebody runs by hand may be writing, or have come to the end of that: it is asked for at last.
        guard try stateLockHolder() == nil, try isStateCut(), try !isStateReadable() else { return nil }
        if let size = PrivateFile.size(statePath), size > 0 { _ = try PrivateFile.keepBeside(statePath) }
        try PrivateFile.write(latest.bytes, to: statePath)
        return MendedState(stack: stack, stamp: latest.stamp)
    }

    /// Whether a state that was cut off has anything in it. Before the first writing of a stack's first apply there is nothing,
    /// and a Terraform that is killed then leaves an empty file, which stands for no state.
    package var hasPartOfState: Bool { (PrivateFile.size(statePath) ?? 0) > 0 }

    /// Sets a state aside that was cut off and in whose place nothing can be put, so that the file is empty, as it is before
    /// the first writing; the caller holds the stack's lock, and no Terraform of Plumb's runs.
    ///
    /// Only for a stack of which nothing is on record, neither a state nor a server: it is in its first apply, of which
    /// Terraform leaves no backup. What that made is found in the cluster by its marks.
    ///
    /// - Returns: where the part of a state is now; nil where there is none, or there is a backup, whatever it is of.
    func setCutStateAside() throws(TerraformFailure) -> String? {
        guard !hasErroredState, backupPaths.allSatisfy({ !PrivateFile.exists($0) }) else { return nil }
        // As of a state that is mended.
        guard hasPartOfState, try stateLockHolder() == nil, try isStateCut(), try !isStateReadable() else { return nil }
        let kept = try PrivateFile.keepBeside(statePath)
        try PrivateFile.write([], to: statePath)
        return kept
    }

    private func isStateReadable() throws(TerraformFailure) -> Bool {
        guard let bytes = try PrivateFile.read(statePath) else { return false }
        return (try? StateFile(parsing: bytes)) != nil
    }

    private static let blanks: Set<UInt8> = [
        UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"),
    ]

    /// An apply leaves one, and each state command another.
    private var backupPaths: [String] { [backupPath] + stateCommandBackups.map { path + "/" + $0 } }

    private struct Backup {
        var bytes: [UInt8]
        var stamp: StateStamp
        /// In nanoseconds since 1970.
        var writtenAt: Int

        init?(at path: String) {
            guard let bytes = (try? PrivateFile.read(path)) ?? nil, let file = try? StateFile(parsing: bytes),
                let writtenAt = PrivateFile.writtenAt(path)
            else { return nil }
            self.bytes = bytes
            self.writtenAt = writtenAt
            stamp = StateStamp(lineage: file.lineage, serial: file.serial)
        }
    }
}
