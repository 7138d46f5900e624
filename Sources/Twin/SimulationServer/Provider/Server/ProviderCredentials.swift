import Simulation

/// As whom the provider acts, from its configuration.
///
/// The environment variables `PROXMOX_VE_…` of the real provider count for its own process; this one serves many
/// runs, so the configuration must name the token.
enum ProviderCredentials {
    case caller(Caller)
    /// A ticket must be asked for.
    case password(username: String, password: String)
    case failure(String)

    static func of(_ config: TerraformValue) -> ProviderCredentials {
        let token = config["api_token"].string
        if !token.isEmpty {
            // `user@realm!name=secret`, the secret a UUID.
            let halves = token.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].contains("@"), halves[0].contains("!"), isUUID(halves[1]) else {
                return .failure("the API token must be in the format 'USER@REALM!TOKENID=UUID'")
            }
            return .caller(.token(id: String(halves[0]), secret: String(halves[1])))
        }
        let ticket = config["auth_ticket"].string
        if !ticket.isEmpty { return .caller(.ticket(ticket)) }
        let (username, password) = (config["username"].string, config["password"].string)
        guard !username.isEmpty, !password.isEmpty else {
            return .failure("must provide either username and password, an API token, or a ticket")
        }
        guard username.hasSuffix("@pve") || username.hasSuffix("@pam") else {
            return .failure("the username must end with '@pve' or '@pam'")
        }
        return .password(username: username, password: password)
    }

    private static func isUUID(_ text: Substring) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }
}
