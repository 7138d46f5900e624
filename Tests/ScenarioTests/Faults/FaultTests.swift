import Foundation
import Testing

/// Lets every fault happen to a run that updates one server, removes one and makes one, beside one that stays and a guest
/// that somebody made by hand; then lets Plumb run again without the fault.
///
/// What came of it stands in a table of `docs/reliability.md`; `PLUMB_ACCEPT=1` writes it.
@Suite(.enabled(if: Programs.hasTerraform)) struct FaultTests {
    @Test("no fault hurts anybody, and the next runs converge", arguments: FaultCase.all)
    func fault(_ fault: FaultCase) async throws {
        let transcript = try await Stage.perform("fault") { stage in
            try await stage.play(Script(FaultScript.text(fault)))
        }
        let story = FaultStory(transcript)
        #expect(story.harm == [], "\(transcript)")
        #expect(story.unrest == [], "\(transcript)")
        #expect(story.idle(of: fault) == [], "\(transcript)")
        try FaultTable.births.compare(story.cells, of: fault, transcript)
    }

    @Test("the table has these faults and no others")
    func tableIsWhole() throws {
        #expect(Set(try FaultTable.births.lines().keys) == Set(FaultCase.all.map(\.key)))
    }
}

/// What is played for each fault.
private enum FaultScript {
    private static let policy = """
        apiVersion: plumb/v1
        kind: Policy
        metadata: {name: all}
        spec: {apply: auto, recreate: auto, destroyBudget: {perPlan: 1}}
        """

    private static let container = "type: container, template: local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst"

    static func text(_ fault: FaultCase) -> String {
        let type = fault.isOfContainers ? container : "type: vm"
        return StageFiles.cluster() + StageFiles.file("policy.yaml", policy)
            + StageFiles.server("web-1", own: "\(type), node: pve2, power: stopped")
            + StageFiles.server("web-2", own: type) + StageFiles.server("web-3", own: type)
                + """
                $ plumb apply --yes
                $ as alice POST /nodes/pve1/qemu/9000/clone newid=500 name=by-hand full=1
                $ replace web-1.yaml "cores: 2" "cores: 4"
                $ remove web-2.yaml

                """ + StageFiles.server("web-4", own: type) + fault.script.joined(separator: "\n")
                + """

                # the fault
                $ plumb apply --yes
                $ as root GET /simulation/faults
                $ as root DELETE /simulation/faults
                $ as root PUT /simulation/tokens id=root@pam!plumb separated=0
                $ as root PUT /simulation/guests/100 delete=lock
                $ guests
                # one run
                $ plumb apply --yes
                # two runs
                $ plumb apply --yes
                # at rest
                $ plumb plan --detailed-exit-code
                $ guests
                $ state lab/main
                $ inside lab/main plan -detailed-exitcode
                """
    }
}

/// What a transcript tells of one fault.
private struct FaultStory {
    private let chapters: FaultChapters

    init(_ transcript: String) { chapters = FaultChapters(transcript) }

    private func output(_ command: String) -> [String] { chapters.output(command) }

    private static let bystanders = ["102 web-3 pve1 running cores 2", "500 by-hand pve1 stopped cores 1"]

    /// What the fault, or what was done about it, did to whom it should not.
    var harm: [String] {
        let guests = output("the fault/guests")
        let end = output("at rest/guests")
        var harm: [String] = []
        for line in Self.bystanders {
            if !guests.contains(line) { harm.append("after the fault: no \(line)") }
            if !end.contains(line) { harm.append("at the end: no \(line)") }
        }
        if !guests.contains(where: { $0.hasPrefix("100 web-1 pve2 stopped") }) { harm.append("web-1 was harmed") }
        for list in [guests, end] where list.count(where: { $0.contains(" web-4 ") }) > 1 { harm.append("web-4 twice") }
        if guests.contains(where: { $0.contains(" rival ") }), !end.contains(where: { $0.contains(" rival ") }) {
            harm.append("the foreign guest is gone")
        }
        return harm
    }

    /// Rules that hit nothing.
    func idle(of fault: FaultCase) -> [String] { chapters.idle(of: fault) }

    /// What Plumb and Terraform would still do at the end.
    var unrest: [String] { chapters.unrest(with: ["web-1", "web-3", "web-4"]) }

    /// What is not as declared at the end.
    private var leftovers: [String] {
        let guests = output("at rest/guests")
        var left: [String] = []
        if !guests.contains("100 web-1 pve2 stopped cores 4") { left.append("web-1 is not changed") }
        if guests.contains(where: { $0.contains(" web-2 ") }) { left.append("web-2 is there") }
        switch guests.first(where: { $0.contains(" web-4 ") }) {
        case nil: left.append("web-4 is not there")
        case let made? where made.hasSuffix(" web-4 pve1 running cores 2"): break
        case let made? where made.hasSuffix(" web-4 pve1 stopped cores 2"): left.append("web-4 was never started")
        case let made?: left.append(made)
        }
        return left
    }

    /// What Plumb said and its exit code, what was left, how many further runs did something, and what came of it.
    var cells: [String] {
        let run = output("the fault/plumb apply --yes")
        let exit = FaultChapters.exitCode(of: run)
        let guests = output("the fault/guests")
        let isChanged = guests.contains("100 web-1 pve2 stopped cores 4")
        let made = guests.first { $0.contains(" web-4 ") }?.split(separator: " ")
        let left =
            [
                isChanged ? "web-1 changed" : "web-1 as before",
                guests.first { $0.contains(" web-2 ") }.map { "web-2 \($0.split(separator: " ")[3])" } ?? "web-2 gone",
                made.map { "web-4 \($0[3])" } ?? "no web-4",
            ] as [String]
        let rest = leftovers.isEmpty ? "as declared" : leftovers.joined(separator: "; ")
        return [FaultChapters.said(in: run), exit, left.joined(separator: ", "), String(chapters.furtherWork), rest]
    }
}
