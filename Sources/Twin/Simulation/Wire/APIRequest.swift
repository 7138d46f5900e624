import JSONArena

/// What a client asks of the Proxmox API, free of HTTP.
package struct APIRequest: Hashable, Sendable, Codable {
    package var method: APIMethod
    /// `/nodes/pve1/qemu/100/config`: percent-decoded, without `/api2/json`, query and trailing slash.
    package var path: String
    /// Query and form (or the members of a JSON body), merged; values as text.
    package var parameters: [String: String]
    package var caller: Caller
    /// Of a list of guests, only this one's row is looked at, and only it is made: a caller in the same process spares
    /// itself the others. Rights, faults and the row itself are those of the whole list.
    package var onlyGuest: Int?

    package init(_ method: APIMethod, _ path: String, _ parameters: [String: String] = [:], caller: Caller = .local) {
        self.method = method
        self.path = path
        self.parameters = parameters
        self.caller = caller
    }
}

package enum APIMethod: String, Hashable, Sendable, Codable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
}

/// As whom a request is made.
package enum Caller: Hashable, Sendable, Codable {
    /// `id` is `USER@REALM!NAME`.
    case token(id: String, secret: String)
    /// What `POST /access/ticket` gave.
    case ticket(String)
    /// The cluster's own process, which acts as `root@pam`.
    case local
    case anonymous
}

package struct APIResponse: Hashable, Sendable {
    package var status: Int
    /// The text of the status line, which is where Proxmox puts the reason of a refusal.
    package var reason: String
    /// The whole body: `{"data": …}`, for a refusal with `message` and perhaps `errors` beside it.
    package var body: JSONValue

    package init(status: Int, reason: String, body: JSONValue) {
        self.status = status
        self.reason = reason
        self.body = body
    }

    /// The body's `data`; nil where there is none.
    package var data: JSONValue? { body["data"] }
}

/// What becomes of a request, faults included.
package enum Delivery: Hashable, Sendable {
    case answer(APIResponse, after: Duration)
    /// The request is read, nothing is done, and no answer comes.
    case hang
    /// The request is read, nothing is done, and the connection is cut after that time.
    case cut(after: Duration)
    /// Half of the answer's bytes, then the connection is cut.
    case truncated(APIResponse, after: Duration)
    /// The work is done, and the connection is cut without an answer.
    case lost

    /// The answer that arrives whole; nil for the others.
    package var response: APIResponse? {
        switch self {
        case .answer(let response, _): response
        case .hang, .cut, .truncated, .lost: nil
        }
    }
}
