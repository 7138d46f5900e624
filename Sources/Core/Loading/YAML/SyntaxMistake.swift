import Model

/// What an operator did, behind libyaml's words for what its grammar missed.
///
/// libyaml gives nothing but texts (0.1.4 to 0.2.5 agree on these), so that this is the one place that reads them.
struct SyntaxMistake {
    let failure: YAMLParser.Failure
    let bytes: UnsafeBufferPointer<UInt8>
    /// Where libyaml noticed it.
    let problem: Int
    /// Where what it was reading began.
    let context: Int?

    private enum Place {
        case problem
        case context
    }

    /// Text of libyaml's problem (or a part of it), the code, and which of the two places an operator would look at.
    private static let table: [(text: String, code: SentenceCode, place: Place)] = [
        ("tab character", "yaml.tab", .problem),
        ("cannot start any token", "yaml.character", .problem),
        ("could not find expected ':'", "yaml.missingColon", .context),
        ("mapping values are not allowed", "yaml.extraColon", .problem),
        ("found unexpected ':'", "yaml.extraColon", .problem),
        ("block sequence entries are not allowed", "yaml.dash", .problem),
        ("mapping keys are not allowed", "yaml.indentation", .problem),
        ("did not find expected key", "yaml.indentation", .problem),
        ("did not find expected '-' indicator", "yaml.indentation", .problem),
        ("found unexpected document indicator", "yaml.unclosedQuote", .context),
        ("found unexpected end of stream", "yaml.unclosedQuote", .context),
        ("found unknown escape character", "yaml.escape", .problem),
        ("hexdecimal number", "yaml.escape", .problem),
        ("Unicode character escape", "yaml.escape", .problem),
        ("expected ',' or ']'", "yaml.unclosedBracket", .context),
        ("expected ',' or '}'", "yaml.unclosedBracket", .context),
        ("indentation indicator equal to 0", "yaml.blockHeader", .problem),
        ("expected comment or line break", "yaml.blockHeader", .problem),
        ("alphabetic or numeric character", "yaml.anchorName", .problem),
        ("directive", "yaml.directive", .problem),
        ("incompatible YAML document", "yaml.directive", .problem),
        ("version number", "yaml.directive", .problem),
        ("undefined tag handle", "yaml.tag", .problem),
        ("tag URI", "yaml.tag", .context),
        ("expected whitespace or line break", "yaml.tag", .context),
        ("expected '!'", "yaml.tag", .context),
        ("<document start>", "yaml.documentStart", .problem),
        ("expected node content", "yaml.missingValue", .problem),
    ]

    /// Offsets count from the start of `bytes`.
    var asProblem: YAMLProblem {
        let isDirective = failure.context.contains("directive")
        if let marker = mergeMarker { return marker }
        let row = Self.table.first { failure.problem.contains($0.text) || ($0.code == "yaml.directive" && isDirective) }
        guard let row else {
            return YAMLProblem("yaml.syntax", [failure.problem], offset: clamped(problem))
        }
        if row.code == "yaml.character", byte(at: problem) == UInt8(ascii: "\t") { return tab(at: problem) }
        if row.code == "yaml.tab" { return tab(at: firstTab(onLineOf: problem)) }
        let offset = clamped(row.place == .context ? context ?? problem : problem)
        var found = YAMLProblem(row.code, arguments(of: row.code, at: offset), offset: offset)
        if row.place == .context, row.code == "yaml.unclosedBracket" {
            found.related = .init(offset: clamped(problem), length: 1, note: Sentence("note.noticedHere"))
        }
        if row.code == "yaml.missingColon" { found.length = lineRest(from: offset) }
        return found
    }

    /// What git leaves in a file where two sides of a merge differ, if it is that on which libyaml stumbled.
    private var mergeMarker: YAMLProblem? {
        for offset in [context, problem].compactMap(\.self).map(clamped) {
            var start = offset
            while start > 0, let before = byte(at: start - 1), before != 0x0A, before != 0x0D { start -= 1 }
            let line = text(start, lineRest(from: start))
            guard ["<<<<<<< ", "=======", ">>>>>>> "].contains(where: line.hasPrefix) else { continue }
            return YAMLProblem("yaml.mergeMarker", [line], offset: start, length: lineRest(from: start))
        }
        return nil
    }

    private func arguments(of code: SentenceCode, at offset: Int) -> [String] {
        switch code {
        case "yaml.character", "yaml.escape", "yaml.unclosedQuote":
            [byte(at: offset).map { String(decoding: [$0], as: UTF8.self) } ?? ""]
        case "yaml.unclosedBracket": byte(at: offset) == UInt8(ascii: "{") ? ["{", "}"] : ["[", "]"]
        case "yaml.missingColon": [text(offset, lineRest(from: offset))]
        case "yaml.tag": [text(offset, wordLength(from: offset))]
        case "yaml.directive": [text(offset, lineRest(from: offset))]
        default: []
        }
    }

    private func tab(at offset: Int) -> YAMLProblem {
        var end = offset
        while byte(at: end) == UInt8(ascii: "\t") { end += 1 }
        var found = YAMLProblem("yaml.tab", offset: clamped(offset), length: max(1, end - offset))
        found.replacement = String(repeating: "  ", count: max(1, end - offset))
        return found
    }

    private func firstTab(onLineOf offset: Int) -> Int {
        var start = clamped(offset)
        while start > 0, let before = byte(at: start - 1), before != 0x0A, before != 0x0D { start -= 1 }
        var at = start
        while let found = byte(at: at), found != 0x0A, found != 0x0D {
            if found == UInt8(ascii: "\t") { return at }
            at += 1
        }
        return offset
    }

    private func byte(at offset: Int) -> UInt8? { bytes.indices.contains(offset) ? bytes[offset] : nil }

    /// The end of the bytes has nothing to show: the last character that is not white space has.
    private func clamped(_ offset: Int) -> Int {
        var at = min(max(0, offset), max(0, bytes.count - 1))
        guard offset >= bytes.count else { return at }
        while at > 0, let found = byte(at: at), found == 0x20 || found == 0x0A || found == 0x0D { at -= 1 }
        return at
    }

    private func lineRest(from offset: Int) -> Int {
        var end = offset
        while let found = byte(at: end), found != 0x0A, found != 0x0D, end - offset < 60 { end += 1 }
        while end > offset + 1, byte(at: end - 1).map({ $0 == 0x20 || $0 & 0xC0 == 0x80 }) == true { end -= 1 }
        return max(1, end - offset)
    }

    private func wordLength(from offset: Int) -> Int {
        var end = offset
        while let found = byte(at: end), found > 0x20, end - offset < 60 { end += 1 }
        return max(1, end - offset)
    }

    private func text(_ offset: Int, _ length: Int) -> String {
        String(decoding: bytes[offset..<min(bytes.count, offset + length)], as: UTF8.self)
    }
}
