/// How a command ends, for scripts; the numbers are part of the product.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    case success = 0
    case failure = 1
    /// `plan --detailed-exit-code`, `drift --exit-code` and `audit` found something.
    case changesPending = 2
    /// `apply`, `rebuild`, `rehearse`, `import`, `recover`: nothing failed, but something is blocked, waits, was refused or
    /// left out, or is open still; and an `audit` that was put off.
    case unfinished = 3
    /// The command line was wrong (`EX_USAGE` of sysexits.h).
    case usage = 64
}
