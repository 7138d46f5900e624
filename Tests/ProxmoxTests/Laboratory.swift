import Foundation
import JSONArena
import Model
import Simulation
import Synchronization
import Testing
import Transport

/// A simulated cluster without a network between it and the client: each request is carried out as it is sent, by root,
/// and tasks take no time.
final class Laboratory: Sendable {
    private let cluster: Mutex<SimulatedCluster>
    private static let now = Timestamp(seconds: 1_795_237_200)

    /// Clones of a template that have `agent` enabled, all on pve1.
    init(guests: Range<Int>) throws {
        var blueprint = Blueprint(name: "lab", nodes: [.init("pve1"), .init("pve2")])
        blueprint.templates = [.init(name: "debian-12", vmid: 9000)]
        cluster = Mutex(SimulatedCluster(blueprint, startedAt: Self.now))
        for vmid in guests {
            try ask(.post, "/nodes/pve1/qemu/9000/clone", ["newid": "\(vmid)", "name": "web-\(vmid)", "full": "1"])
            try ask(.put, "/nodes/pve1/qemu/\(vmid)/config", ["agent": "1"])
        }
    }

    init(_ blueprint: Blueprint) { cluster = Mutex(SimulatedCluster(blueprint, startedAt: Self.now)) }

    /// What a client sends through.
    func sender() -> StubSender {
        StubSender { request, _ in
            let method = APIMethod(rawValue: request.method.rawValue) ?? .get
            let parameters = Self.fields(request.query).merging(Self.fields(request.form)) { $1 }
            let delivery = self.carryOut(method, request.route, parameters)
            guard let answer = delivery.response else {
                return .failure(.truncated(address: "127.0.0.1", received: 0, detail: "closed"))
            }
            return .success(HTTPResponse(status: answer.status, reason: answer.reason, body: answer.body.bytes()))
        }
    }

    /// The `data` of a call that is not refused.
    @discardableResult
    func ask(
        _ method: APIMethod, _ path: String, _ parameters: [String: String] = [:],
        at place: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        let response = try #require(carryOut(method, path, parameters).response, sourceLocation: place)
        try #require(response.status == 200, "\(response.status) \(response.reason)", sourceLocation: place)
        return try #require(response.data, sourceLocation: place)
    }

    private func carryOut(_ method: APIMethod, _ path: String, _ parameters: [String: String]) -> Delivery {
        cluster.withLock { $0.handle(APIRequest(method, path, parameters), at: Self.now) }
    }

    private static func fields(_ text: String) -> [String: String] {
        let pairs = text.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1).map { $0.removingPercentEncoding ?? String($0) }
            return (halves.first ?? "", halves.dropFirst().first ?? "")
        }
        return Dictionary(pairs) { $1 }
    }
}
