import Model

/// All that is known of one server, laid side by side.
struct ServerCase {
    let position: Int
    let name: ServerName
    /// In ``FleetView/clusters``.
    let cluster: Int
    /// Where it belongs; of an undeclared server where it was found.
    let stack: StackID
    let server: Server?
    let recorded: RecordedServer?
    let resource: StateResource?
    /// Whose state ``resource`` is in.
    let resourceStack: StackID?
    /// Its entry in the tfvars of ``stack``.
    var entry: ServerConfiguration?
    var match: LiveMatch
    let guest: ObservedGuest?
    let detail: GuestConfiguration?
    /// What holds the guest.
    let hold: Sentence?
    var facts: ServerFacts
    /// The name on its mark, where that is still the one that it had before.
    var formerName: ServerName?
    var renaming: Renaming?

    var subject: Subject { .server(name, stack) }
    /// Whether it may run: what cannot be said counts as running.
    var isRunning: Bool { guest.map { $0.status != .stopped } ?? false }
    /// What the guest has or will have after its next start, which is what Terraform compares with.
    var liveSettings: GuestSettings? { detail.map { $0.pending ?? $0.settings } }
    /// Whether it is a VM that provably has neither a cloud-init drive nor an account for one: an entry with an account
    /// would have Terraform add both.
    var lacksCloudInit: Bool { detail.map { $0.hasCloudInitDrive == false && !$0.hasAccount } ?? false }
    /// The mark that it bears or should bear.
    var mark: OwnershipMark? {
        (match.markID ?? recorded?.mark).map { OwnershipMark(stack: stack, server: name, id: $0) }
    }

    func reference(in cluster: ClusterName) -> GuestReference? {
        guest.map {
            GuestReference(
                cluster: cluster, vmid: $0.vmid, type: $0.type, node: $0.node, mark: mark, formerName: formerName,
                identity: mark == nil ? identity : nil)
        }
    }

    /// What the guest can be told by where it bears no mark.
    var identity: GuestReference.Identity? {
        guest.map { GuestReference.Identity(name: $0.name, machineID: detail?.machineID) }
    }

    /// Whether the guest is a container on another node than the state says. The provider reads a VM wherever it is, and
    /// a container only there: it would take one that moved for gone.
    var isOutOfProvidersSight: Bool {
        guard let guest, let resource, guest.type == .container else { return false }
        return guest.node != resource.node
    }

    /// As much as is known of the guest's settings: its own configuration, or else the state's with what the listing
    /// shows laid over it.
    var referenceSettings: GuestSettings? {
        if let liveSettings { return liveSettings }
        guard var settings = resource?.settings ?? entry?.settings else { return nil }
        guard let guest else { return settings }
        settings.tags = guest.tags
        settings.pool = guest.pool
        if let memory = guest.memory { settings.memory = memory }
        if let total = guest.totalCores, total != settings.totalCores(of: guest.type) {
            // The listing knows only the product; with the sockets as they were, this is the likeliest.
            settings.cores = total % max(1, settings.sockets) == 0 ? total / max(1, settings.sockets) : total
            if settings.cores == total { settings.sockets = 1 }
        }
        return settings
    }
}

/// A step with what the later stages need to decide whether it may run now.
struct DraftStep {
    enum Phase: Int, Comparable {
        case registry, moves, births, changes, power, restarts, registrations, destroys, rebuilds, lateBirths, forgets
        case retirements

        static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
    }

    /// What policy looks at.
    enum Consequence: Equatable {
        case registry, harmless, recreates, destroys, releases, takesOver, restarts, rebuilds
        /// Brings more about than what Plumb knows of: these settings, which somebody else left pending.
        case restartsBesides(String)
        /// Takes in a guest that was nobody's, and changes more of it than its mark.
        case adoptsChanging
        /// Deals with what a state lost: nobody but a person knows whether it was meant to.
        case settlesLoss
        /// Gives a guest its power back that Plumb asked to shut down: the end of a change that was agreed to and has
        /// begun, which no policy holds any more. A no to the plan does, and so does what is wrong with the world.
        case owes
        /// Acts on a guest that bears no mark and that nothing else proves to be the server, with what is asked then:
        /// nobody but a person knows whose it is.
        case vouchedFor(Sentence)
    }

    var step: Step
    var phase: Phase
    var consequence: Consequence
    /// Whether something is taken away, which needs a complete configuration.
    var isRemoval = false
    /// In ``FleetView/servers``; nil for objects.
    var server: Int?
    /// In ``FleetView/clusters``.
    var cluster: Int?
    /// What already stands in its way.
    var obstacle: Disposition?
    /// Whether it ends a server that may only have got another name, or makes the one that may be its new name.
    var isPerhapsRenamed = false
}
