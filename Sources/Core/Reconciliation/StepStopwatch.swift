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

/// Notes the times of one run's steps, and the backups that they made; events come from any task.
final class StepStopwatch: Sendable {
    private struct Notes: Sendable {
        var times: [StepID: StepTime] = [:]
        var backups: [StepID: String] = [:]
    }

    private let clock: @Sendable () -> Timestamp
    private let noted = Mutex(Notes())

    init(clock: @escaping @Sendable () -> Timestamp) { self.clock = clock }

    var times: [StepID: StepTime] { noted.withLock { $0.times } }
    var backups: [StepID: String] { noted.withLock { $0.backups } }

    func note(_ event: ExecutionEvent) {
        let now = clock()
        noted.withLock { noted in
            switch event {
            case .began(let id): noted.times[id] = StepTime(began: now)
            case .progressed, .waiting, .retrying: break
            case .backedUp(let id, let volume): noted.backups[id] = volume
            case .ended(let id, _):
                guard let began = noted.times[id]?.began else { return }
                noted.times[id] = StepTime(began: began, took: now - began)
            }
        }
    }
}
