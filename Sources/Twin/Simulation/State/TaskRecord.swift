/// One task of the cluster, running or past.
package struct TaskRecord: Hashable, Sendable, Codable {
    /// `UPID:node:PID:PSTART:STARTTIME:TYPE:ID:USER@REALM[!TOKEN]:`
    package let upid: String
    package let node: String
    package let processID: Int
    /// In hundredths of a second since the node's boot.
    package let processStart: Int
    /// Milliseconds since 1970.
    package let startedAt: Int64
    /// When it ends, in milliseconds since 1970.
    package var endsAt: Int64
    /// `qmclone`, `vzstart`, …
    package let type: String
    /// The guest's number, mostly.
    package let id: String
    /// `USER@REALM` or `USER@REALM!TOKEN`.
    package let user: String
    package var lines: [String] = []
    /// `OK`, `WARNINGS: 1` or the error's text; nil while it runs.
    package var exitStatus: String?

    package var isRunning: Bool { exitStatus == nil }
    package var hasSucceeded: Bool { exitStatus.map { $0 == "OK" || $0.hasPrefix("WARNINGS") } ?? false }
}
