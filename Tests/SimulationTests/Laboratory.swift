import JSONArena
import Model
import Testing

@testable import Simulation

/// A small cluster whose time only the test moves: three nodes, the VM template 9000 and the container template 9001
/// on pve1.
struct Laboratory {
    var cluster: SimulatedCluster
    var now = Timestamp(seconds: 1_790_000_000)

    static let containerTemplate = "local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst"

    init(
        latency: Duration = .zero, faults: [FaultRule] = [], seed: UInt64 = 1,
        change: (inout Blueprint) -> Void = { _ in }
    ) {
        var blueprint = Blueprint(name: "lab", nodes: ["pve1", "pve2", "pve3"].map { .init($0) })
        var template = Blueprint.Template(name: "debian-12", vmid: 9000)
        template.tags = "golden"
        template.description = "made by hand"
        var container = Blueprint.Template(name: "debian-ct", vmid: 9001)
        container.isContainer = true
        blueprint.templates = [template, container]
        blueprint.users = [.init("alice@pve", password: "secret")]
        blueprint.tokens += [.init(id: "alice@pve!cli", secret: "0d9c2f4e-4a35-4d0e-8d52-3b1f4d5a6c7e")]
        blueprint.latency = latency
        blueprint.faults = faults
        blueprint.seed = seed
        change(&blueprint)
        cluster = SimulatedCluster(blueprint, startedAt: now)
    }

    static let alice = Caller.token(id: "alice@pve!cli", secret: "0d9c2f4e-4a35-4d0e-8d52-3b1f4d5a6c7e")

    mutating func deliver(
        _ method: APIMethod, _ path: String, _ parameters: [String: String] = [:], as caller: Caller = .local
    ) -> Delivery {
        cluster.handle(APIRequest(method, path, parameters, caller: caller), at: now)
    }

    /// The answer to a call that no fault touches.
    mutating func ask(
        _ method: APIMethod, _ path: String, _ parameters: [String: String] = [:], as caller: Caller = .local,
        at place: SourceLocation = #_sourceLocation
    ) throws -> APIResponse {
        try #require(deliver(method, path, parameters, as: caller).response, sourceLocation: place)
    }

    /// The `data` of a call that is not refused.
    @discardableResult
    mutating func data(
        _ method: APIMethod, _ path: String, _ parameters: [String: String] = [:], as caller: Caller = .local,
        at place: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        let response = try ask(method, path, parameters, as: caller, at: place)
        try #require(response.status == 200, "\(response.status) \(response.reason)", sourceLocation: place)
        return try #require(response.data, sourceLocation: place)
    }

    /// Starts a task, moves the time to its end, and answers its exit status.
    @discardableResult
    mutating func done(
        _ method: APIMethod, _ path: String, _ parameters: [String: String] = [:], as caller: Caller = .local,
        at place: SourceLocation = #_sourceLocation
    ) throws -> String {
        let upid = try #require(try data(method, path, parameters, as: caller, at: place).text, sourceLocation: place)
        return try end(of: upid, at: place)
    }

    mutating func end(of upid: String, at place: SourceLocation = #_sourceLocation) throws -> String {
        let task = try #require(cluster.task(upid), sourceLocation: place)
        now = max(now, Timestamp(milliseconds: task.endsAt))
        cluster.advance(to: now)
        return try #require(cluster.task(upid)?.exitStatus, sourceLocation: place)
    }

    /// `status reason` of a call that must be refused.
    mutating func refusal(
        _ method: APIMethod, _ path: String, _ parameters: [String: String] = [:], as caller: Caller = .local,
        at place: SourceLocation = #_sourceLocation
    ) throws -> String {
        let response = try ask(method, path, parameters, as: caller, at: place)
        #expect(response.status != 200, sourceLocation: place)
        #expect(response.body["message"]?.text == response.reason + "\n", sourceLocation: place)
        return "\(response.status) \(response.reason)"
    }

    mutating func pass(_ span: Duration) { now = now + span }

    // MARK: What tests begin with

    /// A stopped VM made by a full clone of 9000.
    mutating func clone(_ vmid: Int, name: String = "web-01", at place: SourceLocation = #_sourceLocation) throws {
        let status = try done(
            .post, "/nodes/pve1/qemu/9000/clone", ["newid": "\(vmid)", "name": name, "full": "1"], at: place)
        try #require(status == "OK", sourceLocation: place)
    }

    /// A container of 8 GiB.
    mutating func container(
        _ vmid: Int, _ more: [String: String] = [:], at place: SourceLocation = #_sourceLocation
    ) throws {
        let parameters = [
            "vmid": "\(vmid)", "hostname": "cache-01", "ostemplate": Self.containerTemplate, "rootfs": "local-lvm:8",
            "net0": "name=eth0,bridge=vmbr0,ip=dhcp", "memory": "512", "cores": "1",
        ].merging(more) { $1 }
        let status = try done(.post, "/nodes/pve1/lxc", parameters, at: place)
        try #require(status == "OK", sourceLocation: place)
    }

    mutating func configuration(
        _ path: String, _ parameters: [String: String] = [:], at place: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        try data(.get, path + "/config", parameters, at: place)
    }

    mutating func listed(as caller: Caller = .local) throws -> [Int] {
        try data(.get, "/cluster/resources", ["type": "vm"], as: caller).elements.compactMap { $0["vmid"]?.number }
    }
}

extension JSONValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var number: Int? { if case .int(let number) = self { number } else { nil } }
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
    var names: [String] { if case .object(let members) = self { members.map(\.name) } else { [] } }
}
