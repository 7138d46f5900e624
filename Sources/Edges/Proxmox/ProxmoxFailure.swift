import Transport

/// Why a call to Proxmox brought no result. The texts are Proxmox's own, trimmed.
package enum ProxmoxFailure: Error, Hashable, Sendable {
    /// 401: the token or the ticket is not accepted.
    case unauthorized(String)
    /// 403: the right `privilege` (alternatives joined by `|`) is missing on `path`; both nil where no text names them.
    case permission(path: String?, privilege: String?, text: String)
    /// 400: parameters that were refused.
    case parameters([ParameterRefusal], text: String)
    /// The guest, the task, or the route to it, is not there.
    case gone(String)
    /// What should be made exists already.
    case collision(String)
    /// Somebody works on the guest: a lock in its configuration, or the lock file's wait ran out.
    case locked(String)
    case notRunning(String)
    case alreadyRunning(String)
    /// The guest's `protection` forbids it.
    case protected(String)
    /// The configuration changed since its digest was read.
    case changed(String)
    /// The cluster has no quorum, and accepts no changes.
    case noQuorum(String)
    /// 595, 596, 599: the endpoint could not reach the node that the call was for. Only 595 proves that the node did
    /// not get the call.
    case nodeUnreachable(status: Int, text: String)
    /// An answer that is not what the route promises: no JSON, half of one, a listing that is no list.
    case unreadable(String)
    /// No answer came, and the call did nothing, or only reads.
    case transport(TransportFailure)
    /// A write was sent, and no answer came: it may have been carried out.
    case answerLost(TransportFailure)
    /// A task did not end in time; it goes on.
    case deadline(UPID)
    /// A refusal that is not in the table.
    case other(status: Int, text: String)

    /// Whether a write that failed this way may have been carried out all the same.
    package var mayHaveBeenDone: Bool {
        switch self {
        case .answerLost, .unreadable, .deadline: true
        case .nodeUnreachable(let status, _): status != 595
        case .unauthorized, .permission, .parameters, .gone, .collision, .locked, .notRunning, .alreadyRunning,
            .protected, .changed, .noQuorum, .transport, .other:
            false
        }
    }
}

/// One parameter that Proxmox refused, and why.
package struct ParameterRefusal: Hashable, Sendable {
    package var name: String
    package var text: String

    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

extension ProxmoxFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unauthorized(let text): "not authenticated: \(text)"
        case .permission(_, _, let text): text
        case .parameters(let refusals, let text):
            ([text] + refusals.map { "\($0.name): \($0.text)" }).joined(separator: " ")
        case .gone(let text), .collision(let text), .locked(let text), .notRunning(let text),
            .alreadyRunning(let text), .protected(let text), .changed(let text), .noQuorum(let text),
            .unreadable(let text):
            text
        case .nodeUnreachable(let status, let text): "the node cannot be reached: \(text) (\(status))"
        case .transport(let failure): "\(failure)"
        case .answerLost(let failure): "\(failure); it may have been carried out all the same"
        case .deadline(let upid): "the task \(upid) did not end in time"
        case .other(let status, let text): "\(text) (\(status))"
        }
    }
}
