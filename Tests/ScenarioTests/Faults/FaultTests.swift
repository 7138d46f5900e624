import Foundation
import Testing

/// Lets every fault happen to a run that updates one server, removes one and makes one, beside one that stays and a guest
/// that somebody made by hand; then lets Plumb run again without the fault.
///
/// What came of it stands in a table of `docs/reliability.md`; `PLUMB_ACCEPT=1` writes it.
@Suite(.enabled(if: Programs.hasTerraform)) struct FaultTests {
    @Test("no fault hurts anybody, and the next runs converge", arguments: FaultCase.all)
    func fault(_ fault: FaultCase) async throws { try await BirthStory.tell(fault) }

    @Test("the table has these faults and no others")
    func tableIsWhole() throws { try BirthStory.expectWholeTable() }
}

private struct BirthStory: FaultStory {
    static let table = FaultTable.births
    static let stageName = "fault"
    static let bystanders = ["102 web-3 pve1 running cores 2", "500 by-hand pve1 stopped cores 1"]
    static let newborn = "web-4"
    static let members = ["web-1", "web-3", "web-4"]

    let chapters: FaultChapters

    private static let policy = """
        apiVersion: plumb/v1
        kind: Policy
        metadata: {name: all}
        spec: {apply: auto, recreate: auto, destroyBudget: {perPlan: 1}}
        """

    private static let container = "type: container, template: local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst"

    /// It is declared otherwise than the one that ends: alike, it could be that one under a new name, and the end would
    /// wait for a person.
    private static func newcomer(_ type: String) -> String {
        StageFiles.server("web-4", own: type).replacing("memory: 2GiB", with: "memory: 3GiB")
    }

    static func script(of fault: FaultCase) -> String {
        let type = fault.isOfContainers ? container : "type: vm"
        let before =
            StageFiles.cluster() + StageFiles.file("policy.yaml", policy)
            + StageFiles.server("web-1", own: "\(type), node: pve2, power: stopped")
            + StageFiles.server("web-2", own: type) + StageFiles.server("web-3", own: type)
                + """
                $ plumb apply --yes
                $ as alice POST /nodes/pve1/qemu/9000/clone newid=500 name=by-hand full=1
                $ replace web-1.yaml "cores: 2" "cores: 4"
                $ remove web-2.yaml

                """ + newcomer(type) + fault.script.joined(separator: "\n")
        let mends = [
            "as root PUT /simulation/tokens id=root@pam!plumb separated=0",
            "as root PUT /simulation/guests/100 delete=lock",
        ]
        return before + scenes(during: ["plumb apply --yes"], mending: mends)
    }

    var harmToServers: [String] {
        guests("the fault").contains { $0.hasPrefix("100 web-1 pve2 stopped") } ? [] : ["web-1 was harmed"]
    }

    /// What is not as declared at the end.
    private var leftovers: [String] {
        let guests = guests("at rest")
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
        let run = chapters.output("the fault/plumb apply --yes")
        let exit = FaultChapters.exitCode(of: run)
        let guests = guests("the fault")
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
