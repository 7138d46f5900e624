import Testing

/// An input that is better described than stored.
struct OddInput: Sendable, CustomTestStringConvertible {
    let name: String
    let expected: String
    let bytes: @Sendable () -> [UInt8]

    var testDescription: String { name }

    static let role = "apiVersion: plumb/v1\nkind: Role\nmetadata: {name: x}\n"

    static let all: [OddInput] = simple + multiplied + atTheEnd
    /// What an allocator keeps of many small pieces is not of those that come after.
    static let largestFirst: [OddInput] = atTheEnd + simple + multiplied

    private static let simple: [OddInput] = [
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
            // 50 MB, most of them spaces.
            var bytes: [UInt8] = []
            bytes.reserveCapacity(51_000_000)
            for level in 0..<10_000 {
                bytes += repeatElement(0x20, count: level)
                bytes += [0x61, 0x3A, 0x0A]
            }
            return bytes
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
