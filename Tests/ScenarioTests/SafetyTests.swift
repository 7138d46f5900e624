import Foundation
import Testing

/// `docs/safety.md` names tests for each promise; here it is proven that they exist, not that they cover it.
@Suite struct SafetyTests {
    private static let tests = ScenarioTests.directory.deletingLastPathComponent()
    private static let document = tests.deletingLastPathComponent().appending(path: "docs/safety.md")

    /// The rows of its tables: the promise, and what is named beside it.
    private static func promises() throws -> [(promise: String, proofs: [String])] {
        let text = try String(contentsOf: document, encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            guard line.hasPrefix("| "), !line.hasPrefix("| Plumb never |") else { return nil }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let proofs = cells.last?.matches(of: /(scenario )?`([^`]+)`/).map { String($0.1 ?? "") + String($0.2) }
            return (cells[0], cells.count == 2 ? proofs ?? [] : [])
        }
    }

    /// Whether there is such a test: by the name of its function, or by the sentence that stands for it.
    private static func exists(_ proof: String) throws -> Bool {
        if proof.hasPrefix("scenario ") { return ScenarioTests.names.contains(String(proof.dropFirst(9))) }
        let halves = proof.split(separator: "/", maxSplits: 1).map(String.init)
        guard halves.count == 2 else { return false }
        // Two targets may have suites of one name.
        return try texts(of: halves[0] + ".swift").contains { text in
            guard text.contains("struct \(halves[0]) ") else { return false }
            let tests = text.split(separator: "@Test").dropFirst()
            return tests.contains { test in
                let head = test.prefix { $0 != "{" }
                return ["func \(halves[1])(", "func `\(halves[1])`("].contains { head.contains($0) }
                    || test.hasPrefix("(\"\(halves[1])\"")
                    || test.contains(/^\(\s+"/) && head.contains("\"\(halves[1])\"")
            }
        }
    }

    private static func texts(of file: String) throws -> [String] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: tests.path)
        return try paths.filter { $0.hasSuffix("/" + file) }.map {
            try String(contentsOf: tests.appending(path: $0), encoding: .utf8)
        }
    }

    @Test("every promise of docs/safety.md names a test, and the test is there")
    func everyPromiseNamesATest() throws {
        let promises = try Self.promises()
        #expect(promises.count > 20)
        for (promise, proofs) in promises {
            #expect(!proofs.isEmpty, "no test is named for: Plumb never \(promise)")
            for proof in proofs {
                #expect(try Self.exists(proof), "no such test: \(proof), which is named for: Plumb never \(promise)")
            }
        }
    }

    @Test("a test that is not there is found out")
    func missingProof() throws {
        #expect(try !Self.exists("KillRoundTests/nothing"))
        #expect(try !Self.exists("NoTests/kill"))
        #expect(try !Self.exists("scenario nowhere"))
    }
}
