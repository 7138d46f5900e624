import JSONArena
import Model

/// A Proxmox cluster as a state machine: requests and moments in, answers out. The same requests at the same
/// moments give the same bytes, whatever the machine.
///
/// It must not know of HTTP, files, clocks, processes or Terraform. All of it is `Codable`: what is encoded and
/// decoded again goes on as if nothing had been.
package struct SimulatedCluster: Hashable, Sendable, Codable {
    package internal(set) var blueprint: Blueprint
    /// The latest moment that it was told.
    package private(set) var now: Timestamp
    package internal(set) var guests: [Int: Guest] = [:]
    /// Grows with everything that changes the cluster except the mere passing of time: who keeps the requests that
    /// made it grow, with their moments, can make the same cluster again.
    package internal(set) var revision: UInt64 = 0

    var nodes: [Node]
    var volumes = VolumeStore()
    var ledger = TaskLedger()
    var access: AccessControl
    var faults: FaultTable
    var random: SeededRandom
    /// Names and comments.
    var pools: [String: String]
    /// Said from outside; nil: a majority of the nodes is enough.
    var forcedQuorum: Bool?
    /// Nodes that left the cluster, with the guests that live on there; nil: none ever did.
    var departed: [Departure]?
    /// The name by which it answers; nil: its blueprint's.
    var otherName: String?
    /// How many clones of one template run at a time before Proxmox's lock of it times out; nil: any number.
    var clonesAtOnce: Int?
    /// Guests that ran and whose shutdown was to end by force, in order: no task's log says so. Nil: none so far.
    var forcedShutdowns: [Int]?
    /// The task that this call begins ends with this text, because a rule said so.
    var taskFailure: String?
    /// How long this call's answer is held back.
    var heldBack: Duration = .zero

    struct Node: Hashable, Sendable, Codable {
        let name: String
        let processors: Int
        let memory: Int
        var isOnline = true
        /// Milliseconds since 1970.
        var bootedAt: Int64
        var lastProcess: Int
    }

    package init(_ blueprint: Blueprint, startedAt: Timestamp) {
        self.blueprint = blueprint
        now = startedAt
        access = AccessControl(blueprint)
        faults = FaultTable(blueprint.faults, seed: blueprint.seed)
        random = SeededRandom(seed: blueprint.seed)
        pools = Dictionary(blueprint.pools.map { ($0, "") }) { first, _ in first }
        nodes = blueprint.nodes.enumerated().map { index, node in
            // A day's uptime, so that uptimes and process starts look like a cluster's that has been in use.
            var made = Node(
                name: node.name, processors: node.processors, memory: node.memory.bytes,
                bootedAt: startedAt.milliseconds - 86_400_000 - Int64(index) * 61_000, lastProcess: 1000 + index * 17)
            made.isOnline = node.isOffline != true
            return made
        }
        furnish()
        settle()
    }

    // MARK: Time

    /// Lets tasks that are due end, each at its own moment. A moment in the past changes nothing.
    package mutating func advance(to moment: Timestamp) {
        let target = max(moment, now)
        while let (record, effect) = ledger.takeDue(at: target) {
            now = max(now, Timestamp(milliseconds: record.endsAt))
            finish(record, effect)
        }
        now = target
    }

    /// When the next running task ends; nil where none runs.
    package var nextEvent: Timestamp? { ledger.nextEnd }

    var seconds: Int64 { now.seconds }

    // MARK: Requests

    /// Carries a request out, after the tasks that are due have ended.
    package mutating func handle(_ request: APIRequest, at moment: Timestamp) -> Delivery {
        advance(to: moment)
        let (effect, hasCounted) = faults.strike(request.method, request.path) { [guests] in
            Self.name(of: request, in: guests)
        }
        if hasCounted { revision += 1 }
        heldBack = .zero
        taskFailure = nil
        guard let effect else {
            let response = perform(request)
            return .answer(response, after: heldBack)
        }
        return carryOut(request, under: effect)
    }

    mutating func perform(_ request: APIRequest) -> APIResponse {
        let drawn = random
        do throws(Refusal) {
            let identity = try access.identity(of: request.caller, now: now.milliseconds)
            let data = try route(Call(request, identity: identity))
            return APIResponse(status: 200, reason: "OK", body: .object([JSONValue.Member("data", data)]))
        } catch {
            // A refusal changes nothing, not even which addresses are drawn next.
            random = drawn
            return error.response
        }
    }

    /// The name of the guest that a request is about, or would make.
    private static func name(of request: APIRequest, in guests: [Int: Guest]) -> String? {
        if let name = request.parameters["name"] ?? request.parameters["hostname"] { return name }
        let parts = request.path.split(separator: "/")
        guard parts.count > 3, parts[0] == "nodes", let vmid = Int(parts[3]) else { return nil }
        return guests[vmid]?.name
    }

    // MARK: What the Terraform provider and tests read without a listing

    /// The guest of that number where the caller may see it (`VM.Audit`); its cost does not grow with the cluster.
    package func guest(_ vmid: Int, visibleTo caller: Caller) -> Guest? {
        guard let guest = guests[vmid], let identity = try? access.identity(of: caller, now: now.milliseconds),
            mayAudit(guest, identity)
        else { return nil }
        return guest
    }

    /// A task, running or past; nil where no node remembers it.
    package func task(_ upid: String) -> TaskRecord? { ledger[upid] }

    /// Past and running tasks, in the order in which they began.
    package var tasks: [TaskRecord] { ledger.records }

    package func isOnline(node: String) -> Bool { nodes.contains { $0.name == node && $0.isOnline } }

    /// Every token with its secret, for those who must find the cluster.
    package var tokens: [Blueprint.Token] { access.tokens.values.sorted { $0.id < $1.id } }

    /// More than half of the nodes are online, unless something else was said.
    package var hasQuorum: Bool {
        forcedQuorum ?? (nodes.count { $0.isOnline } * 2 > nodes.count)
    }
}
