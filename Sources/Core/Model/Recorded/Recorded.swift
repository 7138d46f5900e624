/// What Plumb last did and knows, from the registry.
package struct Recorded: Sendable, Equatable {
    /// In ascending order of names.
    package var servers: [RecordedServer]
    /// Roles, database servers, databases and fleets as they were registered, in ascending order.
    package var objects: [RecordedObject]
    package var leases: [VMIDLease]
    package var approvals: [Approval]
    /// Random, made once with the registry: the ids of ownership marks are drawn from it.
    package var markSeed: UInt64 = 0
    /// How often a server of that name was born, kept after its end, so that no two lives bear one mark.
    package var births: [ServerName: Int] = [:]
    /// What each guest was born with that was the last to be born under its name, by the id of its mark. Of those born
    /// before this was kept, and of those that somebody else made, nothing is known.
    package var bornWith: [String: RecordedBirth] = [:]
    /// Guests that Plumb ended in the day before its latest one, or set out to end and never wrote down how it went:
    /// in ascending order of moments.
    package var endings: [RecordedEnding] = []
    /// Guests that open batches set out to end and have not come to yet: in the order in which the batches were begun.
    package var comingEndings: [RecordedEnding] = []
    /// Who asked for a step, by all names that each of them goes by, in lower case; kept from when the step was first
    /// planned until it is done.
    package var askers: [StepID: [String]] = [:]
    /// Those that somebody else may have asked for as well, whom nothing names.
    package var unknownAskers: Set<StepID> = []
    /// Which state was last seen in each stack.
    package var stateStamps: [StackID: StateStamp] = [:]
    /// Servers with a row that no state was ever seen to hold: their birth or their adoption broke off before Terraform
    /// wrote it down. What is not in here and not in its state was lost by that state.
    package var unstated: Set<ServerName> = []

    /// Steps that failed the last time they were tried.
    package var setbacks: [StepID: Setback] = [:]
    /// Clusters whose last look failed.
    package var health: [ClusterName: ClusterHealth] = [:]

    package init(
        servers: [RecordedServer] = [], objects: [RecordedObject] = [], leases: [VMIDLease] = [],
        approvals: [Approval] = []
    ) {
        self.servers = servers
        self.objects = objects
        self.leases = leases
        self.approvals = approvals
    }
}

/// The registry's row of one server.
package struct RecordedServer: Hashable, Sendable, Codable {
    package var name: ServerName
    package var stack: StackID
    package var displayName: String?
    package var type: GuestType
    package var vmid: VMID
    /// Where it was last seen.
    package var node: NodeName
    /// The id of its ``OwnershipMark``; nil for a server that Plumb only observes.
    package var mark: String?
    package var manage: Server.Manage
    /// As it was declared at the last apply: what removal of the document means.
    package var onRemove: Server.OnRemove
    package var protect: Bool
    package var roles: [RoleName]
    /// As they were declared at the last apply: policies select by them, also once the document is gone. Nil: never
    /// recorded, so any selector may have meant it.
    package var labels: [Metadata.Label]?
    /// As they were declared at the last apply, so that a removal goes before what it needs, also once the documents of
    /// both are gone; nil: none.
    package var dependsOn: [ServerName]?
    /// The policies that were over it at the last apply, in their order; nil: none had a word on its end.
    package var policies: [KeptPolicy]?
    /// CIDR addresses; a sync never overwrites a known one with nothing.
    package var addresses: [String]
    /// What its guest may still run with although its configuration no longer says so; nil: nothing.
    package var formerAddresses: [FormerAddress]?
    /// The names under which it lived before its renames, latest last; nil: none. Whoever declares one of them anew may
    /// mean this server.
    package var formerNames: [ServerName]?
    /// Whether it was ever started by Plumb: a server of unmanaged power is started once, after its creation.
    package var wasStarted: Bool
    /// Nil in a row that is written: what the registry has of it stays.
    package var owedStart: OwedStart?
    /// Inventories that missed it since it was last seen, ascending; empty while it is there.
    package var absences: [Timestamp]

    package init(name: ServerName, stack: StackID, type: GuestType, vmid: VMID, node: NodeName) {
        self.name = name
        self.stack = stack
        self.type = type
        self.vmid = vmid
        self.node = node
        displayName = nil
        mark = nil
        manage = .full
        onRemove = .destroy
        protect = false
        roles = []
        labels = nil
        dependsOn = nil
        policies = nil
        addresses = []
        formerAddresses = nil
        formerNames = nil
        wasStarted = false
        owedStart = nil
        absences = []
    }
}

/// The registry's row of an object that needs no Proxmox: a role, a database server, a database, a fleet.
package struct RecordedObject: Hashable, Sendable, Codable {
    package var name: ObjectName
    /// As the operator wrote it, case kept.
    package var displayedName: String
    /// What was registered, in ascending order of paths: the same for the same declaration.
    package var fields: [Field]
    /// Objects that it refers to, ascending.
    package var references: [ObjectName]

    package init(name: ObjectName, displayedName: String, fields: [Field], references: [ObjectName] = []) {
        self.name = name
        self.displayedName = displayedName
        self.fields = fields
        self.references = references
    }

    package struct Field: Hashable, Sendable, Codable {
        /// `spec.port`.
        package var path: String
        package var value: String

        package init(_ path: String, _ value: String) {
            self.path = path
            self.value = value
        }
    }
}

/// A guest that Plumb ended, or sets out to end.
package struct RecordedEnding: Hashable, Sendable {
    package var server: ServerName
    package var cluster: ClusterName
    package var at: Timestamp
    /// Whose batch it is of; nil: not known.
    package var run: RunID?

    package init(server: ServerName, cluster: ClusterName, at: Timestamp, run: RunID? = nil) {
        self.server = server
        self.cluster = cluster
        self.at = at
        self.run = run
    }
}

/// A VMID that Plumb chose for a server that does not exist yet.
package struct VMIDLease: Hashable, Sendable, Codable {
    package var cluster: ClusterName
    package var vmid: VMID
    package var server: ServerName

    package init(cluster: ClusterName, vmid: VMID, server: ServerName) {
        self.cluster = cluster
        self.vmid = vmid
        self.server = server
    }
}

/// A person's yes to steps of one plan. It holds for a step of a later plan only while all of that step's facts are
/// the same.
package struct Approval: Hashable, Sendable, Codable {
    package var plan: PlanID
    package var by: String
    package var at: Timestamp
    package var steps: [ApprovedStep]

    package init(plan: PlanID, by: String, at: Timestamp, steps: [ApprovedStep]) {
        self.plan = plan
        self.by = by
        self.at = at
        self.steps = steps
    }

    package struct ApprovedStep: Hashable, Sendable, Codable {
        package var id: StepID
        package var facts: [Fact]

        package init(id: StepID, facts: [Fact]) {
            self.id = id
            self.facts = facts
        }
    }
}
