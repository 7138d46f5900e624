import Foundation
import Model
import Testing

/// Every sentence with which something is held back, refused or left open is read by somebody in the middle of the night:
/// each is shown once in a transcript that is compared as a whole.
@Suite struct RefusalCoverageTests {
    /// Every sentence that says why or what to do, but for these: what is wrong in a document has a golden rendering of
    /// its own (`DiagnosticGoldenTests`), and a reason is why a step is there. What says neither is a label.
    private static let refusals: [SentenceEntry] = {
        let others = Set((Catalogue.loading + Catalogue.planningReasons).map(\.code))
        return Catalogue.all.filter { entry in
            let isLabel = entry.english.why.isEmpty && entry.english.remedy.isEmpty
            return !isLabel && !others.contains(entry.code) && !reasons.contains(entry.code)
        }
    }()

    /// Why a step is there, among entries of another kind.
    private static let reasons: Set<SentenceCode> = ["plan.renameObject", "plan.renameRow"]

    /// All transcripts, and the table of faults, as one line.
    private static func shown() throws -> String {
        let files = try FileManager.default.contentsOfDirectory(atPath: ScenarioTests.directory.path)
            .filter { $0.hasSuffix(".expected") }.map { ScenarioTests.directory.appending(path: $0) }
        let root = ScenarioTests.directory.deletingLastPathComponent().deletingLastPathComponent()
        let all = try (files + [root.appending(path: "docs/reliability.md")])
            .map { try String(contentsOf: $0, encoding: .utf8) }
        return all.joined(separator: "\n")
    }

    /// Whether a line has the words of the sentence, with anything in its places.
    private static func isShown(_ entry: SentenceEntry, in lines: [Substring]) -> Bool {
        let words = entry.english.what.replacing(/\{\d+(\|[^}]*)?\}/, with: "\u{0}").split(separator: "\u{0}")
        return lines.contains { line in
            var rest = line[...]
            for part in words {
                guard let range = rest.range(of: part) else { return false }
                rest = rest[range.upperBound...]
            }
            return true
        }
    }

    @Test("every refusal is in a golden transcript, or it is said why it cannot be")
    func everyRefusalIsShown() throws {
        let lines = try Self.shown().split(separator: "\n")
        let unstaged = Dictionary(
            UnstagedRefusals.all.flatMap { group in group.codes.map { ($0, group.why) } }, uniquingKeysWith: { $1 })
        for entry in Self.refusals {
            let isShown = Self.isShown(entry, in: lines)
            if let reason = unstaged[entry.code] {
                #expect(!isShown, "\(entry.code.rawValue) is shown after all, and need not be excused: \(reason)")
            } else {
                #expect(isShown, "no transcript shows \(entry.code.rawValue): \(entry.english.what)")
            }
        }
        let known = Set(Self.refusals.map(\.code))
        for code in unstaged.keys { #expect(known.contains(code), "\(code.rawValue) is no refusal") }
    }

    @Test("the suite that an excuse names has the refusal", arguments: UnstagedRefusals.all)
    func excusesAreTrue(_ group: UnstagedRefusals) throws {
        guard let suite = group.suite else { return }
        let tests = ScenarioTests.directory.deletingLastPathComponent()
        let files = try FileManager.default.subpathsOfDirectory(atPath: tests.path).filter {
            $0.hasSuffix("/\(suite).swift")
        }
        let texts = try files.map { try String(contentsOf: tests.appending(path: $0), encoding: .utf8) }
        for code in group.codes {
            let name = String(code.rawValue.split(separator: ".").last ?? "")
            let isNamed = texts.contains { text in
                if let proof = group.proof { return text.contains(proof) }
                return text.contains("\"\(code.rawValue)\"")
                    || text.ranges(of: name).contains { Self.isWord($0, in: text) }
            }
            #expect(isNamed, "\(suite) has nothing to do with \(code.rawValue)")
        }
    }

    /// Whether no letter goes before or after it: `locked` is not in `blocked`.
    private static func isWord(_ range: Range<String.Index>, in text: String) -> Bool {
        text[..<range.lowerBound].last?.isLetter != true && text[range.upperBound...].first?.isLetter != true
    }

    @Test("every refusal says what to do")
    func everyRefusalHasARemedy() {
        for entry in Self.refusals {
            #expect(!entry.english.remedy.isEmpty, "\(entry.code.rawValue) says why, and not what to do")
        }
    }

    /// What others hold back says in its first words what is in the way; Terraform's wish alone is no reason.
    @Test("what the scope guard refuses says why, and which command of Plumb's shows it")
    func theScopeGuardSendsSomewhere() {
        let guarded = Self.refusals.filter { $0.code.rawValue.hasPrefix("plan.scope") }
        #expect(guarded.count == 9)
        for entry in guarded {
            #expect(!entry.english.why.isEmpty && !entry.korean.why.isEmpty, "\(entry.code.rawValue) says no why")
            #expect(entry.english.remedy.contains("`plumb "), "\(entry.code.rawValue) sends nowhere")
        }
    }
}
