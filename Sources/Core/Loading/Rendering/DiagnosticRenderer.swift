import Model

/// Shows diagnostics as text: what is wrong, where, why, and what to do.
package struct DiagnosticRenderer: Sendable {
    package var language: Language
    /// Colours for a terminal.
    package var isColoured: Bool

    package init(language: Language, isColoured: Bool = false) {
        self.language = language
        self.isColoured = isColoured
    }

    /// One diagnostic of a configuration, with its line; ends with a newline.
    package func render(_ diagnostic: Diagnostic, in configuration: LoadedConfiguration) -> String {
        render(diagnostic, files: configuration.files)
    }

    package func render(_ diagnostic: Diagnostic, files: [SourceFile]) -> String {
        var lines = SourceLines(files)
        return render(diagnostic, in: &lines)
    }

    /// One of many: each file's lines are counted once.
    package func render(_ diagnostic: Diagnostic, in lines: inout SourceLines) -> String {
        let text = Catalogue.text(of: diagnostic.sentence, in: language)
        let isError = diagnostic.severity == .error
        let severity = label(isError ? "note.error" : "note.warning")
        var out = ""
        let place = lines.place(of: diagnostic.span)
        if let place { out += bold("\(VisibleText.of(place.path)):\(place.line):\(place.column): ") }
        out += colour(isError ? "31" : "33", severity + ": ") + bold(text.what)
        out += colour("2", " [\(diagnostic.sentence.code.rawValue)]") + "\n"
        // What stands in a reference beside the fields that it knows may be the secret itself.
        let isSecret =
            diagnostic.sentence.code == "value.literalSecret"
            || diagnostic.sentence.arguments.contains("secret reference")
        if let place { out += excerpt(place, isSecret: isSecret) }
        for related in diagnostic.related {
            guard let place = lines.place(of: related.span) else { continue }
            let note = Catalogue.text(of: related.note, in: language).what
            out += "  \(VisibleText.of(place.path)):\(place.line):\(place.column): \(note)\n"
        }
        if !text.why.isEmpty { out += "  " + colour("2", label("note.why") + ": ") + text.why + "\n" }
        if !text.remedy.isEmpty { out += "  " + colour("36", label("note.fix") + ": ") + text.remedy + "\n" }
        for fixIt in diagnostic.fixIts {
            let shown = fixIt.replacement.allSatisfy { $0 == " " } ? nil : fixIt.replacement
            guard let shown else { continue }
            out += "  " + Catalogue.text(of: Sentence("note.didYouMean", [shown]), in: language).what + "\n"
        }
        return out
    }

    private func label(_ code: SentenceCode) -> String { Catalogue.entry(code).text(in: language).what }

    /// The line with carets below what is wrong, cut to what a terminal can show.
    private func excerpt(_ place: SourcePlace, isSecret: Bool) -> String {
        guard let line = place.sourceLine else { return "" }
        let shown = SensitiveText.masked(line.text, hiding: isSecret ? line.marked : nil)
        let number = String(place.line)
        let margin = String(repeating: " ", count: number.count)
        let before = line.text.prefix(line.marked.lowerBound).reduce(into: "") {
            $0 += $1 == "\t" ? "\t" : spaces(of: $1)
        }
        let markedText = line.text.dropFirst(line.marked.lowerBound).prefix(line.marked.count)
        let width = max(1, isSecret ? 1 : markedText.reduce(0) { $0 + DisplayWidth.of($1) })
        let carets = String(repeating: "^", count: width)
        return "  \(number) | \(shown)\n  \(margin) | \(before)\(colour("31", carets))\n"
    }

    private func spaces(of character: Character) -> String {
        String(repeating: " ", count: DisplayWidth.of(character))
    }

    private func colour(_ code: String, _ text: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
    private func bold(_ text: String) -> String { colour("1", text) }
}

/// How many columns of a terminal a character takes: two for those of East Asia (Unicode's annex 11, by blocks).
enum DisplayWidth {
    static func of(_ character: Character) -> Int {
        guard let value = character.unicodeScalars.first?.value else { return 0 }
        switch value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
