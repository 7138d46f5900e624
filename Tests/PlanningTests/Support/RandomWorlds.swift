import Chance
import Foundation

/// Which worlds a property is tried in: each has worlds of its own.
enum Property: UInt64 {
    case check = 1
    case strangers, survival, brokenDocuments, budget, rest, foreignChanges, order, crash, bytes, addresses
    case blindness, registrations, refusals
}

/// The random worlds of one property. `PLUMB_WORLDS` says from how many seeds they are made.
enum RandomWorlds {
    static let count = UInt64(ProcessInfo.processInfo.environment["PLUMB_WORLDS"] ?? "") ?? 10_000
    private static let mostDisturbances: UInt64 = 4

    /// Walks through random worlds and calls `body` after each disturbance. Other tests, some of which have a deadline,
    /// get their turn between two worlds.
    static func visit(_ property: Property, _ body: (inout World, UInt64) -> Void) async {
        for seed in 0..<count {
            await Task.yield()
            var dice = Dice(seed: seed &* 1_000_003 &+ property.rawValue)
            var world = World.random(&dice)
            for _ in 0...(seed % mostDisturbances) {
                for _ in 0...dice.roll(3) { world.disturb(&dice) }
                body(&world, seed)
            }
        }
    }
}
