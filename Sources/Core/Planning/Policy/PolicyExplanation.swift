import Model

/// What all policies say about one server: for each setting which word holds, and why the others do not.
package struct PolicyExplanation: Hashable, Sendable {
    package var server: ServerName
    package var settings: [Setting]
    /// What holds otherwise for a rebuild of a declared server: what was said of it at its last apply counts then too.
    package var ofRebuild: [Setting] = []
    /// Policies that do not select the server.
    package var others: [Other]

    package struct Setting: Hashable, Sendable {
        /// `destroyBudget.perPlan`: the field of `Policy.spec`.
        package var name: String
        /// What holds; of a list its parts.
        package var value: String
        /// What the server's own document says, and each policy that selects it, in their order; empty: the default
        /// holds.
        package var words: [Word]
        /// Of windows, as they stand together now; nil: no policy has any.
        package var opening: Opening?
    }

    package struct Word: Hashable, Sendable {
        /// Nil: the server's own document says it.
        package var policy: PolicyName?
        /// `spec.apply`.
        package var field: String
        package var value: String
        package var standing: Standing
        /// Whether the registry kept it from the last apply of a server that is not declared any more or is rebuilt.
        package var isKept = false
        /// What it could say, and does not.
        package var omissions: [Omission] = []
    }

    package enum Omission: Hashable, Sendable { case reason, end }

    package enum Opening: Hashable, Sendable {
        case open
        /// - Parameter window: as a person reads it: `Sat 22:00–Sun 04:00 Europe/Berlin`.
        case opens(at: Timestamp, window: String)
        case never
        case unknownZone(String)
    }

    package enum Standing: Hashable, Sendable {
        case holds
        /// Another policy's word on the matter is more careful.
        case lessCareful
        /// It said so until then.
        case ended(Timestamp)
    }

    package struct Other: Hashable, Sendable {
        package var policy: PolicyName
        package var reason: Sentence
    }
}

/// Explains what holds for a server that is declared or recorded.
///
/// - Returns: nil for a server that nobody knows.
package func explainPolicies(for name: ServerName, _ input: PlanningInput) -> PolicyExplanation? {
    let declared = input.desired.servers.first { $0.name == name }
    let recorded = input.recorded.servers.first { $0.name == name }
    guard declared != nil || recorded != nil else { return nil }
    let formerly = recorded == nil ? formerRow(of: declared, input) : nil
    let subject = PolicySubject(declared?.name ?? name, declared, recorded ?? formerly, formerName: formerly?.name)
    let ignored = declared?.ignore ?? []
    let kept = recorded?.policiesThatCount(beside: input.desired.policies, over: declared) ?? []
    func explain(_ kept: [KeptPolicy]) -> PolicyExplanation {
        Explainer(subject, ignoring: ignored, input, kept: kept).explanation
    }
    let whole = explain(kept)
    guard declared != nil else { return whole }
    var explanation = explain([])
    explanation.ofRebuild = zip(explanation.settings, whole.settings).filter { $0.value != $1.value }.map(\.1)
    return explanation
}

/// The row that a rename which is not done yet would give to the server; nil: there is none.
private func formerRow(of server: Server?, _ input: PlanningInput) -> RecordedServer? {
    guard let name = server?.metadata.formerName.map({ ServerName($0) }),
        !input.desired.servers.contains(where: { $0.name == name })
    else { return nil }
    return input.recorded.servers.first { $0.name == name }
}

private struct Explainer {
    let subject: PolicySubject
    /// What the server's own document leaves alone.
    let ownIgnore: [String]
    let now: Timestamp
    let calendar: WindowCalendar
    let selecting: [Source]
    let others: [PolicyExplanation.Other]
    let merged: MergedPolicy

    /// A policy that is declared, or one that the registry kept.
    struct Source {
        let policy: Policy
        let isKept: Bool
    }

    init(_ subject: PolicySubject, ignoring: [String], _ input: PlanningInput, kept: [KeptPolicy]) {
        self.subject = subject
        ownIgnore = ignoring
        now = input.now
        calendar = WindowCalendar(zones: input.zones)
        let policies = input.desired.policies
        selecting =
            policies.filter(subject.isUnder).map { Source(policy: $0, isKept: false) }
            + kept.map { Source(policy: $0.policy, isKept: true) }
        others = policies.filter { !subject.isUnder($0) }
            .map { PolicyExplanation.Other(policy: $0.name, reason: Self.reason($0.selector, subject.present)) }
        var book = PolicyBook(policies, now: input.now)
        merged = book.merged(over: subject).tightened(by: kept, now: input.now)
    }

    var explanation: PolicyExplanation {
        let approval = merged.approval
        let settings = [
            setting("apply", merged.apply.rawValue) { $0.apply?.rawValue },
            budget("destroyBudget.perPlan", "10%", \.destroyBudget),
            budget("destroyBudget.perDay", "–", \.dailyDestroyBudget),
            setting("approvals.required", String(approval.required)) { $0.requiredApprovals.map(String.init) },
            setting("approvals.preventSelf", String(approval.preventsSelf)) { $0.preventSelfApproval.map(String.init) },
            windows,
            setting("recreate", merged.recreate.rawValue) { $0.recreate?.rawValue },
            setting("absenceConfirmations", String(merged.absenceConfirmations)) {
                $0.absenceConfirmations.map(String.init)
            },
            setting("restarts", merged.restarts.rawValue) { $0.restarts?.rawValue },
            setting("rebuild.backupTo", merged.backupStorage ?? "–") { $0.rebuildBackup },
            setting("retry.backoff", (merged.retry ?? .init()).backoff.wholeSeconds) {
                $0.retry?.backoff.wholeSeconds
            },
            setting("retry.max", String((merged.retry ?? .init()).max)) { ($0.retry?.max).map(String.init) },
            pause, ignored,
        ]
        return PolicyExplanation(server: subject.present.name, settings: settings, others: others)
    }

    private func setting(
        _ name: String, _ value: String, says: (Policy) -> String?
    ) -> PolicyExplanation.Setting {
        let words = selecting.compactMap { source in
            says(source.policy).map { word in
                source.word("spec.\(name)", word, word == value ? .holds : .lessCareful)
            }
        }
        return PolicyExplanation.Setting(name: name, value: value, words: words)
    }

    /// Which of a count and a percentage is smaller depends on the cluster, so all of them hold side by side.
    private func budget(
        _ name: String, _ missing: String, _ path: KeyPath<Policy, Policy.Budget?>
    ) -> PolicyExplanation.Setting {
        let spoken = selecting.compactMap { $0.policy[keyPath: path] }
        let smallest = Set(spoken.filter { budget in !spoken.contains { $0.isSurelyBelow(budget) } }.map(\.text))
        let value = smallest.isEmpty ? missing : smallest.sorted().joined(separator: " & ")
        let words = selecting.compactMap { source in
            source.policy[keyPath: path].map { budget in
                source.word(
                    "spec.\(name)", budget.text, smallest.contains(budget.text) ? .holds : .lessCareful)
            }
        }
        return PolicyExplanation.Setting(name: name, value: value, words: words)
    }

    private var windows: PolicyExplanation.Setting {
        let words = selecting.filter { !$0.policy.windows.isEmpty }.map { source in
            source.word("spec.windows", source.policy.windows.map(\.text).joined(separator: ", "), .holds)
        }
        let value = words.map(\.value).joined(separator: " & ")
        return PolicyExplanation.Setting(
            name: "windows", value: value.isEmpty ? "–" : value, words: words, opening: opening)
    }

    private var opening: PolicyExplanation.Opening? {
        if merged.windows.isEmpty { return nil }
        switch calendar.gate(merged.windows, at: now) {
        case .open: return .open
        case .opens(let at, let window): return .opens(at: at, window: window)
        case .never: return .never
        case .unknownZone(let zone): return .unknownZone(zone)
        }
    }

    private var pause: PolicyExplanation.Setting {
        let words = selecting.compactMap { source in
            source.policy.pause.map { pause in
                source.word(
                    "spec.pause", pause.text, standing(until: pause.until, holds: pause == merged.pause))
            }
        }
        return PolicyExplanation.Setting(name: "pause", value: merged.pause?.text ?? "–", words: words)
    }

    private var ignored: PolicyExplanation.Setting {
        var words = ownIgnore.enumerated().map { position, path in
            PolicyExplanation.Word(policy: nil, field: "spec.ignore[\(position)]", value: path, standing: .holds)
        }
        for source in selecting {
            for (position, rule) in source.policy.ignore.enumerated() {
                guard subject.present.isSelected(by: rule.selector) else { continue }
                let text = [rule.path, rule.reason, rule.until?.description].compactMap(\.self).joined(separator: "; ")
                var word = source.word("spec.ignore[\(position)]", text, standing(until: rule.until, holds: true))
                if rule.reason == nil { word.omissions.append(.reason) }
                if rule.until == nil { word.omissions.append(.end) }
                words.append(word)
            }
        }
        let holding = words.filter { $0.standing == .holds }.map(\.value)
        let value = holding.isEmpty ? "–" : holding.joined(separator: ", ")
        return PolicyExplanation.Setting(name: "ignore", value: value, words: words)
    }

    private func standing(until: Timestamp?, holds: Bool) -> PolicyExplanation.Standing {
        if let until, until <= now { return .ended(until) }
        return holds ? .holds : .lessCareful
    }

    /// The first part of a selector that does not hold.
    private static func reason(_ selector: Selector, _ subject: PolicySubject.Side) -> Sentence {
        if let missing = subject.missingLabel(of: selector) {
            let own = missing.own.map { "\($0.key)=\($0.value)" } ?? "–"
            return Sentence(.selectsLabel, "\(missing.asked.key)=\(missing.asked.value)", own)
        }
        if !selector.names.isEmpty {
            var byName = Selector()
            byName.names = selector.names
            if !byName.matches(name: subject.name.text, labels: [], roles: []) {
                return Sentence(.selectsNames, selector.names.joined(separator: ", "))
            }
        }
        let own = subject.roles.isEmpty ? "–" : subject.roles.map(\.text).joined(separator: ", ")
        return Sentence(.selectsRoles, selector.roles.map(\.text).joined(separator: ", "), own)
    }
}

extension Explainer.Source {
    func word(
        _ field: String, _ value: String, _ standing: PolicyExplanation.Standing
    ) -> PolicyExplanation.Word {
        PolicyExplanation.Word(policy: policy.name, field: field, value: value, standing: standing, isKept: isKept)
    }
}

extension Policy.Budget {
    /// `3`, `10%`.
    var text: String {
        switch self {
        case .count(let count): String(count)
        case .percent(let percent): "\(percent)%"
        }
    }

    /// Reads what ``text`` wrote.
    init?(text: String) {
        if text.hasSuffix("%") {
            guard let percent = Int(text.dropLast()) else { return nil }
            self = .percent(percent)
        } else {
            guard let count = Int(text) else { return nil }
            self = .count(count)
        }
    }

    /// Whether it allows less in every cluster.
    fileprivate func isSurelyBelow(_ other: Policy.Budget) -> Bool {
        switch (self, other) {
        case (.count(let one), .count(let two)), (.percent(let one), .percent(let two)): one < two
        case (.count(0), .percent(let percent)): percent > 0
        case (.percent(0), .count(let count)): count > 0
        case (.count, .percent), (.percent, .count): false
        }
    }
}

extension Policy.Window {
    fileprivate var text: String { "\(opening.text) (\(duration.hoursAndMinutes)) \(zone)" }
}

extension Policy.Pause {
    fileprivate var text: String { until.map { "\(reason); \($0)" } ?? reason }
}

extension Duration {
    /// `90s`.
    fileprivate var wholeSeconds: String { "\(wholeMilliseconds / 1000)s" }

    /// `2h`, `90m`.
    fileprivate var hoursAndMinutes: String {
        let minutes = wholeMilliseconds / 60_000
        return minutes % 60 == 0 ? "\(minutes / 60)h" : "\(minutes)m"
    }
}
