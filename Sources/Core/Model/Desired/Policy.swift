/// What Plumb may do by itself, and to whom. Where two policies apply to a server, the more careful value wins; nil is
/// what a policy does not say.
package struct Policy: Sendable, Hashable {
    package var name: PolicyName
    package var metadata = Metadata()
    package var selector = Selector()
    package var apply: Apply?
    package var destroyBudget: Budget?
    /// The same for any 24 hours, counted back from now.
    package var dailyDestroyBudget: Budget?
    /// How many different people must say yes; 1 to 10.
    package var requiredApprovals: Int?
    package var preventSelfApproval: Bool?
    /// When steps may run: in any of them; empty: always.
    package var windows: [Window] = []
    package var recreate: Recreate?
    /// How many inventories must have missed a guest before it counts as gone; 1 to 100.
    package var absenceConfirmations: Int?
    package var restarts: Restarts?
    /// The storage that a guest is backed up to before it is rebuilt; nil: what is on its disks is lost.
    package var rebuildBackup: String?
    package var probeTargets: [String] = []
    package var ignore: [IgnoreRule] = []
    package var retry: Retry?
    package var pause: Pause?

    package init(name: PolicyName) { self.name = name }

    package enum Apply: String, Sendable, Hashable, Codable, CaseIterable {
        /// Every step waits for approval.
        case manual
        /// What destroys, replaces, restarts or stops waits for approval.
        case safe
        /// Only what other fields hold waits (restarts, what vanished), rebuilds, and what may be a slip.
        case auto
    }

    package enum Recreate: String, Sendable, Hashable, Codable, CaseIterable { case approve, auto }
    package enum Restarts: String, Sendable, Hashable, Codable, CaseIterable { case approve, allow }

    /// A time that comes again, in which steps may run.
    package struct Window: Sendable, Hashable, Codable {
        package var opening: CronTimes
        package var duration: Duration
        /// As the IANA database names it.
        package var zone = "UTC"

        package init(opening: CronTimes, duration: Duration) {
            self.opening = opening
            self.duration = duration
        }
    }

    /// How many servers of a cluster one plan may destroy or replace.
    package enum Budget: Sendable, Hashable, Codable {
        case count(Int)
        /// Of the cluster's known servers, at least one; 0 to 100.
        case percent(Int)
    }

    package struct IgnoreRule: Sendable, Hashable {
        package var path: String
        package var selector = Selector()
        package var reason: String?
        package var until: Timestamp?

        package init(path: String) { self.path = path }
    }

    package struct Retry: Sendable, Hashable, Codable {
        /// The first pause; whole seconds, 1 s to a day. It doubles.
        package var backoff: Duration = .seconds(30)
        /// How often a step that failed because of a lock is tried again in one run, and how often the pause doubles;
        /// 0 to 100.
        package var max = 5

        package init() {}

        package var pauses: BackOff { BackOff(first: backoff, doublings: max) }
    }

    package struct Pause: Sendable, Hashable, Codable {
        package var reason: String
        package var until: Timestamp?

        package init(reason: String) { self.reason = reason }
    }
}
