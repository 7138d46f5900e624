import JSONArena
import Loading
import Model

/// A command that cannot go on, in words of the ``Catalogue``.
package struct CommandFailure: Error, Hashable, Sendable {
    package var sentence: Sentence
    package var exit: ExitStatus

    package init(_ sentence: Sentence, exit: ExitStatus = .failure) {
        self.sentence = sentence
        self.exit = exit
    }

    /// What an error of the rest of the program comes to; nil for one that carries no sentence.
    init?(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let failure as StepFailure: self.init(failure.sentence)
        case let failure as ConfigurationDirectory.Failure: self.init(failure.sentence)
        case is CancellationError: self.init(Sentence("cli.cancelled"))
        default: return nil
        }
    }

    /// - Parameter isOneOfMany: in a stream of results, where each is an object on one line.
    func report(on console: Console, isOneOfMany: Bool = false) {
        switch console.format {
        case .text:
            let label = Catalogue.text(of: Sentence("cli.error"), in: console.language).what
            console.notice(
                console.noticePaint(label, .red) + " " + Catalogue.paragraph(of: sentence, in: console.language))
        case .json:
            let view = FailureView(sentence: sentence)
            if isOneOfMany { console.stream(view) } else { console.show(view) }
        }
    }
}

private struct FailureView: View {
    var sentence: Sentence

    func text(in page: Page) -> String { page.whole(sentence) }
    func json(in language: Language) -> JSONValue { ["error": sentence.json(in: language)] }
}
