import Transport

/// One call as the API viewer writes it: method, path and parameters.
struct APICall: Sendable {
    /// Nothing can be deleted through this client: there is no word for it.
    enum Method: Hashable, Sendable, CaseIterable {
        case get, post, put

        /// The same on the wire.
        var ofHTTP: HTTPRequest.Method {
            switch self {
            case .get: .get
            case .post: .post
            case .put: .put
            }
        }
    }

    var method: Method
    /// The parts of the path below `/api2/json`, not yet encoded.
    var path: [String]
    var parameters: Parameters

    init(_ method: Method, _ path: [String], _ parameters: Parameters = Parameters()) {
        self.method = method
        self.path = path
        self.parameters = parameters
    }

    /// Parameters of GET go into the query, those of POST and PUT into a form.
    func request(to endpoint: ProxmoxEndpoint) -> HTTPRequest {
        let url = endpoint.origin + "/api2/json/" + path.map(PercentEncoding.pathSegment).joined(separator: "/")
        let encoded = parameters.encoded
        switch method {
        case .get:
            return HTTPRequest(method.ofHTTP, url: encoded.isEmpty ? url : url + "?" + encoded)
        case .post, .put:
            let type = HTTPHeader("Content-Type", "application/x-www-form-urlencoded")
            return HTTPRequest(method.ofHTTP, url: url, headers: [type], body: Array(encoded.utf8))
        }
    }
}
