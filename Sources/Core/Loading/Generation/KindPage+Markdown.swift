import Model

extension KindPage {
    private static let notice =
        "<!-- Generated from the declarations; change those, then run `plumb schema --write`. -->"

    var markdown: String {
        var out = "\(Self.notice)\n\n# \(kind.rawValue)\n\n\(text)\n\n"
        out += "```yaml\n\(example)\n```\n\n"
        out += "## metadata\n\n" + Self.table(Declarations.metadata.shape.fields)
        out += "\n## spec\n\n" + Self.table(spec.fields)
        var seen: Set<String> = []
        for field in spec.fields { out += Self.sections(of: field.shape, path: "spec.\(field.name)", &seen) }
        return out
    }

    private static func table(_ fields: [FieldShape]) -> String {
        var out = "| field | type | default | |\n|---|---|---|---|\n"
        for field in fields {
            let refused = field.unenforced.map { Unenforced.refused.contains($0) } ?? false
            let note = refused ? " **Not enforced yet, and refused.**" : ""
            let standard = field.isRequired ? "**required**" : field.defaultText.map { quoted($0) } ?? ""
            out +=
                "| `\(field.name)` | \(escaped(phrase(field.shape))) | \(escaped(standard)) | \(escaped(field.text))\(note) |\n"
        }
        return out
    }

    private static func quoted(_ text: String) -> String {
        let isCode = !text.contains(" ") || text.hasPrefix("{")
        return isCode && !text.contains("`") ? "`\(text)`" : text
    }

    private static func escaped(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }

    private static func phrase(_ shape: Shape) -> String {
        switch shape {
        case .text(let phrase, _, let example): return example.isEmpty ? phrase : "\(phrase): `\(example)`"
        case .integer(let range):
            return range.upperBound == .max
                ? "a whole number from \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
        case .number(let range): return "\(plain(range.lowerBound)) to \(plain(range.upperBound))"
        case .boolean: return "`true` or `false`"
        case .choice(let words): return words.map { "`\($0)`" }.joined(separator: ", ")
        case .reference(let kind): return "name of a [\(kind.rawValue)](\(kind.rawValue).md)"
        case .list(let element, _):
            if case .record = element { return "list, see below" }
            return "list of: " + phrase(element)
        case .map(let value):
            if case .record = value { return "mapping by name, see below" }
            return "keys and values"
        case .record: return "see below"
        case .anyOf(let shapes):
            let isSecret = shapes.allSatisfy {
                if case .record(let record) = $0 { record.title == "secret" } else { false }
            }
            if isSecret { return secretPhrase }
            return shapes.map { shape in
                if case .record(let record) = shape {
                    return record.fields.map { "`{\($0.name): …}`" }.joined(separator: ", ")
                }
                return phrase(shape)
            }.joined(separator: ", or ")
        }
    }

    /// The forms of a secret's reference, and which of them nothing stands behind yet.
    private static var secretPhrase: String {
        let forms: [(text: String, part: Unenforced?)] = [
            ("`{env: NAME}`", nil), ("`{file: PATH}`", nil), ("`{stored: NAME}`", .storedSecret),
            ("`{vault: PATH#KEY}`", .vaultSecret),
        ]
        func isRefused(_ part: Unenforced?) -> Bool { part.map { Unenforced.refused.contains($0) } ?? false }
        let taken = forms.filter { !isRefused($0.part) }.map { $0.text }.joined(separator: " or ")
        let refused = forms.filter { isRefused($0.part) }.map { $0.text }.joined(separator: " or ")
        return refused.isEmpty ? taken : "\(taken); \(refused): **not enforced yet, and refused**"
    }

    /// Sections for mappings inside of a field; a server inside of a set has a page of its own.
    private static func sections(of shape: Shape, path: String, _ seen: inout Set<String>) -> String {
        switch shape {
        case .record(let record):
            if record.title == "Server" { return "\n## \(path)\n\nThe `spec` of a [Server](Server.md).\n" }
            guard seen.insert(path).inserted else { return "" }
            var out = "\n## \(path)\n\n" + table(record.fields)
            for rule in record.exactlyOne {
                out += "\nExactly one of " + rule.map { "`\($0)`" }.joined(separator: ", ") + " must be given.\n"
            }
            for field in record.fields { out += sections(of: field.shape, path: "\(path).\(field.name)", &seen) }
            return out
        case .list(let element, _): return sections(of: element, path: path + "[]", &seen)
        case .map(let value): return sections(of: value, path: path + ".NAME", &seen)
        case .anyOf(let shapes):
            return shapes.map { shape in
                guard case .record(let record) = shape, record.title != "secret" else { return "" }
                return sections(of: shape, path: path, &seen)
            }.joined()
        case .text, .integer, .number, .boolean, .choice, .reference: return ""
        }
    }
}

/// All sentences of the catalogue, for somebody who has a code and wants to know more.
enum DiagnosticsPage {
    static var markdown: String {
        var out = """
            <!-- Generated from the catalogue of sentences. -->

            # Diagnostics

            Every sentence that Plumb says has a code; `{0}`, `{1}`, … stand for what it is about.


            """
        let entries = Catalogue.all.filter { !$0.code.rawValue.hasPrefix("note.") }.sorted { $0.code < $1.code }
        for entry in entries {
            out += "## \(entry.code.rawValue)\n\n"
            for language in Language.allCases {
                let text = entry.text(in: language)
                let parts = [text.what, text.why, text.remedy].filter { !$0.isEmpty }
                out += plural(parts.joined(separator: " ")) + "\n\n"
            }
        }
        while out.hasSuffix("\n\n") { out.removeLast() }
        return out
    }

    /// A word that depends on a count, `{0|server|servers}`, as it mostly stands.
    private static func plural(_ text: String) -> String {
        text.replacing(/\{[0-9]+\|[^|}]*\|([^}]*)\}/) { String($0.output.1) }
    }
}
