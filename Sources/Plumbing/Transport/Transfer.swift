/// One piece of work on its way through the queue and the thread, with the caller that waits for it.
struct Transfer: Sendable {
    typealias ID = UInt64

    enum Work: Sendable {
        case exchange(HTTPRequest)
        case inspection(url: String, HTTPRequest.Timeouts)

        var url: String {
            switch self {
            case .exchange(let request): request.url
            case .inspection(let url, _): url
            }
        }

        var timeouts: HTTPRequest.Timeouts {
            switch self {
            case .exchange(let request): request.timeouts
            case .inspection(_, let timeouts): timeouts
            }
        }
    }

    enum Delivery: Sendable {
        case response(HTTPResponse)
        case certificate(PresentedCertificate)
    }

    let id: ID
    let work: Work
    let continuation: CheckedContinuation<Result<Delivery, TransportFailure>, Never>
    /// Set once the pinned certificate was looked at again after the server refused the known one.
    var isSecondLook = false
}
