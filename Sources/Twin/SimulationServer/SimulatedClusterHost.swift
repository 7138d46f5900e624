import Model
import Simulation

/// The one owner of a simulated cluster: puts requests of all faces into one order, gives them the time, and keeps
/// what they changed on disk.
package actor SimulatedClusterHost {
    private var cluster: SimulatedCluster
    private let clock: SimulationClock

    package init(blueprint: Blueprint, clock: SimulationClock = .system) {
        self.clock = clock
        cluster = SimulatedCluster(blueprint, startedAt: clock.now())
    }

    /// Carries a request out now. What the delivery says of delays and cuts is for the face to act out.
    package func handle(_ request: APIRequest) -> Delivery {
        cluster.handle(request, at: clock.now())
    }

    /// Reads the cluster as it is now, without a copy of it.
    package func read<Value: Sendable>(_ body: @Sendable (SimulatedCluster) -> Value) -> Value {
        cluster.advance(to: clock.now())
        return body(cluster)
    }

    /// Waits until a task has ended; nil where there is no such task.
    package func waitForTask(_ upid: String) async throws -> TaskRecord? {
        while let task = read({ $0.task(upid) }) {
            guard task.isRunning else { return task }
            try await clock.sleep(Timestamp(milliseconds: task.endsAt) - clock.now())
        }
        return nil
    }
}
