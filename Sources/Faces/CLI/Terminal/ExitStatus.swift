/// How a command ends, for scripts; the numbers are part of the product.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    case success = 0
    case failure = 1
    /// `plan --detailed-exit-code` and `drift --exit-code` found something.
    case changesPending = 2
    /// `apply`: nothing failed, but something is blocked, waits or was left out.
    case unfinished = 3
    /// The command line was wrong (`EX_USAGE` of sysexits.h).
    case usage = 64
}
