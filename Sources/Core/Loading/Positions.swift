import Model

/// Where objects and their fields stand. Nothing is kept for fields: a document is read again when somebody asks, so
/// that ten thousand servers cost a list of ranges.
package struct Positions: Sendable {
    package let files: [SourceFile]
    /// By kind, in ascending order of the names' keys.
    private var places: [Kind: [Place]] = [:]

    struct Place: Sendable {
        var key: String
        var span: SourceSpan
    }

    init(files: [SourceFile]) { self.files = files }

    /// - Parameter new: in ascending order of the keys.
    mutating func add(_ kind: Kind, _ new: [Place]) { places[kind] = new }

    /// The document of an object; of a member of a set, the set's.
    package func document(of object: ObjectName) -> SourceSpan? {
        guard let places = places[object.kind] else { return nil }
        let place = places.partitioningIndex { $0.key >= object.key }
        return place < places.count && places[place].key == object.key ? places[place].span : nil
    }

    /// The value of a field such as `spec.disks[0].size`; where it is not written, the nearest part that is.
    package func span(of object: ObjectName, field: String) -> SourceSpan? {
        var lookup = DocumentLookup(files: files)
        return document(of: object).map { lookup.span(in: $0, member: object.key, field: field) }
    }
}

/// Finds fields in documents that were read before. The last document stays at hand: a set of ten thousand members can
/// have some hundred mistakes, and reading it again for each takes minutes.
struct DocumentLookup {
    let files: [SourceFile]
    private var last: (place: SourceSpan, document: YAMLDocument)?

    init(files: [SourceFile]) { self.files = files }

    /// - Parameter member: the key of a server: in a set's document its overrides, then the template, hold its fields.
    mutating func span(in place: SourceSpan, member: String, field: String) -> SourceSpan {
        let file = Int(place.file)
        guard files.indices.contains(file) else { return place }
        let bytes = files[file].bytes
        let start = Int(place.offset)
        let end = min(bytes.count, start + Int(place.length))
        guard start < end else { return place }
        // Comments behind the last value may hold an alias's anchor no more than white space does.
        return bytes[start..<end].withUnsafeBufferPointer { part in
            guard let document = document(at: place, part, start) else { return place }
            let walker = PathWalker(document: document, source: part, base: start)
            let steps = PathWalker.steps(field)
            var found: (node: Int, depth: Int) = (0, 0)
            for path in paths(steps, member: member, walker) {
                let next = walker.walk(path)
                if next.depth == path.count {
                    found = next
                    break
                }
                if next.depth > found.depth { found = next }
            }
            let node = document.nodes[found.node]
            return found.depth == 0 ? place : SourceSpan(file: file, offset: Int(node.offset), length: Int(node.length))
        }
    }

    /// A scalar of a document that was read before.
    mutating func text(in place: SourceSpan, field: String) -> String? {
        let found = span(in: place, member: "", field: field)
        guard found != place, files.indices.contains(Int(found.file)) else { return nil }
        let bytes = files[Int(found.file)].bytes
        let end = min(bytes.count, Int(found.offset) + Int(found.length))
        return String(decoding: bytes[min(Int(found.offset), end)..<end], as: UTF8.self)
    }

    private mutating func document(
        at place: SourceSpan, _ bytes: UnsafeBufferPointer<UInt8>, _ base: Int
    ) -> YAMLDocument? {
        if let last, last.place == place { return last.document }
        last = nil
        var document = YAMLDocument()
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        var composer = YAMLComposer(bytes: bytes, base: base, isASCII: isASCII, limits: YAMLLimits())
        guard (try? composer.next(into: &document)) == true, !document.nodes.isEmpty else { return nil }
        last = (place, document)
        return document
    }

    private func paths(_ steps: [PathWalker.Step], member: String, _ walker: PathWalker) -> [[PathWalker.Step]] {
        let isSet = walker.walk([.name("spec"), .name("template")]).depth == 2 && steps.first == .name("spec")
        guard isSet, walker.text(of: [.name("kind")]) == "ServerSet" else { return [steps] }
        let rest = Array(steps.dropFirst())
        return [
            [.name("spec"), .name("overrides"), .name(member)] + rest,
            [.name("spec"), .name("template")] + rest,
            [.name("spec")] + rest,
        ]
    }
}

/// Follows a path of names and numbers into a document.
struct PathWalker {
    enum Step: Equatable {
        case name(String)
        case index(Int)
    }

    let document: YAMLDocument
    let source: UnsafeBufferPointer<UInt8>
    /// Where `source` begins in its file.
    let base: Int

    static func steps(_ path: String) -> [Step] {
        var steps: [Step] = []
        for part in path.split(separator: ".") {
            let pieces = part.split(separator: "[")
            guard let name = pieces.first else { continue }
            steps.append(.name(String(name)))
            for index in pieces.dropFirst() { steps.append(.index(Int(index.dropLast()) ?? 0)) }
        }
        return steps
    }

    /// The deepest node on the path, and how many steps lead to it.
    func walk(_ steps: [Step]) -> (node: Int, depth: Int) {
        var node = 0
        for (depth, step) in steps.enumerated() {
            guard let next = child(of: node, step) else { return (node, depth) }
            node = next
        }
        return (node, steps.count)
    }

    func text(of steps: [Step]) -> String? {
        let found = walk(steps)
        return found.depth == steps.count ? text(found.node) : nil
    }

    private func text(_ index: Int) -> String {
        let node = document.nodes[index]
        guard node.kind == .scalar else { return "" }
        let range = Int(node.text)..<Int(node.text) + Int(node.textLength)
        if node.isCooked { return String(decoding: document.cooked[range], as: UTF8.self) }
        return String(decoding: source[(range.lowerBound - base)..<(range.upperBound - base)], as: UTF8.self)
    }

    /// Whether a key is a name, whatever its case: of a set's ten thousand overrides each is compared, and a string of
    /// its own for each would take most of the time.
    private func isKey(_ index: Int, _ name: [UInt8]) -> Bool {
        let node = document.nodes[index]
        guard node.kind == .scalar, Int(node.textLength) == name.count else { return false }
        let range = Int(node.text)..<Int(node.text) + Int(node.textLength)
        func isEqual(_ bytes: some Sequence<UInt8>) -> Bool {
            zip(bytes, name).allSatisfy { byte, wanted in
                byte == wanted || ((0x41...0x5A).contains(byte) && byte | 0x20 == wanted)
            }
        }
        return node.isCooked
            ? isEqual(document.cooked[range])
            : isEqual(source[(range.lowerBound - base)..<(range.upperBound - base)])
    }

    private func child(of parent: Int, _ step: Step) -> Int? {
        let wanted: [UInt8] =
            switch step {
            case .name(let name): Array(name.lowercased().utf8)
            case .index: []
            }
        let parent = document.resolved(parent)
        var at = parent + 1
        var position = 0
        while at < Int(document.nodes[parent].end) {
            switch (step, document.nodes[parent].kind) {
            case (.name, .mapping):
                let value = Int(document.nodes[at].end)
                if isKey(at, wanted) { return document.resolved(value) }
                at = Int(document.nodes[value].end)
            case (.index(let index), .sequence):
                if index == position { return document.resolved(at) }
                position += 1
                at = Int(document.nodes[at].end)
            case (.name, _), (.index, _): return nil
            }
        }
        return nil
    }
}
