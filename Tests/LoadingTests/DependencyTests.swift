import Chance
import Model
import Testing

@testable import Loading

@Suite("Who waits for whom")
struct DependencyTests {
    private static func load(_ dependencies: [(String, [String])]) -> LoadedConfiguration {
        let cluster =
            "apiVersion: plumb/v1\nkind: Cluster\nmetadata: {name: lab}\nspec: {simulated: {nodes: [a]}, defaults: {node: a}}\n"
        let servers = dependencies.map { name, others in
            "---\napiVersion: plumb/v1\nkind: Server\nmetadata: {name: \(name)}\n"
                + "spec: {cluster: lab, dependsOn: [\(others.joined(separator: ", "))]}\n"
        }
        return ConfigurationLoader().load([SourceFile(path: "a.yaml", text: cluster + servers.joined())])
    }

    @Test("Servers that wait for one another are all refused, and one ring is shown for them: the shortest")
    func shortestRing() {
        let loaded = Self.load([
            ("a", ["b", "d"]), ("b", ["c"]), ("c", ["a"]), ("d", ["a"]), ("outside", ["a"]), ("free", []),
            ("x", ["y"]), ("y", ["x"]),
        ])
        #expect(
            loaded.diagnostics.map(\.sentence) == [
                Sentence("reference.cycle", ["a → d → a"]), Sentence("reference.cycle", ["x → y → x"]),
            ])
        #expect(loaded.desired.servers.map(\.name.text) == ["free", "outside"])
    }

    @Test("A server that names itself beside others is told so, and is no ring")
    func itself() {
        let loaded = Self.load([("a", ["b", "a"]), ("b", [])])
        #expect(loaded.diagnostics.map(\.sentence) == [Sentence("reference.itself", ["a"])])
        #expect(loaded.desired.servers.map(\.name.text) == ["b"])
    }

    @Test("In random graphs the groups are those who can reach one another, and each ring is one", arguments: 0..<200)
    func random(seed: Int) throws {
        var random = Dice(seed: UInt64(seed))
        let count = Int.random(in: 2...12, using: &random)
        let lists = (0..<Int.random(in: 1...6, using: &random)).map { _ in
            (0..<Int.random(in: 1...3, using: &random)).map { _ in Int32.random(in: 0..<Int32(count), using: &random) }
        }
        let numbers = (0..<count).map { _ in Int32.random(in: -1..<Int32(lists.count), using: &random) }
        let graph = DependencyGraph(lists: numbers, targets: lists)
        func next(_ server: Int) -> [Int] { numbers[server] < 0 ? [] : lists[Int(numbers[server])].map(Int.init) }
        let reach = (0..<count).map { reached(from: $0, next) }
        var expected: Set<[Int]> = []
        for server in 0..<count {
            let group = (0..<count).filter {
                $0 == server || (reach[server].contains($0) && reach[$0].contains(server))
            }
            if group.count > 1 { expected.insert(group) }
        }
        let groups = DependencyRings(graph).groups
        #expect(Set(groups) == expected && groups.count == expected.count)
        for group in groups {
            let ring = graph.ring(from: group[0])
            try #require(ring.first == group[0])
            for (one, other) in zip(ring, ring.dropFirst() + [group[0]]) { #expect(next(one).contains(other)) }
        }
    }

    private func reached(from server: Int, _ next: (Int) -> [Int]) -> Set<Int> {
        var found: Set<Int> = []
        var open = next(server)
        while let one = open.popLast() {
            if found.insert(one).inserted { open += next(one) }
        }
        return found
    }
}

@Suite("Near names and lines, against their definitions")
struct NearNameTests {
    @Test("A name is near where few slips lead to it, and nowhere else", arguments: 0..<300)
    func distance(seed: Int) {
        var random = Dice(seed: UInt64(seed))
        func word(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0x61...0x63, using: &random) } }
        let one = word(Int.random(in: 1...14, using: &random))
        let other = word(Int.random(in: 1...14, using: &random))
        let allowed = max(1, min(3, one.count / 3))
        let isPrefix = one.count >= 4 && other.starts(with: one)
        let near = Suggestion.nearest(
            to: String(decoding: one, as: UTF8.self), among: [String(decoding: other, as: UTF8.self)])
        #expect((near != nil) == (isPrefix || Self.slips(one, other) <= allowed))
    }

    /// The whole table of optimal string alignment.
    private static func slips(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var table = [[Int]](repeating: Array(0...other.count), count: one.count + 1)
        for row in 0...one.count { table[row][0] = row }
        for row in 1...one.count {
            for column in 1...other.count {
                let same = one[row - 1] == other[column - 1] ? 0 : 1
                var least = min(
                    table[row - 1][column - 1] + same, min(table[row - 1][column], table[row][column - 1]) + 1)
                if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
                    least = min(least, table[row - 2][column - 2] + 1)
                }
                table[row][column] = least
            }
        }
        return table[one.count][other.count]
    }

    @Test("Lines are counted the same over the pieces in which a file is walked through", arguments: 0..<20)
    func lines(seed: Int) {
        var random = Dice(seed: UInt64(seed))
        let choice: [UInt8] = [0x61, 0x61, 0x61, 0x0A, 0x0D]
        var bytes = (0..<200_000).map { _ in choice[Int.random(in: 0..<choice.count, using: &random)] }
        // A pair over the border of two pieces.
        (bytes[65_535], bytes[65_536]) = (0x0D, 0x0A)
        let table = LineTable(bytes)
        var (number, start) = (1, 0)
        var asked = Set([0, 65_535, 65_536, 65_537, 131_072, 199_999, 200_000])
        for _ in 0..<50 { asked.insert(Int.random(in: 0...200_000, using: &random)) }
        for offset in 0...bytes.count {
            if asked.contains(offset) {
                let found = table.position(of: offset)
                #expect(found.number == number && found.start == start && found.scalars == offset - start)
            }
            guard offset < bytes.count else { break }
            let isPair = bytes[offset] == 0x0D && offset + 1 < bytes.count && bytes[offset + 1] == 0x0A
            if bytes[offset] == 0x0A || (bytes[offset] == 0x0D && !isPair) {
                (number, start) = (number + 1, offset + 1)
            }
        }
    }
}
