import Execution
import Model
import Synchronization

/// When a step began, and how long it took.
package struct StepTime: Hashable, Sendable {
    package var began: Timestamp
    /// Zero while it runs.
    package var took: Duration

    package init(began: Timestamp, took: Duration = .zero) {
        self.began = began
        self.took = took
    }
}

/// Notes the times of one run's steps; events come from any task.
final class StepStopwatch: Sendable {
    private let clock: @Sendable () -> Timestamp
    private let noted = Mutex<[StepID: StepTime]>([:])

    init(clock: @escaping @Sendable () -> Timestamp) { self.clock = clock }

    var times: [StepID: StepTime] { noted.withLock { $0 } }

    func note(_ event: ExecutionEvent) {
        let now = clock()
        noted.withLock { noted in
            switch event {
            case .began(let id): noted[id] = StepTime(began: now)
            case .progressed, .waiting, .retrying: break
            case .ended(let id, _):
                guard let began = noted[id]?.began else { return }
                noted[id] = StepTime(began: began, took: now - began)
            }
        }
    }
}
