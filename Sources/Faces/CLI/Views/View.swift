import JSONArena
import Model

/// One value in its two printed forms.
package protocol View {
    /// Lines without a final newline.
    func text(in page: Page) -> String
    /// An object; the console adds `formatVersion`.
    func json(in language: Language) -> JSONValue
}

/// What a text is printed with.
package struct Page: Sendable {
    package var language: Language
    package var paint: Paint

    package init(language: Language, paint: Paint = .none) {
        self.language = language
        self.paint = paint
    }

    /// The first part of a sentence: what is so.
    package func what(_ sentence: Sentence) -> String { Catalogue.text(of: sentence, in: language).what }
    package func what(_ code: SentenceCode, _ arguments: String...) -> String { what(Sentence(code, arguments)) }
    /// What is so and why: Proxmox's own words stand in the second part.
    package func cause(_ sentence: Sentence) -> String {
        let text = Catalogue.text(of: sentence, in: language)
        return [text.what, text.why].filter { !$0.isEmpty }.joined(separator: " ")
    }
    /// All of it.
    package func whole(_ sentence: Sentence) -> String { Catalogue.paragraph(of: sentence, in: language) }
}

extension Sentence {
    /// `{code, text}`: the code for programs, the text for people.
    package func json(in language: Language) -> JSONValue {
        ["code": .string(code.rawValue), "text": .string(Catalogue.paragraph(of: self, in: language))]
    }
}

extension Optional<String> {
    package var json: JSONValue { map(JSONValue.string) ?? .null }
}
