import Model

/// Keeps the lanes of every cluster, for all processes that work on them.
///
/// Terraform makes the guests of a batch side by side by itself, so that what is handed out is a width: how many pieces
/// of one apply may be under way at a time.
package protocol LaneKeeper: Sendable {
    /// Takes as much room as there is, and waits for none.
    ///
    /// - Parameter batch: holds the room for as long as it is open, also when this process ends and the program that it
    ///   started does not; nil: this process holds it.
    /// - Returns: nil where a lane is full.
    func take(_ demand: LaneDemand, for batch: BatchID?) async throws(StepFailure) -> LaneGrant?
    /// Gives it back; a second time changes nothing. What could not be given back ends with its batch or its process.
    func giveBack(_ grant: LaneGrant) async
    /// The same for all that a batch holds, whose program has ended.
    func giveBack(of batch: BatchID) async
    /// Returns when work of this process gave room back, and otherwise after a moment: another one may have.
    func roomMayBeFree() async
    /// The processes, without this one, that hold room in the lanes of a cluster: for people, nothing is decided by it.
    func otherHolders(in cluster: ClusterName) async -> Set<Int32>
}

extension LaneKeeper {
    /// Lanes that only one process knows.
    package func otherHolders(in cluster: ClusterName) async -> Set<Int32> { [] }
}

/// Room in lanes.
package struct LaneGrant: Hashable, Sendable {
    package var id: String
    /// How many pieces of the work may be under way at a time; at least one.
    package var width: Int

    package init(id: String, width: Int) {
        self.id = id
        self.width = width
    }
}

/// Lanes without an end: for a world that has none.
package struct OpenLanes: LaneKeeper {
    package init() {}

    package func take(_ demand: LaneDemand, for batch: BatchID?) async throws(StepFailure) -> LaneGrant? {
        LaneGrant(id: "", width: max(1, demand.count))
    }

    package func giveBack(_ grant: LaneGrant) async {}
    package func giveBack(of batch: BatchID) async {}
    package func roomMayBeFree() async {}
}
