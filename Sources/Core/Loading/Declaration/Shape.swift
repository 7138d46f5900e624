import Model

/// What a value must look like: from this come the JSON Schema and the tables of the documentation. The reader of the
/// same value stands beside it in ``FieldType``.
indirect enum Shape: Sendable {
    /// Text; `pattern` is a regular expression of ECMA 262, as JSON Schema wants it.
    case text(phrase: String, pattern: String?, example: String)
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case boolean
    case choice([String])
    /// The name of an object of that kind.
    case reference(Kind)
    case list(Shape, atLeast: Int)
    /// Free names, values of one shape.
    case map(Shape)
    case record(RecordShape)
    case anyOf([Shape])
}

/// A mapping with declared fields, without the Swift type behind it.
struct RecordShape: Sendable {
    var title: String
    var fields: [FieldShape]
    /// Names of which exactly one must be given.
    var exactlyOne: [[String]]
    /// Names of which at most one may be given.
    var atMostOne: [[String]]
}

/// One field of a mapping, as the documentation shows it.
struct FieldShape: Sendable {
    var name: String
    var shape: Shape
    var isRequired: Bool
    /// As an operator would write it; nil where leaving it out says something of its own.
    var defaultText: String?
    /// Whole sentences.
    var text: String
    var unenforced: Unenforced?
}
