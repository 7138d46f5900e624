import JSONArena
import Simulation

/// Sends the requests of bpg/proxmox to the cluster and reports what comes back in that provider's words.
///
/// It must not know Terraform: paths, forms and answers only.
struct ClusterClient: Sendable {
    /// The way to the cluster; what is sent through it is answered, lost, or never answered.
    var send: @Sendable (APIRequest) async -> Delivery
    /// Returns when a task has ended, or at once where there is none.
    var awaitTask: @Sendable (String) async -> Void
    /// As whom the provider acts.
    var caller: Caller
    /// Only for texts: what the configuration calls the cluster.
    var endpoint: String
    /// On whose time the provider waits: the cluster's, which may leap over it.
    var clock = SimulationClock.system
    /// Waits as long as an answer is kept back; nil: on ``clock``.
    var keepBack: (@Sendable (Duration) async throws -> Void)?

    /// The longest time that the provider waits for anything.
    static let patience = Duration.seconds(1800)

    /// - Parameter only: of a list of guests, the one that is looked at.
    @discardableResult
    func get(
        _ path: String, _ parameters: [String: String] = [:], only: Int? = nil
    ) async throws(ClientFailure) -> JSONValue? {
        var last = ClientFailure.noData
        for _ in 0..<3 {
            do {
                return try await request(.get, path, parameters, only: only)
            } catch {
                // Only a broken connection is tried again, and only for GET.
                guard error.kind == .transport else { throw error }
                last = error
            }
        }
        throw last
    }

    /// The `data` of an answer that must have one.
    func data(
        _ path: String, _ parameters: [String: String] = [:], only: Int? = nil
    ) async throws(ClientFailure) -> JSONValue {
        guard let data = try await get(path, parameters, only: only), data != .null else { throw .noData }
        return data
    }

    /// One request, one answer; nil where the answer has no data.
    @discardableResult
    func request(
        _ method: APIMethod, _ path: String, _ parameters: [String: String] = [:], only: Int? = nil
    ) async throws(ClientFailure) -> JSONValue? {
        guard !Task.isCancelled else { throw ClientFailure(kind: .cancelled, text: "context canceled") }
        var request = APIRequest(method, path, parameters, caller: caller)
        request.onlyGuest = only
        let delivery = await send(request)
        switch delivery {
        case .answer(let response, let delay):
            try await awaitAnswer(delay)
            return try read(response)
        case .truncated(_, let delay):
            try await awaitAnswer(delay)
            let what = "failed to decode HTTP \(method.rawValue) response (path: \(path.dropFirst()))"
            throw ClientFailure(kind: .transport, text: "\(what) - Reason: unexpected EOF")
        case .cut(let delay):
            try await awaitAnswer(delay)
            throw cut(method, path)
        case .lost: throw cut(method, path)
        case .hang:
            try await pause(Self.patience)
            throw ClientFailure(kind: .transport, text: "context deadline exceeded")
        }
    }

    /// The connection ended without an answer.
    private func cut(_ method: APIMethod, _ path: String) -> ClientFailure {
        let what = "failed to perform HTTP \(method.rawValue) request (path: \(path.dropFirst()))"
        let verb = method.rawValue.prefix(1) + method.rawValue.dropFirst().lowercased()
        return ClientFailure(
            kind: .transport, text: "\(what) - Reason: \(verb) \"\(endpoint)/api2/json\(path)\": EOF")
    }

    private func awaitAnswer(_ span: Duration) async throws(ClientFailure) {
        guard span > .zero else { return }
        do {
            try await (keepBack ?? clock.sleep)(span)
        } catch {
            throw ClientFailure(kind: .cancelled, text: "context canceled")
        }
    }

    private func read(_ response: APIResponse) throws(ClientFailure) -> JSONValue? {
        guard (200..<300).contains(response.status) else { throw refusal(response) }
        return response.data
    }

    private func refusal(_ response: APIResponse) -> ClientFailure {
        var parts: [String] = []
        if case .object(let errors)? = response.body["errors"] {
            for error in errors { parts.append("\(error.name): \(error.value.text.trimmedOfWhitespace)") }
        }
        if case .string(let message)? = response.body["message"] {
            // The first line repeats the status line.
            for line in message.split(separator: "\n") where !line.hasPrefix(response.reason) {
                parts.append(String(line))
            }
        }
        var message = response.reason
        if !parts.isEmpty { message += " (\(parts.joined(separator: " - ")))" }
        let text = "received an HTTP \(response.status) response - Reason: \(message)"
        let gone = ["does not exist", "no such resource", "no such ha", "No such file or directory"]
        if response.status == 404 || (response.status == 500 && gone.contains { message.contains($0) }) {
            return ClientFailure(
                kind: .missing(status: response.status), text: "the requested resource does not exist\n\(text)")
        }
        if message.contains("already exists") {
            return ClientFailure(
                kind: .alreadyExists(status: response.status), text: "the requested resource already exists\n\(text)")
        }
        return ClientFailure(kind: .refused(status: response.status), text: text)
    }
}
