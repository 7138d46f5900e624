/// Every sentence that an operator can read, by code. One file for each area adds its entries.
package enum Catalogue {
    /// All entries in the order of their areas.
    package static let all: [SentenceEntry] =
        loading + planning + execution + edges + proxmox + terraform + registry + commands

    private static let byCode: [SentenceCode: SentenceEntry] = {
        Dictionary(all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    /// The entry of a code.
    ///
    /// - Precondition: the code is in the catalogue; a test walks every code that the product uses.
    package static func entry(_ code: SentenceCode) -> SentenceEntry {
        guard let entry = byCode[code] else { preconditionFailure("no sentence \(code.rawValue) in the catalogue") }
        return entry
    }

    package static func text(of sentence: Sentence, in language: Language) -> SentenceText {
        let text = entry(sentence.code).text(in: language)
        return SentenceText(
            what: fill(text.what, with: sentence.arguments), why: fill(text.why, with: sentence.arguments),
            remedy: fill(text.remedy, with: sentence.arguments))
    }

    /// All three parts as one paragraph.
    package static func paragraph(of sentence: Sentence, in language: Language) -> String {
        let text = text(of: sentence, in: language)
        return [text.what, text.why, text.remedy].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func fill(_ template: String, with arguments: [String]) -> String {
        guard template.utf8.contains(UInt8(ascii: "{")) else { return template }
        var out = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            out += rest[..<open]
            let tail = rest[rest.index(after: open)...]
            guard let close = tail.firstIndex(of: "}"), let index = Int(tail[..<close]),
                arguments.indices.contains(index)
            else {
                out += "{"
                rest = tail
                continue
            }
            out += arguments[index]
            rest = tail[tail.index(after: close)...]
        }
        return out + rest
    }
}
