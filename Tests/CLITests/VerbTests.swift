import ArgumentParser
import Foundation
import JSONArena
import Model
import Synchronization
import Testing

@testable import CLI

@Suite("The command line")
struct VerbTests {
    @Test(
        "A wrong command line ends with 64",
        arguments: [
            ["apply", "file.plan", "--target", "web-01"], ["apply", "--approve-destroy", "-1"], ["plan", "--nonsense"],
            ["validate", "--output", "xml"], ["status", "--lang", "fr"], ["simulate", "--port", "70000"],
            ["history", "--limit", "0"], ["schema", "Nonsense"], ["schema", "--write", "--check"], ["nonsense"],
            ["recover", "--errored-state", "delete"], ["recover", "--stack", "lab/main"],
            ["rebuild"], ["rebuild", "web-*"], ["rebuild", "web-01", "--approve-destroy", "-1"],
            ["apply", "--approve-destroy", "web-01,"], ["apply", "--approve-destroy"],
        ])
    func usage(arguments: [String]) {
        do {
            _ = try PlumbCommand.parseAsRoot(arguments)
            Issue.record("\(arguments) is no mistake")
        } catch {
            #expect(PlumbCommand.exitCode(for: error).rawValue == CLI.ExitStatus.usage.rawValue)
        }
    }

    @Test("Every verb is there, and says in its help what it does")
    func verbs() {
        let verbs = [
            "init", "validate", "plan", "apply", "approve", "reject", "drift", "status", "servers", "history", "daemon",
            "simulate", "recover", "schema", "doctor", "version", "terraform", "completions", "policy", "import",
            "audit",
            "rehearse",
            "rebuild",
        ]
        let configuration = PlumbCommand.configuration
        let known = (configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands))
        #expect(Set(known.compactMap { $0.configuration.commandName }) == Set(verbs))
        for verb in known { #expect(!verb.configuration.abstract.isEmpty) }
    }

    @Test(
        "A slip of the finger in a verb is answered with the verb that was meant",
        arguments: [
            (["aply"], "plumb apply"), (["plna", "--diff"], "plumb plan"), (["Status"], "plumb status"),
            (["apply"], nil),
            (["help"], nil), (["--version"], nil), ([], nil), (["nonsense"], nil),
        ])
    func slips(arguments: [String], meant: String?) {
        #expect(PlumbCommand.slip(in: arguments)?.arguments.last == meant)
    }

    @Test("A verb of another tool is answered with what does the same here, and that is there")
    func foreignVerbs() throws {
        for (word, like) in ForeignVerb.likes {
            let slip = try #require(PlumbCommand.slip(in: [word, "web-01"]))
            #expect(slip == Sentence("cli.noSuchVerb", word, "plumb " + like))
            let configuration = PlumbCommand.configuration
            var level = configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands)
            for name in like.split(separator: " ").map(String.init) {
                let verb = try #require(level.first { $0.configuration.commandName == name }, "\(like)")
                level = verb.configuration.subcommands
            }
        }
        for word in ForeignVerb.written.keys {
            let slip = try #require(PlumbCommand.slip(in: [word.capitalized, "web-01"]))
            #expect(slip.arguments == [word.capitalized])
            for language in Language.allCases {
                let text = Catalogue.text(of: slip, in: language)
                #expect(text.what.contains("`\(word.capitalized)`") && text.remedy.contains("`"))
            }
        }
        let adopt = try #require(PlumbCommand.slip(in: ["adopt", "web-01"]))
        let said = Catalogue.paragraph(of: adopt, in: .english)
        #expect(said.contains("`plumb import live`") && said.contains("`adopt: true`"))
    }

    @Test(
        "A yes that a rebuild does not take is answered with the one that it takes",
        arguments: [
            (["web-01", "--yes"], ["--yes", "web-01", "web-01"]),
            (["web-01", "web-02", "--state", "x", "-y"], ["-y", "web-01 web-02", "web-01,web-02"]),
            (["--force", "web-01"], ["--force", "NAME", "NAME"]),
            (["web-01", "--approve-destroy", "web-01"], nil), (["web-01"], nil), ([], nil),
        ] as [([String], [String]?)])
    func rebuildYes(arguments: [String], said: [String]?) {
        let slip = PlumbCommand.slip(in: ["rebuild"] + arguments)
        #expect(slip == said.map { Sentence("cli.rebuildYes", $0) })
    }

    @Test("Whoever looks for a lock to open is told whose it is, and of recover")
    func unlock() throws {
        for word in ["unlock", "force-unlock"] {
            let slip = try #require(PlumbCommand.slip(in: [word, "lab/main"]))
            #expect(Catalogue.paragraph(of: slip, in: .english).contains("`plumb recover`"))
        }
    }

    @Test(
        "A state directory that the configuration lies in is refused, by whatever way it is named",
        arguments: ["fleet/..", "fleet/../../LAST", "link"])
    func stateAroundConfiguration(name: String) throws {
        let root = FileManager.default.temporaryDirectory.path + "/plumb-around-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createDirectory(atPath: root + "/fleet", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: root + "/link", withDestinationPath: ".")
        let last = URL(filePath: root).lastPathComponent
        let state = root + "/" + name.replacing("LAST", with: last)
        let around = try CommonOptions.parse(["--config", root + "/fleet", "--state", state])
        #expect(throws: CommandFailure.self) { try around.refuseStateAroundConfiguration() }
        for beside in ["/fleet-state", "/fleet/.plumb", "/fle"] {
            let options = try CommonOptions.parse(["--config", root + "/fleet", "--state", root + beside])
            #expect(throws: Never.self) { try options.refuseStateAroundConfiguration() }
        }
    }

    @Test("A result that did not reach standard output is a failure, whatever the command did")
    func lostOutput() async throws {
        let said = Mutex("")
        var console = Console(
            language: .english, format: .json, result: { _ in }, aside: { text in said.withLock { $0 += text } })
        console.lostResult = { "No space left on device" }
        let options = try CommonOptions.parse(["--output", "json"])
        await Listening.$current.withValue({ [console] _ in console }) {
            await #expect(throws: ExitCode(1)) { try await options.perform { _ in .success } }
        }
        #expect(said.withLock { $0 }.contains("standard output: No space left on device."))
    }

    @Test("Standard output says why it took nothing, unless its reader went away")
    func fullDevice() throws {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        #expect(StandardOutput.write("x", to: full) == ENOSPC)
        #expect(StandardOutput.write("", to: full) == nil)
    }

    @Test("A plan is written over a plan, and over nothing else")
    func savedPlans() throws {
        let directory = FileManager.default.temporaryDirectory.path + "/plumb-out-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let plan = SavedPlan(PlanID(rawValue: String(repeating: "3f9a1c22b0de77aa", count: 4)))
        for _ in 1...2 { try plan.write(to: directory + "/change.plan") }
        #expect(try SavedPlan(readingFile: directory + "/change.plan") == plan)
        let servers = directory + "/servers.yaml"
        try "kind: Server\n".write(toFile: servers, atomically: true, encoding: .utf8)
        for path in [servers, directory] {
            #expect(throws: CommandFailure(Sentence("cli.notAPlanFile", path))) { try plan.write(to: path) }
        }
        let document = directory + "/change.yaml"
        #expect(throws: CommandFailure(Sentence("cli.planAsDocument", document))) {
            try SavedPlan.refuseDocument(at: document, in: directory)
        }
        try SavedPlan.refuseDocument(at: document, in: directory + "/other")
        try SavedPlan.refuseDocument(at: directory + "/change.plan", in: directory)
        #expect(try String(contentsOfFile: servers, encoding: .utf8) == "kind: Server\n")
    }

    @Test("A plan's file is for its owner alone, also in the place of one that others could read, and behind a link")
    func savedPlanMode() throws {
        let directory = FileManager.default.temporaryDirectory.path + "/plumb-out-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        func mode(_ name: String) throws -> Int? {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory + "/" + name)
            return (attributes[.posixPermissions] as? NSNumber)?.intValue
        }
        let plan = SavedPlan(PlanID(rawValue: String(repeating: "3f9a1c22b0de77aa", count: 4)))
        let path = directory + "/change.plan"
        try plan.write(to: path)
        #expect(try mode("change.plan") == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let link = directory + "/latest.plan"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "change.plan")
        try plan.write(to: link)
        #expect(try mode("change.plan") == 0o600)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "change.plan")
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        #expect(names == ["change.plan", "latest.plan"])
        let nowhere = directory + "/nowhere/a.plan"
        #expect(throws: CommandFailure(Sentence("cli.cannotWrite", nowhere, "No such file or directory"))) {
            try plan.write(to: nowhere)
        }
    }

    @Test("What follows -- is Terraform's, whatever it looks like")
    func terraformArguments() throws {
        let command = try PlumbCommand.parseAsRoot(["terraform", "lab/main", "--", "plan", "--help", "-no-color"])
        let terraform = try #require(command as? TerraformCommand)
        #expect(terraform.stack == "lab/main")
        #expect(terraform.arguments == ["plan", "--help", "-no-color"])
    }

    @Test(
        "What is Terraform's and does not stand behind -- is answered with the line that was meant",
        arguments: [
            (["terraform", "lab/main", "plan", "-no-color"], ["lab/main", "plan -no-color"]),
            (
                ["terraform", "--config", "/etc/fleet", "lab/main", "--lang=ko", "state", "list"],
                ["lab/main", "state list"]
            ),
            (["terraform", "lab/main", "--", "plan"], nil), (["terraform", "lab/main"], nil),
            (["terraform", "lab/main", "--config", "/etc/fleet"], nil), (["terraform", "--help"], nil),
            (["terraform", "lab/main", "--help"], nil), (["terraform"], nil), (["terraform", "--nonsense"], nil),
        ])
    func terraformWithoutDashes(arguments: [String], meant: [String]?) {
        #expect(PlumbCommand.slip(in: arguments)?.arguments == meant)
    }

    @Test("The state directory is beside the configuration unless another is named")
    func places() throws {
        let beside = try #require(
            try PlumbCommand.parseAsRoot(["status", "--config", "/etc/fleet/"]) as? StatusCommand)
        #expect(beside.common.place.configuration == "/etc/fleet")
        #expect(beside.common.place.state == "/etc/fleet/.plumb")
        let arguments = ["status", "--config", "/etc/fleet", "--state", "/var/lib/plumb"]
        let named = try #require(try PlumbCommand.parseAsRoot(arguments) as? StatusCommand)
        #expect(named.common.place.state == "/var/lib/plumb")
    }

    @Test("validate ends with 1 where a document is bad, says it on standard error, and counts on standard output")
    func validate() async throws {
        let remark = ConfigurationReport.Remark(
            severity: .error, sentence: Sentence("cli.declined"), file: "a.yaml", line: 3, column: 7,
            rendering: "a.yaml:3:7: error")
        let bad = try await run(["validate"], finding: ConfigurationReport(files: 1, remarks: [remark]))
        #expect(bad.code == 1)
        #expect(bad.aside == "a.yaml:3:7: error\n")
        #expect(bad.result == "Files read: 1; objects: –. Errors: 1, warnings: 0.\n")
        let good = try await run(["validate"], finding: ConfigurationReport(files: 1))
        #expect(good.code == 0)
        #expect(good.aside.isEmpty)
    }

    @Test("validate says in JSON how long reading took")
    func validateAsJSON() async throws {
        var report = ConfigurationReport(files: 1)
        report.loadTime = .milliseconds(7)
        let end = try await run(["validate", "--output", "json"], finding: report)
        #expect(try JSONDocument(parsing: end.result).root["loadingMicroseconds"]?.int == 7000)
    }

    @Test("With --output json even a failure is an object on standard output")
    func failureAsJSON() async throws {
        let end = try await run(["status", "--output", "json"], finding: ConfigurationReport())
        #expect(end.code == 1)
        #expect(end.aside.isEmpty)
        #expect(end.result.contains("\"code\": \"cli.declined\""))
    }

    /// How a command ended in this process, with a program around it that finds `report` and can open nothing.
    private func run(
        _ arguments: [String], finding report: ConfigurationReport
    ) async throws -> (code: Int32, result: String, aside: String) {
        let result = Mutex("")
        let aside = Mutex("")
        let wiring = Wiring(
            open: { _, _ in throw CommandFailure(Sentence("cli.declined")) },
            openDraft: { _, _, _ in throw CommandFailure(Sentence("cli.declined")) }, check: { _ in report },
            examine: { _ in [] },
            simulate: { _, _, _ in }, terraform: { _, _, _ in 0 },
            rehearse: { _, _, _, _ in throw CommandFailure(Sentence("cli.declined")) })
        var command = try #require(try PlumbCommand.parseAsRoot(arguments) as? any AsyncParsableCommand)
        var code: Int32 = 0
        try await Listening.$current.withValue({ options in
            Console(
                language: .english, format: options.output, result: { text in result.withLock { $0 += text } },
                aside: { text in aside.withLock { $0 += text } })
        }) {
            try await Wiring.$current.withValue(wiring) {
                do { try await command.run() } catch let exit as ExitCode { code = exit.rawValue }
            }
        }
        return (code, result.withLock { $0 }, aside.withLock { $0 })
    }
}
