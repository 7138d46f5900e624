import Model

extension Recorded {
    /// What is said of a stack whose state is not there, with the backup that could take its place; a backup of another
    /// state is none.
    ///
    /// - Parameters:
    ///   - server: whom it is said of; empty: nobody in particular.
    ///   - count: how many servers should be in the state.
    package func lostStateSentence(
        on stack: StackID, of server: String = "", count: Int, beside backup: StateBackup?
    ) -> Sentence {
        let known = stateStamps[stack]
        guard let backup, known == nil || known?.lineage == backup.stamp.lineage else {
            return Sentence(.lostState, server, stack.description, String(count))
        }
        return Sentence(
            .lostStateBackup, server, stack.description, String(count), String(backup.stamp.serial),
            known.map { String($0.serial) } ?? "-")
    }
}
