import Model

/// What reading the configuration came to.
package struct ConfigurationReport: Sendable {
    /// How many files were read.
    package var files: Int
    /// How many objects there are of each kind, in the order of ``Kind``; members of sets count as servers.
    package var objects: [(kind: Kind, count: Int)]
    package var remarks: [Remark]
    /// Abbreviated; nil outside of a git repository.
    package var commit: String?
    /// How long it took to read, check and type what the files said, once their bytes were there.
    package var loadTime = Duration.zero

    package init(
        files: Int = 0, objects: [(kind: Kind, count: Int)] = [], remarks: [Remark] = [], commit: String? = nil
    ) {
        self.files = files
        self.objects = objects
        self.remarks = remarks
        self.commit = commit
    }

    package var hasErrors: Bool { remarks.contains { $0.severity == .error } }

    /// A diagnostic with its place found and its lines cut out.
    package struct Remark: Sendable, Hashable {
        package var severity: Diagnostic.Severity
        package var sentence: Sentence
        /// Relative to the configuration's directory; nil: it has no place.
        package var file: String?
        /// From 1, columns in characters; zero where there is no place.
        package var line: Int
        package var column: Int
        /// As a terminal shows it, in the language of the ``Workplace``.
        package var rendering: String

        package init(
            severity: Diagnostic.Severity, sentence: Sentence, file: String?, line: Int, column: Int, rendering: String
        ) {
            self.severity = severity
            self.sentence = sentence
            self.file = file
            self.line = line
            self.column = column
            self.rendering = rendering
        }
    }
}
