import Execution
import Model
import Terraform

/// A stack's session over ``LockedStack``: the edge's failures in the port's terms, and nothing else.
struct TerraformSession: StackSession {
    let stack: LockedStack
    /// Why a password cannot be had, by its key.
    let missingSecrets: [String: StepFailure]
    /// Who of this process is next at the stack.
    let queue: StackQueue

    private func guarded<Value>(
        _ body: () async throws(TerraformFailure) -> Value
    ) async throws(StepFailure) -> Value {
        do throws(TerraformFailure) {
            return try await body()
        } catch {
            throw error.stepFailure
        }
    }

    func observe() async throws(StepFailure) -> StackObservation {
        try await guarded { () throws(TerraformFailure) in try stack.observe() }
    }

    func entryTexts(of servers: [ServerName]) async throws(StepFailure) -> [ServerName: String] {
        try await guarded { () throws(TerraformFailure) in try stack.entryTexts(of: servers) }
    }

    func writeEntries(_ entries: [ServerName: ServerConfiguration]) async throws(StepFailure) {
        try await guarded { () throws(TerraformFailure) in try stack.writeEntries(entries) }
    }

    func restoreEntries(_ texts: [ServerName: String?]) async throws(StepFailure) {
        try await guarded { () throws(TerraformFailure) in try stack.restoreEntries(texts) }
    }

    func restoreEntries(
        _ texts: [ServerName: String?], keeping disks: [ServerName: [GuestSettings.Disk]]
    ) async throws(StepFailure) {
        try await guarded { () throws(TerraformFailure) in try stack.restoreEntries(texts, keeping: disks) }
    }

    func plan(targets: [ServerName], dropping: Set<ServerName>) async throws(ProvisioningFailure) -> Execution.SavedPlan
    {
        try demandSecrets(of: targets)
        do throws(TerraformFailure) {
            let plan = try await stack.plan(targets: targets, dropping: dropping)
            return Execution.SavedPlan(path: plan.path, changes: plan.changes)
        } catch {
            throw error.provisioningFailure
        }
    }

    func demandSecrets(of configuration: ServerConfiguration) async throws(StepFailure) {
        if let key = configuration.birth.passwordSecret, let failure = missingSecrets[key] { throw failure }
    }

    /// A guest that is to be born needs its password; one that lives had it at birth.
    private func demandSecrets(of servers: [ServerName]) throws(ProvisioningFailure) {
        guard !missingSecrets.isEmpty, let observation = try? stack.observe() else { return }
        let born = Set(observation.state.value?.resources.map(\.server) ?? [])
        var failure = ProvisioningFailure()
        for server in servers where !born.contains(server) {
            guard let key = observation.tfvars.entries[server]?.birth.passwordSecret else { continue }
            failure.byServer[server] = missingSecrets[key]
        }
        if !failure.byServer.isEmpty { throw failure }
    }

    /// What a plan of these steps would say to a person; nothing is written.
    func text(of steps: [Step]) async throws(StepFailure) -> String {
        var entries: [ServerName: ServerConfiguration] = [:]
        var dropped: Set<ServerName> = []
        var arriving: Set<ServerName> = []
        var imported: [LockedStack.ImportedGuest] = []
        for step in steps {
            guard case .server(let server, _) = step.subject else { continue }
            switch step.action {
            case .create(let creation), .recreate(let creation): entries[server] = creation.configuration
            // Terraform would speak of one step where two runs are made: the end of what is there.
            case .rebuild: dropped.insert(server)
            case .update(let change): entries[server] = change.configuration
            case .destroy: dropped.insert(server)
            case .move: arriving.insert(server)
            case .adopt(let adoption):
                entries[server] = adoption.configuration
                let guest = adoption.guest
                imported.append(.init(server: server, type: guest.type, vmid: guest.vmid, node: guest.node))
            case .untaint, .rename, .forget, .power, .restart, .repairEntry, .record, .retire, .register,
                .updateRegistration, .unregister:
                break
            }
        }
        // What is moved first is not in this state yet: Terraform would speak of a creation.
        for server in arriving { entries[server] = nil }
        return try await guarded { () throws(TerraformFailure) in
            try await stack.preview(setting: entries, dropping: dropped, importing: imported)
        }
    }

    func apply(
        _ plan: Execution.SavedPlan, batch: BatchID, onStart: @escaping @Sendable (StartedProgram) async -> Void,
        onEvent: @escaping @Sendable (ApplyEvent) -> Void
    ) async throws(StepFailure) -> ApplyEnd {
        do throws(TerraformFailure) {
            let outcome = try await stack.apply(plan: plan.path, width: plan.width, run: batch.rawValue) {
                onEvent(ApplyEvent($0))
            } onStart: { process, events in
                await onStart(StartedProgram(process: ProcessStamp(process), eventsFile: events))
            }
            return .ended(ApplyResult(outcome))
        } catch {
            if case .left(let run) = error {
                return .left(StepFailure(Sentence("execution.goesOn", run), retry: .after(seconds: 1)))
            }
            if error.isLeft { return .left(error.stepFailure) }
            throw error.stepFailure
        }
    }

    func resume(_ batch: BatchID) async throws(StepFailure) -> ApplyEnd? {
        do throws(TerraformFailure) {
            return try await stack.resume(run: batch.rawValue).map { .ended(ApplyResult($0)) }
        } catch {
            if error.isLeft { return .left(error.stepFailure) }
            throw error.stepFailure
        }
    }

    func discard(_ plan: Execution.SavedPlan) async { stack.discard(plan: plan.path) }

    func planImport(
        of guest: GuestReference, as server: ServerName
    ) async throws(ProvisioningFailure) -> Execution.SavedPlan {
        do throws(TerraformFailure) {
            let plan = try await stack.planImport(of: server, type: guest.type, vmid: guest.vmid, node: guest.node)
            return Execution.SavedPlan(path: plan.path, changes: plan.changes)
        } catch {
            throw error.provisioningFailure
        }
    }

    func importGuest(
        _ guest: GuestReference, as server: ServerName, type: GuestType
    ) async throws(ProvisioningFailure) {
        do throws(TerraformFailure) {
            try await stack.importGuest(server, type: type, vmid: guest.vmid, node: guest.node)
        } catch {
            throw error.provisioningFailure
        }
    }

    func untaint(_ server: ServerName) async throws(StepFailure) {
        try await guarded { () throws(TerraformFailure) in try await stack.untaint(server) }
    }

    func removeFromState(_ servers: [ServerName]) async throws(StepFailure) {
        try await guarded { () throws(TerraformFailure) in try await stack.removeFromState(servers) }
    }

    func moveIntoState(
        _ server: ServerName, formerly: ServerName?, from other: any StackSession
    ) async throws(StepFailure) {
        guard let other = other as? TerraformSession else {
            preconditionFailure("a Terraform state takes resources of Terraform states only")
        }
        try await guarded { () throws(TerraformFailure) in
            try await stack.moveIntoState(server, formerly: formerly, from: other.stack)
        }
    }

    func close() async {
        stack.close()
        await queue.leave(stack.id)
    }
}

extension TerraformFailure {
    /// By server where Terraform's messages name one.
    var provisioningFailure: ProvisioningFailure {
        guard case .refused(let command, let diagnostics) = self else {
            return ProvisioningFailure(general: stepFailure)
        }
        var failure = ProvisioningFailure()
        for diagnostic in diagnostics {
            let said = TerraformFailure.refused(command: command, [diagnostic]).stepFailure
            if let server = diagnostic.server {
                failure.byServer[server] = failure.byServer[server] ?? said
            } else {
                failure.general = failure.general ?? said
            }
        }
        return failure
    }
}

extension ApplyResult {
    init(_ outcome: LockedStack.Outcome) {
        self.init(completed: outcome.completed, errored: outcome.errored, general: outcome.general)
    }
}

extension ApplyEvent {
    init(_ event: LockedStack.Event) {
        switch event {
        case .started(let server): self = .started(server)
        case .progressed(let server, let seconds): self = .progressed(server, seconds: seconds)
        case .completed(let server): self = .completed(server)
        case .errored(let server): self = .errored(server)
        }
    }
}
