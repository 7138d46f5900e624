/// What is wrong with something that an operator wrote, as a value: it travels beside the result, so that reading
/// never stops at the first mistake and warnings survive.
package struct Diagnostic: Hashable, Sendable {
    package enum Severity: String, Hashable, Comparable, Sendable, Codable {
        case warning
        case error

        package static func < (one: Self, other: Self) -> Bool { one == .warning && other == .error }
    }

    package var severity: Severity
    /// What, why, and what to do.
    package var sentence: Sentence
    /// Where; nil for what has no place in a file (an empty directory).
    package var span: SourceSpan?
    /// Other places that belong to it, each with what it is (`first declared here`).
    package var related: [Related]
    package var fixIts: [FixIt]

    package struct Related: Hashable, Sendable {
        package var span: SourceSpan
        package var note: Sentence

        package init(span: SourceSpan, note: Sentence) {
            self.span = span
            self.note = note
        }
    }

    /// A change of the text that mends it: the bytes of `span` replaced.
    package struct FixIt: Hashable, Sendable {
        package var span: SourceSpan
        package var replacement: String

        package init(span: SourceSpan, replacement: String) {
            self.span = span
            self.replacement = replacement
        }
    }

    package init(
        _ severity: Severity = .error, _ sentence: Sentence, at span: SourceSpan?, related: [Related] = [],
        fixIts: [FixIt] = []
    ) {
        self.severity = severity
        self.sentence = sentence
        self.span = span
        self.related = related
        self.fixIts = fixIts
    }
}

/// A range of bytes in one file of the configuration. Line and column are computed only when something is shown.
package struct SourceSpan: Hashable, Sendable {
    /// Index into the loaded configuration's list of files.
    package var file: Int32
    package var offset: Int32
    package var length: Int32

    package init(file: Int, offset: Int, length: Int) {
        self.file = Int32(clamping: file)
        self.offset = Int32(clamping: offset)
        self.length = Int32(clamping: length)
    }
}
