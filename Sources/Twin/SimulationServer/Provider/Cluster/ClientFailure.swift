/// Why a request to the cluster gave nothing, in the words of bpg/proxmox.
struct ClientFailure: Error, Hashable {
    enum Kind: Hashable {
        /// The cluster answered with this status.
        case refused(status: Int)
        /// The guest, volume or task is not there.
        case missing(status: Int)
        case alreadyExists(status: Int)
        /// No answer, or half of one.
        case transport
        /// A task that ended in an error.
        case task
        /// Terraform went away or asked for a stop.
        case cancelled
    }

    var kind: Kind
    var text: String
    /// What the provider was doing, where it says so in a line of its own: `VM clone`.
    var summary: String?

    var diagnostic: ProviderDiagnostic {
        if let summary { return ProviderDiagnostic(summary, detail: text) }
        return ProviderDiagnostic(text)
    }

    /// Whether the resource is gone, which the provider reads from a 404 or from a 500 that says so.
    var isMissing: Bool {
        switch kind {
        case .missing: true
        case .refused, .alreadyExists, .transport, .task, .cancelled: false
        }
    }

    /// Whether the provider tries the request again: any answer from 500 upward, and two texts.
    var isTransient: Bool {
        switch kind {
        case .refused(let status), .missing(let status), .alreadyExists(let status): status >= 500
        case .transport, .task: text.contains("got no worker upid") || text.contains("got timeout")
        case .cancelled: false
        }
    }

    func prefixed(_ prefix: String) -> ClientFailure {
        ClientFailure(kind: kind, text: "\(prefix): \(text)", summary: summary)
    }

    func summarised(_ summary: String) -> ClientFailure { ClientFailure(kind: kind, text: text, summary: summary) }

    /// A refusal of the provider itself, before or without a request.
    static func own(_ text: String) -> ClientFailure { ClientFailure(kind: .task, text: text) }

    static let noData = ClientFailure(
        kind: .transport, text: "the server did not include a data object in the response")
}
