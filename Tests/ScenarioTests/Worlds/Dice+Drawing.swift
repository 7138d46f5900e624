import Chance

extension Dice {
    mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }
    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    /// Nil: there is none to pick.
    mutating func pick<Element>(_ list: [Element]) -> Element? { list.randomElement(using: &self) }
}
