import CLibYAML
import Model

/// Turns libyaml's events into documents, one after the other, inside limits.
///
/// It must not know what the documents mean.
struct YAMLComposer: ~Copyable {
    private let parser: YAMLParser
    private let bytes: UnsafeBufferPointer<UInt8>
    private let base: Int
    private let limits: YAMLLimits
    private var cursor: ByteCursor
    /// Indices of the lists and mappings that are not closed yet.
    private var open: [Int32] = []
    private var anchors: [String: Anchor] = [:]
    /// Anchors whose list or mapping is not closed yet, by node.
    private var openAnchors: [Int: String] = [:]
    private var expanded = 0
    /// Where the last finished value ends: the end of a block, whose own end mark lies behind white space.
    private var lastEnd = 0
    /// Where the document begins that is being read.
    private(set) var currentDocument = 0

    private struct Anchor {
        var node: Int
        /// Values seen, aliases counted in full, before this one.
        var expandedBefore: Int
        /// Values that one alias of it adds; nil while it is still open.
        var size: Int?
    }

    /// - Parameters:
    ///   - bytes: a run of whole documents; must stay valid for the composer's life.
    ///   - base: where they begin in their file.
    init(bytes: UnsafeBufferPointer<UInt8>, base: Int, isASCII: Bool, limits: YAMLLimits) {
        self.bytes = bytes
        self.base = base
        self.limits = limits
        parser = YAMLParser(bytes: bytes)
        cursor = ByteCursor(bytes: bytes, isASCII: isASCII)
        currentDocument = base
        open.reserveCapacity(limits.depth)
    }

    /// Reads the next document.
    ///
    /// - Returns: false at the end of the bytes.
    /// - Throws: the problem that makes the document unreadable; nothing can be read after that.
    mutating func next(into document: inout YAMLDocument) throws(YAMLProblem) -> Bool {
        document.removeAll()
        while true {
            guard parser.advance() else { throw syntaxProblem() }
            let event = parser.event
            switch event.pointee.type {
            case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return false
            case YAML_DOCUMENT_START_EVENT:
                currentDocument = offset(event.pointee.start_mark)
                lastEnd = offset(event.pointee.end_mark)
                open.removeAll(keepingCapacity: true)
                if !anchors.isEmpty {
                    anchors.removeAll()
                    openAnchors.removeAll()
                }
                expanded = 0
                document.offset = currentDocument
            case YAML_DOCUMENT_END_EVENT:
                document.length = lastEnd - document.offset
                currentDocument = lastEnd
                return true
            case YAML_SCALAR_EVENT: try scalar(event, &document)
            case YAML_MAPPING_START_EVENT: try begin(.mapping, event, &document)
            case YAML_SEQUENCE_START_EVENT: try begin(.sequence, event, &document)
            case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: end(event, &document)
            case YAML_ALIAS_EVENT: try alias(event, &document)
            default: break
            }
        }
    }

    @inline(__always)
    private mutating func offset(_ mark: yaml_mark_t) -> Int { base + cursor.byteOffset(ofCharacter: mark.index) }

    @inline(__always)
    private mutating func append(
        _ kind: YAMLNode.Kind, _ style: YAMLNode.Style, from start: Int, to end: Int, _ document: inout YAMLDocument
    ) throws(YAMLProblem) {
        let index = document.nodes.count
        expanded += 1
        guard index < limits.documentValues else {
            throw YAMLProblem("yaml.tooManyValues", [String(limits.documentValues)], offset: start)
        }
        if let parent = open.last { document.nodes[Int(parent)].count += 1 }
        document.nodes.append(
            YAMLNode(
                kind: kind, style: style, isCooked: false, offset: UInt32(truncatingIfNeeded: start),
                length: UInt32(truncatingIfNeeded: end - start), end: UInt32(truncatingIfNeeded: index + 1), text: 0,
                textLength: 0, count: 0))
    }

    private mutating func scalar(
        _ event: UnsafeMutablePointer<yaml_event_t>, _ document: inout YAMLDocument
    ) throws(YAMLProblem) {
        let start = offset(event.pointee.start_mark)
        let end = offset(event.pointee.end_mark)
        let data = event.pointee.data.scalar
        let style: YAMLNode.Style =
            switch data.style {
            case YAML_PLAIN_SCALAR_STYLE: .plain
            case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
            default: .block
            }
        if let tag = data.tag { check(tag: tag, at: start, &document) }
        if let anchor = data.anchor { declare(anchor, &document) }
        try append(.scalar, style, from: start, to: end, &document)
        lastEnd = end
        let length = data.length
        let index = document.nodes.count - 1
        document.nodes[index].textLength = UInt32(truncatingIfNeeded: length)
        guard length > 0, let value = data.value else { return }
        // An anchor or a tag before the scalar belongs to its marks, so that its text is sought from the end.
        let text = end - length - (style == .quoted ? 1 : 0)
        if style != .block, text >= start, let source = bytes.baseAddress,
            memcmp(UnsafeRawPointer(source + (text - base)), UnsafeRawPointer(value), length) == 0
        {
            document.nodes[index].text = UInt32(truncatingIfNeeded: text)
        } else {
            document.nodes[index].text = UInt32(truncatingIfNeeded: document.cooked.count)
            document.nodes[index].isCooked = true
            document.cooked.append(contentsOf: UnsafeBufferPointer(start: value, count: length))
        }
    }

    private mutating func begin(
        _ kind: YAMLNode.Kind, _ event: UnsafeMutablePointer<yaml_event_t>, _ document: inout YAMLDocument
    ) throws(YAMLProblem) {
        let start = offset(event.pointee.start_mark)
        let isMapping = kind == .mapping
        let isFlow =
            isMapping
            ? event.pointee.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
            : event.pointee.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
        guard open.count < limits.depth else {
            throw YAMLProblem("yaml.tooDeep", [String(limits.depth)], offset: start)
        }
        let tag = isMapping ? event.pointee.data.mapping_start.tag : event.pointee.data.sequence_start.tag
        let anchor = isMapping ? event.pointee.data.mapping_start.anchor : event.pointee.data.sequence_start.anchor
        if let tag { check(tag: tag, at: start, &document) }
        if let anchor {
            declare(anchor, &document)
            openAnchors[document.nodes.count] = String(cString: anchor)
        }
        try append(kind, isFlow ? .flow : .block, from: start, to: start, &document)
        open.append(Int32(document.nodes.count - 1))
    }

    private mutating func end(_ event: UnsafeMutablePointer<yaml_event_t>, _ document: inout YAMLDocument) {
        guard let last = open.popLast() else { return }
        let index = Int(last)
        if document.nodes[index].style == .flow { lastEnd = offset(event.pointee.end_mark) }
        document.nodes[index].end = UInt32(document.nodes.count)
        document.nodes[index].length = UInt32(truncatingIfNeeded: max(0, lastEnd - Int(document.nodes[index].offset)))
        if document.nodes[index].kind == .mapping { document.nodes[index].count /= 2 }
        if !openAnchors.isEmpty { close(anchorOf: index) }
    }

    // MARK: Anchors, aliases, tags

    private mutating func declare(_ anchor: UnsafeMutablePointer<UInt8>, _ document: inout YAMLDocument) {
        anchors[String(cString: anchor)] = Anchor(
            node: document.nodes.count, expandedBefore: expanded, size: nil)
    }

    private mutating func close(anchorOf node: Int) {
        guard let name = openAnchors.removeValue(forKey: node), let anchor = anchors[name], anchor.node == node else {
            return
        }
        anchors[name]?.size = expanded - anchor.expandedBefore
    }

    private mutating func alias(
        _ event: UnsafeMutablePointer<yaml_event_t>, _ document: inout YAMLDocument
    ) throws(YAMLProblem) {
        let start = offset(event.pointee.start_mark)
        let end = offset(event.pointee.end_mark)
        let name = event.pointee.data.alias.anchor.map { String(cString: $0) } ?? ""
        guard let anchor = anchors[name] else {
            throw YAMLProblem("yaml.unknownAlias", [name], offset: start, length: end - start)
        }
        let isOpen = open.contains(Int32(anchor.node))
        guard !isOpen else {
            throw YAMLProblem("yaml.recursiveAlias", [name], offset: start, length: end - start)
        }
        try append(.alias, .plain, from: start, to: end, &document)
        expanded += (anchor.size ?? 1) - 1
        guard expanded <= limits.expandedValues else {
            throw YAMLProblem(
                "yaml.expansion", [name, String(limits.expandedValues)], offset: start, length: end - start)
        }
        lastEnd = end
        document.hasAliases = true
        document.nodes[document.nodes.count - 1].text = UInt32(truncatingIfNeeded: anchor.node)
    }

    /// Types come from the kind, so that a tag of YAML's own says nothing new and any other asks for something that
    /// Plumb does not do.
    private mutating func check(tag: UnsafeMutablePointer<UInt8>, at offset: Int, _ document: inout YAMLDocument) {
        let text = String(cString: tag)
        let known = ["str", "int", "float", "bool", "null", "map", "seq"].map { "tag:yaml.org,2002:" + $0 }
        guard text != "!", !known.contains(text) else { return }
        let prefix = "tag:yaml.org,2002:"
        let shown = text.hasPrefix(prefix) ? "!!" + text.dropFirst(prefix.count) : text
        document.problems.append(YAMLProblem("yaml.tag", [shown], offset: offset, length: max(1, shown.utf8.count)))
    }

    private mutating func syntaxProblem() -> YAMLProblem {
        let failure = parser.failure
        let problem =
            failure.isReader
            ? min(failure.byteOffset, bytes.count) : cursor.byteOffset(ofCharacter: failure.problemIndex)
        let context = failure.contextIndex.map { cursor.byteOffset(ofCharacter: $0) }
        var found = SyntaxMistake(failure: failure, bytes: bytes, problem: problem, context: context).asProblem
        found.offset += base
        found.related?.offset += base
        return found
    }
}
