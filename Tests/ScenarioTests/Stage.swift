import Foundation
import GRDB
import JSONArena
import SimulationServer
import Transport

/// Where one scenario is played: a configuration directory, Plumb's state beside it, and the simulated cluster that
/// the first command starts.
final class Stage: Sendable {
    let root: String
    private let transport = HTTPTransport(liveLimit: 4)

    var fleet: String { root + "/fleet" }
    var state: String { fleet + "/.plumb" }

    init(name: String) throws {
        root = FileManager.default.temporaryDirectory.path + "/plumb-\(name)-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: root + "/fleet", withIntermediateDirectories: true)
    }

    /// Ends the simulated clusters gently, whatever else is left not so, and removes everything.
    func clear() async {
        let alive = Set(programs)
        let serving = { self.clusters.filter { alive.contains($0.processID) } }
        for cluster in serving() { kill(cluster.processID, SIGTERM) }
        for _ in 0..<200 {
            if serving().isEmpty { break }
            try? await Task.sleep(for: .milliseconds(20))
        }
        await killPrograms()
        transport.close()
        try? FileManager.default.removeItem(atPath: root)
    }

    func play(_ script: Script) async throws -> String {
        var transcript = Transcript(directory: fleet)
        var lastPlan = "none"
        var daemon: StageDaemon?
        for line in script.lines {
            switch line {
            case .comment(let text): transcript.append(text)
            case .file(let path, let text):
                try write(text, to: path)
                transcript.append("file \(path)")
            case .command(let words, let text):
                transcript.append("$ " + text)
                let meant = words.map { $0 == "LAST" ? lastPlan : $0 }
                let output =
                    meant.first == "daemon"
                    ? try await run(daemon: Array(meant.dropFirst()), &daemon) : try await run(meant)
                if let plan = output.matches(of: /Plan ([0-9a-f]{12})\b/).last { lastPlan = String(plan.1) }
                transcript.append(output: output)
            }
        }
        return transcript.text
    }

    func write(_ text: String, to path: String) throws {
        let url = URL(filePath: fleet).appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
        if text.hasPrefix("#!") {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
        }
    }

    private func run(_ words: [String]) async throws -> String {
        switch words.first {
        case "plumb": return try await plumb(Array(words.dropFirst()))
        case "as": return try await call(Array(words.dropFirst()))
        case "replace":
            let url = URL(filePath: fleet).appending(path: words[1])
            let text = try String(contentsOf: url, encoding: .utf8)
            guard text.contains(words[2]) else { throw StageFailure("\(words[1]) does not contain \(words[2])") }
            try text.replacing(words[2], with: words[3]).write(to: url, atomically: true, encoding: .utf8)
            return ""
        case "copy":
            let target = fleet + "/" + words[2]
            try? FileManager.default.removeItem(atPath: target)
            try FileManager.default.copyItem(atPath: fleet + "/" + words[1], toPath: target)
            return ""
        case "link":
            try FileManager.default.createSymbolicLink(atPath: fleet + "/" + words[2], withDestinationPath: words[1])
            return ""
        case "remove":
            try FileManager.default.removeItem(atPath: fleet + "/" + words[1])
            return ""
        case "cut":
            let write = RegistryWrite(rawValue: words[1]).map { KillPoint.write($0) }
            guard let point = write ?? ProxmoxCall(rawValue: words[1]).map({ .call($0) }) else {
                throw StageFailure("no write and no call: \(words[1])")
            }
            let end = try await cut(Array(words.dropFirst(2)), at: point, killing: .plumb, span: .zero)
            return if case .struck = end { "killed" } else { "ended before" }
        case "sqlite":
            let sql = try String(contentsOf: URL(filePath: fleet).appending(path: words[1]), encoding: .utf8)
            let queue = try DatabaseQueue(path: fleet + "/" + words[2])
            try await queue.write { try $0.execute(sql: sql) }
            try queue.close()
            return ""
        case "modes": return try modes(words[1])
        case "tfvars": return try tfvars(words[1])
        case "keep": return try keep(words[1])
        case "compare": return try compare(words[1])
        case "inside": return try await inside(words)
        case "guests": return try await guests()
        case "settings": return try await settings(of: words[1], Array(words.dropFirst(2)))
        case "state": return try addresses(words[1])
        case "lang":
            return try await plumb(Array(words.dropFirst(3)), language: words[1])
        case "path":
            return try await plumb(Array(words.dropFirst(3)), path: fleet + "/" + words[1])
        case "by":
            return try await plumb(Array(words.dropFirst(3)), person: words[1])
        case nil: return ""
        default: throw StageFailure("no such command: \(words.joined(separator: " "))")
        }
    }

    // MARK: Programs

    /// - Returns: what it printed, its errors behind with `! ` before each line, and its exit code if that is not 0.
    ///
    /// - Parameter path: the only directory in which it looks for programs; nil: where these tests do.
    func plumb(
        _ arguments: [String], language: String = "C", person: String = "operator", path: String? = nil
    ) async throws -> String {
        let program = try start(
            arguments, language: language, person: person, environment: path.map { ["PATH": $0] } ?? [:])
        let code = try await program.end()
        var text = program.output
        let lines = Transcript.ordered(program.errors.split(separator: "\n").map { "! " + $0 + "\n" })
        text += (text.isEmpty || text.hasSuffix("\n") ? "" : "\n") + lines.joined()
        if code != 0 { text += "exit \(code)\n" }
        return text
    }

    /// `inside STACK terraform plan`: Terraform run by hand in the stack's directory, with Plumb's environment.
    func inside(_ words: [String]) async throws -> String {
        let said = try await plumb(["terraform", words[1], "--"] + words.dropFirst(2))
        // Without colours, and without how many words a version of Terraform makes of it.
        let lines = said.replacing(/\u{1B}\[[0-9;]*m/, with: "").split(separator: "\n")
        let telling = ["No changes.", "Plan:", "  # module.", "!", "exit "]
        return lines.filter { line in telling.contains { line.hasPrefix($0) } }.joined(separator: "\n")
    }

    // MARK: The cluster behind Plumb's back

    /// The clusters that serve this stage's state directory, by name; a script calls the first.
    var clusters: [SimulationReady] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: state + "/simulated")) ?? []
        return names.sorted().compactMap { cluster($0) }
    }

    /// - Parameter name: nil: the first, as a script means it.
    func cluster(_ name: String?) -> SimulationReady? {
        guard let name else { return clusters.first }
        return SimulationReady.read(from: "\(state)/simulated/\(name)")
    }

    /// `as alice PUT /nodes/pve1/qemu/100/config cores=8`: a call of Proxmox's API with somebody's token; a task that it
    /// begins is waited for.
    ///
    /// - Parameter name: the cluster; nil: the first.
    func call(_ words: [String], of name: String? = nil) async throws -> String {
        guard words.count >= 3, let cluster = self.cluster(name),
            let token = cluster.tokens.first(where: { $0.id.hasPrefix(words[0] + "@") })
        else { throw StageFailure("nobody can call: \(words.joined(separator: " "))") }
        let answer = try await send(words[1], words[2], Array(words.dropFirst(3)), token, cluster)
        guard answer.status == 200 else { return "\(answer.status) \(answer.reason)" }
        let data = try JSONDocument(parsing: answer.body).root["data"]
        let volumes = data.map { $0.elements.compactMap { $0["volid"]?.string } } ?? []
        if !volumes.isEmpty { return volumes.sorted().joined(separator: "\n") }
        let rules = data.map { $0.elements.compactMap { rule in rule["on"]?.string.map { ($0, rule["hit"]) } } } ?? []
        if !rules.isEmpty { return rules.map { "\($0) hit \($1?.int ?? 0)" }.joined(separator: "\n") }
        guard let upid = data?.string, upid.hasPrefix("UPID:") else { return "" }
        return try await end(of: upid, token, cluster)
    }

    private func end(of upid: String, _ token: SimulationReady.Token, _ cluster: SimulationReady) async throws -> String
    {
        let node = upid.split(separator: ":")[1]
        for _ in 0..<500 {
            let answer = try await send("GET", "/nodes/\(node)/tasks/\(upid)/status", [], token, cluster)
            let status = try JSONDocument(parsing: answer.body).root["data"]
            if status?["status"]?.string == "stopped" { return "task: " + (status?["exitstatus"]?.string ?? "?") }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw StageFailure("the task does not end: \(upid)")
    }

    func send(
        _ method: String, _ path: String, _ parameters: [String], _ token: SimulationReady.Token,
        _ cluster: SimulationReady
    ) async throws -> HTTPResponse {
        let encoded = parameters.map { parameter in
            let halves = parameter.split(separator: "=", maxSplits: 1).map { half in
                half.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            }
            return halves.joined(separator: "=")
        }.joined(separator: "&")
        let inQuery = method == "GET" || method == "DELETE"
        let query = inQuery && !encoded.isEmpty ? "?" + encoded : ""
        var request = HTTPRequest(
            method == "PUT" ? .put : method == "POST" ? .post : method == "DELETE" ? .delete : .get,
            url: cluster.endpoint + "/api2/json" + path + query)
        request.headers = [HTTPHeader("Authorization", "PVEAPIToken=" + token.text)]
        if !inQuery {
            request.headers.append(HTTPHeader("Content-Type", "application/x-www-form-urlencoded"))
            request.body = Array(encoded.utf8)
        }
        request.trust = TLSTrust.insecure
        return try await transport.send(request)
    }

    /// The cluster's own word on its guests, by an administrator whose rights no scenario takes.
    func guests() async throws -> String {
        guard let cluster = clusters.first, let token = cluster.tokens.first(where: { $0.id.hasPrefix("alice@") })
        else { throw StageFailure("no cluster runs") }
        let answer = try await send("GET", "/cluster/resources", ["type=vm"], token, cluster)
        let data = try JSONDocument(parsing: answer.body).root["data"]
        let lines = data.map { Array($0.elements) } ?? []
        return lines.filter { $0["template"]?.int != 1 }.map { guest in
            let vmid = guest["vmid"]?.int ?? 0
            let words = ["name", "node", "status"].map { guest[$0]?.string ?? "-" }
            return "\(vmid) " + words.joined(separator: " ") + " cores \(guest["maxcpu"]?.int ?? 0)"
        }.sorted().joined(separator: "\n")
    }

    /// `settings qemu/500 net0 scsi0`: what a guest's own configuration says there, its parts in order.
    private func settings(of guest: String, _ keys: [String]) async throws -> String {
        guard let cluster = clusters.first, let token = cluster.tokens.first(where: { $0.id.hasPrefix("alice@") })
        else { throw StageFailure("no cluster runs") }
        let listing = try await send("GET", "/cluster/resources", ["type=vm"], token, cluster)
        let all = try JSONDocument(parsing: listing.body).root["data"].map { Array($0.elements) } ?? []
        guard let node = all.first(where: { $0["id"]?.string == guest })?["node"]?.string else {
            throw StageFailure("no guest \(guest)")
        }
        let answer = try await send("GET", "/nodes/\(node)/\(guest)/config", [], token, cluster)
        let data = try JSONDocument(parsing: answer.body).root["data"]
        return keys.map { key in
            let value = data?[key].flatMap { $0.string ?? $0.int.map(String.init) }
            let parts = (value ?? "-").split(separator: ",").sorted()
            return "\(key): " + parts.joined(separator: ",")
        }.joined(separator: "\n")
    }

    // MARK: Files of a stack

    /// The servers of a stack's state.
    private func addresses(_ stack: String) throws -> String {
        let data = try Data(contentsOf: URL(filePath: "\(state)/stacks/\(stack)/terraform.tfstate"))
        let resources = try JSONDocument(parsing: Array(data)).root["resources"]
        // A resource without an instance is what is left of one that never was.
        let present = (resources.map { Array($0.elements) } ?? []).filter { ($0["instances"]?.count ?? 0) > 0 }
        return present.compactMap { $0["module"]?.string }.sorted().joined(separator: "\n")
    }

    private func tfvarsPath(_ stack: String) -> String { "\(state)/stacks/\(stack)/terraform.tfvars.json" }

    /// The files of a directory with their modes.
    private func modes(_ directory: String) throws -> String {
        try FileManager.default.contentsOfDirectory(atPath: fleet + "/" + directory).sorted().map { name in
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(fleet)/\(directory)/\(name)")
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
            return "\(String(mode, radix: 8)) \(name)"
        }.joined(separator: "\n")
    }

    /// Each server of the file with its cores.
    private func tfvars(_ stack: String) throws -> String {
        let bytes = Array(try Data(contentsOf: URL(filePath: tfvarsPath(stack))))
        let servers = try JSONDocument(parsing: bytes).root["servers"]
        let lines = servers.map { Array($0.members).map { "\($0.name): cores \($0.value["cores"]?.int ?? 0)" } } ?? []
        return lines.joined(separator: "\n")
    }

    private func keep(_ stack: String) throws -> String {
        try Data(contentsOf: URL(filePath: tfvarsPath(stack))).write(to: URL(filePath: root + "/kept.json"))
        return ""
    }

    private func compare(_ stack: String) throws -> String {
        let now = try Data(contentsOf: URL(filePath: tfvarsPath(stack)))
        let kept = try Data(contentsOf: URL(filePath: root + "/kept.json"))
        return now == kept ? "byte for byte the same" : "changed"
    }
}

struct StageFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
