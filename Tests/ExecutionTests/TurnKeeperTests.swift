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
                        await turns.inTurn { _ in
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
        async let first: Void = turns.inTurn { _ in
            enter.finish()
            for await _ in opened {}
            order.add("first")
        }
        for await _ in entered {}
        async let second: Void = turns.inTurn { _ in order.add("second") }
        for _ in 0..<50 { await Task.yield() }
        #expect(order.names.isEmpty)
        open.finish()
        _ = await (first, second)
        #expect(order.names == ["first", "second"])
    }
}

@Suite("Turns that are lent")
struct HeldTurnTests {
    @Test("Whoever waits for something else lets others have the turn, and has one again afterwards")
    func isLent() async {
        let turns = TurnKeeper(atMost: 1)
        let order = Order()
        let (opened, open) = AsyncStream<Void>.makeStream()
        let (entered, enter) = AsyncStream<Void>.makeStream()
        async let first: Void = turns.inTurn { turn in
            order.add("first waits")
            await turn.aside {
                enter.finish()
                for await _ in opened {}
            }
            order.add("first works")
        }
        for await _ in entered {}
        await turns.inTurn { _ in
            order.add("second begins")
            open.finish()
            for _ in 0..<50 { await Task.yield() }
            order.add("second ends")
        }
        await first
        #expect(order.names == ["first waits", "second begins", "second ends", "first works"])
    }

    @Test("However its parts wait, a piece of work takes one turn and gives one back", arguments: [1, 3])
    func partsShareOne(limit: Int) async {
        let turns = TurnKeeper(atMost: limit)
        for _ in 0..<20 {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        await turns.inTurn { turn in
                            await withTaskGroup(of: Void.self) { parts in
                                for part in 0..<4 {
                                    parts.addTask {
                                        for _ in 0..<part { await turn.aside { await Task.yield() } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        // All came back: as many as the limit enter at once, and no more.
        let gauge = Gauge()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await turns.inTurn { _ in
                        gauge.enter()
                        for _ in 0..<20 { await Task.yield() }
                        gauge.leave()
                    }
                }
            }
        }
        #expect(gauge.most == limit)
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
