/// One HTTP request, complete: address, headers, body, whom to trust and how long to wait.
package struct HTTPRequest: Hashable, Sendable {
    package enum Method: String, Hashable, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    /// How long to wait, counted from the moment the request leaves the queue for a handle of its own.
    package struct Timeouts: Hashable, Sendable {
        /// Name resolution, TCP and TLS together.
        package var connect: Duration
        /// The whole exchange, the last byte of the answer included.
        package var total: Duration

        package init(connect: Duration = .seconds(5), total: Duration = .seconds(60)) {
            self.connect = connect
            self.total = total
        }
    }

    package var method: Method
    /// An absolute http or https URL whose path and query are already percent-encoded.
    package var url: String
    package var headers: [HTTPHeader]
    package var body: [UInt8]?
    /// Ignored for http.
    package var trust: TLSTrust
    package var timeouts: Timeouts
    /// The most bytes of an answer's body that are kept; one more and the exchange fails as `tooLarge`.
    package var responseLimit: Int

    package init(
        _ method: Method, url: String, headers: [HTTPHeader] = [], body: [UInt8]? = nil, trust: TLSTrust = .system,
        timeouts: Timeouts = Timeouts(), responseLimit: Int = 64 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.trust = trust
        self.timeouts = timeouts
        self.responseLimit = responseLimit
    }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible {
    /// Method and path only: headers carry tokens, and a query or a body can carry a password.
    package var description: String {
        "\(method.rawValue) \(url.prefix { $0 != "?" })"
    }

    package var debugDescription: String { description }
}

/// A header's name and value. Names compare without case.
package struct HTTPHeader: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
