import Transport

/// One call as the API viewer writes it: method, path and parameters.
struct APICall: Sendable {
    var method: HTTPRequest.Method
    /// The parts of the path below `/api2/json`, not yet encoded.
    var path: [String]
    var parameters: Parameters

    init(_ method: HTTPRequest.Method, _ path: [String], _ parameters: Parameters = Parameters()) {
        self.method = method
        self.path = path
        self.parameters = parameters
    }

    /// Parameters of GET and DELETE go into the query, those of POST and PUT into a form.
    func request(to endpoint: ProxmoxEndpoint) -> HTTPRequest {
        let url = endpoint.origin + "/api2/json/" + path.map(PercentEncoding.pathSegment).joined(separator: "/")
        let encoded = parameters.encoded
        switch method {
        case .get, .delete:
            return HTTPRequest(method, url: encoded.isEmpty ? url : url + "?" + encoded)
        case .post, .put:
            let type = HTTPHeader("Content-Type", "application/x-www-form-urlencoded")
            return HTTPRequest(method, url: url, headers: [type], body: Array(encoded.utf8))
        }
    }
}
