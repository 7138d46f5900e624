import Foundation
import Loading
import Model
import Testing

@Suite("Hostile and careless inputs")
struct HostileInputTests {
    @Test("There are at least 150 of them")
    func thereAreEnough() {
        #expect(HostileInput.all.count >= 150)
        #expect(HostileInput.all.allSatisfy { !$0.expected.isEmpty })
    }

    @Test("Each gives its diagnostics at the right lines, and no others", arguments: HostileInput.all)
    func eachIsFound(_ input: HostileInput) {
        let clock = ContinuousClock()
        var found: [String] = []
        let time = clock.measure { found = HostileInput.found(in: input.load()) }
        #expect(found == input.expected)
        #expect(time < .seconds(1))
    }

    @Test("Each diagnostic says what is wrong and what to do, in both languages", arguments: HostileInput.all)
    func eachSaysWhatToDo(_ input: HostileInput) {
        for diagnostic in input.load().diagnostics {
            for language in Language.allCases {
                let text = Catalogue.text(of: diagnostic.sentence, in: language)
                #expect(!text.what.isEmpty && !text.remedy.isEmpty)
                let all = text.what + text.why + text.remedy
                let code = diagnostic.sentence.code.rawValue
                #expect(
                    !all.contains("{0}") && !all.contains("{1}") && !all.contains("{2}") && !all.contains("{3}"),
                    "\(code)")
            }
        }
    }

    @Test("The surroundings have no mistakes")
    func surroundingsAreClean() {
        let loaded = ConfigurationLoader().load([HostileInput.surroundings])
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.desired.completeness == .complete)
    }

    @Test("A secret that stands where a reference belongs is never shown")
    func secretsStayHidden() {
        for input in HostileInput.all {
            let loaded = input.load()
            for diagnostic in loaded.diagnostics {
                let shown = DiagnosticRenderer(language: .english).render(diagnostic, in: loaded)
                #expect(!shown.contains("hunter2") && !shown.contains("0f0e"), "\(input.name)")
            }
        }
    }

    /// In a process of its own, which reads one input after another: its peak is above that of each.
    @Test("No input takes more than 200 MB")
    func memory() async {
        await #expect(processExitsWith: .success) {
            for input in HostileInput.all { _ = input.load().diagnostics.count }
            for input in OddInput.all {
                let file = SourceFile(path: "odd.yaml", bytes: input.bytes())
                _ = ConfigurationLoader().load([file]).diagnostics.count
            }
            let peak = try #require(PeakMemory.megabytes)
            try #require(peak < 200)
        }
    }

    @Test("Inputs that need odd bytes or great size are found, quickly", arguments: OddInput.all)
    func oddInputs(_ input: OddInput) {
        let clock = ContinuousClock()
        var found: [String] = []
        let bytes = input.bytes()
        let time = clock.measure {
            let loaded = ConfigurationLoader().load([SourceFile(path: "odd.yaml", bytes: bytes)])
            found = HostileInput.found(in: loaded, file: 0)
        }
        #expect(found.first == input.expected)
        #expect(found.count <= 210)
        // A build without optimisation is some twenty times slower than what is shipped, and shares its processors.
        #expect(time < .seconds(isOptimised ? 1 : 10), "\(time)")
    }
}

/// Whether this is a release build: `assert` is left out of one.
let isOptimised: Bool = {
    var isDebug = false
    assert(
        {
            isDebug = true; return true
        }())
    return !isDebug
}()

/// The most memory that this process ever held.
enum PeakMemory {
    /// Nil where the system does not say it.
    static var megabytes: Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return nil }
        return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 / 1024 }
    }
}

/// An input that is better described than stored.
struct OddInput: Sendable, CustomTestStringConvertible {
    let name: String
    let expected: String
    let bytes: @Sendable () -> [UInt8]

    var testDescription: String { name }

    private static let role = "apiVersion: plumb/v1\nkind: Role\nmetadata: {name: x}\n"

    static let all: [OddInput] = [
        OddInput(name: "UTF-16, little end first", expected: "1 yaml.utf16") {
            [0xFF, 0xFE] + "kind: Role".utf8.flatMap { [$0, 0] }
        },
        OddInput(name: "UTF-16, big end first", expected: "1 yaml.utf16") {
            [0xFE, 0xFF] + "kind: Role".utf8.flatMap { [0, $0] }
        },
        OddInput(name: "Latin-1", expected: "4 yaml.encoding") {
            Array((role + "spec: {description: caf").utf8) + [0xE9, 0x7D]
        },
        OddInput(name: "an overlong slash", expected: "4 yaml.encoding") { Array((role + "# ").utf8) + [0xC0, 0xAF] },
        OddInput(name: "half a surrogate pair", expected: "4 yaml.encoding") {
            Array((role + "# ").utf8) + [0xED, 0xA0, 0x80]
        },
        OddInput(name: "beyond Unicode", expected: "4 yaml.encoding") {
            Array((role + "# ").utf8) + [0xF4, 0x90, 0x80, 0x80]
        },
        OddInput(name: "a cut character at the end", expected: "4 yaml.encoding") {
            Array((role + "# ").utf8) + [0xE2, 0x82]
        },
        OddInput(name: "random bytes", expected: "1 yaml.encoding") {
            var state: UInt64 = 42
            return (0..<100_000).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56) | 0x80
            }
        },
        OddInput(name: "zeros", expected: "1 yaml.nul") { [UInt8](repeating: 0, count: 1_000_000) },
        OddInput(name: "100 MB", expected: "1 yaml.tooLarge") { [UInt8](repeating: 0x61, count: 100_000_000) },
        OddInput(name: "100,000 open brackets", expected: "1 yaml.tooDeep") {
            [UInt8](repeating: 0x5B, count: 100_000)
        },
        OddInput(name: "10,000 levels of indentation", expected: "101 yaml.tooDeep") {
            Array((0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined().utf8)
        },
        OddInput(name: "20,000 %TAG lines", expected: "1 yaml.tagDirective") {
            Array((0..<20_000).map { "%TAG !a\($0)! tag:example.org,2000:\n" }.joined().utf8)
        },
        OddInput(name: "1,100,000 values in one document", expected: "1000000 yaml.tooManyValues") {
            Array((0..<1_100_000).map { _ in "- a\n" }.joined().utf8)
        },
        OddInput(name: "200 broken documents", expected: "1 yaml.character") {
            Array(String(repeating: "@\n---\n", count: 200).utf8)
        },
        OddInput(name: "50,000 equal labels", expected: "5 yaml.duplicateKey") {
            let labels = (0..<50_000).map { _ in "env: a" }.joined(separator: "\n, ")
            return Array(
                "apiVersion: plumb/v1\nkind: Role\nmetadata: {name: x, labels: {\nenv: b,\n\(labels)}}\nspec: {}\n".utf8
            )
        },
        OddInput(name: "50,000 labels, the last one twice", expected: "50004 yaml.duplicateKey") {
            let labels = (0..<50_000).map { "k\($0): a" }.joined(separator: "\n, ")
            return Array(
                "apiVersion: plumb/v1\nkind: Role\nmetadata: {name: x, labels: {\n\(labels),\nk7: b}}\nspec: {}\n".utf8)
        },
        OddInput(name: "20,000 unknown fields", expected: "5 field.unknown") {
            Array((role + "spec:\n" + (0..<20_000).map { "  f\($0): a\n" }.joined()).utf8)
        },
        OddInput(name: "5,000 servers of a cluster that is not there", expected: "5 reference.danglingMany") {
            let servers = (0..<5_000).map { index in
                "---\napiVersion: plumb/v1\nkind: Server\nmetadata: {name: s\(index)}\nspec: {cluster: gone}\n"
            }
            return Array(servers.joined().utf8)
        },
        OddInput(name: "a name of a megabyte", expected: "3 value.name") {
            Array(
                "apiVersion: plumb/v1\nkind: Role\nmetadata: {name: \(String(repeating: "a", count: 1_000_000))}\nspec: {}\n"
                    .utf8)
        },
        OddInput(name: "5,000 servers waiting in a ring", expected: "10 reference.cycle") {
            let cluster =
                "apiVersion: plumb/v1\nkind: Cluster\nmetadata: {name: lab}\nspec: {simulated: {nodes: [a]}, defaults: {node: a}}\n"
            let servers = (0..<5_000).map { index in
                "---\napiVersion: plumb/v1\nkind: Server\nmetadata: {name: s\(index)}\nspec:\n  dependsOn: [s\((index + 1) % 5_000)]\n  cluster: lab\n"
            }
            return Array((cluster + servers.joined()).utf8)
        },
    ]
}
