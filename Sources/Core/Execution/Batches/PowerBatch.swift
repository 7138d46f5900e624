import Model

/// Starts and stops guests of one cluster, as many side by side on each node as its lanes allow, after a look at who
/// they are, which is taken again for whoever waited for room or for those before. Who else is down is counted before
/// each stop.
struct PowerBatch: Sendable {
    let ports: ExecutionPorts
    let gate: DisruptionGate
    let isOver: @Sendable () -> Bool

    func run(_ steps: [Step]) async -> [StepID: StepOutcome] {
        let changes = steps.map { step in
            guard case .power(let change) = step.action else { preconditionFailure("\(step.id) changes no power") }
            return Item(step: step, change: change)
        }
        guard let cluster = changes.first?.change.guest.cluster else { return [:] }
        let vmids = Set(changes.map(\.change.guest.vmid))
        let lookedAt = ports.pace.elapsed()
        let now = await ports.inventory.inventory(of: cluster, details: vmids)
        let outcomes = await LaneTurn(ports: ports, isOver: isOver).run(
            changes, in: cluster, node: { now.guest($0.change.guest.vmid)?.node ?? $0.change.guest.node },
            refused: { ($0.step.id, $1.map { .failed($0) } ?? .skipped(Sentence("execution.cancelled"))) },
            { one -> (StepID, StepOutcome) in
                let guest = one.change.guest.vmid
                let isOld = ports.pace.elapsed() - lookedAt > LaneTurn.freshness
                let look = isOld ? await ports.inventory.inventory(of: cluster, details: [guest]) : now
                // Those before it took up to three minutes each.
                if let objection = await ports.orders.objection(to: one.step) { return (one.step.id, objection) }
                if let refusal = await gate.refusal(of: one.step) { return (one.step.id, refusal) }
                let outcome = await carryOut(one, look)
                await gate.release([one.step])
                return (one.step.id, outcome)
            })
        return Dictionary(outcomes) { first, _ in first }
    }

    /// How long a guest may take to shut down.
    private static var shutdownSeconds: Int { 180 }

    private struct Item: Sendable {
        let step: Step
        let change: Action.PowerChange
    }

    private func carryOut(_ item: Item, _ now: ClusterInventory) async -> StepOutcome {
        let change = item.change
        do throws(StepFailure) {
            let guest = try GuestCheck.verdict(on: change.guest, in: now).get()
            switch change.target {
            case .running:
                if guest.status != .running { try await ports.power.start(guest.reference(as: change.guest)) }
            case .stopped:
                if guest.status != .stopped {
                    do throws(ShutdownFailure) {
                        try await ports.power.shutDown(
                            guest.reference(as: change.guest), within: .seconds(Self.shutdownSeconds))
                    } catch {
                        return .failed(
                            error.told(of: item.step.server, change.guest, within: Self.shutdownSeconds))
                    }
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
        GuestReference(
            cluster: planned.cluster, vmid: vmid, type: type, node: node, mark: planned.mark,
            formerName: planned.formerName, identity: planned.identity)
    }
}
