import Foundation
import Synchronization
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
        let line = fault.key + " " + story.cells.joined(separator: " | ") + " |"
        if ProcessInfo.processInfo.environment["PLUMB_ACCEPT"] == "1" {
            try FaultDocument.store(line, of: fault)
        } else {
            #expect(try FaultDocument.lines()[fault.key] == line, "\(transcript)")
        }
    }

    @Test("the table has these faults and no others")
    func tableIsWhole() throws {
        #expect(Set(try FaultDocument.lines().keys) == Set(FaultCase.all.map(\.key)))
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
    /// The output of each command, by the comment above it and the command.
    private var outputs: [String: [String]] = [:]

    init(_ transcript: String) {
        var chapter = ""
        var command = ""
        for line in transcript.split(separator: "\n").map(String.init) {
            if line.hasPrefix("# ") {
                chapter = String(line.dropFirst(2))
            } else if line.hasPrefix("$ ") {
                command = chapter + "/" + line.dropFirst(2)
                outputs[command] = []
            } else {
                outputs[command]?.append(line.trimmingCharacters(in: .whitespaces))
            }
        }
    }

    private func output(_ command: String) -> [String] { outputs[command] ?? [] }

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

    /// What Plumb and Terraform would still do at the end.
    var unrest: [String] {
        let plan = output("at rest/plumb plan --detailed-exit-code")
        let terraform = output("at rest/inside lab/main plan -detailed-exitcode")
        let state = output("at rest/state lab/main")
        return (plan.last?.hasSuffix(": nothing to do.") == true ? [] : plan)
            + (terraform == ["No changes. Your infrastructure matches the configuration."] ? [] : terraform)
            + (state == [1, 3, 4].map { "module.server[\"web-\($0)\"]" } ? [] : state)
    }

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
        let exit = run.last?.hasPrefix("exit ") == true ? run.last?.dropFirst(5) ?? "0" : "0"
        let guests = output("the fault/guests")
        let isChanged = guests.contains("100 web-1 pve2 stopped cores 4")
        let made = guests.first { $0.contains(" web-4 ") }?.split(separator: " ")
        let left =
            [
                isChanged ? "web-1 changed" : "web-1 as before",
                guests.first { $0.contains(" web-2 ") }.map { "web-2 \($0.split(separator: " ")[3])" } ?? "web-2 gone",
                made.map { "web-4 \($0[3])" } ?? "no web-4",
            ] as [String]
        let works = ["one run", "two runs"].filter { name in
            !output("\(name)/plumb apply --yes").contains { $0.hasSuffix(": nothing to do.") }
        }
        let rest = leftovers.isEmpty ? "as declared" : leftovers.joined(separator: "; ")
        return [said(in: run), String(exit), left.joined(separator: ", "), String(works.count), rest]
    }

    /// The sentences of a run with the servers that each is about, in the order in which they were said.
    private func said(in run: [String]) -> String {
        var sentences: [(text: String, servers: [String])] = []
        for line in run {
            let one =
                line.wholeMatch(of: /(?:failed|refused|skipped|blocked)(?: +\w+)? +Server\/(web-\d) +(.*)/)
                ?? line.wholeMatch(of: /! +Server\/(web-\d) +blocked +(.*)/)
                ?? line.wholeMatch(of: /\S +Server\/(web-\d) .*\[waiting: (.*)\]/)
            let many = line.wholeMatch(
                of: /(?:!|failed|refused|skipped|blocked) .*?\d+ servers +(?:blocked +)?(.*) These are (.*)\./)
            guard let text = one?.2 ?? many?.1, let servers = one?.1 ?? many?.2 else { continue }
            let steady = String(text).replacing(/\d+ bytes/, with: "N bytes")
            let known = sentences.firstIndex { $0.text == steady } ?? sentences.endIndex
            if known == sentences.endIndex { sentences.append((steady, [])) }
            for server in servers.split(separator: ", ") where !sentences[known].servers.contains(String(server)) {
                sentences[known].servers.append(String(server))
            }
        }
        if sentences.isEmpty { return "nothing" }
        let lines = sentences.map { $0.servers.joined(separator: ", ") + ": " + $0.text }
        return lines.joined(separator: "<br>").replacing("|", with: "\\|")
    }
}

/// The table in `docs/reliability.md`, between its two marks.
private enum FaultDocument {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/reliability.md")
    private static let marks = ("<!-- faults -->\n", "<!-- /faults -->\n")
    private static let writing = Mutex(())
    private static let head = """
        | during | fault | Plumb said | exit | left behind | further runs with work | at rest |
        |---|---|---|---:|---|---:|---|

        """

    /// Each line by its first two cells.
    static func lines() throws -> [String: String] {
        let text = try String(contentsOf: file, encoding: .utf8)
        guard let start = text.range(of: marks.0)?.upperBound, let end = text.range(of: marks.1)?.lowerBound else {
            return [:]
        }
        let rows = text[start..<end].split(separator: "\n").dropFirst(2).map(String.init)
        let keyed = rows.compactMap { row in
            FaultCase.all.first { row.hasPrefix($0.key) }.map { ($0.key, row) } ?? (row, row)
        }
        return Dictionary(keyed) { first, _ in first }
    }

    static func store(_ line: String, of fault: FaultCase) throws {
        try writing.withLock { _ in
            var lines = try lines()
            lines[fault.key] = line
            var text = try String(contentsOf: file, encoding: .utf8)
            guard let start = text.range(of: marks.0)?.upperBound, let end = text.range(of: marks.1)?.lowerBound else {
                throw StageFailure("docs/reliability.md has no marks for the table")
            }
            let rows = FaultCase.all.compactMap { lines[$0.key] }
            text.replaceSubrange(start..<end, with: head + rows.joined(separator: "\n") + "\n")
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
    }
}
