import Model
import Synchronization
import Testing

@testable import CLI

@Suite("The terminal")
struct TerminalTests {
    @Test(
        "The language is the option's, or else the first that LC_ALL, LC_MESSAGES and LANG say",
        arguments: [
            (["LANG": "ko_KR.UTF-8"], Language.korean), (["LANG": "ko_KR.UTF-8", "LC_ALL": "C"], .english),
            (["LANG": "en_US.UTF-8", "LC_MESSAGES": "ko_KR"], .korean), ([:], .english), (["LANG": ""], .english),
        ])
    func language(environment: [String: String], expected: Language) {
        #expect(Console.language(chosen: nil, environment: environment) == expected)
        #expect(Console.language(chosen: .korean, environment: environment) == .korean)
    }

    @Test("Columns line up where texts are full-width")
    func wideColumns() {
        var table = TextTable()
        table.add(["서버", "a"])
        table.add(["web-01", "b"])
        #expect(table.lines(.none) == ["서버    a", "web-01  b"])
    }

    @Test("JSON output begins with the version of its format")
    func versioned() {
        let printed = Mutex("")
        let console = Console(
            language: .english, format: .json, result: { text in printed.withLock { $0 += text } }, aside: { _ in })
        console.show(ConfigurationView(ConfigurationReport(files: 2, objects: [(kind: .server, count: 3)])))
        #expect(printed.withLock { $0 }.hasPrefix("{\n  \"formatVersion\": 1,\n  \"valid\": true,"))
    }

    @Test(
        "Patterns match names without case, and a star goes back only as far as it must",
        arguments: [
            ("web-*", "WEB-01", true), ("web-??", "web-01", true), ("web-?", "web-01", false), ("*-01", "db-01", true),
            ("*a*b*", "xxaxxbxx", true), ("web", "web-01", false), ("*", "", true),
        ])
    func patterns(pattern: String, name: String, expected: Bool) {
        #expect(NamePattern(pattern).matches(name) == expected)
    }
}
