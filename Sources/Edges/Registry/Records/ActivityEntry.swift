import Model

/// One thing that someone did, or that happened.
package struct ActivityEntry: Hashable, Sendable, Codable {
    package var at: Timestamp
    package var who: String
    /// `created`, `started`, `approved`, `commandedReboot`: whatever its writer calls it.
    package var verb: String
    package var subject: Subject
    /// JSON before and after; nil: not there.
    package var before: String?
    package var after: String?
    package var commit: String?
    package var run: RunID?
    /// The Proxmox task behind it.
    package var upid: String?
    /// Two entries of one key are one; nil: nothing is the same as this.
    package var key: String?

    package init(
        at: Timestamp, who: String, verb: String, subject: Subject, before: String? = nil, after: String? = nil,
        commit: String? = nil, run: RunID? = nil, upid: String? = nil, key: String? = nil
    ) {
        self.at = at
        self.who = who
        self.verb = verb
        self.subject = subject
        self.before = before
        self.after = after
        self.commit = commit
        self.run = run
        self.upid = upid
        self.key = key
    }
}
