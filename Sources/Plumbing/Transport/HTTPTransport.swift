/// HTTP/1.1 over libcurl: one thread drives every transfer, at most `liveLimit` at a time, the others wait in a queue.
///
/// It must not know what it carries: no Proxmox, no JSON, no retry.
///
/// HTTP/1.1 because an answer's reason phrase, in which Proxmox states its refusals, does not exist in HTTP/2.
package final class HTTPTransport: HTTPSender {
    private let queue: TransferQueue

    /// - Parameter liveLimit: transfers at a time. Handles are costly (20,000 at once took 4 s and 325 MB), so they
    ///   are few and reused.
    package init(liveLimit: Int = 64) {
        precondition(liveLimit > 0, "a transport with no live transfers would never answer")
        queue = TransferQueue()
        let queue = queue
        let started = DetachedThread.start {
            TransferDriver(queue: queue, liveLimit: liveLimit).run()
        }
        if !started { queue.close() }
    }

    deinit { queue.close() }

    /// Ends the thread; whatever is under way or waiting, and whatever is sent later, fails as `cancelled`.
    package func close() { queue.close() }

    package func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
        switch try await perform(.exchange(request)) {
        case .response(let response): return response
        case .certificate: preconditionFailure("an exchange was delivered as a certificate")
        }
    }

    /// What a server presents in its handshake, whether or not it can be trusted. Nothing is sent.
    ///
    /// - Parameter url: an https URL; its path is ignored.
    package func certificate(
        of url: String, timeouts: HTTPRequest.Timeouts = HTTPRequest.Timeouts()
    ) async throws(TransportFailure) -> PresentedCertificate {
        switch try await perform(.inspection(url: url, timeouts)) {
        case .certificate(let certificate): return certificate
        case .response: preconditionFailure("a certificate was delivered as an exchange")
        }
    }

    private func perform(_ work: Transfer.Work) async throws(TransportFailure) -> Transfer.Delivery {
        let id = queue.open()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.submit(Transfer(id: id, work: work, continuation: continuation))
            }
        } onCancel: {
            queue.cancel(id)
        }
        return try result.get()
    }
}
