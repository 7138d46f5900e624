import ArgumentParser
import Foundation
import JSONArena
import Loading
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
            let document = WrittenDocument(Server(name: "web-01", cluster: "lab"))
            let plan = Plan(steps: [Samples.create("web-01", 1001), Samples.update("web-02", 1002)])
            let verdict = enrolment.verdict(on: document, in: plan)
            #expect(verdict.result == .refused && !verdict.isKept)
            #expect(verdict.sentence == Sentence("import.otherStep", "web-01", "create"))
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
