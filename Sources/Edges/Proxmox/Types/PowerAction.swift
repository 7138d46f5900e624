/// What can be done to a guest's power. Times are whole seconds.
package enum PowerAction: Hashable, Sendable {
    case start
    /// Asks the guest to shut down; with `forceStop` it is stopped hard when the time is over.
    case shutdown(timeout: Int? = nil, forceStop: Bool = false)
    /// Pulls the plug. `overruleShutdown` ends shutdown tasks that wait for the guest (PVE 8.1 and later).
    case stop(overruleShutdown: Bool = false)
    /// A clean restart; needs the guest's help, and applies pending changes.
    case reboot(timeout: Int? = nil)
    /// The hard restart, of a VM only; pending changes are not applied.
    case reset
    case suspend
    case resume

    /// The last part of the route.
    var command: String {
        switch self {
        case .start: "start"
        case .shutdown: "shutdown"
        case .stop: "stop"
        case .reboot: "reboot"
        case .reset: "reset"
        case .suspend: "suspend"
        case .resume: "resume"
        }
    }

    var parameters: Parameters {
        switch self {
        case .start, .reset, .suspend, .resume: [:]
        case .shutdown(let timeout, let forceStop): ["timeout": timeout, "forceStop": forceStop ? true : nil]
        case .stop(let overruleShutdown): ["overrule-shutdown": overruleShutdown ? true : nil]
        case .reboot(let timeout): ["timeout": timeout]
        }
    }
}
