import Foundation
import Testing

/// Runs every script of `Tests/Scenarios` through the real program, the real Terraform and a simulated cluster, and
/// compares its transcript with the `.expected` beside it. `PLUMB_ACCEPT=1` writes the transcripts instead, and
/// `PLUMB_SCENARIOS=rename,power` plays only those.
@Suite(.enabled(if: Programs.hasTerraform)) struct ScenarioTests {
    static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Scenarios")

    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        return files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    }()

    private static let chosen: [String] = {
        guard let wish = ProcessInfo.processInfo.environment["PLUMB_SCENARIOS"] else { return names }
        return names.filter(wish.split(separator: ",").map(String.init).contains)
    }()

    @Test("a scenario says what it said before", arguments: chosen)
    func scenario(name: String) async throws {
        let file = Self.directory.appending(path: name)
        let script = Script(try String(contentsOf: file.appendingPathExtension("txt"), encoding: .utf8))
        let transcript = try await Stage.perform(name) { stage in try await stage.play(script) }
        let golden = file.appendingPathExtension("expected")
        if ProcessInfo.processInfo.environment["PLUMB_ACCEPT"] == "1" {
            try transcript.write(to: golden, atomically: true, encoding: .utf8)
            return
        }
        let expected = (try? String(contentsOf: golden, encoding: .utf8)) ?? ""
        #expect(transcript == expected, "\(Difference.between(expected, transcript))")
    }

    @Test("there are scenarios")
    func scenariosExist() {
        #expect(Self.names.count >= 30)
    }
}

/// The first place where two texts differ, for people.
enum Difference {
    static func between(_ expected: String, _ actual: String) -> String {
        let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let actual = actual.split(separator: "\n", omittingEmptySubsequences: false)
        for index in 0..<max(expected.count, actual.count) {
            let want = index < expected.count ? expected[index] : "(end)"
            let have = index < actual.count ? actual[index] : "(end)"
            if want != have {
                let before = actual[..<min(index, actual.count)].suffix(12).joined(separator: "\n")
                return "line \(index + 1)\n\(before)\nexpected: \(want)\nactual:   \(have)"
            }
        }
        return "no difference"
    }
}

/// Suites that need Terraform are skipped where there is none: on a developer's machine, but not where a green run is
/// meant to prove something.
@Suite struct NeededProgramTests {
    @Test("where the build says that Terraform must be there, it is, and nothing was skipped for want of it")
    func terraform() {
        let isNeeded = ProcessInfo.processInfo.environment["PLUMB_NEEDS_TERRAFORM"] == "1"
        #expect(Programs.hasTerraform || !isNeeded, "neither terraform nor tofu is on PATH: see .ci/setup")
    }
}

enum Programs {
    /// Whether `terraform` or `tofu` is on PATH.
    static let hasTerraform = found != nil
    /// The path of the one that Plumb finds.
    static let terraform = found ?? "terraform"

    private static let found: String? = {
        let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let places = ["terraform", "tofu"].flatMap { name in directories.map { "\($0)/\(name)" } }
        return places.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()
}
