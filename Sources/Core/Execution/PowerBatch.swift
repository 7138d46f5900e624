import Model

/// Starts and stops guests side by side, each after a look at who it is.
struct PowerBatch: Sendable {
    let ports: ExecutionPorts

    func run(_ steps: [Step]) async -> [StepID: StepOutcome] {
        await withTaskGroup(of: (StepID, StepOutcome).self) { group in
            for step in steps {
                group.addTask { (step.id, await carryOut(step)) }
            }
            var outcomes: [StepID: StepOutcome] = [:]
            for await (id, outcome) in group { outcomes[id] = outcome }
            return outcomes
        }
    }

    private func carryOut(_ step: Step) async -> StepOutcome {
        guard case .power(let change) = step.action else { preconditionFailure("\(step.id) changes no power") }
        do throws(StepFailure) {
            let guest = try await GuestCheck(inventory: ports.inventory).confirm(change.guest)
            switch change.target {
            case .running:
                if guest.status != .running { try await ports.power.start(guest.reference(as: change.guest)) }
            case .stopped:
                if guest.status != .stopped {
                    try await ports.power.shutDown(guest.reference(as: change.guest), within: .seconds(180))
                }
            }
            return .done
        } catch {
            return .failed(error)
        }
    }
}

extension ObservedGuest {
    /// The same guest as it was planned for, on the node where it is now.
    func reference(as planned: GuestReference) -> GuestReference {
        GuestReference(cluster: planned.cluster, vmid: vmid, type: type, node: node, mark: planned.mark)
    }
}
