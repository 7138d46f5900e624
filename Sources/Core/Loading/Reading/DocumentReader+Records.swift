import Model

extension DocumentReader {
    mutating func expectMapping(_ node: Int) -> Bool {
        if document.nodes[node].kind == .mapping { return true }
        report("type.mapping", at: node)
        return false
    }

    mutating func expectList(_ node: Int) -> Bool {
        if document.nodes[node].kind == .sequence { return true }
        let isFixable = document.nodes[node].kind == .scalar && document.nodes[node].style != .block
        report("type.list", at: node, fix: isFixable ? "[\(shown(node))]" : nil)
        return false
    }

    /// Puts a mapping's values into a record: unknown names, names given twice, empty values, missing and
    /// contradicting fields are reported.
    mutating func fill<Record>(_ record: inout Record, from node: Int, by declaration: Declaration<Record>) {
        var seen: UInt64 = 0
        readPairs(of: node, into: &record, by: declaration, seen: &seen, isMerged: false, depth: 0)
        if declaration.required & ~seen != 0 && !isPartial {
            reportMissing(declaration.required & ~seen, in: node, declaration)
        }
        if !declaration.exactlyOne.isEmpty || !declaration.atMostOne.isEmpty {
            checkAlternatives(declaration, node: node, seen: seen)
        }
        if let check = declaration.check {
            check(&record, declaration.context(node: node, seen: seen), &self)
        }
    }

    private mutating func readPairs<Record>(
        of node: Int, into record: inout Record, by declaration: Declaration<Record>, seen: inout UInt64,
        isMerged: Bool,
        depth: Int
    ) {
        var merges: [Int]?
        let end = Int(document.nodes[node].end)
        var key = node + 1
        while key < end {
            let keyNode = document.nodes[document.resolved(key)]
            let valueIndex = Int(document.nodes[key].end)
            let value = document.resolved(valueIndex)
            let current = key
            key = Int(document.nodes[valueIndex].end)
            guard keyNode.kind == .scalar else {
                report("yaml.keyNotText", at: current)
                continue
            }
            guard let index = withBytes(keyNode, { declaration.table.index(of: $0) }) else {
                if isMergeKey(keyNode) {
                    if merges != nil { reportDuplicate(current, first: nil) }
                    merges = (merges ?? []) + [value]
                } else {
                    reportUnknown(current, declaration)
                }
                continue
            }
            let bit = UInt64(1) << UInt64(index)
            if seen & bit != 0 {
                if !isMerged, isFull {
                    drop(.error)
                } else if !isMerged {
                    reportDuplicate(current, first: firstKey(named: declaration.names[index], in: node))
                }
                continue
            }
            seen |= bit
            if isNull(value) {
                report("field.noValue", at: value, [declaration.names[index]])
            } else {
                declaration.readers[index](&record, value, &self)
            }
        }
        for value in merges ?? [] {
            merge(value, into: &record, by: declaration, seen: &seen, depth: depth)
        }
    }

    /// A merge key's mappings give what the mapping itself does not: the first one wins.
    private mutating func merge<Record>(
        _ value: Int, into record: inout Record, by declaration: Declaration<Record>, seen: inout UInt64, depth: Int
    ) {
        guard depth < 50 else { return report("yaml.mergeValue", at: value) }
        switch document.nodes[value].kind {
        case .mapping:
            readPairs(of: value, into: &record, by: declaration, seen: &seen, isMerged: true, depth: depth + 1)
        case .sequence:
            var child = value + 1
            while child < Int(document.nodes[value].end) {
                merge(document.resolved(child), into: &record, by: declaration, seen: &seen, depth: depth + 1)
                child = Int(document.nodes[child].end)
            }
        case .scalar, .alias: report("yaml.mergeValue", at: value)
        }
    }

    private func isMergeKey(_ node: YAMLNode) -> Bool {
        node.style == .plain && withBytes(node) { $0.elementsEqual("<<".utf8) }
    }

    func firstKey(named name: String, in node: Int) -> Int? {
        var key = node + 1
        while key < Int(document.nodes[node].end) {
            let value = Int(document.nodes[key].end)
            if document.nodes[key].kind == .scalar, text(key) == name { return key }
            key = Int(document.nodes[value].end)
        }
        return nil
    }

    // MARK: Reports

    mutating func reportDuplicate(_ key: Int, first: Int?) {
        let related = first.map { [Diagnostic.Related(span: span($0), note: Sentence("note.firstHere"))] }
        let name = text(document.resolved(key))
        add(Diagnostic(.error, Sentence("yaml.duplicateKey", [name]), at: span(key), related: related ?? []))
    }

    private mutating func reportUnknown<Record>(_ key: Int, _ declaration: Declaration<Record>) {
        if isFull { return drop(.error) }
        let name = text(document.resolved(key))
        let near = Suggestion.nearest(to: name, among: declaration.names)
        let span = span(key)
        let sentence = Sentence(
            "field.unknown", [String(name.prefix(60)), declaration.title, declaration.names.joined(separator: ", ")])
        let fixIts = near.map { [Diagnostic.FixIt(span: span, replacement: $0)] }
        add(Diagnostic(.error, sentence, at: span, fixIts: fixIts ?? []))
    }

    /// Where a mapping has no place of its own to point at, its first key stands for it.
    func headSpan(_ node: Int) -> SourceSpan {
        let isEmpty = document.nodes[node].count == 0 || document.nodes[node].kind == .scalar
        return isEmpty ? span(node) : span(node + 1)
    }

    private mutating func reportMissing<Record>(_ missing: UInt64, in node: Int, _ declaration: Declaration<Record>) {
        for (index, name) in declaration.names.enumerated() where missing & (1 << UInt64(index)) != 0 {
            let sentence = Sentence("field.missing", [name, declaration.title])
            add(Diagnostic(.error, sentence, at: headSpan(node)))
        }
    }

    private mutating func checkAlternatives<Record>(_ declaration: Declaration<Record>, node: Int, seen: UInt64) {
        let context = declaration.context(node: node, seen: seen)
        for names in declaration.exactlyOne + declaration.atMostOne {
            let given = names.filter { context.isGiven($0) }
            let shown = names.joined(separator: ", ")
            let keys = given.compactMap { firstKey(named: $0, in: node) }.sorted()
            if keys.count > 1 {
                let (one, other) = (text(document.resolved(keys[0])), text(document.resolved(keys[1])))
                let first = Diagnostic.Related(span: span(keys[0]), note: Sentence("note.otherHere", [one]))
                add(Diagnostic(.error, Sentence("field.exclusive", [other, one]), at: span(keys[1]), related: [first]))
            }
            if given.isEmpty, declaration.exactlyOne.contains(names), !isPartial {
                add(Diagnostic(.error, Sentence("field.oneOf", [shown, declaration.title]), at: headSpan(node)))
            }
        }
    }
}
