import ArgumentParser
import Foundation
import JSONArena
import Model
import Reconciliation
import Testing

@testable import CLI

/// What an import meets in the moments between its looks.
@Suite("What an import leaves as it is")
struct EnrolmentTests {
    /// An import into `shop.yaml` of a configuration of its own.
    private func importing(_ body: (Enrolment, _ file: URL) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "plumb-import-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let common = try CommonOptions.parse(["--config", directory.path])
        let console = Console(language: .english, format: .text, result: { _ in }, aside: { _ in })
        let enrolment = Enrolment(common, console: console, file: "shop.yaml")
        try body(enrolment, directory.appending(path: "shop.yaml"))
    }

    private static let changed = CommandFailure(Sentence("import.fileChanged", "shop.yaml"))

    @Test("A file that somebody saved, or brought, since it was looked at is not written over")
    func savedMeanwhile() throws {
        try importing { enrolment, file in
            try Data("brought".utf8).write(to: file)
            #expect(throws: Self.changed) { try enrolment.write("imported", over: nil, to: "shop.yaml") }
            #expect(throws: Self.changed) { try enrolment.write("imported", over: "before", to: "shop.yaml") }
            #expect(try String(contentsOf: file, encoding: .utf8) == "brought")
            try enrolment.write("imported", over: "brought", to: "shop.yaml")
            #expect(try String(contentsOf: file, encoding: .utf8) == "imported")
        }
    }

    @Test("A file that somebody saved since the import wrote it is neither put back nor removed")
    func savedSinceWritten() throws {
        try importing { enrolment, file in
            try Data("imported and edited".utf8).write(to: file)
            #expect(throws: Self.changed) { try enrolment.restore("", nil, over: "imported", to: "shop.yaml") }
            #expect(throws: Self.changed) { try enrolment.restore("less", nil, over: "imported", to: "shop.yaml") }
            #expect(try String(contentsOf: file, encoding: .utf8) == "imported and edited")
            try enrolment.restore("", nil, over: "imported and edited", to: "shop.yaml")
            #expect(!FileManager.default.fileExists(atPath: file.path))
        }
    }

    @Test("A server that the plan does anything else with is not taken over, and what it says is named")
    func otherStep() throws {
        try importing { enrolment, _ in
            let pass = Samples.pass(Plan(steps: [Samples.create("web-01", 1001), Samples.update("web-02", 1002)]))
            let verdict = enrolment.verdict(on: "web-01", in: pass, isWritten: true)
            #expect(verdict.result == .refused && !verdict.isKept)
            #expect(verdict.sentence == Sentence("import.otherStep", "web-01", "create"))
            // One that lives and that somebody else does something with is not taken out again.
            #expect(enrolment.verdict(on: "web-02", in: pass, isWritten: true).isKept)
            #expect(!enrolment.verdict(on: "web-02", in: pass, isWritten: false).isKept)
        }
    }

    private func adoption(_ changes: [AttributeChange] = []) -> Step {
        var step = Step(
            subject: Samples.subject("shop"),
            action: .adopt(
                .init(
                    guest: Samples.reference("shop", 500), configuration: Samples.configuration(500),
                    record: Samples.record("shop", 500))),
            rule: "adopt", reason: Sentence("view.plan.nothing"))
        step.changes = changes
        return step
    }

    /// Guest 500, whose configuration was read or was not.
    private func inventory(isRead: Bool) -> ClusterInventory {
        var inventory = ClusterInventory(cluster: "lab", readAt: Samples.noon)
        let found = GuestConfiguration(
            readAt: Samples.noon, type: .vm, name: "shop", settings: GuestSettings(), digest: "d")
        inventory.details = [VMID(500): isRead ? .present(found) : .unknown(Sentence("import.unread", "500", "shop"))]
        return inventory
    }

    @Test("What is not known keeps a document from being written, and takes none out again")
    func unknown() throws {
        try importing { enrolment, _ in
            let finding = Samples.finding(.blocked, Samples.subject("shop"), rule: "unknown")
            let blind = Samples.pass(Plan(findings: [finding]))
            let new = enrolment.verdict(on: "shop", in: blind, isWritten: false)
            #expect(new.result == .refused && new.sentence == finding.sentence)
            let written = enrolment.verdict(on: "shop", in: blind, isWritten: true)
            #expect(written.result == .waiting && written.isKept && written.sentence == finding.sentence)
            #expect(enrolment.exit([written]) == .unfinished)
            #expect(
                enrolment.remark(on: [written], standingIn: "shop.yaml")
                    == Sentence("import.stays", "shop.yaml", "shop"))
            // A difference that nobody read from the guest is none.
            let change = AttributeChange(path: "cores", before: "1", after: "2", effect: .pendingRestart)
            let unread = Samples.pass(Plan(steps: [adoption([change])]), inventory: inventory(isRead: false))
            #expect(enrolment.verdict(on: "shop", in: unread, isWritten: true).result == .waiting)
            #expect(enrolment.verdict(on: "shop", in: unread, isWritten: false).result == .refused)
        }
    }

    @Test("What is held waits with its document, and what the plan says it would change takes the document out")
    func proven() throws {
        try importing { enrolment, _ in
            var held = adoption()
            held.disposition = .blocked(Sentence("view.disposition.blocked"))
            let blocked = Samples.pass(Plan(steps: [held]), inventory: inventory(isRead: true))
            for isWritten in [false, true] {
                #expect(enrolment.verdict(on: "shop", in: blocked, isWritten: isWritten).result == .waiting)
            }
            let change = AttributeChange(path: "cores", before: "1", after: "2", effect: .pendingRestart)
            let differing = Samples.pass(Plan(steps: [adoption([change])]), inventory: inventory(isRead: true))
            let verdict = enrolment.verdict(on: "shop", in: differing, isWritten: true)
            #expect(verdict.result == .refused && verdict.sentence == Sentence("import.differs", "shop"))
            // One that an earlier import wrote, or a person, is nobody's to take out.
            var again = enrolment
            again.standing = ["shop"]
            let declared = again.verdict(on: "shop", in: differing, isWritten: true)
            #expect(declared.sentence == Sentence("import.differsDeclared", "shop", "shop.yaml"))
            #expect(declared.changes == [change])
        }
    }

    @Test("Of what an execution refused, only Terraform's own difference takes the document out")
    func refusedByExecution() {
        let verdict = Enrolment.Verdict(name: "shop", result: .wouldEnrol)
        #expect(verdict.settled(by: [.done, nil]).result == .enrolled)
        for code in ["execution.adoptionChanges", "execution.updateChanges"] as [SentenceCode] {
            #expect(verdict.settled(by: [.refused(Sentence(code, "shop", "x"))]).result == .refused)
        }
        let moved = Sentence("execution.stepStale", "shop")
        for outcome in [.refused(moved), .stale(moved), .skipped(moved)] as [StepOutcome] {
            let settled = verdict.settled(by: [outcome])
            #expect(settled.result == .waiting && settled.sentence == moved)
        }
        #expect(verdict.settled(by: [.failed(StepFailure(moved))]).result == .failed)
    }

    @Test("A guest that is declared and not taken over is gone on with in its own file, and named where it is another")
    func declared() throws {
        let guest = ObservedGuest(vmid: VMID(500), type: .vm, name: "shop", node: "pve1", status: .running)
        var survey = Samples.pass(Plan()).survey
        #expect(survey.standing(of: guest, in: "lab") == .nobodys)
        var server = Server(name: "shop", cluster: "lab")
        server.adopt = true
        survey.desired.servers = [server]
        #expect(survey.standing(of: guest, in: "lab") == .declared("shop"))
        #expect(survey.standing(of: guest, in: "other") != .declared("shop"))
        survey.desired.servers[0].vmid = VMID(500)
        #expect(survey.standing(of: guest, in: "lab") == .declared("shop"))
        survey.recorded.servers = [Samples.record("shop", 500)]
        #expect(survey.standing(of: guest, in: "lab") == .left(Sentence("import.managed", "500", "shop", "shop")))

        var found = FoundGuests()
        found.take(guest, of: "lab", declaredAs: "shop", at: "shop.yaml:3", into: "shop.yaml")
        #expect(found.standing == [.init(server: "shop", vmid: VMID(500))] && found.leftOut.isEmpty)
        found.take(guest, of: "lab", declaredAs: "shop", at: "shop.yaml:3", into: "other.yaml")
        #expect(found.leftOut.map(\.sentence.code) == ["import.declaredElsewhere"])
        try importing { enrolment, _ in
            #expect(enrolment.exit([]) == .success)
            var again = enrolment
            again.leftOut = found.leftOut
            #expect(again.exit([]) == .unfinished)
        }
    }

    @Test("A file that would not be read is refused before anything is written")
    func unreadFile() throws {
        try importing { enrolment, file in
            let directory = file.deletingLastPathComponent()
            try Data("# ours\nvendor/\n!kept\n".utf8).write(to: directory.appending(path: ".plumbignore"))
            func path(_ write: String) throws -> String? {
                try ImportOptions.parse(["--write", write]).file(in: enrolment.common.place)
            }
            #expect(try path("servers/shop.yaml") == "servers/shop.yaml")
            #expect(throws: CommandFailure(Sentence("import.fileIgnored", "vendor/a/shop.yaml", "2", "vendor/"))) {
                try path("vendor/a/shop.yaml")
            }
            try FileManager.default.createSymbolicLink(
                atPath: directory.appending(path: "out").path, withDestinationPath: "/etc")
            #expect(throws: CommandFailure(Sentence("import.fileElsewhere", "out/shop.yaml", "/etc"))) {
                try path("out/shop.yaml")
            }
        }
    }

    @Test(
        "A plan at the end that leaves other servers out says so",
        arguments: [nil, ["shop"], ["shop", "web-01"]] as [[ServerName]?])
    func planOfImported(targets: [ServerName]?) throws {
        var pass = Samples.pass(Plan())
        pass.survey.desired.servers = ["shop", "web-01"].map { Server(name: $0, cluster: "lab") }
        pass.targets = targets
        var view = ImportView(file: "shop.yaml", leftOut: [])
        view.written = 1
        view.plan = PlanView(pass, configuration: ConfigurationReport(files: 1))
        let isPartial = targets == ["shop"]
        let lines = view.text(in: Page(language: .english)).split(separator: "\n")
        #expect(lines.contains { $0.contains("only of what was imported") } == isPartial)
        #expect(lines.last?.hasSuffix("nothing to do.") == true)
        #expect(view.json(in: .english)["planIsWhole"] == JSONValue.bool(!isPartial))
    }

    @Test("A guest whose configuration did not come is left out, and said")
    func unread() {
        let guest = ObservedGuest(vmid: VMID(500), type: .vm, name: "shop", node: "pve1", status: .running)
        var found = FoundGuests()
        found.take(guest, ClusterInventory(cluster: "lab", readAt: Samples.noon), besides: [guest])
        #expect(found.guests.isEmpty)
        #expect(
            found.leftOut == [.init(subject: "Guest/lab/500", sentence: Sentence("import.unread", "500", "shop"))])
    }
}
