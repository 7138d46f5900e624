import Chance
import Foundation
import Model
import Planning
import Testing

/// The same input gives the same bytes, of which a plan's id is the digest: also in a process in which every dictionary
/// and every set is in another order.
@Suite struct PlanBytesTests {
    /// FNV-1a over the bytes of the plans of random worlds.
    private static func digest() async throws -> UInt64 {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for seed in 0..<RandomWorlds.count {
            await Task.yield()
            var dice = Dice(seed: seed &* 1_000_003 &+ Property.bytes.rawValue)
            var world = World.random(&dice)
            for _ in 0...dice.roll(5) { world.disturb(&dice) }
            for byte in try encoder.encode(world.plan()) { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return digest
    }

    @Test func theSameInputGivesTheSameBytesInEveryProcess() async throws {
        let digest = try await Self.digest()
        await #expect(processExitsWith: .success) { [digest = digest as UInt64, order = "plumb".hashValue as Int] in
            try #require(order != "plumb".hashValue, "the other process hashes as this one does, and proves nothing")
            try #require(try await PlanBytesTests.digest() == digest)
        }
    }
}
