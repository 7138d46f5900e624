/// A complete, immutable list of steps. Everything that carrying them out needs is in here; execution decides nothing.
///
/// It must not know when or by which commit it was made: the same input gives the same bytes.
package struct Plan: Hashable, Sendable, Codable {
    /// Of the JSON form.
    package var formatVersion = 1
    /// In the order of execution: what a step waits for comes before it.
    package var steps: [Step]
    /// What is not done, and what an operator should know.
    package var findings: [Finding]
    /// How many of whom may be down together, for those that steps of this plan take down; nil: for none.
    package var disruptions: [Disruption]?

    package init(steps: [Step] = [], findings: [Finding] = []) {
        self.steps = steps
        self.findings = findings
    }
}

/// Hexadecimal SHA-256 of the plan's bytes, of which the first twelve digits are shown.
package struct PlanID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { String(rawValue.prefix(12)) }
}

/// What a step is and whom it is about: `destroy Server/web-03`. Unique in a plan.
package struct StepID: RawRepresentable, Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }
    package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

package struct Step: Hashable, Sendable, Codable {
    package var id: StepID
    package var subject: Subject
    package var action: Action
    /// The name of the rule that decided it.
    package var rule: String
    package var reason: Sentence
    /// What changes, for a person; empty for steps that are all or nothing.
    package var changes: [AttributeChange]
    package var effect: RunningEffect
    package var disposition: Disposition
    /// What the step relied on, ascending; it is stale when one of them moved.
    package var facts: [Fact]
    /// Steps of this plan that must have succeeded before it.
    package var after: [StepID]
    /// Steps of this plan that must have ended before it, however they ended; nil: none.
    package var behind: [StepID]?
    /// Steps of this plan that change places with it, ascending: each takes an address that another of them has, so that
    /// they are done together or not at all; nil: none.
    package var exchangesWith: [StepID]?
    /// How it is tried again where it fails; nil: as is usual.
    package var retry: Policy.Retry?
    /// Of a birth: servers that end and may be the same under their former names, although no document says so: the
    /// first of them, ascending; nil: none.
    package var perhapsFormerly: [ServerName]?
    /// How many more there are; nil: no more.
    package var perhapsFormerlyMore: Int?
    /// Of a letting go: new servers that may be the same under their new names: the first of them, ascending; nil:
    /// none.
    package var perhapsHeirs: [ServerName]?
    /// How many more there are; nil: no more.
    package var perhapsHeirsMore: Int?

    package init(subject: Subject, action: Action, rule: String, reason: Sentence) {
        id = StepID(rawValue: "\(action.verb.rawValue) \(subject)")
        self.subject = subject
        self.action = action
        self.rule = rule
        self.reason = reason
        changes = []
        effect = .none
        disposition = .ready
        facts = []
        after = []
    }
}

extension Step {
    /// Whether it waits for a person's yes.
    package var needsApproval: Bool {
        switch disposition {
        case .needsApproval: true
        case .ready, .blocked, .waiting: false
        }
    }
}

/// Whom a step or a finding is about.
package enum Subject: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    case server(ServerName, StackID)
    case object(ObjectName)
    /// A guest that Plumb does not manage.
    case guest(ClusterName, VMID)
    case stack(StackID)
    case cluster(ClusterName)

    package var description: String {
        switch self {
        case .server(let name, _): "Server/\(name)"
        case .object(let name): name.description
        case .guest(let cluster, let vmid): "Guest/\(cluster)/\(vmid)"
        case .stack(let stack): "Stack/\(stack)"
        case .cluster(let cluster): "Cluster/\(cluster)"
        }
    }

    package static func < (one: Self, other: Self) -> Bool { one.description < other.description }
}

/// Whether a step may run now.
package enum Disposition: Hashable, Sendable, Codable {
    case ready
    /// A person must say yes first.
    case needsApproval(Sentence)
    case blocked(Sentence)
    case waiting(Sentence)
}

/// What carrying a step out does to a guest that runs. Terraform's own plan does not say it.
package enum RunningEffect: String, Hashable, Comparable, Sendable, Codable, CaseIterable {
    case none
    /// Takes effect at once, without a restart.
    case hotplug
    /// Takes effect at the next restart.
    case pendingRestart
    /// The guest is restarted at once: by Plumb, or by the provider where no setting of its prevents that.
    case restart
    /// The guest is shut down cleanly.
    case stop
    /// The guest is destroyed.
    case destroy

    private var rank: Int {
        switch self {
        case .none: 0
        case .hotplug: 1
        case .pendingRestart: 2
        case .restart: 3
        case .stop: 4
        case .destroy: 5
        }
    }

    package static func < (one: Self, other: Self) -> Bool { one.rank < other.rank }
}

/// One thing that a step relied on, by its meaning: `(desired, settings.cores, 4)`.
package struct Fact: Hashable, Comparable, Sendable, Codable {
    package var topic: Topic
    package var path: String
    package var value: String

    package init(_ topic: Topic, _ path: String, _ value: String) {
        self.topic = topic
        self.path = path
        self.value = value
    }

    package enum Topic: String, Hashable, Comparable, Sendable, Codable, CaseIterable {
        case desired, guest, state, record

        package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
    }

    package static func < (one: Self, other: Self) -> Bool {
        one.topic == other.topic ? (one.path, one.value) < (other.path, other.value) : one.topic < other.topic
    }
}

/// One attribute before and after; nil: not there.
package struct AttributeChange: Hashable, Sendable, Codable {
    /// `cores`, `disks[0].size`.
    package var path: String
    package var before: String?
    package var after: String?
    package var effect: RunningEffect

    package init(path: String, before: String?, after: String?, effect: RunningEffect = .none) {
        self.path = path
        self.before = before
        self.after = after
        self.effect = effect
    }

    /// The path of the cloud-init drive that a VM is given; what is written to it of an account is below that.
    package static let cloudInit = "cloudInit"
}

/// Something that the plan does not do, or that an operator should know.
package struct Finding: Hashable, Sendable, Codable {
    package var kind: Kind
    package var subject: Subject
    package var rule: String
    package var sentence: Sentence
    /// What differs, where that is what was found.
    package var changes: [AttributeChange]

    package init(_ kind: Kind, _ subject: Subject, rule: String, _ sentence: Sentence, changes: [AttributeChange] = [])
    {
        self.kind = kind
        self.subject = subject
        self.rule = rule
        self.sentence = sentence
        self.changes = changes
    }

    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// Something should be done and may not be.
        case blocked
        /// Something will be done when what it waits for has come.
        case waiting
        /// Nothing to do for Plumb.
        case notice
    }
}
