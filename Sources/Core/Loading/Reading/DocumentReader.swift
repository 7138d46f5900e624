import Model

/// Reads one document after the other into typed records, and collects what is wrong with them.
///
/// It must not know any kind: what a mapping may hold comes from its ``Declaration``.
struct DocumentReader {
    var document = YAMLDocument()
    /// The file's bytes; valid while the file is being read.
    let source: UnsafeBufferPointer<UInt8>
    let file: Int
    let limit: Int
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var errors = 0
    /// Diagnostics beyond the limit.
    private(set) var dropped = 0
    /// Read a member's overrides: what is required stands in the set's template.
    var isPartial = false
    private var suggestions = SuggestionBudget()

    /// - Parameter limit: diagnostics of this file that are kept.
    init(source: UnsafeBufferPointer<UInt8>, file: Int, limit: Int) {
        self.source = source
        self.file = file
        self.limit = limit
    }

    // MARK: Text

    /// A scalar's bytes, as they are after YAML's escapes.
    @inline(__always)
    func withBytes<Result>(_ node: YAMLNode, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if node.isCooked { return withCookedBytes(node, body) }
        return body(plainBytes(node))
    }

    @inline(__always)
    private func plainBytes(_ node: YAMLNode) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: source[Int(node.text)..<Int(node.text) + Int(node.textLength)])
    }

    /// Apart, because holding the buffer while `body` runs makes the compiler copy the whole reader.
    @inline(never)
    private func withCookedBytes<Result>(_ node: YAMLNode, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let range = Int(node.text)..<Int(node.text) + Int(node.textLength)
        return document.cooked.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    @inline(__always)
    func text(_ index: Int) -> String {
        withBytes(document.nodes[index]) { String(decoding: $0, as: UTF8.self) }
    }

    /// Nothing, `~` or `null` without quotes.
    @inline(__always)
    func isNull(_ index: Int) -> Bool {
        let node = document.nodes[index]
        guard node.kind == .scalar, node.style == .plain else { return false }
        if node.textLength == 0 { return true }
        guard node.textLength == 1 || node.textLength == 4 else { return false }
        return withBytes(node) { bytes in
            bytes.count == 1
                ? bytes[0] == UInt8(ascii: "~") : ["null", "Null", "NULL"].contains { $0.utf8.elementsEqual(bytes) }
        }
    }

    /// The value as the file shows it, at most its first line and 60 characters.
    func shown(_ index: Int) -> String {
        let node = document.nodes[index]
        let range = Int(node.offset)..<min(source.count, Int(node.offset) + Int(node.length))
        let line = source[range].prefix { $0 != 0x0A && $0 != 0x0D }
        let all = SensitiveText.withoutUserInfo(String(decoding: line, as: UTF8.self))
        let isCut = line.count < range.count || all.count > 60
        return isCut ? String(all.prefix(60)) + " …" : all
    }

    // MARK: Places

    func span(_ index: Int) -> SourceSpan {
        let node = document.nodes[index]
        return SourceSpan(file: file, offset: Int(node.offset), length: Int(node.length))
    }

    /// The element of a list by its position.
    func element(_ position: Int, of list: Int) -> Int {
        var child = list + 1
        for _ in 0..<position where child < Int(document.nodes[list].end) { child = Int(document.nodes[child].end) }
        return child
    }

    /// Where the value stands in its document: `spec.disks[0].size`.
    func path(of target: Int) -> String {
        var path = ""
        var parent = 0
        while parent < target {
            var child = parent + 1
            var position = 0
            let isMapping = document.nodes[parent].kind == .mapping
            while child < document.nodes.count {
                let value = isMapping ? Int(document.nodes[child].end) : child
                guard value < document.nodes.count else { return path }
                if target < Int(document.nodes[value].end) {
                    if isMapping {
                        path += (path.isEmpty ? "" : ".") + text(child)
                    } else {
                        path += "[\(position)]"
                    }
                    if target < value { return path }
                    parent = value
                    break
                }
                child = Int(document.nodes[value].end)
                position += 1
            }
            if child >= document.nodes.count { return path }
        }
        return path
    }

    // MARK: Diagnostics

    /// Reports a value: the sentence's first argument is its path, the second the value as it stands in the file, and
    /// the rest follows.
    mutating func report(
        _ code: SentenceCode, at node: Int, _ more: [String] = [], fix: String? = nil,
        severity: Diagnostic.Severity = .error
    ) {
        if isFull { return drop(severity) }
        let span = span(node)
        let fixIts = fix.map { [Diagnostic.FixIt(span: span, replacement: $0)] } ?? []
        let sentence = Sentence(code, [path(of: node), shown(node)] + more)
        add(Diagnostic(severity, sentence, at: span, fixIts: fixIts))
    }

    /// Further diagnostics of this file would not be kept: nothing need be found out for them.
    var isFull: Bool { diagnostics.count >= limit }

    /// The name that was probably meant, where it is still shown.
    mutating func nearest(to name: String, among names: [String]) -> String? {
        isFull ? nil : suggestions.nearest(to: name, among: names)
    }

    mutating func drop(_ severity: Diagnostic.Severity) {
        if severity == .error { errors += 1 }
        dropped += 1
    }

    mutating func add(_ diagnostic: Diagnostic) {
        if isFull { return drop(diagnostic.severity) }
        if diagnostic.severity == .error { errors += 1 }
        // What an alias repeats is said once, where it stands.
        if document.hasAliases, diagnostics.contains(diagnostic) { return }
        diagnostics.append(diagnostic)
    }

    mutating func add(_ problem: YAMLProblem) {
        let span = SourceSpan(file: file, offset: problem.offset, length: problem.length)
        let related = problem.related.map {
            [Diagnostic.Related(span: SourceSpan(file: file, offset: $0.offset, length: $0.length), note: $0.note)]
        }
        let fixIts = problem.replacement.map { [Diagnostic.FixIt(span: span, replacement: $0)] }
        add(Diagnostic(.error, problem.sentence, at: span, related: related ?? [], fixIts: fixIts ?? []))
    }

    /// Refuses what nothing acts on yet.
    mutating func refuses(_ part: Unenforced, at node: Int) -> Bool {
        guard Unenforced.refused.contains(part) else { return false }
        report("field.notYet", at: node)
        return true
    }
}
