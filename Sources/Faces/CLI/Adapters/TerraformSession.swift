import Execution
import Model
import Terraform

/// One stack while its lock is held.
struct TerraformSession: StackSession {
    let stack: StackID
    let runner: TerraformRunner
    let root: RootModule
    let lock: StackLock

    private var directory: StackDirectory { runner.directory }

    private func guarded<Value>(
        _ body: () async throws(TerraformFailure) -> Value
    ) async throws(StepFailure) -> Value {
        do {
            return try await body()
        } catch {
            throw error.stepFailure
        }
    }

    func observe() async throws(StepFailure) -> StackObservation {
        try await guarded { () throws(TerraformFailure) in try directory.observe(stack) }
    }

    func entryTexts(of servers: [ServerName]) async throws(StepFailure) -> [ServerName: String] {
        try await guarded { () throws(TerraformFailure) in
            let tfvars = try directory.readTfvars()
            var texts: [ServerName: String] = [:]
            for server in servers { texts[server] = tfvars[server] }
            return texts
        }
    }

    func writeEntries(_ entries: [ServerName: ServerConfiguration]) async throws(StepFailure) {
        try await edit { tfvars in
            for (server, entry) in entries { tfvars.set(entry, for: server) }
        }
    }

    func restoreEntries(_ texts: [ServerName: String?]) async throws(StepFailure) {
        try await edit { tfvars in
            for (server, text) in texts { tfvars[server] = text }
        }
    }

    private func edit(_ body: (inout Tfvars) -> Void) async throws(StepFailure) {
        try await guarded { () throws(TerraformFailure) in
            var tfvars = try directory.readTfvars()
            body(&tfvars)
            try directory.write(tfvars)
        }
    }

    // MARK: Plan and apply

    private func request(
        targets: [ServerName], dropping: Set<ServerName>
    ) throws(TerraformFailure) -> TerraformRunner.PlanRequest {
        var request = TerraformRunner.PlanRequest()
        let tfvars = try directory.readTfvars()
        request.targets = targets.map { ServerAddress(key: tfvars.key(of: $0)).module }
        if !dropping.isEmpty { request.candidate = tfvars.candidate(without: dropping) }
        return request
    }

    func plan(targets: [ServerName], dropping: Set<ServerName>) async throws(ProvisioningFailure) -> Execution.SavedPlan {
        do throws(TerraformFailure) {
            let plan = try await runner.plan(try request(targets: targets, dropping: dropping))
            return Execution.SavedPlan(path: plan.path, changes: plan.file.plannedChanges)
        } catch {
            throw error.provisioningFailure
        }
    }

    /// What a plan of these steps would say to a person. The steps' entries are not written: they stand in a candidate.
    func text(of steps: [Step]) async throws(StepFailure) -> String {
        try await guarded { () throws(TerraformFailure) in
            var candidate = try directory.readTfvars()
            var request = TerraformRunner.PlanRequest()
            for step in steps {
                guard case .server(let server, _) = step.subject else { continue }
                request.targets.append(ServerAddress(key: candidate.key(of: server)).module)
                switch step.action {
                case .create(let creation), .recreate(let creation): candidate.set(creation.configuration, for: server)
                case .update(let change): candidate.set(change.configuration, for: server)
                case .destroy: candidate[server] = nil
                case .adopt, .untaint, .move, .forget, .power, .repairEntry, .record, .retire, .register,
                    .updateRegistration, .unregister:
                    request.targets.removeLast()
                }
            }
            guard !request.targets.isEmpty else { return "" }
            request.candidate = candidate
            let plan = try await runner.plan(request)
            let text: Result<String, TerraformFailure>
            do throws(TerraformFailure) {
                text = .success(try await runner.text(ofPlan: plan.path))
            } catch {
                text = .failure(error)
            }
            runner.discard(plan.path)
            return try text.get()
        }
    }

    func apply(
        _ plan: Execution.SavedPlan, batch: BatchID, onEvent: @escaping @Sendable (ApplyEvent) -> Void
    ) async throws(StepFailure) -> ApplyResult {
        try await guarded { () throws(TerraformFailure) in
            let record = try await runner.apply(plan: plan.path, run: "apply-\(batch.rawValue)") { event in
                if let event = ApplyEvent(event) { onEvent(event) }
            }
            return ApplyResult(record)
        }
    }

    func discard(_ plan: Execution.SavedPlan) async { runner.discard(plan.path) }

    // MARK: The state

    func importGuest(
        _ guest: GuestReference, as server: ServerName, type: GuestType
    ) async throws(ProvisioningFailure) {
        do throws(TerraformFailure) {
            let module = ServerAddress(key: try directory.readTfvars().key(of: server)).module
            let resource = type == .vm ? root.vmResource : root.containerResource
            try await runner.importResource("\(module).\(resource)", id: "\(guest.node)/\(guest.vmid)")
        } catch {
            throw error.provisioningFailure
        }
    }

    func untaint(_ server: ServerName) async throws(StepFailure) {
        try await guarded { () throws(TerraformFailure) in
            for resource in try resources(of: [server]) { try await runner.untaint(resource.address) }
        }
    }

    func removeFromState(_ servers: [ServerName]) async throws(StepFailure) {
        try await guarded { () throws(TerraformFailure) in
            try await runner.forget(try resources(of: Set(servers)).map(\.address))
        }
    }

    func moveIntoState(_ server: ServerName, from other: any StackSession) async throws(StepFailure) {
        guard let other = other as? TerraformSession else {
            preconditionFailure("a Terraform state takes resources of Terraform states only")
        }
        try await guarded { () throws(TerraformFailure) in
            for resource in try other.resources(of: [server]) {
                try await other.runner.move(resource.address, to: resource.address, of: directory)
            }
        }
    }

    private func resources(of servers: Set<ServerName>) throws(TerraformFailure) -> [StateResource] {
        switch try directory.observe(stack).state {
        case .present(let state): return state.resources.filter { servers.contains($0.server) }
        case .absent: return []
        case .unknown: throw .malformed(path: directory.statePath, reason: "it cannot be read")
        }
    }

    func close() async { lock.release() }
}

extension TerraformFailure {
    /// By server where Terraform's messages name one.
    var provisioningFailure: ProvisioningFailure {
        guard case .refused(let command, let diagnostics) = self else { return ProvisioningFailure(general: stepFailure) }
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

extension ApplyEvent {
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

extension ApplyResult {
    init(_ record: ApplyRecord) {
        self.init(completed: Set(record.completed.keys.compactMap { ServerAddress(resource: $0)?.server }))
        for diagnostic in record.errors {
            let said = TerraformFailure.refused(command: "apply", [diagnostic]).stepFailure
            if let server = diagnostic.server {
                errored[server] = errored[server] ?? said
            } else {
                general.append(said)
            }
        }
        for address in record.errored {
            guard let server = ServerAddress(resource: address)?.server else { continue }
            completed.remove(server)
            errored[server] = errored[server] ?? general.first ?? StepFailure(Sentence("execution.noEvent", server.text))
        }
    }
}
