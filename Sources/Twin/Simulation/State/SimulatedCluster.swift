import JSONArena
import Model

/// A Proxmox cluster as a state machine: requests and moments in, answers out. The same requests at the same
/// moments give the same bytes, whatever the machine.
///
/// It must not know of HTTP, files, clocks, processes or Terraform.
package struct SimulatedCluster: Sendable {
    package let blueprint: Blueprint
    package private(set) var now: Timestamp
    package internal(set) var guests: [Int: Guest] = [:]
    /// Grows with everything that changes the cluster, except the mere passing of time.
    package internal(set) var revision: UInt64 = 0

    package init(_ blueprint: Blueprint, startedAt: Timestamp) {
        self.blueprint = blueprint
        now = startedAt
    }

    /// Carries a request out, after the tasks that are due have ended.
    package mutating func handle(_ request: APIRequest, at now: Timestamp) -> Delivery {
        advance(to: now)
        let body: JSONValue = ["data": .object([JSONValue.Member("version", "9.0.10")])]
        return .answer(APIResponse(status: 200, reason: "OK", body: body), after: .zero)
    }

    /// Lets tasks that are due end. A moment in the past changes nothing.
    package mutating func advance(to now: Timestamp) {
        if now > self.now { self.now = now }
    }

    /// When the next running task ends; nil where none runs.
    package var nextEvent: Timestamp? { nil }

    /// The guest of that number where the caller may see it (`VM.Audit`), whatever the size of the cluster.
    package func guest(_ vmid: Int, visibleTo caller: Caller) -> Guest? { guests[vmid] }
    package func task(_ upid: String) -> TaskRecord? { nil }
}
