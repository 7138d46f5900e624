/// What is there now, as far as it could be read, each part with the moment at which it was.
package struct Observed: Sendable {
    /// One for each cluster that was asked, in ascending order of names.
    package var inventories: [ClusterInventory]
    /// One for each stack that is known, in ascending order.
    package var stacks: [StackObservation]

    package init(inventories: [ClusterInventory] = [], stacks: [StackObservation] = []) {
        self.inventories = inventories
        self.stacks = stacks
    }
}

/// A thing that was looked for. Absence is a claim like presence; what could not be seen is neither.
package enum Observation<Value> {
    case present(Value)
    case absent
    case unknown(Sentence)

    package var value: Value? {
        switch self {
        case .present(let value): value
        case .absent, .unknown: nil
        }
    }
}

extension Observation: Sendable where Value: Sendable {}
extension Observation: Equatable where Value: Equatable {}
extension Observation: Hashable where Value: Hashable {}
