/// One resource of the provider: refreshed, made, changed, or destroyed on the cluster.
struct GuestResource: Sendable {
    /// What the provider answers to ReadResource and ApplyResourceChange.
    struct Outcome: Sendable {
        /// The new state; null where the guest is gone or was never made.
        var state: TerraformValue
        var diagnostics: [ProviderDiagnostic] = []
    }

    let kind: ResourceKind
    let body: SchemaBody
    let client: ClusterClient

    /// Reads the guest again. One that is not listed, or that the cluster says does not exist, leaves the state.
    func refresh(_ state: TerraformValue) async -> Outcome {
        guard let vmid = Int(state["id"].string) else {
            return Outcome(state: state, diagnostics: [ProviderDiagnostic("the resource has no numeric id")])
        }
        do {
            var draft = StateDraft(state, body: body)
            let warnings = try await read(&draft, vmid: vmid)
            return Outcome(state: draft.isGone ? .null : draft.value, diagnostics: warnings)
        } catch {
            return Outcome(state: state, diagnostics: [error.diagnostic])
        }
    }

    /// Carries out one planned change.
    func apply(prior: TerraformValue, planned: TerraformValue) async -> Outcome {
        if planned.isNull { return await destroy(prior) }
        return prior.isNull ? await create(planned) : await update(prior, planned)
    }

    private func create(_ planned: TerraformValue) async -> Outcome {
        var work = GuestWork(kind: kind, client: client, body: body, prior: .null, planned: body.settled(planned))
        do {
            try await work.create()
            return try await finished(work)
        } catch {
            let diagnostics = work.warnings + [error.diagnostic]
            // An object beside an error is tainted; without a guest there is nothing to keep.
            guard work.isBorn else { return Outcome(state: .null, diagnostics: diagnostics) }
            return Outcome(state: work.bornState, diagnostics: diagnostics)
        }
    }

    private func update(_ prior: TerraformValue, _ planned: TerraformValue) async -> Outcome {
        let known = body.settled(planned.known(else: prior))
        var work = GuestWork(kind: kind, client: client, body: body, prior: prior, planned: known)
        do {
            try await work.update()
            return try await finished(work)
        } catch {
            // The real provider leaves what was asked in the state, whatever the guest has.
            return Outcome(state: known, diagnostics: work.warnings + [error.diagnostic])
        }
    }

    private func finished(_ work: GuestWork) async throws(ClientFailure) -> Outcome {
        var draft = StateDraft(work.bornState, body: body)
        let warnings = try await read(&draft, vmid: work.vmid)
        return Outcome(state: draft.isGone ? .null : draft.value, diagnostics: work.warnings + warnings)
    }

    private func destroy(_ prior: TerraformValue) async -> Outcome {
        var work = GuestWork(kind: kind, client: client, body: body, prior: prior, planned: prior)
        do {
            try await work.destroy()
            return Outcome(state: .null, diagnostics: work.warnings)
        } catch {
            return Outcome(state: prior, diagnostics: work.warnings + [error.diagnostic])
        }
    }

    private func read(_ draft: inout StateDraft, vmid: Int) async throws(ClientFailure) -> [ProviderDiagnostic] {
        switch kind {
        case .virtualMachine: try await VirtualMachineReading.read(&draft, vmid: vmid, client)
        case .container: try await ContainerReading.read(&draft, vmid: vmid, client)
        }
    }
}

extension TerraformValue {
    /// The same with the values of another at the same places for what is unknown.
    func known(else other: TerraformValue) -> TerraformValue {
        switch self {
        case .unknown: other
        case .list(let elements):
            .list(elements.enumerated().map { $0.element.known(else: other.elements[safe: $0.offset] ?? .null) })
        case .object(let members):
            .object(Dictionary(uniqueKeysWithValues: members.map { ($0.key, $0.value.known(else: other[$0.key])) }))
        case .null, .bool, .int, .double, .string: self
        }
    }
}
