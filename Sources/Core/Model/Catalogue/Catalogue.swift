/// Every sentence that an operator can read, by code. One file for each area adds its entries.
package enum Catalogue {
    /// All entries in the order of their areas.
    package static let all: [SentenceEntry] =
        loading + planning + execution + executionWaiting + recovery + edges + proxmox + terraform + registry + commands
        + imports + audit + rehearsal + rehearsalReport + executionRestarts + executionOrders + executionIdentity
        + places + holders + decisions + executionEnds + commandsVerbs + leftOut + cutOff

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
        let arguments = sentence.arguments.map(shown) + (sentence.parts ?? []).map { said($0, in: language) }
        // A label has one part, and is no sentence.
        let isLabel = text.why.isEmpty && text.remedy.isEmpty
        func part(_ template: String) -> String {
            let filled = fill(template, with: arguments)
            return !isLabel && template.hasSuffix("}") ? ended(filled) : filled
        }
        return SentenceText(what: part(text.what), why: part(text.why), remedy: part(text.remedy))
    }

    /// All three parts as one paragraph.
    package static func paragraph(of sentence: Sentence, in language: Language) -> String {
        let text = text(of: sentence, in: language)
        return [text.what, text.why, text.remedy].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// What is so and why, without what to do: as a part of another sentence.
    private static func said(_ sentence: Sentence, in language: Language) -> String {
        let text = text(of: sentence, in: language)
        return [text.what, text.why].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// An argument is somebody else's text, and stands inside of a line.
    private static func shown(_ argument: String) -> String {
        guard argument.utf8.last == UInt8(ascii: "\n") else { return VisibleText.of(argument) }
        var line = argument[...]
        while line.last?.isNewline == true { line.removeLast() }
        return VisibleText.of(String(line))
    }

    /// A part that ends with somebody else's words, such as Proxmox's, which may or may not end a sentence.
    private static func ended(_ text: String) -> String {
        var text = text
        while text.last?.isWhitespace == true { text.removeLast() }
        guard let last = text.last, !".!?…。".contains(last) else { return text }
        return text + "."
    }

    /// Puts arguments in their places: `{0}` is the first; `{0|server|servers}` is the first word where the argument
    /// is `1`, and the second otherwise.
    private static func fill(_ template: String, with arguments: [String]) -> String {
        guard template.utf8.contains(UInt8(ascii: "{")) else { return template }
        var out = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            out += rest[..<open]
            let tail = rest[rest.index(after: open)...]
            guard let close = tail.firstIndex(of: "}"),
                let text = place(tail[..<close].split(separator: "|"), with: arguments)
            else {
                out += "{"
                rest = tail
                continue
            }
            out += text
            rest = tail[tail.index(after: close)...]
        }
        return out + rest
    }

    private static func place(_ parts: [Substring], with arguments: [String]) -> String? {
        guard let index = parts.first.flatMap({ Int($0) }), arguments.indices.contains(index) else { return nil }
        if parts.count == 1 { return arguments[index] }
        return parts.count == 3 ? String(arguments[index] == "1" ? parts[1] : parts[2]) : nil
    }
}
