import Model

/// What all policies that apply to one thing say together: the most careful word on each matter.
package struct MergedPolicy: Hashable, Sendable {
    package var apply: Policy.Apply = .safe
    package var recreate: Policy.Recreate = .approve
    package var restarts: Policy.Restarts = .approve
    /// The storage that a guest is backed up to before it is rebuilt; nil: no policy asks for a backup.
    package var backupStorage: String?
    package var absenceConfirmations = 3
    package var budgets: [Policy.Budget] = []
    package var dailyBudgets: [Policy.Budget] = []
    package var approval = Approval()
    /// Of each policy that has any: a step must be in one of each.
    package var windows: [[Policy.Window]] = []
    package var pause: Policy.Pause?
    /// Nil: no policy has a word on it.
    package var retry: Policy.Retry?

    /// Whose yes it takes.
    package struct Approval: Hashable, Sendable {
        package var required = 1
        package var preventsSelf = false
    }

    /// - Parameter policies: those that apply.
    package init(_ policies: [Policy], now: Timestamp) {
        apply = policies.compactMap(\.apply).min { $0.caution > $1.caution } ?? .safe
        let recreations = policies.compactMap(\.recreate)
        recreate = !recreations.isEmpty && recreations.allSatisfy { $0 == .auto } ? .auto : .approve
        let restartWords = policies.compactMap(\.restarts)
        restarts = !restartWords.isEmpty && restartWords.allSatisfy { $0 == .allow } ? .allow : .approve
        // Where several name a storage, any of them keeps the disks: the first by the policies' names.
        backupStorage = policies.sorted { $0.name < $1.name }.compactMap(\.rebuildBackup).first
        absenceConfirmations = policies.compactMap(\.absenceConfirmations).max() ?? 3
        budgets = policies.compactMap(\.destroyBudget)
        dailyBudgets = policies.compactMap(\.dailyDestroyBudget)
        approval.required = policies.compactMap(\.requiredApprovals).max() ?? 1
        approval.preventsSelf = policies.contains { $0.preventSelfApproval == true }
        windows = policies.map(\.windows).filter { !$0.isEmpty }
        retry = policies.compactMap(\.retry).reduce(nil) { $1.moreCareful(with: $0) }
        // Of several pauses the longest.
        pause = policies.compactMap(\.pause).filter { $0.until.map { now < $0 } ?? true }.max { $0.end < $1.end }
    }

    /// How many servers of a cluster with that many known ones a plan may destroy: the smallest of all budgets, 10 %
    /// and at least one where no policy has a word.
    package func destroyBudget(of known: Int) -> Int {
        spokenBudgets.map { $0.limit(of: known) }.min() ?? 1
    }

    /// The same for any 24 hours; nil: no policy has a word on it.
    package func dailyDestroyBudget(of known: Int) -> Int? { dailyBudgets.map { $0.limit(of: known) }.min() }

    /// With what policies said at a server's last apply: on each matter the more careful word, and where they had none
    /// this one's.
    package func tightened(by kept: [KeptPolicy], now: Timestamp) -> MergedPolicy {
        if kept.isEmpty { return self }
        let then = MergedPolicy(kept.map(\.policy), now: now)
        var both = self
        if kept.contains(where: { $0.apply != nil }), then.apply.caution > apply.caution { both.apply = then.apply }
        both.absenceConfirmations = max(
            absenceConfirmations, kept.compactMap(\.absenceConfirmations).max() ?? absenceConfirmations)
        if !then.budgets.isEmpty { both.budgets = spokenBudgets + then.budgets.filter { !spokenBudgets.contains($0) } }
        both.dailyBudgets += then.dailyBudgets.filter { !dailyBudgets.contains($0) }
        both.approval.required = max(approval.required, then.approval.required)
        both.approval.preventsSelf = approval.preventsSelf || then.approval.preventsSelf
        both.windows += then.windows.filter { !windows.contains($0) }
        both.pause = [pause, then.pause].compactMap(\.self).max { $0.end < $1.end }
        both.backupStorage = backupStorage ?? then.backupStorage
        return both
    }

    private var spokenBudgets: [Policy.Budget] { budgets.isEmpty ? [.percent(10)] : budgets }

    /// On each matter the more careful word of two readings.
    package func moreCareful(with other: MergedPolicy) -> MergedPolicy {
        var both = self
        if other.apply.caution > apply.caution { both.apply = other.apply }
        if other.recreate == .approve { both.recreate = .approve }
        if other.restarts == .approve { both.restarts = .approve }
        both.backupStorage = backupStorage ?? other.backupStorage
        both.absenceConfirmations = max(absenceConfirmations, other.absenceConfirmations)
        both.budgets = spokenBudgets + other.spokenBudgets
        both.dailyBudgets += other.dailyBudgets
        both.approval.required = max(approval.required, other.approval.required)
        both.approval.preventsSelf = approval.preventsSelf || other.approval.preventsSelf
        both.windows += other.windows.filter { !windows.contains($0) }
        both.retry = retry.map { $0.moreCareful(with: other.retry) } ?? other.retry
        both.pause = [pause, other.pause].compactMap(\.self).max { $0.end < $1.end }
        return both
    }
}

extension Policy.Budget {
    /// Of so many servers.
    func limit(of known: Int) -> Int {
        switch self {
        case .count(let count): max(0, count)
        case .percent(let percent): percent == 0 ? 0 : max(1, known * percent / 100)
        }
    }
}

extension Policy.Pause {
    /// In milliseconds since 1970; one without an end is longer than any.
    fileprivate var end: Int64 { until?.milliseconds ?? .max }
}

extension Policy.Retry {
    /// Fewer tries, further apart.
    fileprivate func moreCareful(with other: Policy.Retry?) -> Policy.Retry {
        var both = self
        both.backoff = Swift.max(backoff, other?.backoff ?? backoff)
        both.max = min(max, other?.max ?? max)
        return both
    }
}

extension Policy.Apply {
    fileprivate var caution: Int {
        switch self {
        case .auto: 0
        case .safe: 1
        case .manual: 2
        }
    }
}
