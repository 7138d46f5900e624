import Foundation
import Model
import Synchronization

/// A clock that runs as the wall's does, and leaps over the time in which everybody only waits: a clone of ten minutes
/// takes ten minutes on it, and no longer than what is done meanwhile.
///
/// Nobody says that they wait for nothing else. So it leaps to the next moment that somebody sleeps until once it has
/// not been asked for ``quiet``: whoever computes meanwhile (Terraform, mostly) loses that time beside what is leapt over,
/// which is longer by far, or nothing is worth leaping over.
package final class LeapingClock: Sendable {
    private struct State {
        var leapt: Duration = .zero
        /// By number, what each sleeper waits for, since the beginning.
        var sleepers: [Int: Duration] = [:]
        var next = 0
        var asked: ContinuousClock.Instant
    }

    /// How long nothing must have happened before it leaps.
    static let quiet = Duration.milliseconds(40)

    private let began: ContinuousClock.Instant
    private let beganAt: Timestamp
    private let state: Mutex<State>

    /// - Parameter moment: what it shows now.
    package init(showing moment: Timestamp) {
        began = .now
        beganAt = moment
        state = Mutex(State(asked: .now))
    }

    /// What it shows. Asking keeps it from leaping for a while, because whoever asks is at work.
    package func now() -> Timestamp {
        beganAt
            + state.withLock { state in
                state.asked = .now
                return elapsed(state)
            }
    }

    /// What it shows, for whoever only looks on.
    package var reading: Timestamp { beganAt + elapsed }

    /// Since the beginning, leaps included.
    package var elapsed: Duration { state.withLock { elapsed($0) } }

    /// How much of that was leapt over.
    package var leapt: Duration { state.withLock(\.leapt) }

    /// - Throws: `CancellationError`.
    package func sleep(_ span: Duration) async throws {
        try Task.checkCancellation()
        guard span > .zero else { return }
        let number = state.withLock { state in
            state.next += 1
            state.sleepers[state.next] = elapsed(state) + span
            state.asked = .now
            return state.next
        }
        defer { state.withLock { _ = $0.sleepers.removeValue(forKey: number) } }
        while let left = left(number) { try await Task.sleep(for: min(left, Self.quiet / 4)) }
    }

    private func elapsed(_ state: State) -> Duration { began.duration(to: .now) + state.leapt }

    /// How long that sleeper has to wait still; nil: its time has come, perhaps by a leap.
    private func left(_ number: Int) -> Duration? {
        state.withLock { state in
            guard let end = state.sleepers[number] else { return nil }
            let now = elapsed(state)
            if end <= now { return nil }
            let isNext = state.sleepers.values.allSatisfy { $0 >= end }
            guard isNext, state.asked.duration(to: .now) >= Self.quiet else { return end - now }
            state.leapt += end - now
            state.asked = .now
            return nil
        }
    }
}

extension SimulationClock {
    /// A simulated cluster's time on such a clock.
    package init(_ clock: LeapingClock) {
        self.init(now: { clock.now() }, sleep: { try await clock.sleep($0) })
    }
}
