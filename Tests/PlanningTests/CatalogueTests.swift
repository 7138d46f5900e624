import Model
import Planning
import Testing

/// Every sentence of the planner can be said, in both languages, with the same arguments.
@Suite struct CatalogueTests {
    @Test(arguments: PlanCode.allCases)
    func everyCodeHasAnEntryInBothLanguages(_ code: PlanCode) throws {
        let entry = try #require(Catalogue.planning.first { $0.code == code.code })
        #expect(!entry.english.what.isEmpty && !entry.english.remedy.isEmpty)
        #expect(!entry.korean.what.isEmpty && !entry.korean.remedy.isEmpty)
        #expect(Self.placeholders(entry.english) == Self.placeholders(entry.korean))
    }

    @Test func noEntryIsLeftOver() {
        let codes = Set(PlanCode.allCases.map(\.code))
        #expect(Catalogue.planning.allSatisfy { codes.contains($0.code) })
        #expect(Catalogue.planning.count == codes.count)
    }

    private static func placeholders(_ text: SentenceText) -> Set<String> {
        let whole = text.what + text.why + text.remedy
        return Set(
            whole.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap {
                // A word that depends on a count, `{0|server|servers}`, is of one language only.
                $0.split(separator: "}").first.flatMap { $0.contains("|") ? nil : String($0) }
            })
    }
}
