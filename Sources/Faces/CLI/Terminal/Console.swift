import Foundation
import JSONArena
import Model

/// The two streams of a command and how it may use them: results go to standard output, all else to standard error.
package struct Console: Sendable {
    package var language: Language
    package var format: OutputFormat
    /// Colours of results.
    package var paint: Paint
    /// Colours of notices.
    package var noticePaint: Paint
    /// Whether someone can be asked.
    package var isInteractive: Bool
    /// A dumb terminal moves no cursor.
    package var movesCursor: Bool
    /// Columns of the terminal on standard error.
    package var width: Int
    private let result: @Sendable (String) -> Void
    private let aside: @Sendable (String) -> Void
    private let answer: @Sendable () -> String?
    /// Why a result did not reach standard output; nil: all did, or the reader went away.
    package var lostResult: @Sendable () -> String? = { nil }

    package init(
        language: Language, format: OutputFormat, paint: Paint = .none, noticePaint: Paint = .none,
        isInteractive: Bool = false, movesCursor: Bool = true,
        width: Int = 80, result: @escaping @Sendable (String) -> Void, aside: @escaping @Sendable (String) -> Void,
        answer: @escaping @Sendable () -> String? = { nil }
    ) {
        self.language = language
        self.format = format
        self.paint = paint
        self.noticePaint = noticePaint
        self.isInteractive = isInteractive
        self.movesCursor = movesCursor
        self.width = width
        self.result = result
        self.aside = aside
        self.answer = answer
    }

    /// Whether progress can be drawn over.
    package var canDraw: Bool { isInteractive && movesCursor }

    /// Prints a result in the form that was asked for.
    package func show(_ view: some View) {
        switch format {
        case .text:
            let text = view.text(in: Page(language: language, paint: paint))
            if !text.isEmpty { result(paint.keepingOwnColours(in: text) + "\n") }
        case .json:
            result(Self.versioned(view.json(in: language)).text(indent: 2) + "\n")
        }
    }

    /// Prints one of many results as they come: its text, or an object on one line, for a reader that takes line by line.
    package func stream(_ view: some View) {
        switch format {
        case .text: show(view)
        case .json: result(Self.versioned(view.json(in: language)).text() + "\n")
        }
    }

    /// Prints text as it is on standard output: schemas, completions, what another program is to read.
    package func print(_ text: String) { result(text) }

    /// Prints a line on standard error.
    package func notice(_ line: String) { aside(noticePaint.keepingOwnColours(in: line) + "\n") }
    package func notice(_ sentence: Sentence) { notice(Catalogue.paragraph(of: sentence, in: language)) }

    /// Writes to standard error as it is, for what is drawn over.
    package func draw(_ text: String) { aside(text) }

    /// Asks on standard error; true for `y` and `yes` (and 예).
    package func confirm(_ question: Sentence) -> Bool {
        aside(Catalogue.paragraph(of: question, in: language) + " [y/N] ")
        let answer = answer()?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
        return ["y", "yes", "예", "네"].contains(answer)
    }

    private static func versioned(_ value: JSONValue) -> JSONValue {
        guard case .object(let members) = value else { return value }
        return .object([JSONValue.Member("formatVersion", 1)] + members)
    }
}

package enum OutputFormat: String, Sendable, CaseIterable { case text, json }
