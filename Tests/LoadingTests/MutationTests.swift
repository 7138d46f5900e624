import Chance
import Loading
import Model
import Testing

@Suite("Whatever stands in a file, reading it ends in an answer")
struct MutationTests {
    /// Pieces that YAML and the kinds treat in their own ways.
    private static let pieces: [String] = [
        "\t", "\n", "\r\n", " ", "  ", ":", ": ", "- ", "[", "]", "{", "}", ",", "\"", "'", "|", ">", "&a ", "*a",
        "<<: *a", "#",
        "---\n", "...\n", "%", "@", "!", "!!str ", "~", "null", "\0", "\u{FEFF}", "\u{2028}", "운영", "🐧", "0", "-1",
        "1e9", "spec", "kind",
        "metadata:", "name: x", "template: {}", "names: w-{1..9}", "count: 3", "exclude: [a]", "overrides: {}", "? ",
        "\\",
    ]

    @Test("Mutated inputs never crash, and everything that is said has a place", arguments: [1, 2, 3, 4] as [UInt64])
    func mutations(_ seed: UInt64) {
        var random = Dice(seed: seed)
        for input in HostileInput.all where input.bytes.count < 4000 {
            var bytes = input.bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                let end = min(bytes.count, place + Int.random(in: 0...3, using: &random))
                let piece = Self.pieces.randomElement(using: &random) ?? ""
                bytes.replaceSubrange(place..<end, with: Bool.random(using: &random) ? Array(piece.utf8) : [])
            }
            let file = SourceFile(path: "x.yaml", bytes: bytes)
            let loaded = ConfigurationLoader().load([HostileInput.surroundings, file])
            let note: Comment = "seed \(seed), \(input.name)"
            for diagnostic in loaded.diagnostics {
                #expect(loaded.positions.location(of: diagnostic.span) != nil, note)
                let span = diagnostic.span
                let size = span.map { loaded.files[Int($0.file)].bytes.count } ?? 0
                #expect(
                    span.map { Int($0.offset) + Int($0.length) <= size && $0.offset >= 0 && $0.length >= 0 } ?? true,
                    note)
                #expect(!DiagnosticRenderer(language: .korean).render(diagnostic, in: loaded).isEmpty, note)
            }
            #expect((loaded.desired.completeness == .complete) == !loaded.hasErrors, note)
        }
    }

    @Test("Fix-its mend what they are offered for", arguments: HostileInput.all)
    func fixIts(_ input: HostileInput) {
        let loaded = input.load()
        let fixable = loaded.diagnostics.filter { $0.span?.file == 1 && !$0.fixIts.isEmpty }
        guard loaded.diagnostics.count == 1, let diagnostic = fixable.first, let fix = diagnostic.fixIts.first else {
            return
        }
        var bytes = input.bytes
        let start = Int(fix.span.offset)
        bytes.replaceSubrange(start..<start + Int(fix.span.length), with: Array(fix.replacement.utf8))
        let again = ConfigurationLoader().load([HostileInput.surroundings, SourceFile(path: "x.yaml", bytes: bytes)])
        #expect(!again.diagnostics.contains { $0.sentence == diagnostic.sentence }, "\(fix.replacement)")
    }
}
