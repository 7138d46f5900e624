import Foundation
import Loading
import Model
import Testing

/// Every diagnostic code has one golden rendering, in `Golden/<code>.expected`: English, then Korean. With
/// `PLUMB_RECORD` in the environment the files are written instead of compared.
@Suite("Golden renderings of diagnostics")
struct DiagnosticGoldenTests {
    static let codes = Catalogue.loading.map(\.code).filter { !$0.rawValue.hasPrefix("note.") }

    /// The first diagnostic of each code, from the inputs.
    static let examples: [SentenceCode: (Diagnostic, LoadedConfiguration)] = {
        var examples: [SentenceCode: (Diagnostic, LoadedConfiguration)] = [:]
        let odd = OddInput.all.filter { $0.name != "100 MB" && $0.name != "zeros" }.map { input in
            ConfigurationLoader().load([SourceFile(path: "odd.yaml", bytes: input.bytes())])
        }
        for loaded in HostileInput.all.map({ $0.load() }) + odd + [unreadable] {
            for diagnostic in loaded.diagnostics where examples[diagnostic.sentence.code] == nil {
                examples[diagnostic.sentence.code] = (diagnostic, loaded)
            }
        }
        // What only a directory or a text unknown to libyaml brings about.
        for (code, arguments) in [
            ("file.noDirectory", ["configuration: No such file or directory"]), ("file.none", []),
            ("file.ignoreUnreadable", ["/srv/fleet/.plumbignore", "Permission denied"]),
            ("yaml.syntax", ["a text of libyaml"]),
        ] as [(SentenceCode, [String])] {
            examples[code] = (Diagnostic(.error, Sentence(code, arguments), at: nil), unreadable)
        }
        return examples
    }()

    private static let unreadable = ConfigurationLoader().load([
        SourceFile(path: ".plumbignore", bytes: [], failure: Sentence("file.ignorePattern", ["/"])),
        SourceFile(path: "large.yaml", bytes: [], failure: Sentence("yaml.tooLarge", ["100 MiB", "64 MiB"])),
        SourceFile(path: "locked.yaml", bytes: [], failure: Sentence("file.unreadable", ["Permission denied"])),
        SourceFile(path: "away.yaml", bytes: [], failure: Sentence("file.linkOutside", ["/etc/passwd"])),
        SourceFile(
            path: "servers", bytes: [],
            failure: Sentence("file.linkLost", ["releases/42", "No such file or directory"])),
        SourceFile(path: "pipe.yaml", bytes: [], failure: Sentence("file.notRegular")),
        SourceFile(path: "shop", bytes: [], failure: Sentence("file.another", ["/srv/fleets/shop"])),
        SourceFile(path: "servers.YAML", bytes: [], failure: Sentence("file.nameCase", [".YAML"])),
        SourceFile(path: "cut-off.yaml", bytes: []),
    ])

    @Test("Each code renders as recorded", arguments: codes)
    func eachCode(_ code: SentenceCode) throws {
        let (diagnostic, loaded) = try #require(Self.examples[code], "no input brings about \(code.rawValue)")
        let text = Language.allCases.map { DiagnosticRenderer(language: $0).render(diagnostic, in: loaded) }.joined(
            separator: "\n")
        let url = Repository.tests.appending(path: "Golden/\(code.rawValue).expected")
        #expect(try Repository.recorded(url, new: text) == text)
    }

    @Test("There is no golden file without a code")
    func noneTooMany() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Repository.tests.appending(path: "Golden").path)
        let known = Set(Self.codes.map { $0.rawValue + ".expected" })
        #expect(names.filter { !known.contains($0) } == [])
    }

    @Test("Both languages use the same arguments")
    func sameArguments() {
        for entry in Catalogue.loading {
            func used(_ language: Language) -> Set<String> {
                let text = entry.text(in: language)
                let all = text.what + text.why + text.remedy
                return Set((0..<6).map { "{\($0)}" }.filter { all.contains($0) })
            }
            #expect(used(.english) == used(.korean), "\(entry.code.rawValue)")
        }
    }

    @Test("Colours stand around words and never change them")
    func colours() throws {
        let (diagnostic, loaded) = try #require(Self.examples["yaml.tab"])
        let plain = DiagnosticRenderer(language: .english).render(diagnostic, in: loaded)
        let coloured = DiagnosticRenderer(language: .english, isColoured: true).render(diagnostic, in: loaded)
        let stripped = coloured.replacing(/\u{1B}\[[0-9]*m/, with: "")
        #expect(coloured != plain)
        #expect(stripped == plain)
    }
}
