/// Small files that stand for much: what is looked for in them once for each member of a set, or once for each mistake,
/// takes gigabytes or minutes.
extension OddInput {
    private static let cluster =
        "apiVersion: plumb/v1\nkind: Cluster\nmetadata: {name: lab}\nspec: {simulated: {nodes: [a]}, defaults: {node: a}}\n"

    private static func set(_ name: String, names: String, template: String = "", _ more: String = "") -> String {
        let template = "{cluster: lab\(template.isEmpty ? "" : ", " + template)}"
        return "---\napiVersion: plumb/v1\nkind: ServerSet\nmetadata: {name: \(name)}\n"
            + "spec:\n  template: \(template)\n  names: \(names)\n\(more)"
    }

    private static func names(_ prefix: String, _ range: Range<Int>) -> String {
        range.map { "\(prefix)\($0)" }.joined(separator: ", ")
    }

    static let multiplied: [OddInput] = [
        OddInput(name: "1,000 members that wait for all 1,000", expected: "10 reference.cycle") {
            let all = names("s", 1_000..<2_000)
            return Array((cluster + set("s", names: "s{1000..1999}", template: "dependsOn: [\(all)]")).utf8)
        },
        OddInput(name: "10,000 members that wait for 10,000, and back", expected: "10 reference.cycle") {
            let (some, others) = (names("s", 0..<10_000), names("t", 0..<10_000))
            return Array(
                (cluster + set("s", names: "s{0..9999}", template: "dependsOn: [\(others)]")
                    + set("t", names: "t{0..9999}", template: "dependsOn: [\(some)]")).utf8)
        },
        OddInput(name: "10,000 members that wait for 10,000 who are not", expected: "10 reference.danglingMany") {
            let others = names("t", 0..<10_000)
            return Array((cluster + set("s", names: "s{0..9999}", template: "dependsOn: [\(others)]")).utf8)
        },
        OddInput(name: "10,000 members with 10,000 unknown roles", expected: "10 reference.danglingMany") {
            let roles = names("r", 0..<10_000)
            return Array((cluster + set("s", names: "s{0..9999}", template: "roles: [\(roles)]")).utf8)
        },
        OddInput(name: "10,000 members on a node of 10,000 that is not there", expected: "10 reference.node") {
            let nodes = names("n", 0..<10_000)
            let many = cluster.replacing("nodes: [a]", with: "nodes: [a, \(nodes)]")
            return Array((many + set("s", names: "s{0..9999}", template: "node: n12345")).utf8)
        },
        OddInput(name: "1,000 sets of 10,000 members", expected: "95 server.tooMany") {
            Array((cluster + (0..<1_000).map { set("s\($0)", names: "s\($0)x{0..9999}") }.joined()).utf8)
        },
        OddInput(name: "1,000 sets of 10,000 members, each with a mistake", expected: "10 field.range") {
            let sets = (0..<1_000).map { set("s\($0)", names: "s\($0)x{0..9999}", template: "cores: 0") }
            return Array((cluster + sets.joined()).utf8)
        },
        OddInput(name: "200,000 names left out that no member has", expected: "12 set.noSuchMember") {
            let unknown = names("t", 100_000..<300_000)
            return Array((cluster + set("s", names: "s{0..9999}", "  exclude: [\(unknown)]\n")).utf8)
        },
        OddInput(name: "100,000 overrides of members that are not, with long names", expected: "13 set.noSuchMember") {
            let tail = String(repeating: "a", count: 50)
            let overrides = (0..<100_000).map { "    t\(100_000 + $0)\(tail): {cores: 2}\n" }
            return Array(
                (cluster + set("s", names: "s{100000..109999}\(tail)", "  overrides:\n" + overrides.joined())).utf8)
        },
        OddInput(name: "100,000 overrides of one member", expected: "14 yaml.duplicateKey") {
            let overrides = String(repeating: "    s1: {cores: 2}\n", count: 100_000)
            return Array((cluster + set("s", names: "s{0..9}", "  overrides:\n" + overrides)).utf8)
        },
        OddInput(name: "10,000 overrides that contradict one another", expected: "18 conflict.vmid") {
            let text = String(repeating: "x", count: 200)
            let overrides = (0..<10_000).map {
                "    s\($0):\n      vmid: \(100 + $0 / 2)\n      description: \(text)\n      networks: "
                    + "[{mac: \"02:00:00:00:00:01\", address: 10.0.0.1/24}]\n"
            }
            return Array((cluster + set("s", names: "s{0..9999}", "  overrides:\n" + overrides.joined())).utf8)
        },
        OddInput(name: "50,000 labels merged into others", expected: "8 yaml.duplicateKey") {
            let labels = (0..<50_000).map { "k\($0): a" }.joined(separator: ", ")
            return Array(
                (role.replacing("name: x", with: "name: x, labels: {a: b}")
                    + "spec: {}\n---\napiVersion: plumb/v1\nkind: Role\nmetadata: {name: y, name: z, labels: {\n"
                    + "one: &l {\(labels)}, <<: *l}}\nspec: {}\n").utf8)
        },
    ]

    /// Many mistakes behind much that is right, where each is looked for from the beginning.
    static let atTheEnd: [OddInput] = [
        OddInput(name: "200 mistakes at the end of 20 MB of lines", expected: "10000005 field.unknown") {
            // In one piece: the bytes of a test count as well.
            var bytes = [UInt8](repeating: 0x23, count: 20_000_000)
            for line in 0..<10_000_000 { bytes[2 * line + 1] = 0x0A }
            bytes.reserveCapacity(20_010_000)
            bytes += (role + "spec:\n").utf8
            for field in 0..<200 { bytes += "  f\(field): a\n".utf8 }
            return bytes
        },
        OddInput(name: "200 mistakes at the end of a line of 10 MB", expected: "4 field.tooLong") {
            let fields = (0..<200).map { "f\($0): a" }.joined(separator: ", ")
            return Array((role + "spec: {description: \"").utf8) + [UInt8](repeating: 0x61, count: 10_000_000)
                + Array("\", \(fields)}\n".utf8)
        },
    ]
}
