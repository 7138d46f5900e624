/// Whatever sends a request and brings its answer: ``HTTPTransport``, or what a test or a fault puts in its place.
package protocol HTTPSender: Sendable {
    /// - Throws: a ``TransportFailure`` when no whole answer came. Any status is an answer. Redirects are not followed.
    func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse
}
