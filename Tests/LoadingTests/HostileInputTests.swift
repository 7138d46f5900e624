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
        var loaded: LoadedConfiguration?
        let time = WorkTime.measure { loaded = Self.validate(input.files) }
        #expect(loaded.map { HostileInput.found(in: $0) } == input.expected)
        #expect(time < .seconds(1), "\(time)")
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
            for input in OddInput.largestFirst {
                Self.validate([SourceFile(path: "odd.yaml", bytes: input.bytes())])
                let peak = try #require(PeakMemory.megabytes)
                try #require(peak < 200, "\(input.name): \(peak) MB")
            }
            for input in HostileInput.all { Self.validate(input.files) }
            let peak = try #require(PeakMemory.megabytes)
            try #require(peak < 200, "\(peak) MB")
        }
    }

    @Test("Inputs that need odd bytes or great size are found, quickly", arguments: OddInput.all)
    func oddInputs(_ input: OddInput) throws {
        let file = SourceFile(path: "odd.yaml", bytes: input.bytes())
        var loaded: LoadedConfiguration?
        let time = WorkTime.measure { loaded = Self.validate([file]) }
        let found = HostileInput.found(in: try #require(loaded), file: 0)
        #expect(found.first == input.expected)
        #expect(found.count <= 500)
        #expect(time < .seconds(1), "\(time)")
    }

    /// All that `plumb validate` does with files once their bytes are there: reads them and shows what is wrong.
    @discardableResult
    private static func validate(_ files: [SourceFile]) -> LoadedConfiguration {
        let loaded = ConfigurationLoader().load(files)
        let renderer = DiagnosticRenderer(language: .english)
        var lines = SourceLines(loaded.files)
        for diagnostic in loaded.diagnostics {
            _ = lines.place(of: diagnostic.span)
            _ = renderer.render(diagnostic, in: &lines)
        }
        return loaded
    }
}

/// What a piece of work takes of a processor, whatever else the machine does meanwhile.
enum WorkTime {
    /// - Parameter work: on the thread that calls, from its beginning to its end.
    static func measure(_ work: () -> Void) -> Duration {
        let start = now
        work()
        return now - start
    }

    private static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
    }
}

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
