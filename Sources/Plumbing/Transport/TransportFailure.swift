/// Why an exchange brought no whole answer, with the facts that an operator needs. No case holds a header or a body.
package enum TransportFailure: Error, Hashable, Sendable {
    /// Where an exchange was when its time ran out.
    package enum Stage: String, Hashable, Sendable, CaseIterable {
        case resolving
        case connecting
        case securing
        /// The request was on its way or delivered, and no byte of an answer had come.
        case answering
        case receiving
    }

    /// The request could not be composed: an address that is no http or https URL, a line break in a header.
    case invalid(String)
    case unresolved(host: String)
    /// The host's answer to the connection was a refusal: nothing listens there.
    case refused(address: String)
    /// No way to the host: no route, network down. `detail` is libcurl's sentence.
    case unreachable(address: String, detail: String)
    case timedOut(Stage, address: String, after: Duration)
    case tls(TLSFailure, address: String)
    /// The connection ended before the answer did; `received` counts bytes of its body.
    case truncated(address: String, received: Int, detail: String)
    case cancelled
    /// The answer's body is larger than the request allows.
    case tooLarge(address: String, limit: Int)
    /// Anything else, with libcurl's number and its sentence.
    case other(address: String, code: Int, detail: String)

    /// True unless the failure proves that no byte of the request was sent: then even a write may be repeated.
    package var requestMayHaveArrived: Bool {
        switch self {
        case .invalid, .unresolved, .refused, .unreachable, .tls: false
        case .timedOut(let stage, _, _):
            switch stage {
            case .resolving, .connecting, .securing: false
            case .answering, .receiving: true
            }
        case .truncated, .cancelled, .tooLarge, .other: true
        }
    }
}

/// Why a connection could not be secured. Nothing of the request was sent.
package enum TLSFailure: Error, Hashable, Sendable {
    case fingerprintMismatch(expected: CertificateFingerprint, presented: CertificateFingerprint)
    /// No trusted authority signed it; OpenSSL's reason.
    case untrusted(String)
    /// The certificate is for other names.
    case hostMismatch(String)
    case expired(String)
    case notYetValid(String)
    /// The CA file is missing, unreadable or holds no certificate.
    case caFile(path: String, detail: String)
    /// The handshake itself failed: plain HTTP on the port, no common version, the peer hung up.
    case handshake(String)
}

extension TransportFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalid(let detail): "the request cannot be sent: \(detail)"
        case .unresolved(let host): "the name \(host) cannot be resolved"
        case .refused(let address): "\(address) refused the connection"
        case .unreachable(let address, let detail): "\(address) cannot be reached: \(detail)"
        case .timedOut(let stage, let address, let duration):
            "\(address) did not answer within \(duration) (\(stage.rawValue))"
        case .tls(let failure, let address): "no secure connection to \(address): \(failure)"
        case .truncated(let address, let received, let detail):
            "\(address) ended its answer early, after \(received) bytes: \(detail)"
        case .cancelled: "cancelled"
        case .tooLarge(let address, let limit): "the answer of \(address) is larger than \(limit) bytes"
        case .other(let address, let code, let detail): "\(address): \(detail) (libcurl \(code))"
        }
    }
}

extension TLSFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .fingerprintMismatch(let expected, let presented):
            "the certificate's fingerprint is \(presented), expected \(expected)"
        case .untrusted(let detail): "the certificate is not trusted: \(detail)"
        case .hostMismatch(let detail): "the certificate is for another host: \(detail)"
        case .expired(let detail): "the certificate has expired: \(detail)"
        case .notYetValid(let detail): "the certificate is not valid yet: \(detail)"
        case .caFile(let path, let detail): "the CA file \(path) cannot be used: \(detail)"
        case .handshake(let detail): "the TLS handshake failed: \(detail)"
        }
    }
}
