import Model

/// Where a saved plan stands.
package enum PlanStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case pending
    case approved
    case rejected
    case applied
    /// A later plan took its place. Approvals of it go on, for steps whose facts are the same.
    case superseded
}

/// A saved plan without its bytes.
package struct PlanRecord: Hashable, Sendable, Codable {
    package var id: PlanID
    /// The commit that it was made from; nil without git.
    package var commit: String?
    package var createdAt: Timestamp
    package var createdBy: String
    package var status: PlanStatus
    package var statusAt: Timestamp
    package var statusBy: String

    /// A plan as it is when it is made.
    package init(id: PlanID, commit: String?, createdAt: Timestamp, createdBy: String) {
        self.id = id
        self.commit = commit
        self.createdAt = createdAt
        self.createdBy = createdBy
        status = .pending
        statusAt = createdAt
        statusBy = createdBy
    }
}

package struct SavedPlan: Hashable, Sendable {
    package var record: PlanRecord
    /// The plan's JSON as it was hashed.
    package var bytes: [UInt8]
}
