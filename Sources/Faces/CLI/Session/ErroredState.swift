import Model

/// A stack whose state Terraform could not write at the end of a run: what it did then is only in a file beside it.
package struct ErroredState: Sendable, Hashable {
    package var stack: StackID
    /// Of the file; absolute.
    package var path: String
    /// Nil: the file cannot be read.
    package var serial: Int?
    /// Of the stack's state; nil: there is none.
    package var stateSerial: Int?
    /// Servers that only the file has, ascending.
    package var gained: [ServerName] = []
    /// Servers that only the stack's state has, ascending.
    package var lost: [ServerName] = []

    package init(stack: StackID, path: String) {
        self.stack = stack
        self.path = path
    }

    /// What an operator decides about it.
    package enum Choice: String, Sendable, Hashable, CaseIterable {
        /// It becomes the stack's state.
        case push
        /// The stack's state stays, and the file is kept under another name.
        case aside
    }
}
