import JSONArena
import Model
import Synchronization
import Transport

/// One cluster's API, reached through one endpoint: what Proxmox VE offers, in Swift, one method for each route.
///
/// It must not know why it is asked: no desired state, no plan, no registry. It decides nothing but how to carry a
/// request: authentication, the number of requests at a time, and repeats where a repeat is safe.
package final class ProxmoxClient: Sendable {
    /// How the client behaves towards its cluster.
    package struct Settings: Hashable, Sendable {
        /// Requests at a time; further ones wait. pveproxy answers with three worker processes by default.
        package var concurrency = 16
        package var timeouts = HTTPRequest.Timeouts()
        package var retry = RetryRule()
        /// A ticket is renewed when it is that old. Proxmox's own limit is two hours.
        package var ticketAge: Duration = .seconds(90 * 60)

        package init() {}
    }

    let endpoint: ProxmoxEndpoint
    let settings: Settings
    let clock: ClientClock
    private let trust: TLSTrust
    private let sender: any HTTPSender
    private let session: ProxmoxSession
    private let gate: RequestGate
    /// Whether this peer's `…/pending` lacks the digest, found at the first guest that is read.
    let pendingLacksDigest = Atomic(false)

    package init(
        endpoint: ProxmoxEndpoint, credentials: ProxmoxCredentials, trust: TLSTrust, sender: any HTTPSender,
        settings: Settings = Settings(), clock: ClientClock = .system
    ) {
        self.endpoint = endpoint
        self.settings = settings
        self.clock = clock
        self.trust = trust
        self.sender = sender
        session = ProxmoxSession(credentials: credentials, renewalAge: settings.ticketAge)
        gate = RequestGate(limit: settings.concurrency)
    }

    // MARK: Verbs

    func get(_ path: [String], _ parameters: Parameters = Parameters()) async throws(ProxmoxFailure) -> JSONNode {
        try await call(APICall(.get, path, parameters))
    }

    func post(_ path: [String], _ parameters: Parameters = Parameters()) async throws(ProxmoxFailure) -> JSONNode {
        try await call(APICall(.post, path, parameters))
    }

    func put(_ path: [String], _ parameters: Parameters = Parameters()) async throws(ProxmoxFailure) -> JSONNode {
        try await call(APICall(.put, path, parameters))
    }

    // MARK: Carrying a call

    /// Carries one call, with repeats where they are safe, and returns the answer's `data`.
    private func call(_ call: APICall) async throws(ProxmoxFailure) -> JSONNode {
        guard await gate.enter() else { throw .transport(.cancelled) }
        defer { gate.leave() }
        let start = clock.now()
        var attempt = 1
        var hasLoggedInAgain = false
        while true {
            let failure: ProxmoxFailure
            do throws(ProxmoxFailure) {
                return try await attemptOnce(call)
            } catch {
                failure = error
            }
            // Refused for its ticket, nothing was done: a restart of the cluster's key can end a ticket early.
            if case .unauthorized = failure, session.usesTickets, !hasLoggedInAgain {
                hasLoggedInAgain = true
                session.forgetTicket()
                continue
            }
            guard settings.retry.allows(attempt: attempt + 1, of: call.method, after: failure),
                clock.now() - start < settings.retry.budget
            else { throw failure }
            do { try await clock.sleep(settings.retry.pause(before: attempt + 1, jitter: clock.jitter())) } catch {
                throw .transport(.cancelled)
            }
            attempt += 1
        }
    }

    private func attemptOnce(_ call: APICall) async throws(ProxmoxFailure) -> JSONNode {
        let headers = try await session.headers(isWrite: call.method != .get, clock: clock) {
            credentials throws(ProxmoxFailure) in
            try await self.login(credentials)
        }
        return try await exchange(call, headers: headers)
    }

    private func login(_ credentials: ProxmoxCredentials.Password) async throws(ProxmoxFailure) -> Ticket {
        try Ticket(reading: try await exchange(Self.ticketCall(credentials), headers: []))
    }

    private func exchange(_ call: APICall, headers: [HTTPHeader]) async throws(ProxmoxFailure) -> JSONNode {
        var request = call.request(to: endpoint)
        request.headers += headers
        request.trust = trust
        request.timeouts = settings.timeouts
        let response: HTTPResponse
        do throws(TransportFailure) {
            response = try await sender.send(request)
        } catch {
            throw call.method != .get && error.requestMayHaveArrived ? .answerLost(error) : .transport(error)
        }
        return try Answer(response).data()
    }
}
