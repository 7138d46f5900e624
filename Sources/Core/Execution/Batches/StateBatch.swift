import Model

/// Steps on the state alone: letting go of servers, and taking a taint off.
struct StateBatch: Sendable {
    let stack: StackID
    let session: any StackSession
    let ports: ExecutionPorts

    func run(_ steps: [Step]) async -> [StepID: StepOutcome] {
        var forgettings: [Forgotten] = []
        var taints: [(step: Step, guest: GuestReference)] = []
        for step in steps {
            switch step.action {
            case .forget(let forgetting): forgettings.append(Forgotten(step: step, forgetting: forgetting))
            case .untaint(let guest): taints.append((step, guest))
            case .create, .recreate, .update, .destroy, .adopt, .move, .rename, .power, .restart, .rebuild,
                .repairEntry, .record, .retire,
                .register, .updateRegistration, .unregister:
                preconditionFailure("\(step.id) is no step on the state alone")
            }
        }
        var outcomes = await forget(forgettings)
        outcomes.merge(await untaint(taints)) { first, _ in first }
        return outcomes
    }

    private struct Forgotten: Sendable {
        let step: Step
        let forgetting: Action.Forgetting
    }

    private func forget(_ steps: [Forgotten]) async -> [StepID: StepOutcome] {
        guard !steps.isEmpty else { return [:] }
        var outcomes: [StepID: StepOutcome] = [:]
        let observation: StackObservation
        do throws(StepFailure) {
            observation = try await session.observe()
        } catch {
            return steps.map(\.step).outcomes(.failed(error))
        }
        let known = Dictionary(steps.map { ($0.step.server, observation.vmids(of: $0.step.server)) }) { one, _ in one }
        let vmids = known.values.reduce(into: Set(steps.compactMap(\.forgetting.remainingGuest?.vmid))) {
            $0.formUnion($1)
        }
        let now = await ports.inventory.inventory(of: stack.cluster, details: vmids)
        var kept: [Forgotten] = []
        for one in steps {
            if let failure = objection(to: one, known[one.step.server] ?? [], observation, now) {
                outcomes[one.step.id] = .failed(failure)
            } else {
                kept.append(one)
            }
        }
        let work = JournaledWork(stack: stack, session: session, journal: ports.journal)
        let settled = await work.run(kept.map(\.step), verb: .forget) { _, _ in JournaledWork.End(await letGo(kept)) }
        outcomes.merge(settled) { first, _ in first }
        return outcomes
    }

    private func letGo(_ asked: [Forgotten]) async -> [StepID: StepOutcome] {
        // The stack's lock may have taken long.
        var outcomes = await ports.orders.objections(to: asked.map(\.step))
        let steps = asked.filter { outcomes[$0.step.id] == nil }
        if steps.isEmpty { return outcomes }
        do throws(StepFailure) {
            let resources = steps.filter(\.forgetting.isInState).map(\.step.server)
            if !resources.isEmpty { try await session.removeFromState(resources) }
            let texts = steps.map { ($0.step.server, String?.none) }
            try await session.restoreEntries(Dictionary(texts) { first, _ in first })
        } catch {
            return outcomes.merging(steps.map(\.step).outcomes(.failed(error))) { first, _ in first }
        }
        for one in steps {
            do throws(StepFailure) {
                if one.forgetting.remainingGuest == nil { try await ports.records.retire(one.step.server) }
                outcomes[one.step.id] = .done
            } catch {
                outcomes[one.step.id] = .failed(error)
            }
        }
        return outcomes
    }

    /// What speaks against letting go of a server: a guest that is to stay must be the one that was planned for, and
    /// where none is to be left none may be there.
    private func objection(
        to one: Forgotten, _ vmids: Set<VMID>, _ observation: StackObservation, _ now: ClusterInventory
    ) -> StepFailure? {
        let isInState = observation.state.value?.resources.contains { $0.server == one.step.server } ?? false
        // An entry alone is let go of, and there is a resource by now: it would be destroyed by a run by hand.
        if isInState, !one.forgetting.isInState { return .moved("state presence: absent → present") }
        if let guest = one.forgetting.remainingGuest {
            guard one.forgetting.isInState, case .failure(let failure) = GuestCheck.verdict(on: guest, in: now),
                !GuestCheck.hasOnlyLostMark(guest, named: one.step.server, in: now)
            else { return nil }
            return failure
        }
        for vmid in vmids.sorted() {
            if let distrust = now.distrust { return StepFailure(distrust, retry: .after(seconds: 30)) }
            guard now.guest(vmid) != nil else {
                if now.provesAbsence(of: vmid) { continue }
                return .notProvenGone(vmid, now)
            }
            if one.forgetting.isInState { return .moved("guest presence: absent → present") }
            // A leftover entry may name a VMID that has become another guest's.
            guard let details = now.details[vmid]?.value else { return .notRead(vmid, now) }
            if let mark = details.mark, mark.server == one.step.server, mark.stack.cluster == stack.cluster {
                return .moved("guest presence: absent → present")
            }
        }
        return nil
    }

    private func untaint(_ steps: [(step: Step, guest: GuestReference)]) async -> [StepID: StepOutcome] {
        guard !steps.isEmpty else { return [:] }
        let now = await ports.inventory.inventory(of: stack.cluster, details: Set(steps.map(\.guest.vmid)))
        var outcomes: [StepID: StepOutcome] = [:]
        var kept: [Step] = []
        for (step, guest) in steps {
            switch GuestCheck.verdict(on: guest, in: now) {
            case .success: kept.append(step)
            case .failure(let failure): outcomes[step.id] = .failed(failure)
            }
        }
        let work = JournaledWork(stack: stack, session: session, journal: ports.journal)
        let settled = await work.run(kept, verb: .untaint) { [kept] _, _ in
            var settled: [StepID: StepOutcome] = [:]
            for step in kept {
                // The stack's lock may have taken long, and those before it.
                if let objection = await ports.orders.objection(to: step) {
                    settled[step.id] = objection
                    continue
                }
                do throws(StepFailure) {
                    try await session.untaint(step.server)
                    settled[step.id] = .done
                } catch {
                    settled[step.id] = .failed(error)
                }
            }
            return JournaledWork.End(settled)
        }
        outcomes.merge(settled) { first, _ in first }
        return outcomes
    }
}

extension StackObservation {
    /// The VMIDs that the state and tfvars give to a server.
    func vmids(of server: ServerName) -> Set<VMID> {
        var vmids = Set((state.value?.resources ?? []).filter { $0.server == server }.map(\.vmid))
        if let entry = tfvars.entries[server] { vmids.insert(entry.birth.vmid) }
        return vmids
    }
}

/// Rewrites entries of tfvars that say something else than what is.
struct EntryBatch: Sendable {
    let stack: StackID
    let session: any StackSession
    let ports: ExecutionPorts

    func run(_ steps: [Step]) async -> [StepID: StepOutcome] {
        var outcomes: [StepID: StepOutcome] = [:]
        var entries: [ServerName: ServerConfiguration] = [:]
        var kept: [Step] = []
        let now = await ports.inventory.inventory(
            of: stack.cluster, details: Set(steps.map { entry(of: $0).birth.vmid }))
        for step in steps {
            let configuration = entry(of: step)
            switch GuestCheck.verdict(on: configuration.guest(in: stack.cluster), in: now) {
            case .failure(let failure): outcomes[step.id] = .failed(failure)
            case .success:
                entries[step.server] = configuration
                kept.append(step)
            }
        }
        let work = JournaledWork(stack: stack, session: session, journal: ports.journal)
        let settled = await work.run(kept, verb: .repairEntry) { [kept, entries] _, _ in
            // The stack's lock may have taken long.
            var settled = await ports.orders.objections(to: kept)
            let steps = kept.filter { settled[$0.id] == nil }
            if steps.isEmpty { return JournaledWork.End(settled) }
            let servers = Set(steps.map(\.server))
            do throws(StepFailure) {
                try await session.writeEntries(entries.filter { servers.contains($0.key) })
                settled.merge(steps.outcomes(.done)) { first, _ in first }
            } catch {
                settled.merge(steps.outcomes(.failed(error))) { first, _ in first }
            }
            return JournaledWork.End(settled)
        }
        outcomes.merge(settled) { first, _ in first }
        return outcomes
    }

    private func entry(of step: Step) -> ServerConfiguration {
        guard case .repairEntry(let configuration) = step.action else {
            preconditionFailure("\(step.id) repairs no entry")
        }
        return configuration
    }
}

extension ServerConfiguration {
    /// The guest that the entry describes, with the mark that it is to bear.
    func guest(in cluster: ClusterName) -> GuestReference {
        let mark = settings.description.flatMap { OwnershipMark(readingDescription: $0) }
        return GuestReference(cluster: cluster, vmid: birth.vmid, type: birth.type, node: birth.node, mark: mark)
    }
}
