import Foundation

/// The transcript of a run with a fault and of those after it, by its comments: `the fault`, `one run`, `two runs`, `at rest`.
struct FaultChapters {
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

    func output(_ command: String) -> [String] { outputs[command] ?? [] }

    /// What Plumb and Terraform would still do at the end.
    ///
    /// - Parameter servers: which the state should have, and no others.
    func unrest(with servers: [String]) -> [String] {
        let plan = output("at rest/plumb plan --detailed-exit-code")
        let terraform = output("at rest/inside lab/main plan -detailed-exitcode")
        let state = output("at rest/state lab/main")
        return (plan.last?.hasSuffix(": nothing to do.") == true ? [] : plan)
            + (terraform == ["No changes. Your infrastructure matches the configuration."] ? [] : terraform)
            + (state == servers.map { "module.server[\"\($0)\"]" } ? [] : state)
    }

    /// The rules of a fault that hit nothing while they were in force.
    func idle(of fault: FaultCase) -> [String] {
        let rules = output("the fault/as root GET /simulation/faults")
        let set = fault.script.count { $0.contains("POST /simulation/faults") }
        return rules.filter { $0.hasSuffix(" hit 0") } + (rules.count == set ? [] : ["\(set) rules were set: \(rules)"])
    }

    /// How many of the runs after the fault found something to do.
    var furtherWork: Int {
        ["one run", "two runs"].count { name in
            !output("\(name)/plumb apply --yes").contains { $0.hasSuffix(": nothing to do.") }
        }
    }

    static func exitCode(of run: [String]) -> String {
        guard let last = run.last, last.hasPrefix("exit ") else { return "0" }
        return String(last.dropFirst(5))
    }

    /// The sentences of a run with the servers that each is about, in the order in which they were said.
    static func said(in run: [String]) -> String {
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
