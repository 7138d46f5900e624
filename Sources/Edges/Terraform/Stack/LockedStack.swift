import JSONArena
import Model
import Processes

/// One stack while this process holds its lock: what a batch is done with.
///
/// It turns servers into addresses and Terraform's events into servers'. It decides nothing: what to plan, and whether
/// a plan may be applied, is said by whoever holds it.
package final class LockedStack: Sendable {
    package let id: StackID
    package let directory: StackDirectory
    package let runner: TerraformRunner
    private let root: RootModule
    private let lock: StackLock
    private let records: StackRecords

    /// Takes the lock, waits for what an earlier process left running, mends a state that a killed Terraform left cut off,
    /// and brings the directory up to date.
    ///
    /// - Parameters:
    ///   - command: what this process does, for whoever finds the lock taken.
    ///   - patience: how long to wait for another holder, and then for a run that one left.
    ///   - records: asked once the lock is held, and whenever a state was cut off.
    ///   - replaced: gets each file of the root module that a person had changed, as soon as it is set aside.
    package init(
        _ id: StackID, runner: TerraformRunner, root: RootModule, command: String, waiting patience: Duration = .zero,
        records: StackRecords, replaced: (StackDirectory.ReplacedFile) -> Void = { _ in }
    ) async throws(TerraformFailure) {
        self.id = id
        self.runner = runner
        self.root = root
        self.records = records
        directory = runner.directory
        try directory.makeIfMissing()
        lock = try await StackLock(path: directory.lockPath, command: command, waiting: patience)
        try await directory.settleRuns(waiting: max(patience, .seconds(60)), open: records.openBatches)
        try directory.clearOrphanedStateLock()
        try await mendCutState()
        // A process that ended in the middle of planning an import left its block, which would fail every other plan.
        PrivateFile.remove(directory.importPath)
        directory.removeHalfWritten(of: root)
        try await directory.prepare(root, with: runner, replaced: replaced)
    }

    /// Lets others have the stack.
    package func close() {
        // A Terraform that was killed meanwhile leaves what it said of its lock.
        if directory.liveApply == nil { try? directory.clearOrphanedStateLock() }
        lock.release()
    }

    package func observe() throws(TerraformFailure) -> StackObservation { try directory.observe(id) }

    // MARK: tfvars

    /// The text of each server's entry as it stands in the file; a server without one is not a key.
    package func entryTexts(of servers: [ServerName]) throws(TerraformFailure) -> [ServerName: String] {
        let tfvars = try directory.readTfvars()
        var texts: [ServerName: String] = [:]
        for server in servers { texts[server] = tfvars[server] }
        return texts
    }

    /// Writes these entries, and leaves the text of every other as it is.
    package func writeEntries(_ entries: [ServerName: ServerConfiguration]) throws(TerraformFailure) {
        let before = try directory.readTfvars()
        var tfvars = before
        for (server, configuration) in entries { tfvars.set(configuration, for: server) }
        guard tfvars != before else { return }
        try directory.keepLayout(of: before)
        try directory.write(tfvars)
    }

    /// Puts entries back as ``entryTexts(of:)`` gave them; nil takes the key away. Where the file then says what it said
    /// before ``writeEntries(_:)``, it is that file again, byte for byte.
    ///
    /// - Parameter disks: what an entry keeps, no smaller than it is here. One whose text does not say what disks it has
    ///   stays as it was written last.
    package func restoreEntries(
        _ texts: [ServerName: String?], keeping disks: [ServerName: [GuestSettings.Disk]] = [:]
    ) throws(TerraformFailure) {
        let before = try directory.readTfvars()
        var tfvars = before
        for (server, text) in texts {
            if let text, let disks = disks[server] {
                if let kept = Tfvars.text(text, keeping: disks) { tfvars[server] = kept }
            } else {
                tfvars[server] = text
            }
        }
        guard tfvars != before else { return }
        if try directory.restoreLayout(of: tfvars) { return }
        try directory.write(tfvars)
    }

    // MARK: plans

    /// Plans these servers, with a candidate file that lacks those in `dropping`. Where one that goes was moved since the
    /// state was written, the state takes that in first: its end would be looked for where it stood.
    package func plan(
        targets: [ServerName], dropping: Set<ServerName> = []
    ) async throws(TerraformFailure) -> TerraformRunner.Plan {
        let tfvars = try directory.readTfvars()
        let keys = try stateKeys()
        var request = TerraformRunner.PlanRequest()
        request.targets = targets.map { address(of: $0, tfvars, keys).module }
        if !dropping.isEmpty { request.candidate = tfvars.candidate(without: dropping) }
        let plan = try await runner.plan(request)
        if plan.endsElsewhere.isEmpty { return plan }
        runner.discard(plan.path)
        try await writingState { () async throws(TerraformFailure) in try await runner.refresh(plan.endsElsewhere) }
        return try await runner.plan(request)
    }

    /// Plans everything, as an operator by hand would: the audit. The plan's file is gone afterwards.
    ///
    /// - Returns: what Terraform would not leave alone; empty: no changes.
    package func audit() async throws(TerraformFailure) -> [AuditedChange] {
        let plan = try await runner.plan(TerraformRunner.PlanRequest())
        defer { runner.discard(plan.path) }
        let file = try await runner.read(plan: plan.path)
        guard !file.isErrored else { throw .malformed(path: plan.path, reason: "Terraform could not finish it") }
        return file.auditedChanges
    }

    /// A saved plan in Terraform's own words.
    package func text(ofPlan path: String) async throws(TerraformFailure) -> String {
        try await runner.text(ofPlan: path)
    }

    /// What Terraform would say of a change that is not made: neither tfvars nor the state is touched, and no plan is
    /// left. Empty where nothing is asked for.
    ///
    /// - Parameter importing: guests that would be taken in, whose entries are among `entries`.
    package func preview(
        setting entries: [ServerName: ServerConfiguration], dropping: Set<ServerName>, importing: [ImportedGuest] = []
    ) async throws(TerraformFailure) -> String {
        guard !entries.isEmpty || !dropping.isEmpty else { return "" }
        let tfvars = try directory.readTfvars()
        let keys = try stateKeys()
        var candidate = tfvars.candidate(without: dropping)
        for (server, configuration) in entries { candidate.set(configuration, for: server) }
        var request = TerraformRunner.PlanRequest()
        request.candidate = candidate
        request.targets = (Array(entries.keys) + dropping).sorted().map { address(of: $0, tfvars, keys).module }
        // What the state has already is not imported a second time: Terraform would refuse the whole plan.
        let arriving = importing.filter { keys[$0.server] == nil }
        try writeImports(arriving, tfvars)
        defer { PrivateFile.remove(directory.importPath) }
        let plan = try await runner.plan(request)
        defer { runner.discard(plan.path) }
        return try await runner.text(ofPlan: plan.path)
    }

    package func discard(plan path: String) { runner.discard(path) }

    /// What an apply says about a server while it goes on.
    package enum Event: Hashable, Sendable {
        case started(ServerName)
        case progressed(ServerName, seconds: Int)
        case completed(ServerName)
        case errored(ServerName)

        init?(_ event: TerraformEvent) {
            switch event {
            case .started(let hook):
                guard let server = hook.server else { return nil }
                self = .started(server)
            case .progressed(let hook, let seconds):
                guard let server = hook.server else { return nil }
                self = .progressed(server, seconds: seconds)
            case .completed(let hook, _):
                guard let server = hook.server else { return nil }
                self = .completed(server)
            case .errored(let hook, _):
                guard let server = hook.server else { return nil }
                self = .errored(server)
            case .version, .plannedChange, .drift, .diagnostic, .summary, .other: return nil
            }
        }
    }

    /// What an apply's events said of each server. The exit code is only one of the facts.
    package struct Outcome: Sendable {
        package var completed: Set<ServerName> = []
        package var errored: [ServerName: StepFailure] = [:]
        package var general: [StepFailure] = []

        package init(_ record: ApplyRecord) {
            completed = Set(record.completed.keys.compactMap { ServerAddress(resource: $0)?.server })
            for diagnostic in record.errors {
                let failure = TerraformFailure.refused(command: "apply", [diagnostic]).stepFailure
                if let server = diagnostic.server {
                    errored[server] = errored[server] ?? failure
                } else {
                    general.append(failure)
                }
            }
            for address in record.errored {
                guard let server = ServerAddress(resource: address)?.server else { continue }
                completed.remove(server)
                let silence = TerraformDiagnostic(severity: .error, summary: "\(address) failed, without a message")
                errored[server] =
                    errored[server] ?? general.first
                    ?? TerraformFailure.refused(command: "apply", [silence]).stepFailure
            }
            if record.exit == nil {
                general.append((record.loss ?? .vanished(command: "apply")).stepFailure)
            }
        }
    }

    /// Applies a saved plan and nothing else; returns when Terraform has ended, however it ended.
    ///
    /// - Parameters:
    ///   - width: how many guests it works on at a time; nil, and at most: the runner's parallelism.
    ///   - run: names the run, so that ``resume(run:onEvent:)`` finds it after a crash.
    ///   - onStart: gets the process that stands above Terraform and the file of its events.
    package func apply(
        plan path: String, width: Int? = nil, run: String, onEvent: @escaping @Sendable (Event) -> Void = { _ in },
        onStart: (ProcessIdentity, String) async -> Void = { _, _ in }
    ) async throws(TerraformFailure) -> Outcome {
        let record = try await runner.apply(plan: path, width: width, run: "apply-\(run)") { event in
            if let event = Event(event) { onEvent(event) }
        } onStart: { program in
            if let process = program.recordedIdentity { await onStart(process, program.outputPath) }
        }
        try? await mendCutState()
        return Outcome(record)
    }

    /// What the last apply of that name did, also when another process started it; waits for its end.
    ///
    /// - Returns: nil where none was started, and then none will.
    package func resume(
        run: String, onEvent: @escaping @Sendable (Event) -> Void = { _ in }
    ) async throws(TerraformFailure) -> Outcome? {
        guard let last = directory.runs(named: "apply-\(run)").last else { return nil }
        let record = try await runner.follow(run: last) { event in
            if let event = Event(event) { onEvent(event) }
        }
        return record.map { Outcome($0) }
    }

    // MARK: the state

    /// Takes a guest into the state. Its entry is in tfvars already.
    package func importGuest(
        _ server: ServerName, type: GuestType, vmid: VMID, node: NodeName
    ) async throws(TerraformFailure) {
        let module = address(of: server, try directory.readTfvars(), [:]).module
        try await writingState { () async throws(TerraformFailure) in
            try await runner.importResource("\(module).\(resource(of: type))", id: "\(node)/\(vmid)")
        }
    }

    private func resource(of type: GuestType) -> String {
        switch type {
        case .vm: root.vmResource
        case .container: root.containerResource
        }
    }

    /// Plans to take a guest into the state. Nothing is touched until the plan is applied: what it would change can be
    /// looked at first. The guest's entry is in tfvars already.
    package func planImport(
        of server: ServerName, type: GuestType, vmid: VMID, node: NodeName
    ) async throws(TerraformFailure) -> TerraformRunner.Plan {
        let tfvars = try directory.readTfvars()
        let address = address(of: server, tfvars, [:])
        try writeImports([ImportedGuest(server: server, type: type, vmid: vmid, node: node)], tfvars)
        // A saved plan carries its configuration, so that the block is needed no longer than this.
        defer { PrivateFile.remove(directory.importPath) }
        var request = TerraformRunner.PlanRequest()
        request.targets = [address.module]
        return try await runner.plan(request)
    }

    /// A guest that is to be taken into the state.
    package struct ImportedGuest: Hashable, Sendable {
        package var server: ServerName
        package var type: GuestType
        package var vmid: VMID
        package var node: NodeName

        package init(server: ServerName, type: GuestType, vmid: VMID, node: NodeName) {
            self.server = server
            self.type = type
            self.vmid = vmid
            self.node = node
        }
    }

    private func writeImports(_ guests: [ImportedGuest], _ tfvars: Tfvars) throws(TerraformFailure) {
        if guests.isEmpty { return }
        let blocks = guests.map { guest -> JSONValue in
            let target = "\(address(of: guest.server, tfvars, [:]).module).\(resource(of: guest.type))"
            return ["to": .string(target), "id": .string("\(guest.node)/\(guest.vmid)")]
        }
        let file: JSONValue = ["import": .array(blocks)]
        try PrivateFile.write(file.bytes(indent: 2), to: directory.importPath)
    }

    /// Takes the taint off; nothing is done where there is none.
    package func untaint(_ server: ServerName) async throws(TerraformFailure) {
        let tainted = try directory.readState()?.instances.filter { $0.isTainted && $0.server?.server == server }
        for instance in tainted ?? [] {
            try await writingState { () async throws(TerraformFailure) in try await runner.untaint(instance.address) }
        }
    }

    /// Lets go of servers; those that are not in the state are not missed.
    package func removeFromState(_ servers: [ServerName]) async throws(TerraformFailure) {
        let keys = try stateKeys()
        let modules = servers.compactMap { keys[$0].map { ServerAddress(key: $0).module } }
        try await writingState { () async throws(TerraformFailure) in try await runner.forget(modules) }
    }

    /// Moves a server from another stack's state, or from the name that it had before, into this state under its name;
    /// nothing is done where it is here already.
    ///
    /// - Parameter other: this stack itself, where only the name changes.
    package func moveIntoState(
        _ server: ServerName, formerly: ServerName? = nil, from other: LockedStack
    ) async throws(TerraformFailure) {
        let theirs = try other.stateKeys()
        let isHere = other.directory.path == directory.path
        guard let key = formerly.flatMap({ theirs[$0] }) ?? (isHere ? nil : theirs[server]) else {
            if try stateKeys()[server] != nil { return }
            throw .malformed(path: other.directory.statePath, reason: "it has no server \"\(formerly ?? server)\"")
        }
        let destination = address(of: server, try directory.readTfvars(), [:])
        try await writingState { () async throws(TerraformFailure) in
            try await other.writingState { () async throws(TerraformFailure) in
                try await other.runner.move(
                    ServerAddress(key: key).module, to: destination.module, of: isHere ? nil : directory)
            }
        }
    }

    /// Runs a command that writes the state. Where it does not end well it may have been killed at that.
    private func writingState(_ command: () async throws(TerraformFailure) -> Void) async throws(TerraformFailure) {
        do throws(TerraformFailure) {
            try await command()
        } catch {
            try? await mendCutState()
            throw error
        }
    }

    /// Asks for what is on record only where there is something to mend.
    private func mendCutState() async throws(TerraformFailure) {
        // Whoever was left at work writes the state yet.
        guard try directory.isStateCut(), directory.liveApply == nil else { return }
        if let known = await records.knownState(id) {
            guard let state = try directory.mendCutState(of: id, known: known) else { return }
            await records.noteMended(id, state.sentence)
        } else if directory.hasPartOfState, await records.isUnrecorded(id) {
            guard let kept = try directory.setCutStateAside() else { return }
            await records.noteMended(id, Sentence("terraform.cutStateAside", id.description, kept))
        }
    }

    /// The keys of the state's servers, as they are written there.
    private func stateKeys() throws(TerraformFailure) -> [ServerName: String] {
        var keys: [ServerName: String] = [:]
        for instance in try directory.readState()?.instances ?? [] {
            if let address = instance.server { keys[address.server] = address.key }
        }
        return keys
    }

    private func address(of server: ServerName, _ tfvars: Tfvars, _ keys: [ServerName: String]) -> ServerAddress {
        ServerAddress(key: tfvars.contains(server) ? tfvars.key(of: server) : keys[server] ?? server.text)
    }
}
