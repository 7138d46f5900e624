/// JSON text that someone else wrote, read into a flat arena: one 16-byte entry a value, with the end of its subtree.
///
/// Nothing is decoded while reading: strings and numbers stay where they are in the text until they are asked for, so
/// that a state of a thousand servers costs one pass over its bytes. It knows nothing about what the text means.
///
/// The text must be one value of RFC 8259 in valid UTF-8, without a byte order mark, at most ``depthLimit`` levels
/// deep and less than 4 GiB long. Where an object repeats a name, the first one counts.
package struct JSONDocument: Sendable {
    /// How many arrays and objects may be inside one another.
    package static let depthLimit = 512

    let storage: JSONStorage

    /// - Throws: ``JSONFailure``, with the offset of the first byte that does not belong there.
    package init(parsing bytes: [UInt8]) throws(JSONFailure) {
        guard bytes.count < Int(UInt32.max) else { throw JSONFailure(offset: Int(UInt32.max), what: .tooLong) }
        let entries = try bytes.withUnsafeBufferPointer { buffer throws(JSONFailure) -> [JSONEntry] in
            guard let base = buffer.baseAddress, !buffer.isEmpty else { throw JSONFailure(offset: 0, what: .ended) }
            var scanner = JSONScanner(base: base, count: buffer.count)
            try scanner.scan()
            return scanner.entries
        }
        storage = JSONStorage(bytes: bytes, entries: entries)
    }

    /// Reads a string's UTF-8.
    package init(parsing text: String) throws(JSONFailure) {
        try self.init(parsing: Array(text.utf8))
    }

    /// The value that the text is.
    package var root: JSONNode { JSONNode(storage: storage, index: 0) }
}

/// Where a text stops being JSON.
package struct JSONFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package enum What: String, Hashable, Sendable {
        case ended = "the text ends in the middle of a value"
        case unexpected = "a character that cannot stand here"
        case trailing = "something follows the value"
        case literal = "a word that is not true, false or null"
        case number = "a number that JSON does not allow"
        case escape = "an escape that JSON does not allow"
        case surrogate = "half of a surrogate pair"
        case control = "a control character in a string"
        case encoding = "bytes that are not UTF-8"
        case tooDeep = "more than 512 levels of arrays and objects"
        case tooLong = "more than 4 GiB of text"
    }

    /// The byte, counted from 0.
    package var offset: Int
    package var what: What

    package init(offset: Int, what: What) {
        self.offset = offset
        self.what = what
    }

    package var description: String { "not JSON at byte \(offset): \(what.rawValue)" }
}

/// What all nodes of a document share.
final class JSONStorage: Sendable {
    let bytes: [UInt8]
    let entries: [JSONEntry]

    init(bytes: [UInt8], entries: [JSONEntry]) {
        self.bytes = bytes
        self.entries = entries
    }
}

/// One value, or one member's name. A container's entries follow it directly; `end` is the first entry after them.
struct JSONEntry {
    enum Tag: UInt8 {
        case null, yes, no, number, string, escapedString, array, object
    }

    /// Of the first byte; a string's quote included.
    var offset: UInt32
    var length: UInt32
    var end: UInt32
    var tag: Tag
}
