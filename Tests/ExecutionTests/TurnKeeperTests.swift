import Synchronization
import Testing

@testable import Execution

@Suite("Turns")
struct TurnKeeperTests {
    @Test("No more run at a time than there are turns, all of them run, and all turns come back", arguments: [1, 2, 8])
    func isBounded(limit: Int) async {
        let turns = TurnKeeper(atMost: limit)
        let gauge = Gauge()
        for _ in 1...2 {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        await turns.inTurn {
                            gauge.enter()
                            for _ in 0..<10 { await Task.yield() }
                            gauge.leave()
                        }
                    }
                }
            }
        }
        #expect(gauge.all == 80)
        #expect(gauge.most <= limit)
        #expect(gauge.now == 0)
    }

    @Test("Work that waits for a turn begins when the one before ends, not before")
    func handsOn() async {
        let turns = TurnKeeper(atMost: 1)
        let order = Order()
        let (opened, open) = AsyncStream<Void>.makeStream()
        let (entered, enter) = AsyncStream<Void>.makeStream()
        async let first: Void = turns.inTurn {
            enter.finish()
            for await _ in opened {}
            order.add("first")
        }
        for await _ in entered {}
        async let second: Void = turns.inTurn { order.add("second") }
        for _ in 0..<50 { await Task.yield() }
        #expect(order.names.isEmpty)
        open.finish()
        _ = await (first, second)
        #expect(order.names == ["first", "second"])
    }
}

/// How many are inside, and how many were at most.
private final class Gauge: Sendable {
    private let counts = Mutex((now: 0, most: 0, all: 0))

    var now: Int { counts.withLock(\.now) }
    var most: Int { counts.withLock(\.most) }
    var all: Int { counts.withLock(\.all) }

    func enter() {
        counts.withLock {
            $0.now += 1
            $0.all += 1
            $0.most = max($0.most, $0.now)
        }
    }

    func leave() { counts.withLock { $0.now -= 1 } }
}

/// Who came, in order.
private final class Order: Sendable {
    private let all = Mutex<[String]>([])

    var names: [String] { all.withLock(\.self) }

    func add(_ name: String) { all.withLock { $0.append(name) } }
}
