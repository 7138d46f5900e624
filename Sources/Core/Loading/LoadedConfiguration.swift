import Model

/// What was found in a configuration: the values, what is wrong, and where everything stands.
package struct LoadedConfiguration: Sendable {
    /// Only what is free of errors; its completeness says what had to be left out.
    package var desired: Desired
    /// In the order of files and places.
    package var diagnostics: [Diagnostic]
    package var positions: Positions
    /// Names that something refers to and nothing declares: the registry may know them.
    package var dangling: Set<ObjectName> = []

    /// The files, which spans count by their position here.
    package var files: [SourceFile] { positions.files }

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Reads configurations.
///
/// It must not know where files come from, and does no input or output.
package struct ConfigurationLoader: Sendable {
    package var limits = YAMLLimits()
    /// Names that the registry holds. A reference to one of them is no mistake where nothing declares it any more: its
    /// removal was asked for while others still refer to it, and the planner lets it stay. A name that never was, or is
    /// misspelled, is in no registry.
    package var recorded: Set<ObjectName> = []

    package init() {}

    /// Reads files in the order of their paths. It never fails: what is wrong becomes a diagnostic, and everything
    /// else goes on.
    package func load(_ files: [SourceFile]) -> LoadedConfiguration {
        guard !files.isEmpty else { return Self.nothing }
        let files = files.sorted { $0.path < $1.path }
        var draft = ConfigurationDraft()
        draft.reserve(for: files)
        for (index, file) in files.enumerated() {
            if let failure = file.failure ?? (file.isBlank ? Sentence("file.empty") : nil) {
                let span = SourceSpan(file: index, offset: 0, length: 0)
                draft.diagnostics.append(Diagnostic(.error, failure, at: span))
                draft.broken.append(BrokenDocument(span: span, claims: []))
            } else {
                read(file, index, into: &draft)
            }
        }
        return (consume draft).finished(files: files, recorded: recorded)
    }

    /// No file at all is a mount that is missing, or the wrong directory, rather than a wish to remove everything.
    private static var nothing: LoadedConfiguration {
        var desired = Desired()
        desired.completeness = .broken(.init(documents: ["*.yaml"], claims: []))
        return LoadedConfiguration(
            desired: desired, diagnostics: [Diagnostic(.error, Sentence("file.none"), at: nil)],
            positions: Positions(files: []))
    }

    private func read(_ file: SourceFile, _ index: Int, into draft: inout ConfigurationDraft) {
        file.bytes.withUnsafeBufferPointer { bytes in
            var stream = YAMLStream(bytes: bytes, limits: limits)
            var reader = DocumentReader(source: bytes, file: index, limit: limits.diagnosticsPerFile)
            while let item = stream.next(into: &reader.document) {
                switch item {
                case .document: draft.read(&reader)
                case .broken(let range):
                    reader.document.removeAll()
                    reader.add(range.problem)
                    draft.addBroken(bytes, range.start..<range.end, file: index)
                }
            }
            draft.diagnostics += reader.diagnostics
            if reader.dropped > 0, let last = reader.diagnostics.last?.span {
                let sentence = Sentence("file.moreDiagnostics", [String(reader.dropped)])
                draft.diagnostics.append(Diagnostic(.warning, sentence, at: last))
            }
        }
    }
}
