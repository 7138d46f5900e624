import Execution
import Foundation
import Model
import Synchronization
import Testing

@testable import CLI

@Suite("Progress of a run")
struct ProgressTests {
    private let plan = Plan(steps: [
        Samples.create("web-01", 1001), Samples.create("web-02", 1002), Samples.destroy("web-03", 1003),
    ])
    private let page = Page(language: .english)

    private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: Samples.noon.seconds + seconds) }

    @Test("The bar counts the steps that may run, and running ones show their time")
    func frame() {
        var progress = ProgressState(plan)
        #expect(progress.take(.began(plan.steps[0].id), at: at(0), page: page) == nil)
        #expect(progress.take(.began(plan.steps[1].id), at: at(2), page: page) == nil)
        let line = progress.take(.ended(plan.steps[0].id, .done), at: at(5), page: page)
        #expect(line == "  + Server/web-01  create  done  5.0s")
        #expect(
            progress.frame(at: at(9), page: page) == ["  + Server/web-02  7s", "  ████████████░░░░░░░░░░░░ 1/2"])
    }

    @Test("No line is wider than the terminal")
    func narrow() {
        let step = Samples.create(String(repeating: "x", count: 63), 1001)
        var progress = ProgressState(Plan(steps: [step]))
        _ = progress.take(.began(step.id), at: at(0), page: page)
        for width in [24, 40, 80] {
            #expect(progress.frame(at: at(99_999), page: page, width: width).allSatisfy { $0.count <= width })
        }
    }

    @Test("A failure says why")
    func failure() {
        var progress = ProgressState(plan)
        _ = progress.take(.began(plan.steps[1].id), at: at(0), page: page)
        let line = progress.take(
            .ended(plan.steps[1].id, .failed(StepFailure(Sentence("cli.declined")))), at: at(1), page: page)
        #expect(line == "  + Server/web-02  create  failed  Nothing was done. The answer was not yes.")
    }

    @Test("Many running steps are drawn as eight and a number")
    func many() {
        let steps = (1...12).map { Samples.create("web-\($0)", 1000 + $0) }
        var progress = ProgressState(Plan(steps: steps))
        for (second, step) in steps.enumerated() {
            _ = progress.take(.began(step.id), at: at(Int64(second)), page: page)
        }
        let frame = progress.frame(at: at(20), page: page)
        #expect(frame.count == 10)
        #expect(frame[8] == "  and 4 more")
    }

    @Test("Away from a terminal there is one line for each step that ended, and nothing is drawn over")
    func lines() {
        let said = Mutex("")
        let console = Console(
            language: .english, format: .text, result: { _ in }, aside: { text in said.withLock { $0 += text } })
        let display = ProgressDisplay(plan, on: console) { Samples.noon }
        display.take(.began(plan.steps[0].id))
        display.take(.progressed(plan.steps[0].id, seconds: 10))
        display.tick()
        display.take(.ended(plan.steps[0].id, .done))
        display.finish()
        #expect(said.withLock { $0 } == "  + Server/web-01  create  done  0ms\n")
    }

    @Test("On a dumb terminal nothing is drawn over, and lines stand alone")
    func dumbTerminal() {
        let said = Mutex("")
        let console = Console(
            language: .english, format: .text, isInteractive: true, movesCursor: false, result: { _ in },
            aside: { text in said.withLock { $0 += text } })
        let display = ProgressDisplay(plan, on: console) { Samples.noon }
        display.take(.began(plan.steps[0].id))
        display.tick()
        display.take(.ended(plan.steps[0].id, .done))
        display.finish()
        #expect(said.withLock { $0 } == "  + Server/web-01  create  done  0ms\n")
    }

    @Test("On a terminal what was drawn is erased before anything else is written")
    func drawing() {
        let said = Mutex("")
        let console = Console(
            language: .english, format: .text, isInteractive: true, result: { _ in },
            aside: { text in said.withLock { $0 += text } })
        let display = ProgressDisplay(plan, on: console) { Samples.noon }
        display.take(.began(plan.steps[0].id))
        display.take(.ended(plan.steps[0].id, .done))
        display.finish()
        let text = said.withLock { $0 }
        #expect(text.contains("\u{1B}[2A\u{1B}[J  + Server/web-01  create  done"))
        #expect(text.hasSuffix("\r\u{1B}[1A\u{1B}[J"))
    }

    @Test("What is said while lines are drawn stands above them and is not drawn over")
    func saying() {
        let said = Mutex("")
        let console = Console(
            language: .english, format: .text, isInteractive: true, result: { _ in },
            aside: { text in said.withLock { $0 += text } })
        let display = ProgressDisplay(plan, on: console) { Samples.noon }
        display.take(.began(plan.steps[0].id))
        display.say(Sentence("view.apply.stopping"))
        display.tick()
        // Two lines are drawn each time, so that two are erased: the sentence above them stays.
        let stopping = Page(language: .english).whole(Sentence("view.apply.stopping"))
        let parts = said.withLock { $0 }.components(separatedBy: "\r\u{1B}[2A\u{1B}[J")
        #expect(parts.count == 3)
        #expect(parts[1].hasPrefix(stopping + "\n"))
        #expect(parts[1].split(separator: "\n").count == 3)
        #expect(!parts[2].contains(stopping))
    }

    @Test("A failure tells what Proxmox said")
    func said() {
        var progress = ProgressState(plan)
        let failure = StepFailure(Sentence("proxmox.refused", "lab/101", "start failed: out of memory (500)"))
        let line = progress.take(.ended(plan.steps[1].id, .failed(failure)), at: at(1), page: page)
        #expect(
            line?.hasSuffix("Proxmox refused a call about lab/101. It said: start failed: out of memory (500).") == true
        )
    }
}
