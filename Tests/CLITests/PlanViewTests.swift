import Foundation
import JSONArena
import Model
import Reconciliation
import Testing

@testable import CLI

@Suite("A plan as it is shown")
struct PlanViewTests {
    private var plan: Plan {
        Plan(
            steps: [
                Samples.destroy("web-03", 1003), Samples.update("web-02", 1002), Samples.create("web-01", 1001),
            ],
            findings: [
                Samples.finding(.blocked, Samples.subject("web-09"), rule: "vmidTaken"),
                Samples.finding(.waiting, Samples.subject("app-01"), rule: "vanished"),
            ] + (1...8).map { Samples.finding(.notice, .guest("lab", VMID(500 + $0)), rule: "unmanaged") })
    }

    private var inventory: ClusterInventory {
        var inventory = ClusterInventory(cluster: "lab", readAt: Samples.noon)
        inventory.guests = [ObservedGuest(vmid: VMID(1002), type: .vm, name: "web-02", node: "pve1", status: .running)]
        return inventory
    }

    private func view(showsAttributes: Bool = false) -> PlanView {
        PlanView(
            Samples.pass(plan, inventory: inventory), configuration: ConfigurationReport(),
            showsAttributes: showsAttributes)
    }

    @Test("It is sorted by address, with the summary last, and counts notices of one rule that are too many")
    func text() throws { try Golden.expect(view().text(in: Page(language: .english)), "plan") }

    @Test("It says the same in Korean")
    func korean() throws { try Golden.expect(view().text(in: Page(language: .korean)), "plan.ko") }

    @Test("With attributes it shows before and after, and what a change does to a running guest")
    func attributes() throws {
        try Golden.expect(view(showsAttributes: true).text(in: Page(language: .english)), "plan.diff")
    }

    @Test("As JSON it has everything, with codes beside texts")
    func json() throws { try Golden.expect(view().json(in: .english).text(indent: 2), "plan.json") }

    @Test("A plan that was rejected says so first: by whom, when, and how that is taken back")
    func rejected() throws {
        var view = self.view()
        view.pass.rejection = Rejection(by: "bob", at: Samples.noon)
        let reason = try #require(view.pass.rejectionSentence)
        for index in view.pass.plan.steps.indices { view.pass.plan.steps[index].disposition = .blocked(reason) }
        let text = view.text(in: Page(language: .english))
        let head = "! Plan \(view.pass.id) was rejected by bob at \(Samples.noon); nothing of it is carried out."
        #expect(text.hasPrefix(head) && text.contains("`plumb approve \(view.pass.id)`"))
        #expect(text.split(separator: "was rejected by bob").count == 2)
        #expect(view.json(in: .english)["rejected"]?["by"] == .string("bob"))
    }

    @Test("Where a document has a mistake, or a cluster could not be read, there is not nothing to do")
    func uncertain() {
        func summary(_ configuration: ConfigurationReport, _ inventory: ClusterInventory) -> String {
            PlanView(Samples.pass(Plan(steps: []), inventory: inventory), configuration: configuration)
                .text(in: Page(language: .english))
        }
        let remark = ConfigurationReport.Remark(
            severity: .error, sentence: Sentence("cli.declined"), file: "a.yaml", line: 3, column: 7, rendering: "")
        #expect(summary(ConfigurationReport(), inventory).hasSuffix(": nothing to do."))
        #expect(
            summary(ConfigurationReport(files: 1, remarks: [remark]), inventory)
                .hasSuffix(": no steps, as not everything could be read."))
        var blind = inventory
        blind.distrust = Sentence("cli.declined")
        #expect(summary(ConfigurationReport(), blind).hasSuffix(": no steps, as not everything could be read."))
    }

    @Test("What ends with a guest is named where that is more than the one disk on record")
    func endedVolumes() throws {
        func text(_ places: [String], unrecorded: [String]?, in language: Language = .english) throws -> String {
            var step = Samples.destroy("web-03", 1003)
            guard case .destroy(var removal) = step.action else { throw CommandFailure(Sentence("cli.declined")) }
            removal.volumes = places.map { GuestVolume(place: $0, name: "local-lvm:vm-1003-\($0)", size: "32G") }
            removal.unrecordedVolumes = unrecorded
            step.action = .destroy(removal)
            return PlanView(Samples.pass(Plan(steps: [step])), configuration: ConfigurationReport())
                .text(in: Page(language: language))
        }
        let both = "scsi0 (local-lvm:vm-1003-scsi0, 32G), scsi3 (local-lvm:vm-1003-scsi3, 32G"
        #expect(
            try text(["scsi0", "scsi3"], unrecorded: ["scsi3"])
                .contains("     ends with it: \(both); not on record)\n"))
        #expect(try text(["scsi0", "scsi3"], unrecorded: nil).contains("     ends with it: \(both))\n"))
        #expect(try text(["scsi0", "scsi3"], unrecorded: ["scsi3"], in: .korean).contains(both))
        #expect(try text(["mp0"], unrecorded: ["mp0"]).contains("mp0 (local-lvm:vm-1003-mp0, 32G; not on record)"))
        #expect(try !text(["scsi0"], unrecorded: nil).contains("ends with it"))
    }

    @Test("The end of a server whose document is only left out says in which file it is, and what keeps it")
    func leftOut() {
        var step = Samples.destroy("web-03", 1003)
        step.disposition = .needsApproval(Sentence("plan.approveLeftOut", "Server/web-03", "old/web.yaml", "web-03"))
        let view = PlanView(Samples.pass(Plan(steps: [step])), configuration: ConfigurationReport())
        let text = view.text(in: Page(language: .english))
        #expect(text.contains("`.plumbignore` leaves out old/web.yaml."))
        #expect(text.contains("take the line out of `.plumbignore`") && text.contains("--approve-destroy web-03"))
    }

    @Test("An approval that no longer holds says what moved")
    func moved() {
        var step = Samples.destroy("web-03", 1003)
        step.disposition = .needsApproval(Sentence("plan.approvalMoved", "Server/web-03", "desired cores: 2 → 4"))
        let view = PlanView(Samples.pass(Plan(steps: [step])), configuration: ConfigurationReport())
        #expect(view.text(in: Page(language: .english)).contains("Since then this moved: desired cores: 2 → 4."))
    }

    @Test(
        "A span is in the largest unit of which there are two, rounded up",
        arguments: [
            (0, "0 s"), (29_001, "30 s"), (119_000, "119 s"), (119_001, "2 min"), (7_140_000, "119 min"),
            (7_140_001, "2 h"), (172_800_000, "2 d"),
        ])
    func spans(milliseconds: Int, text: String) {
        #expect(Step.roughly(.milliseconds(milliseconds)) == text)
    }

    @Test("A stack whose plan Terraform could not make costs nobody the rest")
    func terraform() throws {
        var view = self.view()
        view.terraform = [
            TerraformText(stack: Samples.stack, words: .failure(StepFailure(Sentence("cli.declined")))),
            TerraformText(stack: StackID(cluster: "lab", name: "web"), words: .success("1 to destroy")),
        ]
        let text = view.text(in: Page(language: .english))
        #expect(text.contains("Terraform's own plan in lab/default could not be had:"))
        #expect(text.contains("Terraform's own plan in lab/web:\n1 to destroy"))
        #expect(text.contains("Server/web-03"))
        let json = view.json(in: .english)["terraform"]
        #expect(json?["lab/default"]?["unknown"]?["code"] == .string("cli.declined"))
        #expect(json?["lab/web"] == .string("1 to destroy"))
    }

    @Test("Terraform is asked for its plan only where it has a part in what waits")
    func partOfTerraform() {
        let restart = Samples.restart("web-01", 1001)
        let destroy = Samples.destroy("web-02", 1002)
        #expect(Samples.pass(Plan(steps: [restart])).awaitingTerraform.isEmpty)
        #expect(
            Samples.pass(Plan(steps: [restart, destroy])).awaitingTerraform == [Samples.stack: [restart, destroy]])
        let update = Samples.update("web-03", 1003)
        #expect(Samples.pass(Plan(steps: [update])).awaitingTerraform.isEmpty)
    }

    /// What a cluster that does not answer comes to: one finding for each of its servers.
    private var obstacle: Plan {
        let reason = Sentence("cli.noSuchServer", "lab")
        return Plan(
            findings: (1...6).map { Finding(.blocked, Samples.subject("web-0\($0)"), rule: "unknown", reason) })
    }

    @Test("One obstacle of many servers is said once, with their number and the first names")
    func sharedObstacle() throws {
        let text = PlanView(Samples.pass(obstacle), configuration: ConfigurationReport())
            .text(in: Page(language: .english))
        try Golden.expect(text, "plan.obstacle")
        #expect(text.matches(of: /There is no server/).count == 1)
    }

    @Test("One reason that holds several steps back is said once, below them")
    func heldSteps() throws {
        let steps = (1...3).map { number in
            var step = Samples.destroy("web-0\(number)", 1000 + number)
            step.disposition = .blocked(Sentence("plan.budget", "lab", "3", "1", "9"))
            return step
        }
        let view = PlanView(Samples.pass(Plan(steps: steps)), configuration: ConfigurationReport())
        try Golden.expect(view.text(in: Page(language: .english)), "plan.held")
    }

    @Test("One reason that holds several steps of one server back is said once, of that one server")
    func heldStepsOfOneServer() {
        let reason = Sentence("plan.budget", "lab", "3", "1", "9")
        func steps(of servers: [String]) -> [Step] {
            servers.flatMap { [Samples.update($0, 1002), Samples.restart($0, 1002)] }.map { step in
                var step = step
                step.disposition = .blocked(reason)
                return step
            }
        }
        func text(of servers: [String]) -> String {
            PlanView(Samples.pass(Plan(steps: steps(of: servers))), configuration: ConfigurationReport())
                .text(in: Page(language: .english))
        }
        let why = Catalogue.text(of: reason, in: .english).what
        let one = text(of: ["web-02"])
        #expect(one.components(separatedBy: why).count == 2)
        #expect(one.contains("!  Server/web-02") && !one.contains("2 servers") && !one.contains("web-02, web-02"))
        #expect(text(of: ["web-02", "web-03"]).contains("These are web-02, web-03."))
    }

    @Test("A cluster that could not be read is not said to have no guests")
    func nothingRead() {
        var inventory = ClusterInventory(cluster: "lab", readAt: Samples.noon)
        inventory.distrust = Sentence("cli.declined")
        let view = PlanView(Samples.pass(obstacle, inventory: inventory), configuration: ConfigurationReport())
        let text = view.text(in: Page(language: .english))
        #expect(text.contains("lab: nothing could be read") && !text.contains("0 guests"))
    }

    @Test("A plan without steps says that there is nothing to do")
    func empty() throws {
        let view = PlanView(Samples.pass(Plan()), configuration: ConfigurationReport())
        #expect(view.text(in: Page(language: .english)) == "Plan 3f9a1c22b0de: nothing to do.")
    }

    @Test("Colour is where it was asked for, and nowhere else")
    func colour() {
        let plain = view().text(in: Page(language: .english))
        let coloured = view().text(in: Page(language: .english, paint: Paint(isColoured: true)))
        #expect(!plain.contains("\u{1B}"))
        #expect(coloured.contains("\u{1B}[31m"))
        #expect(coloured.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
    }
}
