import JSONArena
import Model
import Planning
import Reconciliation
import Testing

@testable import CLI

/// What `audit`, `drift` and `drift --watch` print.
@Suite("Drift and audits, as they are shown")
struct DriftAndAuditViewTests {
    private static let later = Timestamp(seconds: Samples.noon.seconds + 600)

    private func task(_ type: String, _ user: String, minutes: Int64) -> ObservedTask {
        var task = ObservedTask(
            upid: "UPID:pve1:0000\(minutes):0:0:\(type):100:\(user):", node: "pve1", type: type, vmid: VMID(100),
            user: user,
            startedAt: Timestamp(seconds: Samples.noon.seconds + minutes * 60))
        task.endedAt = Timestamp(seconds: task.startedAt.seconds + 2)
        task.exitStatus = "OK"
        return task
    }

    private func item(_ path: String, _ culprit: DriftItem.Culprit) -> DriftItem {
        var item = DriftItem(
            server: "web-01", stack: Samples.stack, vmid: VMID(100), kind: path == "power" ? .power : .changed,
            path: path,
            depth: .detailed, disagreeing: [.live], culprit: culprit)
        item.desired = path == "power" ? "running" : "2"
        item.live = path == "power" ? "stopped" : "8"
        item.compared = [.desired, .live]
        item.declared = DeclaredField(ObjectName(.server, "web-01"), "spec.\(path)")
        return item
    }

    private var view: DriftView {
        DriftView(
            [
                item("cores", .between(Samples.noon, Self.later)),
                item(
                    "power",
                    .tasks([task("qmstop", "bob@pam", minutes: 5), task("qmshutdown", "eve@pve!cli", minutes: 3)])),
                item("memory", .tasks([task("qmconfig", "bob@pam", minutes: 7)])), item("tags", .declaration),
            ],
            unseen: [
                .init(cluster: "lab", reason: Sentence("doctor.nodeOffline", "pve2"), isWhole: false),
                .init(cluster: "lab", server: "db-01", reason: Sentence("plan.unreadDetail", "107"), isWhole: true),
            ])
    }

    @Test("drift names every task that can have done it")
    func drift() throws {
        try Golden.expect(view.text(in: Page(language: .english)), "drift")
        try Golden.expect(view.json(in: .english).text(indent: 2), "drift.json")
    }

    @Test("a server that could not be read is blindness, an offline node alone is not")
    func blindness() {
        #expect(view.isPartlyBlind)
        var other = view
        other.unseen.removeLast()
        #expect(!other.isPartlyBlind)
    }

    private var news: [DriftNews] {
        let cores = item("cores", .between(Samples.noon, Self.later))
        return [
            DriftNews(at: Self.later, .drift(.appeared(cores))), DriftNews(at: Self.later, .drift(.changed(cores))),
            DriftNews(at: Self.later, .drift(.healed(cores))), DriftNews(at: Self.later, .unreadable(view.unseen[1])),
            DriftNews(at: Self.later, .readable(view.unseen[1])),
        ]
    }

    @Test("what is new comes with its time, in JSON on one line")
    func watch() throws {
        let page = Page(language: .english)
        try Golden.expect(news.map { $0.text(in: page) }.joined(separator: "\n"), "drift.watch")
        let lines = news.map { $0.json(in: .english).text() }
        #expect(lines.allSatisfy { !$0.contains("\n") })
        try Golden.expect(lines.joined(separator: "\n"), "drift.watch.json")
    }

    private var audits: AuditView {
        let changes = [
            AuditedChange(
                address: #"module.server["web-01"].proxmox_virtual_environment_vm.vm[0]"#, server: "web-01",
                action: .update,
                attributes: [
                    AttributeChange(path: "cores", before: "8", after: "2"),
                    AttributeChange(path: "initialization[0].user_account", before: nil, after: nil),
                ]),
            AuditedChange(address: "proxmox_virtual_environment_pool.by_hand", server: nil, action: .delete),
        ]
        func audit(_ name: String, _ result: StackAudit.Result) -> Auditor.End {
            .audited(
                StackAudit(stack: StackID(cluster: "lab", name: name), endedAt: Samples.noon, result: result))
        }
        return AuditView([
            audit("default", .clean), audit("web", .unclean(changes)),
            audit("db", .failed(Sentence("cli.noSuchServer", "x"))),
            .postponed(StackID(cluster: "lab", name: "busy"), Sentence("audit.batchOpen", "lab/busy", "7")),
        ])
    }

    @Test("an audit says what Terraform would change")
    func audit() throws {
        try Golden.expect(audits.text(in: Page(language: .english)), "audit")
        try Golden.expect(audits.text(in: Page(language: .korean)), "audit.ko")
        try Golden.expect(audits.json(in: .english).text(indent: 2), "audit.json")
    }

    @Test("what Terraform would make anew may be what the token does not see")
    func unseen() {
        func text(_ action: PlannedChanges.ResourceAction) -> String {
            let change = AuditedChange(address: "a", server: "web-01", action: action)
            let audit = StackAudit(stack: Samples.stack, endedAt: Samples.noon, result: .unclean([change]))
            return AuditView([.audited(audit)]).text(in: Page(language: .english))
        }
        #expect(text(.create).contains("VM.Audit") && text(.create).contains("plumb doctor"))
        #expect(!text(.update).contains("VM.Audit"))
    }

    @Test("a failure wins over a finding, a finding over what was put off")
    func exits() {
        let ends = audits.ends
        #expect(AuditView(ends).exit == .failure)
        #expect(AuditView([ends[0], ends[1], ends[3]]).exit == .changesPending)
        #expect(AuditView([ends[0], ends[3]]).exit == .unfinished)
        #expect(AuditView([ends[0]]).exit == .success)
        #expect(AuditView([]).exit == .success)
    }
}
