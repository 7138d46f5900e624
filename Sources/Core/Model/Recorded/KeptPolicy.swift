/// What a policy said of a server at its last apply, as far as it can hold back the server's end. It is kept in the
/// registry, so that a policy cannot be taken away together with what it protects.
package struct KeptPolicy: Hashable, Sendable, Codable {
    package var name: PolicyName
    package var apply: Policy.Apply?
    package var destroyBudget: Policy.Budget?
    package var dailyDestroyBudget: Policy.Budget?
    package var requiredApprovals: Int?
    package var preventSelfApproval: Bool?
    package var windows: [Policy.Window]
    package var absenceConfirmations: Int?
    package var pause: Policy.Pause?
    /// Where a guest is backed up to before its rebuild.
    package var rebuildBackup: String?
    /// A rebuild of the server was asked for while the policy was kept: it stays until then, whatever is declared
    /// meanwhile, so that it does not go between the asking and the rebuild. Nil: it goes with its document.
    package var heldUntil: Timestamp?

    /// The same without that.
    package var released: KeptPolicy {
        var released = self
        released.heldUntil = nil
        return released
    }

    /// - Returns: nil for a policy that has no word on a server's end, and no rule that holds a change back.
    package init?(_ policy: Policy) {
        name = policy.name
        apply = policy.apply
        destroyBudget = policy.destroyBudget
        dailyDestroyBudget = policy.dailyDestroyBudget
        requiredApprovals = policy.requiredApprovals
        preventSelfApproval = policy.preventSelfApproval
        windows = policy.windows
        absenceConfirmations = policy.absenceConfirmations
        pause = policy.pause
        rebuildBackup = policy.rebuildBackup
        if isSilent, policy.ignore.isEmpty { return nil }
    }

    /// Whether it says nothing.
    package var isSilent: Bool {
        apply == nil && destroyBudget == nil && dailyDestroyBudget == nil && requiredApprovals == nil
            && preventSelfApproval == nil && windows.isEmpty && absenceConfirmations == nil && pause == nil
            && rebuildBackup == nil
    }

    /// What of it counts while the policy still stands over the server, by its name: whose yes it takes is by the more
    /// careful of then and now. Its numbers and its times are as it says now: a budget that is raised for a removal, or a
    /// pause that is lifted, is the word of somebody who saw what it is for.
    package var besideItsSuccessor: KeptPolicy {
        var kept = self
        kept.destroyBudget = nil
        kept.dailyDestroyBudget = nil
        kept.windows = []
        kept.absenceConfirmations = nil
        kept.pause = nil
        kept.rebuildBackup = nil
        return kept
    }

    /// The same as a policy that selects everything.
    package var policy: Policy {
        var policy = Policy(name: name)
        policy.apply = apply
        policy.destroyBudget = destroyBudget
        policy.dailyDestroyBudget = dailyDestroyBudget
        policy.requiredApprovals = requiredApprovals
        policy.preventSelfApproval = preventSelfApproval
        policy.windows = windows
        policy.absenceConfirmations = absenceConfirmations
        policy.pause = pause
        policy.rebuildBackup = rebuildBackup
        return policy
    }
}

extension Recorded {
    /// The policies that were over any server at its last apply.
    package var policies: Set<PolicyName> { Set(servers.flatMap { ($0.policies ?? []).map(\.name) }) }
}

extension RecordedServer {
    /// What of the policies of its last apply still counts for the end of its guest: of a server that is not declared any
    /// more, or is to be rebuilt.
    ///
    /// - Parameters:
    ///   - declared: every policy that is declared now.
    ///   - server: what is declared of the server now: a policy that its labels or roles took it from is not over it any
    ///     more, whatever it had at its last apply. Nil: nothing is, and what was recorded counts.
    package func policiesThatCount(beside declared: [Policy], over server: Server?) -> [KeptPolicy] {
        let present = server.map(\.metadata.labels) ?? labels
        let held = server?.roles ?? roles
        return (policies ?? []).compactMap { kept in
            let successor = declared.first { policy in
                policy.name == kept.name
                    && policy.selector.matches(name: name.text, labels: present, roles: held)
            }
            let counting = successor == nil ? kept : kept.besideItsSuccessor
            return counting.isSilent ? nil : counting
        }
    }
}

extension CronTimes: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let times = CronTimes(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no times: \(text)")
        }
        self = times
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
