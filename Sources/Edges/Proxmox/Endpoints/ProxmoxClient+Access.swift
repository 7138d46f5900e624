import Model
import Transport

extension ProxmoxClient {
    /// `POST /access/ticket`. The session sends it, not a caller.
    static func ticketCall(_ credentials: ProxmoxCredentials.Password) -> APICall {
        APICall(.post, ["access", "ticket"], ["username": credentials.user, "password": credentials.password])
    }

    /// `GET /access/permissions`: the caller's own rights on every path that has any.
    package func permissions() async throws(ProxmoxFailure) -> Permissions {
        try Permissions(reading: try await get(["access", "permissions"]))
    }
}
