/// What a step does, with all that doing it needs.
package enum Action: Hashable, Sendable, Codable {
    /// Makes a guest through Terraform, reads its mark back, starts it if asked.
    case create(Creation)
    /// The same for a server whose guest vanished while the state still holds it.
    case recreate(Creation)
    case update(Change)
    /// Shuts the guest down cleanly, then destroys it through Terraform.
    case destroy(Removal)
    /// Takes an existing guest into the state, then sets what differs.
    case adopt(Adoption)
    /// Takes the mark of a half-finished creation off the state's resource; an update may follow.
    case untaint(GuestReference)
    /// Moves the resource from another stack's state, or from the name that the server had before.
    case move(Move)
    /// Gives the registry's row of a server or of an object to the name that it has now.
    case rename(Renaming)
    /// Lets the state and tfvars go of a server, whose guest stays (or is already gone).
    case forget(Forgetting)
    case power(PowerChange)
    /// Shuts a running guest down cleanly and starts it again, so that it runs with what is written in its configuration.
    case restart(Restart)
    /// Destroys a guest and makes it again as it is declared: a new life, one journaled change.
    case rebuild(Rebuild)
    /// Writes an entry of tfvars anew that says something else than what is, with no effect on the guest.
    case repairEntry(ServerConfiguration)
    /// Writes the registry's row of a server.
    case record(RecordedServer)
    /// Takes the registry's row of a server away.
    case retire(ServerName)
    case register(RecordedObject)
    case updateRegistration(RecordedObject)
    case unregister(ObjectName)

    package struct Creation: Hashable, Sendable, Codable {
        package var configuration: ServerConfiguration
        package var mark: OwnershipMark
        package var start: Bool
        package var record: RecordedServer

        package init(configuration: ServerConfiguration, mark: OwnershipMark, start: Bool, record: RecordedServer) {
            self.configuration = configuration
            self.mark = mark
            self.start = start
            self.record = record
        }
    }

    package struct Change: Hashable, Sendable, Codable {
        package var guest: GuestReference
        package var configuration: ServerConfiguration
        package var record: RecordedServer

        package init(guest: GuestReference, configuration: ServerConfiguration, record: RecordedServer) {
            self.guest = guest
            self.configuration = configuration
            self.record = record
        }
    }

    package struct Removal: Hashable, Sendable, Codable {
        package var guest: GuestReference
        package var isRunning: Bool
        /// How long a clean shutdown may take before the step fails and the guest stays.
        package var shutdownSeconds: Int
        /// What ends with the guest, by their places; nil: nothing is known of any.
        package var volumes: [GuestVolume]?
        /// Places of those of them that the last apply did not know; nil: none, or no disk is on record at all.
        package var unrecordedVolumes: [String]?

        package init(guest: GuestReference, isRunning: Bool, shutdownSeconds: Int = 180) {
            self.guest = guest
            self.isRunning = isRunning
            self.shutdownSeconds = shutdownSeconds
        }
    }

    package struct Adoption: Hashable, Sendable, Codable {
        /// With the mark that it bears already; nil where it gets one.
        package var guest: GuestReference
        package var configuration: ServerConfiguration
        package var record: RecordedServer
        /// Whether the mark that it bears was never given by this registry: another Plumb's, or written by hand.
        package var isStranger: Bool
        /// Whether Plumb's own making of it broke off before the state had it, and it was never started: it gets the
        /// account that it was to be born with. Nil: no.
        package var isNewborn: Bool?

        /// The mark that it bears afterwards.
        package var mark: OwnershipMark? {
            configuration.settings.description.flatMap { OwnershipMark(readingDescription: $0) }
        }

        package init(
            guest: GuestReference, configuration: ServerConfiguration, record: RecordedServer, isStranger: Bool = false
        ) {
            self.guest = guest
            self.configuration = configuration
            self.record = record
            self.isStranger = isStranger
        }
    }

    package struct Move: Hashable, Sendable, Codable {
        /// The same stack where only the name changes.
        package var from: StackID
        /// The name that the resource, its entry and the registry's row have until now; nil: the same.
        package var formerName: ServerName?
        package var configuration: ServerConfiguration
        package var record: RecordedServer

        package init(
            from: StackID, formerName: ServerName? = nil, configuration: ServerConfiguration, record: RecordedServer
        ) {
            self.from = from
            self.formerName = formerName
            self.configuration = configuration
            self.record = record
        }
    }

    package enum Renaming: Hashable, Sendable, Codable {
        case server(from: ServerName, RecordedServer)
        case object(from: ObjectName, RecordedObject)
    }

    package struct Forgetting: Hashable, Sendable, Codable {
        /// Whether the state has a resource to let go of.
        package var isInState: Bool
        /// Nil: the guest is gone, and the registry's row goes too.
        package var remainingGuest: GuestReference?

        package init(isInState: Bool, remainingGuest: GuestReference?) {
            self.isInState = isInState
            self.remainingGuest = remainingGuest
        }
    }

    package struct PowerChange: Hashable, Sendable, Codable {
        package var guest: GuestReference
        package var target: Target

        package init(guest: GuestReference, target: Target) {
            self.guest = guest
            self.target = target
        }

        package enum Target: String, Hashable, Sendable, Codable, CaseIterable { case running, stopped }
    }

    package struct Restart: Hashable, Sendable, Codable {
        package var guest: GuestReference
        /// How long a clean shutdown may take before the step fails and the guest runs on.
        package var shutdownSeconds: Int

        package init(guest: GuestReference, shutdownSeconds: Int = 180) {
            self.guest = guest
            self.shutdownSeconds = shutdownSeconds
        }
    }

    package struct Rebuild: Hashable, Sendable, Codable {
        package var removal: Removal
        package var creation: Creation
        /// Nil: what is on its disks is lost.
        package var backup: Backup?

        package init(removal: Removal, creation: Creation, backup: Backup? = nil) {
            self.removal = removal
            self.creation = creation
            self.backup = backup
        }

        /// A backup that outlives the guest. A snapshot would not: it is destroyed with the disks that it is of.
        package struct Backup: Hashable, Sendable, Codable {
            /// A storage of the guest's node that takes backups.
            package var storage: String
            /// How long it may take before the rebuild is given up.
            package var seconds: Int

            package init(storage: String, seconds: Int = 6 * 3600) {
                self.storage = storage
                self.seconds = seconds
            }
        }
    }

    /// The name of an action without what it carries.
    package enum Verb: String, Hashable, Sendable, Codable, CaseIterable {
        case create, recreate, update, destroy, adopt, untaint, move, rename, forget, start, stop, restart, rebuild
        case repairEntry = "repair", record, retire, register, updateRegistration = "reregister", unregister

        /// Whether a guest ends by it, which a destroy budget counts.
        package var endsGuest: Bool {
            switch self {
            case .destroy, .rebuild: true
            case .create, .recreate, .update, .adopt, .untaint, .move, .rename, .forget, .start, .stop, .restart,
                .repairEntry, .record, .retire, .register, .updateRegistration, .unregister:
                false
            }
        }
    }

    package var verb: Verb {
        switch self {
        case .create: .create
        case .recreate: .recreate
        case .update: .update
        case .destroy: .destroy
        case .adopt: .adopt
        case .untaint: .untaint
        case .move(let move): move.formerName == nil ? .move : .rename
        case .rename: .rename
        case .forget: .forget
        case .power(let change): change.target == .running ? .start : .stop
        case .restart: .restart
        case .rebuild: .rebuild
        case .repairEntry: .repairEntry
        case .record: .record
        case .retire: .retire
        case .register: .register
        case .updateRegistration: .updateRegistration
        case .unregister: .unregister
        }
    }
}

/// A guest as it was when a step was planned: who it is, so that it can be found again and not mistaken.
package struct GuestReference: Hashable, Sendable, Codable {
    package var cluster: ClusterName
    package var vmid: VMID
    package var type: GuestType
    package var node: NodeName
    /// The mark that it bears; nil for a guest that Plumb does not own, or whose description lost it.
    package var mark: OwnershipMark?
    /// The name on its mark until a rename has written the new one; nil: the name of ``mark``.
    package var formerName: ServerName?
    /// What tells a guest without a ``mark`` from another on its VMID; nil: it bears one, or nothing was seen.
    package var identity: Identity?

    package init(
        cluster: ClusterName, vmid: VMID, type: GuestType, node: NodeName, mark: OwnershipMark?,
        formerName: ServerName? = nil, identity: Identity? = nil
    ) {
        self.cluster = cluster
        self.vmid = vmid
        self.type = type
        self.node = node
        self.mark = mark
        self.formerName = formerName
        self.identity = identity
    }

    /// For a guest whose description has lost its mark: it cannot be asked for, and something else must tell it.
    package mutating func beKnownWithoutMark(as identity: Identity?) {
        mark = nil
        formerName = nil
        self.identity = identity
    }

    package struct Identity: Hashable, Sendable, Codable {
        /// As the listing has it.
        package var name: String
        /// See ``GuestConfiguration/machineID``.
        package var machineID: String?

        package init(name: String, machineID: String?) {
            self.name = name
            self.machineID = machineID
        }
    }
}
