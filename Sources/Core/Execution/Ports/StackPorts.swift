import Model
import Planning

/// Opens stacks: makes the directory and initialises Terraform where that was not done, and takes the stack's lock.
package protocol Provisioner: Sendable {
    /// - Throws: when the lock is held by another process (the sentence says by whom), or Terraform cannot be set up.
    func open(_ stack: StackID) async throws(StepFailure) -> any StackSession
    /// Another process that holds the stack's lock now; nil: none, or it is not known. For people: whether the lock is
    /// free only ``open(_:)`` finds out.
    func otherHolder(of stack: StackID) async -> StackHolder?
}

extension Provisioner {
    /// Stacks that only one process knows.
    package func otherHolder(of stack: StackID) async -> StackHolder? { nil }
}

/// A process that holds a stack's lock.
package struct StackHolder: Hashable, Sendable {
    package var pid: Int32
    /// Its verb, such as `apply`.
    package var command: String
    package var since: Timestamp

    package init(pid: Int32, command: String, since: Timestamp) {
        self.pid = pid
        self.command = command
        self.since = since
    }
}

/// One stack while its lock is held.
package protocol StackSession: Sendable {
    func observe() async throws(StepFailure) -> StackObservation

    /// The text of each server's entry as it stands in `terraform.tfvars.json`; a server without one is not a key.
    func entryTexts(of servers: [ServerName]) async throws(StepFailure) -> [ServerName: String]
    /// Writes these entries, and leaves every other byte for byte.
    func writeEntries(_ entries: [ServerName: ServerConfiguration]) async throws(StepFailure)
    /// Puts entries back as they were; nil takes the key away.
    func restoreEntries(_ texts: [ServerName: String?]) async throws(StepFailure)
    /// The same, but that an entry keeps these disks, no smaller than they are here. An entry in a form that does not say
    /// what disks it has is not put back.
    func restoreEntries(
        _ texts: [ServerName: String?], keeping disks: [ServerName: [GuestSettings.Disk]]
    ) async throws(StepFailure)

    /// - Throws: why a server could not be born with this configuration: a password that cannot be had.
    func demandSecrets(of configuration: ServerConfiguration) async throws(StepFailure)

    /// `terraform plan` of these servers, refreshing, with a candidate file that lacks the servers in `dropping`.
    func plan(targets: [ServerName], dropping: Set<ServerName>) async throws(ProvisioningFailure) -> SavedPlan
    /// Applies that saved plan and nothing else. Returns when Terraform has ended, however it ended, or when nobody waits
    /// for it any longer; it is never killed.
    ///
    /// - Parameter onStart: called once Terraform runs by itself.
    /// - Throws: where nothing was applied.
    func apply(
        _ plan: SavedPlan, batch: BatchID, onStart: @escaping @Sendable (StartedProgram) async -> Void,
        onEvent: @escaping @Sendable (ApplyEvent) -> Void
    ) async throws(StepFailure) -> ApplyEnd
    /// What the apply of that batch came to, which another process may have started; waits for it as ``apply`` does.
    ///
    /// - Returns: nil where none was started, and then none will be.
    func resume(_ batch: BatchID) async throws(StepFailure) -> ApplyEnd?
    /// Deletes the plan's file, which holds secrets.
    func discard(_ plan: SavedPlan) async

    /// `terraform plan` with an `import` block for that guest: the state is touched only when the plan is applied.
    func planImport(of guest: GuestReference, as server: ServerName) async throws(ProvisioningFailure) -> SavedPlan
    /// Takes a guest into the state at once.
    func importGuest(_ guest: GuestReference, as server: ServerName, type: GuestType) async throws(ProvisioningFailure)
    func untaint(_ server: ServerName) async throws(StepFailure)
    func removeFromState(_ servers: [ServerName]) async throws(StepFailure)
    /// Moves a server's resource into this stack's state; where it had another name, out of this state or another.
    /// Nothing is done where it is here already.
    func moveIntoState(
        _ server: ServerName, formerly: ServerName?, from other: any StackSession
    ) async throws(StepFailure)

    /// Releases the lock.
    func close() async
}

/// A plan that Terraform saved, and what it would do.
package struct SavedPlan: Sendable {
    package var path: String
    package var changes: PlannedChanges
    /// How many of its resources may be worked on at a time when it is applied; nil: as many as the cluster's
    /// `terraform.parallelism`, which is never exceeded.
    package var width: Int?

    package init(path: String, changes: PlannedChanges) {
        self.path = path
        self.changes = changes
    }
}

/// A failed `plan` or `import`: Terraform's own words, for each server where they name one.
package struct ProvisioningFailure: Error, Sendable {
    package var byServer: [ServerName: StepFailure]
    package var general: StepFailure?

    package init(byServer: [ServerName: StepFailure] = [:], general: StepFailure? = nil) {
        self.byServer = byServer
        self.general = general
    }
}

package enum ApplyEvent: Sendable, Hashable {
    case started(ServerName)
    case progressed(ServerName, seconds: Int)
    case completed(ServerName)
    case errored(ServerName)
}

/// How an apply ended for whoever waited for it.
package enum ApplyEnd: Sendable {
    case ended(ApplyResult)
    /// Terraform goes on by itself, and what comes of it is not known yet.
    case left(StepFailure)
}

/// What Terraform's events said. The exit code is only one of the facts.
package struct ApplyResult: Sendable {
    package var completed: Set<ServerName>
    /// Servers with an `apply_errored` or an error that names their address.
    package var errored: [ServerName: StepFailure]
    /// Errors that name no server.
    package var general: [StepFailure]

    package init(completed: Set<ServerName> = [], errored: [ServerName: StepFailure] = [:], general: [StepFailure] = [])
    {
        self.completed = completed
        self.errored = errored
        self.general = general
    }
}
