/// What Plumb does to a guest's power. It can neither pull the plug nor reset: there is no such call.
package enum PowerAction: Hashable, Sendable {
    case start
    /// Asks the guest to shut down; it runs on where it does not follow within so many whole seconds.
    case shutdown(timeout: Int? = nil)

    /// The last part of the route.
    var command: String {
        switch self {
        case .start: "start"
        case .shutdown: "shutdown"
        }
    }

    var parameters: Parameters {
        switch self {
        case .start: [:]
        case .shutdown(let timeout): ["timeout": timeout]
        }
    }
}
