import Foundation
import Model

/// What is only ever read whole is kept as JSON with its members in one order, so that equal values are equal text.
enum Payload {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decoded<Value: Decodable>(_ text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    /// Names and addresses have no line breaks in them.
    static func lines(_ values: some Sequence<String>) -> String { values.joined(separator: "\n") }

    static func lines(of text: String) -> [String] {
        text.isEmpty ? [] : text.split(separator: "\n").map(String.init)
    }
}

/// The case of an enumeration that a column holds.
func choice<Value: RawRepresentable<String>>(_ text: String, in column: String) throws -> Value {
    guard let value = Value(rawValue: text) else { throw UnreadableValue(column: column, value: text) }
    return value
}
