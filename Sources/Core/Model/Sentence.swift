/// Something that Plumb says to an operator: a code of the ``Catalogue`` and the values that fill its text.
///
/// Plans, reports and diagnostics carry sentences, never text, so that one plan can be read in every language.
package struct Sentence: Hashable, Sendable, Codable {
    package var code: SentenceCode
    /// What `{0}`, `{1}`, … of the entry's texts stand for.
    package var arguments: [String]
    /// Sentences that stand within this one, in the reader's language like the rest of it: the places that come after
    /// those of the arguments stand for them. Nil: none.
    package var parts: [Sentence]?

    package init(_ code: SentenceCode, _ arguments: [String] = []) {
        self.code = code
        self.arguments = arguments
    }

    package init(_ code: SentenceCode, _ arguments: String...) { self.init(code, arguments) }

    /// - Parameter reason: what the last place of the entry's texts stands for.
    package init(_ code: SentenceCode, _ arguments: String..., reason: Sentence) {
        self.init(code, arguments)
        parts = [reason]
    }
}

/// A stable name such as `yaml.unknownField` or `plan.vmidTaken`; the first part is the area.
package struct SentenceCode: RawRepresentable, Hashable, Comparable, Sendable, Codable, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }

    package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

package enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case korean = "ko"
}

/// The three things that an operator needs at 3 a.m. Each is a whole sentence; `why` may be empty where `what` says it.
package struct SentenceText: Hashable, Sendable {
    package let what: String
    package let why: String
    package let remedy: String

    package init(what: String, why: String = "", remedy: String) {
        self.what = what
        self.why = why
        self.remedy = remedy
    }
}

/// One sentence in all languages. `{0}`, `{1}`, … are filled from the arguments; every language uses the same ones.
package struct SentenceEntry: Sendable {
    package let code: SentenceCode
    package let english: SentenceText
    package let korean: SentenceText

    package init(_ code: SentenceCode, english: SentenceText, korean: SentenceText) {
        self.code = code
        self.english = english
        self.korean = korean
    }

    package func text(in language: Language) -> SentenceText {
        switch language {
        case .english: english
        case .korean: korean
        }
    }
}
