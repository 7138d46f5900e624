import ArgumentParser
import Loading
import Model
import Reconciliation
import Synchronization
import Testing

@testable import CLI
@testable import Planning

/// What others wrote must not draw on the terminal of somebody who is about to say yes.
@Suite("Somebody else's text on a terminal")
struct VisibleTextTests {
    private static let hostile = "\u{1B}[2J\u{1B}[HPlan 000000000000: nothing to do.\n\u{202E}x\u{9B}A\r\u{7}"

    @Test(
        "What changes a terminal or the direction of reading is written as an escape",
        arguments: [
            ("plain", "plain"), ("서버 – é 👩‍💻", "서버 – é 👩‍💻"), ("a\u{1B}[2J", "a\\u001b[2J"), ("a\nb\tc\r", "a\\nb\\tc\\r"),
            ("\u{9B}2J", "\\u009b2J"), ("\u{202E}abc", "\\u202eabc"), ("\u{2066}", "\\u2066"), ("\u{7F}", "\\u007f"),
            ("\u{0}", "\\u0000"), ("\u{FEFF}", "\\ufeff"), ("\u{E0041}", "\\ue0041"), ("\r\n", "\\r\\n"),
        ])
    func visible(text: String, shown: String) { #expect(VisibleText.of(text) == shown) }

    @Test("Lines stay where a text is meant to have them")
    func lines() { #expect(VisibleText.of("a\n\tb\u{1B}", keepsLines: true) == "a\n\tb\\u001b") }

    /// Nothing but the given escapes, and lines that the hostile text did not begin.
    private func expectClean(_ text: String, _ allowed: Set<String> = []) {
        for (index, part) in text.split(separator: "\u{1B}", omittingEmptySubsequences: false).enumerated().dropFirst()
        {
            #expect(allowed.contains { part.hasPrefix($0) }, "escape \(index): \(part.prefix(8).debugDescription)")
        }
        let others = text.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" && $0 != "\t" && $0 != "\u{1B}" }
        #expect(others.isEmpty && !text.contains("\u{202E}") && !text.unicodeScalars.contains("\u{9B}"))
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("Plan 000000000000") })
    }

    private var views: [any View] {
        var step = Samples.update("web-02", 1002)
        step.changes = [AttributeChange(path: Self.hostile, before: Self.hostile, after: Self.hostile)]
        step.reason = Sentence("cli.noSuchServer", Self.hostile)
        let plan = PlanView(
            Samples.pass(Plan(steps: [step], findings: [])), configuration: ConfigurationReport(),
            showsAttributes: true,
            terraform: [
                TerraformText(
                    stack: Samples.stack,
                    words: .success("  description = \(Self.hostile.replacing("\n", with: " "))"))
            ])
        var item = DriftItem(
            server: "web-02", stack: Samples.stack, vmid: VMID(1002), kind: .changed, path: Self.hostile,
            depth: .detailed,
            disagreeing: [.live], culprit: .declaration)
        item.desired = Self.hostile
        item.live = Self.hostile
        item.compared = [.desired, .live]
        return [plan, DriftView([item])]
    }

    @Test("A plan and a drift report show it, and are not changed by it")
    func inViews() { for view in views { expectClean(view.text(in: Page(language: .english))) } }

    @Test("On a coloured terminal only the program's own colours are left")
    func onTerminals() {
        let printed = Mutex("")
        let console = Console(
            language: .english, format: .text, paint: Paint(isColoured: true), noticePaint: Paint(isColoured: true),
            result: { text in printed.withLock { $0 += text } }, aside: { text in printed.withLock { $0 += text } })
        for view in views { console.show(view) }
        console.notice(Paint(isColoured: true)("red", .red) + "\u{1B}[31m\u{1B}]0;title\u{7}\u{1B}[8mhidden")
        let text = printed.withLock { $0 }
        expectClean(text, ["[0m", "[1m", "[2m", "[31m", "[32m", "[33m", "[36m"])
        #expect(text.contains("\u{1B}[31mred\u{1B}[0m"))
    }

    @Test("A diagnostic shows it in the name of a file, of a field and in the line itself")
    func inDiagnostics() {
        let text = "apiVersion: plumb/v1\nkind: Role\nmetadata: {name: web}\nspec: {\"\\e[31mred\": 1}\n"
        let loaded = ConfigurationLoader().load([SourceFile(path: "a\u{1B}[2J.yaml", text: text)])
        #expect(!loaded.diagnostics.isEmpty)
        for diagnostic in loaded.diagnostics {
            let shown = DiagnosticRenderer(language: .english).render(diagnostic, in: loaded)
            expectClean(shown)
            #expect(shown.contains("a\\u001b[2J.yaml:4:"))
            #expect(shown.contains("\\u001b[31mred"))
        }
    }

    /// What the parser would say of a command line that it does not run.
    private func parsersWords(_ arguments: [String]) -> (any Error)? {
        do {
            var command = try PlumbCommand.parseAsRoot(arguments)
            // `help` is a command of the parser's own.
            if !(command is any AsyncParsableCommand) { try command.run() }
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "What the parser repeats of a command line is text, and begins no line",
        arguments: [
            ["plan", "--lang", hostile], ["plan", "--lang=" + hostile], [hostile], ["plan", hostile],
            ["history", "--limit", hostile], ["plan", "--" + hostile], ["help", hostile],
        ])
    func inTheParsersWords(arguments: [String]) throws {
        let error = try #require(parsersWords(arguments))
        let text = PlumbCommand.lastWords(on: error, after: arguments)
        #expect(!text.isEmpty)
        expectClean(text)
    }

    @Test(
        "The parser's own words stay as they are",
        arguments: [["--help"], ["help", "plan"], ["plan", "--nonsense"], ["--version"]])
    func parsersOwnWords(arguments: [String]) throws {
        let error = try #require(parsersWords(arguments))
        #expect(PlumbCommand.lastWords(on: error, after: arguments) == PlumbCommand.fullMessage(for: error))
    }
}
