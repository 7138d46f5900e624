import Foundation
import GRDB
import JSONArena

/// What is there: in the cluster, in states and tfvars, in the registry, in the cluster's task log.
struct FleetFacts: Sendable {
    struct Guest: Hashable, Sendable {
        var name: String
        var node: String
        var isRunning: Bool
        /// What no two births share and no change changes.
        var life: String
        /// The last line of its description.
        var mark: String
        var cores: Int
        var tags: String
        var isContainer = false
        var isProtected = false
        /// The user and the keys that cloud-init is told of.
        var account = ""
        /// Differs when its configuration does, what waits for a start included.
        var digest = ""
    }

    struct Row: Hashable, Sendable {
        var vmid: Int
        var stack: String
        var mark: String
        var isProtected = false
        /// Whether its guest stays when its document goes.
        var isForgotten = false
    }

    struct Task: Hashable, Sendable {
        var upid: String
        var type: String
        var guest: Int
        var user: String
        var hasSucceeded: Bool
    }

    var guests: [Int: Guest] = [:]
    /// By stack, `CLUSTER/NAME`: each server's VMID.
    var tfvars: [String: [String: Int]] = [:]
    var state: [String: [String: Int]] = [:]
    var tainted: [String] = []
    /// Servers whose entries say from which template or file they were made.
    var madeFrom: Set<String> = []
    var rows: [String: Row] = [:]
    /// The last mark that each server was ever born with; outlives its row.
    var births: Set<String> = []
    var tasks: [Task] = []
    /// Guests that ran and were to be switched off by force where they do not follow, in order.
    var forced: [Int] = []
    var openBatches = 0
    var openRuns = 0
    /// Files of stacks that nobody should find there when nothing goes on.
    var leftovers: [String] = []

    init() {}

    /// - Parameter cluster: nil: the only one.
    init(of stage: Stage, in cluster: String? = nil) async throws {
        guests = try await Self.guests(of: stage, cluster)
        guard let nodes = try await stage.answer(to: "/nodes", of: cluster) else {
            throw StageFailure("the cluster does not name its nodes")
        }
        for node in nodes.elements.compactMap({ $0["node"]?.string }).sorted() {
            let path = "/nodes/\(node)/tasks"
            let list = try await stage.answer(to: path, ["limit=100000", "source=all"], of: cluster)
            for task in list.map({ Array($0.elements) }) ?? [] {
                tasks.append(
                    Task(
                        upid: task["upid"]?.string ?? "", type: task["type"]?.string ?? "",
                        guest: task["id"]?.string.flatMap { Int($0) } ?? 0, user: task["user"]?.string ?? "",
                        hasSucceeded: task["status"]?.string == "OK"))
            }
        }
        guard let forced = try await stage.answer(to: "/simulation/forced", as: "root", of: cluster) else {
            throw StageFailure("the cluster does not say whom it was to switch off by force")
        }
        self.forced = forced.elements.compactMap(\.int)
        try readStacks(of: stage, cluster)
        try await readRegistry(of: stage, cluster)
    }

    /// A run of `terraform apply` by hand destroys what has no entry.
    var danglingResources: [String] {
        state.flatMap { stack, resources in
            resources.keys.filter { tfvars[stack]?[$0] == nil }.map { "\(stack) has \($0) in its state and no entry" }
        }
    }

    private static func guests(of stage: Stage, _ cluster: String?) async throws -> [Int: Guest] {
        var guests: [Int: Guest] = [:]
        let list = try await stage.answer(to: "/cluster/resources", ["type=vm"], of: cluster)
        for guest in list.map({ Array($0.elements) }) ?? [] where guest["template"]?.int != 1 {
            guard let vmid = guest["vmid"]?.int, let node = guest["node"]?.string,
                let type = guest["type"]?.string,
                let own = try await stage.answer(to: "/nodes/\(node)/\(type)/\(vmid)/config", of: cluster)
            else { throw StageFailure("guest \(guest["vmid"]?.int ?? 0) cannot be read") }
            let lines = own["description"]?.string?.split(separator: "\n") ?? []
            // A container has no number of its own but that of its network device.
            let address = own["net0"]?.string?.firstMatch(of: /hwaddr=([0-9A-Fa-f:]+)/).map { String($0.1) }
            guests[vmid] = Guest(
                name: guest["name"]?.string ?? "", node: node, isRunning: guest["status"]?.string == "running",
                life: own["smbios1"]?.string ?? address ?? "", mark: lines.last.map(String.init) ?? "",
                cores: own["cores"]?.wholeNumber ?? 1, tags: own["tags"]?.string ?? "",
                isContainer: type == "lxc", isProtected: own["protection"]?.wholeNumber == 1,
                account: [own["ciuser"]?.string, own["sshkeys"]?.string].compactMap(\.self).joined(separator: " "),
                digest: own["digest"]?.string ?? "")
        }
        return guests
    }

    private mutating func readStacks(of stage: Stage, _ cluster: String?) throws {
        for stack in stage.stacks where cluster.map({ stack.hasPrefix($0 + "/") }) ?? true {
            let directory = "\(stage.state)/stacks/\(stack)"
            tfvars[stack] = [:]
            state[stack] = [:]
            if let root = try Self.document(directory + "/terraform.tfvars.json")?.root {
                for (name, entry) in root["servers"].map({ Array($0.members) }) ?? [] {
                    tfvars[stack]?[name] = entry["vmid"]?.int
                    let origins = [entry["template"]?["vmid"]?.int.map { String($0) }, entry["template_file"]?.string]
                    if origins.contains(where: { $0 != nil }) { madeFrom.insert(name) }
                }
            }
            if let root = try Self.document(directory + "/terraform.tfstate")?.root {
                for resource in root["resources"].map({ Array($0.elements) }) ?? [] {
                    guard let instance = resource["instances"]?[0],
                        let name = resource["module"]?.string?.wholeMatch(of: /module\.server\["(.*)"\]/)?.1
                    else { continue }
                    state[stack]?[String(name)] = instance["attributes"]?["vm_id"]?.int ?? -1
                    if instance["status"]?.string == "tainted" { tainted.append(String(name)) }
                }
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: directory)
            let files = names.filter {
                $0.hasSuffix(".lock.info") || $0.hasSuffix(".new") || $0.hasPrefix("plumb-import")
                    || $0.hasPrefix("errored")
            }
            // A stack in which nothing was ever run has none.
            let runs = (try? FileManager.default.contentsOfDirectory(atPath: directory + "/events")) ?? []
            leftovers += files.map { "\(stack)/\($0)" }
            leftovers += runs.filter { !$0.hasPrefix("apply") }.map { "\(stack)/events/\($0)" }
        }
    }

    private static func document(_ path: String) throws -> JSONDocument? {
        guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else { return nil }
        return try JSONDocument(parsing: Array(data))
    }

    private mutating func readRegistry(of stage: Stage, _ cluster: String?) async throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        let registry = try DatabaseQueue(path: stage.state + "/registry.sqlite", configuration: configuration)
        let (rows, births, batches, runs) = try await registry.read { connection in
            let pairs = try GRDB.Row.fetchAll(connection, sql: Self.rowsQuery).compactMap { row in
                Self.named(row, in: cluster)
            }
            return (
                Dictionary(pairs) { first, _ in first },
                Set(try String.fetchAll(connection, sql: "SELECT last_mark FROM births WHERE last_mark <> ''")),
                try Int.fetchOne(connection, sql: "SELECT count(*) FROM batches WHERE closed_at IS NULL") ?? 0,
                try Int.fetchOne(connection, sql: "SELECT count(*) FROM runs WHERE finished_at IS NULL") ?? 0
            )
        }
        try registry.close()
        (self.rows, self.births, openBatches, openRuns) = (rows, births, batches, runs)
    }

    private static let rowsQuery = "SELECT name, vmid, cluster, stack, mark, protect, on_remove FROM servers"

    /// Nil: of another cluster.
    private static func named(_ row: GRDB.Row, in wanted: String?) -> (String, FleetFacts.Row)? {
        let cluster: String = row["cluster"]
        guard wanted == nil || wanted == cluster else { return nil }
        let name: String = row["name"]
        let stack: String = row["stack"]
        let onRemove: String = row["on_remove"]
        let known = FleetFacts.Row(
            vmid: row["vmid"], stack: "\(cluster)/\(stack)", mark: row["mark"] ?? "", isProtected: row["protect"],
            isForgotten: onRemove == "forget")
        return (name, known)
    }
}
