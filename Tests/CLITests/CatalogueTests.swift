import Foundation
import Model
import Testing

@testable import CLI

@Suite("The catalogue of sentences")
struct CatalogueTests {
    @Test("Every code is there once")
    func unique() {
        let codes = Dictionary(grouping: Catalogue.all, by: \.code).filter { $0.value.count > 1 }.keys.sorted()
        #expect(codes.isEmpty, "twice: \(codes.map(\.rawValue))")
    }

    @Test("Both languages use the same arguments, and none is empty")
    func languages() {
        for entry in Catalogue.all {
            let places = Language.allCases.map { language -> Set<String> in
                let text = entry.text(in: language)
                return Set((text.what + text.why + text.remedy).matches(of: /\{[0-9]+\}/).map { String($0.output) })
            }
            #expect(places[0] == places[1], "\(entry.code.rawValue)")
            #expect(!entry.english.what.isEmpty && !entry.korean.what.isEmpty, "\(entry.code.rawValue)")
        }
    }

    @Test("A count of one takes the singular")
    func counts() {
        func text(_ count: Int) -> String {
            Catalogue.paragraph(of: Sentence("view.drift.count", String(count)), in: .english)
        }
        #expect([0, 1, 2].map(text) == ["0 servers differ.", "1 server differs.", "2 servers differ."])
    }

    @Test(
        "Somebody else's words become a sentence before the next one begins",
        arguments: [("no such file", "no such file."), ("Refused.", "Refused."), ("boom\n", "boom.")])
    func foreignWords(said: String, shown: String) {
        let text = Catalogue.paragraph(of: Sentence("cli.cannotWrite", "/a", said), in: .english)
        #expect(text == "/a could not be written: \(shown) Check that its directory exists and may be written to.")
    }

    @Test("Every label that a view makes from a value is in it")
    func labels() {
        let made: [SentenceCode] =
            Action.Verb.allCases.flatMap { [$0.label, $0.count] } + RunningEffect.allCases.map(\.label)
            + Finding.Kind.allCases.map(\.label) + StepOutcome.Name.allCases.flatMap { [$0.label, $0.count] }
            + ["inPlumb", "outOfPlumb", "blocked", "waiting"].map { SentenceCode(rawValue: "view.condition.\($0)") }
            + Examination.Verdict.allCases.map { SentenceCode(rawValue: "view.verdict.\($0.rawValue)") }
        let known = Set(Catalogue.all.map(\.code))
        #expect(made.filter { !known.contains($0) }.isEmpty)
    }

    @Test("Every code that the sources name is in it")
    func named() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
            .standardizedFileURL
        let known = Set(Catalogue.all.map(\.code.rawValue))
        var count = 0
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift", !file.path.contains("/Catalogue/") else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /(?:Sentence|what)\(\s*"([a-z]+\.[A-Za-z.]+)"/) {
                count += 1
                let isKnown = known.contains(String(match.1))
                #expect(isKnown, "\(match.1) in \(file.lastPathComponent)")
            }
        }
        #expect(count > 50)
    }
}
