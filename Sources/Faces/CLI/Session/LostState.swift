import Model

/// A stack's state that is missing or damaged, and what is known of it.
package struct LostState: Sendable {
    package var stack: StackID
    /// The servers that the registry has in the stack.
    package var servers: [ServerName]
    package var backup: StateBackup?
    /// The state that was last seen there; nil: none yet.
    package var known: StateStamp?

    /// What takes its place.
    package enum Choice: Sendable { case anew, backup }
}
