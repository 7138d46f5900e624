import Synchronization
import Transport

/// The headers that say who the client is; for a password, the ticket and its renewal.
final class ProxmoxSession: Sendable {
    private struct Held {
        var ticket: Ticket
        var since: ContinuousClock.Instant
    }

    private let credentials: ProxmoxCredentials
    private let renewalAge: Duration
    private let held = Mutex<Held?>(nil)
    /// One login at a time: those that come meanwhile use its ticket.
    private let loginGate = RequestGate(limit: 1)

    init(credentials: ProxmoxCredentials, renewalAge: Duration) {
        self.credentials = credentials
        self.renewalAge = renewalAge
    }

    var usesTickets: Bool {
        switch credentials {
        case .token: false
        case .password: true
        }
    }

    func forgetTicket() { held.withLock { $0 = nil } }

    /// - Parameter isWrite: writes with a ticket need the CSRF header.
    func headers(
        isWrite: Bool, clock: ClientClock,
        login: (ProxmoxCredentials.Password) async throws(ProxmoxFailure) -> Ticket
    ) async throws(ProxmoxFailure) -> [HTTPHeader] {
        switch credentials {
        case .token(let token): return [HTTPHeader("Authorization", token.header)]
        case .password(let password):
            if let ticket = freshTicket(clock) { return Self.headers(of: ticket, isWrite: isWrite) }
            guard await loginGate.enter() else { throw .transport(.cancelled) }
            defer { loginGate.leave() }
            if let ticket = freshTicket(clock) { return Self.headers(of: ticket, isWrite: isWrite) }
            let asked = clock.now()
            let ticket = try await login(password)
            held.withLock { $0 = Held(ticket: ticket, since: asked) }
            return Self.headers(of: ticket, isWrite: isWrite)
        }
    }

    private func freshTicket(_ clock: ClientClock) -> Ticket? {
        held.withLock { held in
            guard let held, clock.now() - held.since < renewalAge else { return nil }
            return held.ticket
        }
    }

    private static func headers(of ticket: Ticket, isWrite: Bool) -> [HTTPHeader] {
        let cookie = HTTPHeader("Cookie", "PVEAuthCookie=" + ticket.ticket)
        return isWrite ? [cookie, HTTPHeader("CSRFPreventionToken", ticket.csrfToken)] : [cookie]
    }
}
