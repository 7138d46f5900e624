import Transport

/// Lets only reads through: whatever would change a live cluster is refused here, before a byte of it is sent.
struct ReadingSender: HTTPSender {
    let sender: any HTTPSender

    func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
        guard request.method == .get else {
            throw .invalid(
                "\(request.method.rawValue) \(request.url) would change something, and a rehearsal only reads")
        }
        return try await sender.send(request)
    }
}
