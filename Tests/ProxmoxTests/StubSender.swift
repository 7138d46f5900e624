import Foundation
import JSONArena
import Model
import Synchronization
import Transport

@testable import Proxmox

/// Stands in for the network: records every request and answers as its test says.
final class StubSender: HTTPSender {
    typealias Answer = Result<HTTPResponse, TransportFailure>

    private let recorded = Mutex<[HTTPRequest]>([])
    private let answer: @Sendable (HTTPRequest, Int) async -> Answer

    /// - Parameter answer: gets each request and its number, counted from 1.
    init(_ answer: @escaping @Sendable (HTTPRequest, Int) async -> Answer) { self.answer = answer }

    /// Answers by the path below `/api2/json`, without the query; `{"data":null}` for any other.
    convenience init(bodies: [String: String]) {
        self.init { request, _ in .json(bodies[request.route] ?? #"{"data":null}"#) }
    }

    var requests: [HTTPRequest] { recorded.withLock { $0 } }
    /// `GET /version`, in the order in which they came.
    var lines: [String] { requests.map { "\($0.method.rawValue) \($0.route)" } }

    func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
        let number = recorded.withLock { requests in
            requests.append(request)
            return requests.count
        }
        return try await answer(request, number).get()
    }
}

extension HTTPRequest {
    /// The path below `/api2/json`.
    var route: String {
        guard let start = url.range(of: "/api2/json")?.upperBound else { return url }
        return String(url[start...].prefix { $0 != "?" })
    }

    var query: String { url.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? "" }
    var form: String { String(decoding: body ?? [], as: UTF8.self) }
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

extension StubSender.Answer {
    static func json(_ text: String) -> Self {
        .success(HTTPResponse(status: 200, reason: "OK", body: Array(text.utf8)))
    }

    /// As pveproxy refuses: the text in the status line, and since PVE 8 in `message` too.
    static func refusal(_ status: Int, _ text: String) -> Self {
        let body: JSONValue = ["data": nil, "message": .string(text + "\n")]
        return .success(HTTPResponse(status: status, reason: text, body: body.bytes()))
    }
}

/// A clock whose time only passes when somebody sleeps.
final class ManualClock: Sendable {
    private let standing = Mutex((passed: Duration.zero, pauses: [Duration]()))
    private let start = ContinuousClock.now

    /// What was slept, in order.
    var pauses: [Duration] { standing.withLock(\.pauses) }

    func advance(by duration: Duration) { standing.withLock { $0.passed += duration } }

    var clock: ClientClock {
        ClientClock(
            now: { self.start + self.standing.withLock(\.passed) },
            sleep: { duration in
                try Task.checkCancellation()
                self.standing.withLock { standing in
                    standing.passed += duration
                    standing.pauses.append(duration)
                }
            },
            jitter: { 0.5 },
            timestamp: { Timestamp(seconds: 1_795_237_200) })
    }
}

enum Example {
    static let tokenText = "plumb@pve!ci=12345678-1234-1234-1234-123456789abc"

    static func client(
        _ sender: StubSender, credentials: ProxmoxCredentials? = nil, clock: ManualClock = ManualClock(),
        settings: ProxmoxClient.Settings = ProxmoxClient.Settings()
    ) throws -> ProxmoxClient {
        guard let endpoint = ProxmoxEndpoint("https://pve1.example.org:8006"),
            let token = ProxmoxCredentials.Token(tokenText)
        else { throw BadExample() }
        return ProxmoxClient(
            endpoint: endpoint, credentials: credentials ?? .token(token), trust: .system, sender: sender,
            settings: settings, clock: clock.clock)
    }

    static let vm = GuestAddress(node: "pve1", type: .vm, vmid: VMID(100))
    static let container = GuestAddress(node: "pve2", type: .container, vmid: VMID(200))
    static let upidText = "UPID:pve1:000F4240:00ABCDEF:6B00E5D0:qmstart:100:plumb@pve!ci:"

    struct BadExample: Error {}
}

/// Runs a call that should fail.
func failure<Value>(
    of body: () async throws(ProxmoxFailure) -> Value
) async -> ProxmoxFailure? {
    do throws(ProxmoxFailure) {
        _ = try await body()
        return nil
    } catch { return error }
}
