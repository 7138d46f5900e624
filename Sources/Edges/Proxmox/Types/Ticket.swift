import JSONArena

/// What `POST /access/ticket` gives for a password: two hours of access.
struct Ticket: Sendable {
    let ticket: String
    let csrfToken: String

    init(reading data: JSONNode) throws(ProxmoxFailure) {
        if data["NeedTFA"]?.flag == true {
            throw .unauthorized("the account needs a second factor; use an API token")
        }
        guard let ticket = data["ticket"]?.string, let csrfToken = data["CSRFPreventionToken"]?.string else {
            throw .unreadable("the answer to a login holds no ticket")
        }
        self.ticket = ticket
        self.csrfToken = csrfToken
    }
}
