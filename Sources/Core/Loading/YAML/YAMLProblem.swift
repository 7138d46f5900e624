import Model

/// What the YAML layer found wrong, before it is known which file it is: bytes of the file and a sentence.
struct YAMLProblem: Error, Equatable {
    var sentence: Sentence
    var offset: Int
    var length: Int
    /// A second place that belongs to it, with its own note.
    var related: Related?
    /// What the bytes of the problem should become, where that is certain.
    var replacement: String?

    struct Related: Equatable {
        var offset: Int
        var length: Int
        var note: Sentence
    }

    init(_ code: SentenceCode, _ arguments: [String] = [], offset: Int, length: Int = 1) {
        sentence = Sentence(code, arguments)
        self.offset = offset
        self.length = length
    }
}

/// What keeps hostile input from taking more than its share. Every limit has its own diagnostic.
package struct YAMLLimits: Sendable {
    /// Bytes of one file. 100,000 servers take about 36 MB.
    package var fileBytes = 64 << 20
    /// Nested lists and mappings. libyaml itself grows quadratic with depth (100,000 `[` take 9 s).
    package var depth = 100
    /// Values in one document, as written.
    package var documentValues = 1_000_000
    /// Values in one document once every alias is replaced by what it stands for.
    package var expandedValues = 1_000_000
    /// Documents of one file that may be broken before the rest of it is left unread.
    package var brokenDocuments = 100
    /// Diagnostics of one file; what comes after is counted.
    package var diagnosticsPerFile = 200

    package init() {}
}
