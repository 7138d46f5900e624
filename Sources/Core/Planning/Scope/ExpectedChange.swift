import Model

/// What a batch announces of one server.
package enum ExpectedChange: String, Hashable, Sendable, CaseIterable {
    case create, update, delete, noChange
    /// Import: nothing, or an update of what differs.
    case adopt

    func allows(_ action: PlannedChanges.ResourceAction) -> Bool {
        switch self {
        case .create: action == .create
        case .update: action == .update
        case .delete: action == .delete
        case .noChange: action == .none
        case .adopt: action == .none || action == .update
        }
    }
}
