import Foundation
import Testing

/// Lets faults happen to a run that restarts one server and takes one in, and to the rebuild of a third after it, beside
/// one that stays and a guest that somebody made by hand; then lets Plumb run again without the fault.
///
/// What came of it stands in a table of `docs/reliability.md`; `PLUMB_ACCEPT=1` writes it.
@Suite(.enabled(if: Programs.hasTerraform)) struct TurnoverFaultTests {
    @Test("no fault hurts anybody, and the next runs converge", arguments: FaultCase.ofTurnover)
    func fault(_ fault: FaultCase) async throws { try await TurnoverStory.tell(fault) }

    @Test("the table has these faults and no others")
    func tableIsWhole() throws { try TurnoverStory.expectWholeTable() }
}

private struct TurnoverStory: FaultStory {
    static let table = FaultTable.turnover
    static let stageName = "turnover"
    static let bystanders = ["102 web-3 pve1 running cores 2", "501 by-hand pve1 stopped cores 1"]
    static let newborn = "web-2"
    static let members = ["web-1", "web-2", "web-3", "web-5"]
    private static let runs = ["plumb apply --yes", "plumb rebuild web-2 --approve-destroy 1"]

    let chapters: FaultChapters

    private static let policy = """
        apiVersion: plumb/v1
        kind: Policy
        metadata: {name: all}
        spec: {apply: auto, restarts: allow, rebuild: {backupTo: local}, destroyBudget: {perPlan: 1}}
        """

    private static let adopted = """
        apiVersion: plumb/v1
        kind: Server
        metadata: {name: web-5}
        spec: {cluster: lab, vmid: 500, adopt: true, onBoot: false, cores: 3, memory: 1536MiB, disks: [{size: 4GiB}]}
        """

    static func script(of fault: FaultCase) -> String {
        let before =
            StageFiles.cluster() + StageFiles.file("policy.yaml", policy) + StageFiles.server("web-1")
            + StageFiles.server("web-2") + StageFiles.server("web-3")
                + """
                $ plumb apply --yes
                $ replace web-1.yaml "cores: 2" "cores: 4"
                $ plumb apply --yes
                $ as alice POST /nodes/pve1/qemu/9000/clone newid=500 name=web-5 full=1
                $ as alice PUT /nodes/pve1/qemu/500/config cores=3 memory=1536
                $ as alice POST /nodes/pve1/qemu/500/status/start
                $ as alice POST /nodes/pve1/qemu/9000/clone newid=501 name=by-hand full=1

                """ + StageFiles.file("web-5.yaml", adopted) + fault.script.joined(separator: "\n")
        return before + scenes(during: runs)
    }

    /// Who was to be taken in and does not run, and a server that is gone or down in the end. One that is down after the
    /// fault is in its cell.
    var harmToServers: [String] {
        var harm: [String] = []
        for chapter in ["the fault", "at rest"] {
            let guests = guests(chapter)
            if !guests.contains(where: { $0.hasPrefix("100 web-1 pve1 ") }) { harm.append("\(chapter): no web-1") }
            if !guests.contains("500 web-5 pve1 running cores 3") { harm.append("\(chapter): web-5 was harmed") }
        }
        if !guests("at rest").contains(where: { $0.contains(" web-2 ") }) { harm.append("web-2 is gone") }
        return harm + down(after: "at rest").map { "at rest: \($0)" }
    }

    /// What the runs of a chapter said they did, as `restart web-1`.
    private func done(in chapter: String) -> [String] {
        Self.runs.flatMap { chapters.output("\(chapter)/\($0)") }.compactMap { line in
            let found = line.wholeMatch(of: /! +\S Server\/(web-\d) +(restart|start|rebuild|create|adopt) +done .*/)
            return found.map { "\($0.2) \($0.1)" }
        }
    }

    /// Who of the three does not run after a chapter.
    private func down(after chapter: String) -> [String] {
        ["web-1", "web-2", "web-5"].compactMap { name in
            guard let guest = guests(chapter).first(where: { $0.contains(" \(name) ") }) else { return "no \(name)" }
            return guest.contains(" running ") ? nil : "\(name) stopped"
        }
    }

    /// What Plumb said, its exit codes, what it did at once, who does not run, how many further runs did something, and what
    /// was never done.
    var cells: [String] {
        let outputs = Self.runs.map { chapters.output("the fault/\($0)") }
        let exits = outputs.map { FaultChapters.exitCode(of: $0) }.joined(separator: ", ")
        let done = done(in: "the fault")
        let ever = ["the fault", "one run", "two runs"].flatMap { self.done(in: $0) }
        // Whoever was down is started instead of restarted, and made instead of rebuilt.
        let never = ["restart web-1", "rebuild web-2", "adopt web-5"].filter { asked in
            !ever.contains { $0.suffix(5) == asked.suffix(5) }
        }.map { "no \($0)" }
        let rest = down(after: "at rest") + never
        return [
            FaultChapters.said(in: outputs.flatMap(\.self)), exits,
            done.isEmpty ? "nothing" : done.joined(separator: ", "),
            down(after: "the fault").isEmpty ? "all run" : down(after: "the fault").joined(separator: ", "),
            String(chapters.furtherWork), rest.isEmpty ? "as asked" : rest.joined(separator: "; "),
        ]
    }
}
