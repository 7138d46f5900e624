import Model

/// Counts who of a group is down, just before a step takes one more down, and lets no more through than may be: who was
/// running when the plan was made may be down by now, by a step of this plan that went wrong or by anybody else.
///
/// The stacks of a run share it. What it lets through counts as down until the step has ended.
actor DisruptionGate {
    private let ports: ExecutionPorts
    private let disruptions: [Disruption]
    private var atWork: [StepID: ServerName] = [:]
    /// What rebuilt servers are afterwards, where they get another VMID.
    private var reborn: [ServerName: GuestReference] = [:]
    /// How many steps have ended: what was read before one did says too little.
    private var endings = 0

    init(ports: ExecutionPorts, disruptions: [Disruption]) {
        self.ports = ports
        self.disruptions = disruptions
    }

    /// Outcomes for those of the steps that would take too many down. The others are let through, until they are given to
    /// ``release(_:)``.
    ///
    /// A step that was let through and waited since is counted anew by asking again, and loses its place where it is
    /// refused then.
    func admit(_ batch: [Step]) async -> [StepID: StepOutcome] {
        let steps = batch.filter { $0.interrupts || $0.endsService }
        for step in steps {
            if case .rebuild(let rebuild) = step.action { reborn[step.server] = rebuild.newGuest }
        }
        let concerned = disruptions.filter { disruption in steps.contains { disruption.concerns($0.server) } }
        guard !concerned.isEmpty else { return [:] }
        let down = await downServers(of: concerned)
        // From here on nothing is waited for, so that no other stack counts in between.
        for step in steps { atWork[step.id] = nil }
        var refusals: [StepID: StepOutcome] = [:]
        for disruption in concerned {
            var taken = down[disruption.scope, default: []].union(atWork.values.filter(disruption.concerns))
            for step in steps where disruption.concerns(step.server) && refusals[step.id] == nil {
                if taken.contains(step.server) { continue }
                if taken.count < disruption.limit {
                    taken.insert(step.server)
                } else {
                    refusals[step.id] = .refused(disruption.refusal(of: step.server, besides: taken))
                }
            }
        }
        for step in steps where refusals[step.id] == nil { atWork[step.id] = step.server }
        return refusals
    }

    /// The same for one step, just before it takes its guest down; nil: it may go on.
    func refusal(of step: Step) async -> StepOutcome? { await admit([step])[step.id] }

    func release(_ batch: [Step]) {
        for step in batch where atWork.removeValue(forKey: step.id) != nil { endings += 1 }
    }

    /// Members that do not run, or of whom it cannot be said, as it is when nothing of this run ended meanwhile.
    private func downServers(of concerned: [Disruption]) async -> [Disruption.Scope: Set<ServerName>] {
        var down: [Disruption.Scope: Set<ServerName>] = [:]
        for _ in 0..<Self.rereads {
            let before = endings
            down = await read(concerned)
            if endings == before { break }
        }
        return down
    }

    private static var rereads: Int { 3 }

    private func read(_ concerned: [Disruption]) async -> [Disruption.Scope: Set<ServerName>] {
        var inventories: [ClusterName: ClusterInventory] = [:]
        for cluster in Set(concerned.flatMap { $0.members.compactMap { $0.guest?.cluster } }).sorted() {
            inventories[cluster] = await ports.inventory.inventory(of: cluster, details: [])
        }
        var down: [Disruption.Scope: Set<ServerName>] = [:]
        for disruption in concerned {
            for member in disruption.members {
                guard let guest = member.guest, let now = inventories[guest.cluster] else {
                    down[disruption.scope, default: []].insert(member.server)
                    continue
                }
                if await runs(guest, now) { continue }
                if let guest = reborn[member.server], await runs(guest, now) { continue }
                down[disruption.scope, default: []].insert(member.server)
            }
        }
        return down
    }

    /// The listing says it for nearly all; one that has just been started may not be listed as running yet.
    private func runs(_ guest: GuestReference, _ now: ClusterInventory) async -> Bool {
        guard now.distrust == nil, let listed = now.guest(guest.vmid), listed.type == guest.type else { return false }
        if listed.status == .running { return true }
        guard let reading = try? await ports.power.reading(of: listed.reference(as: guest)) else { return false }
        return reading.status == .running
    }
}

extension Action.Rebuild {
    fileprivate var newGuest: GuestReference {
        let birth = creation.configuration.birth
        return GuestReference(
            cluster: removal.guest.cluster, vmid: birth.vmid, type: birth.type, node: birth.node, mark: creation.mark)
    }
}

extension Disruption {
    fileprivate func concerns(_ server: ServerName) -> Bool {
        members.contains { $0.server == server } || leaving.contains(server)
    }

    fileprivate func refusal(of server: ServerName, besides down: Set<ServerName>) -> Sentence {
        Sentence(
            "execution.disruptionBusy", server.text, scope.description, String(limit),
            down.sorted().map(\.text).joined(separator: ", "))
    }
}
