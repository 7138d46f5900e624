import Chance
import Testing

@Suite struct DiceTests {
    /// The algorithm's published sequence: with another one, every seed that a document quotes would mean another world.
    @Test func aSeedGivesTheNumbersThatItAlwaysGave() {
        var dice = Dice(seed: 1_234_567)
        let drawn: [UInt64] = (0..<3).map { _ in dice.next() }
        #expect(drawn == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }
}
