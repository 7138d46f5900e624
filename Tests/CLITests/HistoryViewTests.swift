import JSONArena
import Model
import Testing

@testable import CLI

@Suite("What Plumb did")
struct HistoryViewTests {
    private let cores = AttributeChange(path: "cores", before: "2", after: "4")
    private let volume = AttributeChange(path: "volumes[scsi0]", before: "local-lvm:vm-100-disk-0, 20G", after: nil)
    private let page = Page(language: .english)

    private func lines(_ outcome: StepOutcome?, _ changes: [AttributeChange]) -> [String] {
        HistoryView([run(outcome, changes)], decisions: []).text(in: page).split(separator: "\n").map(String.init)
    }

    private func run(_ outcome: StepOutcome?, _ changes: [AttributeChange]) -> RunRecord {
        var run = RunRecord(id: "7", startedAt: Samples.noon, by: "kim")
        let step = StepID(rawValue: "rebuild Server/web-01")
        run.steps = [RunRecord.Line(step: step, outcome: outcome, changes: changes)]
        return run
    }

    private let notMade = "      was to change, and is not known to have:"

    @Test("What a done step changed stands below it, and nothing else is said")
    func done() {
        #expect(lines(.done, [cores]).dropFirst(2) == ["      cores  2 → 4"])
    }

    @Test("What a failed step was to change is not told as if it were so")
    func failed() {
        let failure = StepOutcome.failed(StepFailure(Sentence("recovery.interrupted")))
        #expect(lines(failure, [cores, volume]).dropFirst(2).first == notMade)
        #expect(lines(failure, [cores]).dropFirst(2) == [notMade, "        cores  2 → 4"])
        let json = HistoryView([run(failure, [cores])], decisions: []).json(in: .english).text()
        #expect(json.contains("\"changes\":[]") || json.contains("\"changes\": []"))
    }

    @Test("Of a rebuild that ended the guest and made no new one, the end of the disks is so, and the rest is not")
    func halfDone() {
        for code in [StepOutcome.rebuildUnfinished, StepOutcome.rebuildUnfinishedKept] {
            let reason = Sentence("recovery.interrupted")
            let half = StepOutcome.failed(
                StepFailure(Sentence(code, "web-01", "100", "local:backup/a", reason: reason)))
            let said = lines(half, [cores, volume]).dropFirst(2)
            let end = "      volumes[scsi0]  local-lvm:vm-100-disk-0, 20G → –"
            #expect(said == [end, notMade, "        cores  2 → 4"])
        }
    }

    @Test(
        "Of what was not tried nothing is said",
        arguments: [StepOutcome.skipped(Sentence("cli.declined")), .stale(Sentence("cli.declined"))])
    func untried(outcome: StepOutcome) {
        #expect(lines(outcome, [cores]).count == 2)
    }
}
