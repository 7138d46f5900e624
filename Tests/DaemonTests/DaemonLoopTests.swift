import Synchronization
import Testing

@testable import Daemon

@Suite("The daemon's loop", .timeLimit(.minutes(1)))
struct DaemonLoopTests {
    private final class Passes: Sendable {
        private let triggers = Mutex<[PassTrigger]>([])
        var all: [PassTrigger] { triggers.withLock { $0 } }
        func add(_ trigger: PassTrigger) { triggers.withLock { $0.append(trigger) } }
    }

    @Test("It passes at the start, after a change has settled, and at the interval, in virtual time")
    func passes() async {
        let clock = ManualClock()
        let passes = Passes()
        let stop = StopRequest()
        let (changes, change) = AsyncStream.makeStream(of: Void.self)
        let loop = DaemonLoop(clock: clock) { trigger, _ in
            passes.add(trigger)
            return .seconds(30)
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await loop.run(changes: changes, stop: stop) }
            #expect(await eventually { clock.hasSleeper(until: .seconds(30)) })
            #expect(passes.all == [.start])
            change.yield()
            #expect(await eventually { clock.hasSleeper(until: .milliseconds(200)) })
            clock.advance(by: .milliseconds(200))
            #expect(await eventually { passes.all == [.start, .change] })
            #expect(await eventually { clock.hasSleeper(until: .milliseconds(30_200)) })
            clock.advance(by: .seconds(30))
            #expect(await eventually { passes.all == [.start, .change, .resync] })
            stop.make()
        }
        #expect(passes.all == [.start, .change, .resync])
    }

    @Test("Asked to stop in the middle of a pass, it ends after that pass and makes no other")
    func stopsAfterPass() async {
        let begun = Passes()
        let ended = Passes()
        let stop = StopRequest()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (changes, change) = AsyncStream.makeStream(of: Void.self)
        let loop = DaemonLoop(clock: ManualClock(), debounce: Debounce(quiet: .zero)) { trigger, _ in
            begun.add(trigger)
            for await _ in gate { break }
            ended.add(trigger)
            return .zero
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await loop.run(changes: changes, stop: stop) }
            #expect(await eventually { begun.all == [.start] })
            change.yield()
            stop.make()
            #expect(ended.all.isEmpty)
            open.yield()
        }
        #expect(begun.all == [.start])
        #expect(ended.all == [.start])
    }
}
