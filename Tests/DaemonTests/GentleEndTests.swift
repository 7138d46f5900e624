import Synchronization
import Testing

@testable import Daemon

@Suite("A gentle end", .timeLimit(.minutes(1)))
struct GentleEndTests {
    @Test("The first signal asks, and what goes on ends by itself")
    func first() async throws {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        let said = Mutex(false)
        let result = try await endingGently(
            signals: signals, allowance: .seconds(60), clock: ManualClock(), onFirst: { said.withLock { $0 = true } }
        ) { stop in
            signal.yield()
            await withCheckedContinuation { continuation in stop.whenMade { continuation.resume() } }
            return Task.isCancelled ? "cancelled" : "finished"
        }
        #expect(result == "finished")
        #expect(said.withLock { $0 })
    }

    @Test("The second signal cancels")
    func second() async {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        await #expect(throws: CancellationError.self) {
            try await endingGently(signals: signals, allowance: .seconds(60), clock: ManualClock()) { _ in
                signal.yield()
                signal.yield()
                try await Task.sleep(for: .seconds(3600))
            }
        }
    }

    @Test("So does the end of the time that the first one left")
    func allowance() async {
        let clock = ManualClock()
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        await #expect(throws: CancellationError.self) {
            try await endingGently(signals: signals, allowance: .seconds(60), clock: clock) { _ in
                signal.yield()
                guard await eventually({ clock.hasSleeper(until: .seconds(60)) }) else { return }
                clock.advance(by: .seconds(60))
                try await Task.sleep(for: .seconds(3600))
            }
        }
    }

    @Test("Without a signal the result comes through")
    func none() async throws {
        let result = try await endingGently(signals: AsyncStream { _ in }, allowance: .seconds(1)) { _ in 42 }
        #expect(result == 42)
    }
}
