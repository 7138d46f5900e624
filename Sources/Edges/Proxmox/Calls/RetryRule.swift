import Transport

/// When a call is repeated: only where a repeat cannot do the work twice.
package struct RetryRule: Hashable, Sendable {
    /// Tries in all, the first one included.
    package var attempts = 4
    /// The longest pause before the second try; it doubles with each further one, up to `longestPause`.
    package var firstPause: Duration = .milliseconds(250)
    package var longestPause: Duration = .seconds(5)
    /// No further try is begun when the call has taken that long.
    package var budget: Duration = .seconds(60)

    package init() {}

    func allows(attempt: Int, of method: APICall.Method, after failure: ProxmoxFailure) -> Bool {
        attempt <= attempts && (method == .get ? failure.mayPass : failure.isProofOfNoDelivery)
    }

    /// A random share of the pause (full jitter), so that clients that failed together do not return together.
    func pause(before attempt: Int, jitter: Double) -> Duration {
        var longest = firstPause
        for _ in 0..<max(0, attempt - 2) where longest < longestPause { longest = longest * 2 }
        return min(longest, longestPause) * jitter
    }
}

extension ProxmoxFailure {
    /// Whether asking again can help, for a call that only reads.
    var mayPass: Bool {
        switch self {
        case .transport(let failure):
            switch failure {
            case .unresolved, .refused, .unreachable, .timedOut, .truncated, .other: true
            case .invalid, .tls, .cancelled, .tooLarge: false
            }
        case .nodeUnreachable, .unreadable: true
        case .other(let status, _): [502, 503, 504].contains(status)
        case .unauthorized, .permission, .parameters, .gone, .collision, .locked, .notRunning, .alreadyRunning,
            .protected, .changed, .noQuorum, .answerLost, .deadline:
            false
        }
    }

    /// Whether the request certainly never reached the server, and a later try can: then even a write may be repeated.
    var isProofOfNoDelivery: Bool {
        guard case .transport(let failure) = self else { return false }
        switch failure {
        case .unresolved, .refused, .unreachable: return true
        case .timedOut: return !failure.requestMayHaveArrived
        case .invalid, .tls, .truncated, .cancelled, .tooLarge, .other: return false
        }
    }
}
