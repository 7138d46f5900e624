import Execution
import Model
import Planning

/// Everything that one pass knows: what is declared, what is there, what was recorded, and when that was read.
package struct Survey: Sendable {
    package var desired: Desired
    package var observed: Observed
    package var recorded: Recorded
    package var now: Timestamp
    /// Who Plumb is to each cluster: `USER@REALM!TOKEN`.
    package var ownUsers: [ClusterName: String]
    /// When each server was last found as it should be; read only where everything is.
    package var lastAgreed: [ServerName: Timestamp] = [:]
    /// By when each difference had been seen; read together with ``lastAgreed``.
    package var firstSeen: [ServerName: [String: Timestamp]] = [:]
    /// The time zones that windows of policies are written in.
    package var zones: [String: ZoneOffsets] = [:]
    /// What a person asked for beyond the declarations.
    package var request = PlanRequest()
    /// Whether what failed waits until its back-off is over.
    package var keepsBackOff = false
    /// Noes to steps of the plan.
    package var refused: [RejectedPlan] = []
    /// Clusters that were not looked at.
    package var resting: [ClusterName: ClusterHealth] = [:]

    package func planningInput(targets: [ServerName]? = nil) -> PlanningInput {
        var input = PlanningInput(desired: desired, observed: observed, recorded: recorded, now: now, targets: targets)
        input.ownUsers = ownUsers
        input.lastAgreed = lastAgreed
        input.firstSeen = firstSeen
        input.zones = zones
        input.rebuilds = request.rebuilds
        input.looking = request.looking
        input.keepsBackOff = keepsBackOff
        input.refused = refused
        return input
    }
}

/// What a plan is asked for beyond what is declared.
package struct PlanRequest: Sendable, Hashable {
    /// Servers to be rebuilt.
    package var rebuilds: Set<ServerName>
    /// Servers that an earlier plan rests on with more than a listing shows.
    package var looking: Set<ServerName>

    package init(rebuilds: Set<ServerName> = [], looking: Set<ServerName> = []) {
        self.rebuilds = rebuilds
        self.looking = looking
    }

    /// For a second look at a plan.
    package init(again plan: Plan) {
        self.init()
        for step in plan.steps {
            guard case .server(let name, _) = step.subject else { continue }
            if step.action.verb == .rebuild { rebuilds.insert(name) }
            if step.action.verb == .restart { looking.insert(name) }
        }
    }
}

extension Reconciler {
    /// Reads the world with the configuration of every known guest and the tasks since it was last as it should be.
    ///
    /// - Throws: when the registry cannot be read; what cannot be seen of a cluster is `unknown` in the result.
    func surveyInFull(_ desired: Desired) async throws(StepFailure) -> Survey {
        var survey = try await listed(desired)
        await read(detailsOfAll(survey.planningInput()), in: &survey)
        survey.lastAgreed = try await ledger.lastAgreed()
        survey.firstSeen = try await ledger.firstSeen()
        await readHistory(in: &survey)
        try await noteComparison(survey)
        return survey
    }

    /// What is out of plumb as a plan's own survey saw it, with when each server was last found as it should be: who
    /// reads of it later wants to know since when.
    ///
    /// - Throws: when the registry cannot be read.
    package func drift(beside pass: PlannedPass) async throws(StepFailure) -> [DriftItem] {
        let items = driftReport(pass.survey.planningInput(), beside: pass.plan)
        guard !items.isEmpty else { return [] }
        var survey = pass.survey
        survey.lastAgreed = try await ledger.lastAgreed()
        survey.firstSeen = try await ledger.firstSeen()
        return driftReport(survey.planningInput(), beside: pass.plan)
    }

    /// Reads what a plan needs, and plans: the listings, the configuration of guests that the plan may touch, and a
    /// bounded sweep of others. Which those are is known by planning with what is known so far; the last such plan is
    /// the one.
    ///
    /// - Throws: as ``surveyInFull(_:)``.
    func planned(
        _ desired: Desired, targets: [ServerName]?, _ request: PlanRequest
    ) async throws(StepFailure) -> (survey: Survey, plan: Plan, thought: Duration) {
        var survey = try await listed(desired)
        survey.request = request
        var thought = Duration.zero
        var input = survey.planningInput(targets: targets)
        var result = thought.timing { planFleet(input) }
        // What a guest's configuration shows can make another one matter, but each round reads guests that were not
        // read before, and after a few there is nothing left to ask.
        for round in 0..<Self.detailRounds {
            var needs = result.detailNeeds
            if round == 0 { needs += detailSweep(input, besides: needs) }
            if needs.isEmpty { break }
            await read(needs, in: &survey)
            input = survey.planningInput(targets: targets)
            result = thought.timing { planFleet(input) }
        }
        try await noteComparison(survey)
        return (survey, result.plan, thought)
    }

    /// The registry, the listings and the stacks, which are read side by side; no guest's own configuration.
    ///
    /// - Throws: as ``surveyInFull(_:)``.
    package func listed(_ desired: Desired) async throws(StepFailure) -> Survey {
        let clusters = desired.clusters.map(\.name)
        let resting = try await resting(among: desired.clusters)
        async let inventories = listings(of: clusters, besides: resting)
        async let stacks = stacks.stacks(of: clusters)
        let recorded = try await readRecorded()
        let observed = Observed(inventories: await inventories, stacks: await stacks)
        var survey = Survey(desired: desired, observed: observed, recorded: recorded, now: clock(), ownUsers: ownUsers)
        survey.keepsBackOff = manner != .asked
        survey.resting = resting
        try await noteHealth(in: &survey)
        let zoneNames = survey.planningInput().zoneNames
        if !zoneNames.isEmpty { survey.zones = zones(zoneNames, survey.now) }
        // Another process may have ended a batch between the two readings.
        if !recorded.replacedStates(in: survey.observed.stacks).isEmpty {
            survey.observed.stacks = await self.stacks.stacks(of: clusters)
        }
        // Before absences are looked at, which reads the registry again.
        let sightings = recorded.newSightings(in: survey.observed.stacks)
        if !sightings.isEmpty {
            try await ledger.note(sightings)
            survey.recorded.note(sightings)
        }
        try await confirmAbsences(in: &survey)
        return survey
    }

    /// What is recorded, and for who only looks what comes of it: whoever ends the batches that were cut off spends the yes
    /// to their steps.
    private func readRecorded() async throws(StepFailure) -> Recorded {
        var recorded = try await ledger.recorded()
        guard manner == .shown else { return recorded }
        let spent = Set(try await ports.journal.openBatches().flatMap(\.spent))
        for index in recorded.approvals.indices {
            recorded.approvals[index].steps.removeAll { spent.contains($0.id) }
        }
        return recorded
    }

    /// Writes down which of the servers that were read in detail are as they should be, so that a later drift can say
    /// since when.
    private func noteComparison(_ survey: Survey) async throws(StepFailure) {
        var read: Set<ServerName> = []
        for inventory in survey.observed.inventories where !inventory.details.isEmpty {
            for server in survey.recorded.servers where server.stack.cluster == inventory.cluster {
                if inventory.details[server.vmid]?.value != nil { read.insert(server.name) }
            }
        }
        guard !read.isEmpty else { return }
        let drifting = seenDrift(survey.planningInput(targets: Array(read)))
        try await ledger.noteComparison(
            at: survey.now, clean: read.subtracting(drifting.map(\.server)).sorted(), drifting: drifting)
    }

    private func listings(
        of clusters: [ClusterName], besides resting: [ClusterName: ClusterHealth]
    ) async -> [ClusterInventory] {
        let source = RestingInventory(base: ports.inventory, resting: resting, clock: clock)
        return await withTaskGroup(of: ClusterInventory.self) { group in
            for cluster in clusters {
                group.addTask { await source.inventory(of: cluster, details: []) }
            }
            var inventories: [ClusterInventory] = []
            for await inventory in group { inventories.append(inventory) }
            return inventories.sorted { $0.cluster < $1.cluster }
        }
    }

    /// Notes who was seen and who was missed. A guest that is missing is looked for again, as often as its policy asks,
    /// so that one odd listing is never taken for an end.
    private func confirmAbsences(in survey: inout Survey) async throws(StepFailure) {
        for round in 0..<Self.confirmationRounds {
            var isMissing = false
            var isNews = false
            await askForUnlisted(in: &survey)
            for inventory in survey.observed.inventories {
                let sightings = Sightings(of: survey.recorded.servers, in: inventory)
                guard sightings.isNews else { continue }
                isNews = true
                try await ledger.note(sightings)
                isMissing = isMissing || !sightings.missed.isEmpty
            }
            if isNews { survey.recorded = try await readRecorded() }
            let isConfirmed = survey.recorded.servers.allSatisfy {
                $0.absences.isEmpty || $0.absences.count >= Self.confirmationRounds
            }
            if !isMissing || isConfirmed || round == Self.confirmationRounds - 1 { return }
            await pause()
            survey.observed.inventories = await listings(
                of: survey.desired.clusters.map(\.name), besides: survey.resting)
            survey.now = clock()
        }
    }

    /// The most inventories that one pass takes to confirm an absence: the default of `Policy.absenceConfirmations`.
    private static var confirmationRounds: Int { 3 }

    private static var detailRounds: Int { 3 }

    private func read(_ needs: [DetailNeed], in survey: inout Survey) async {
        let needs = Dictionary(grouping: needs, by: \.cluster).mapValues { Set($0.map(\.vmid)) }
        let inventories = survey.observed.inventories
        let detailed = await withTaskGroup(of: ClusterInventory.self) { group in
            for inventory in inventories {
                let guests = needs[inventory.cluster] ?? []
                group.addTask {
                    guests.isEmpty ? inventory : await ports.inventory.detailed(inventory, guests: guests)
                }
            }
            var all: [ClusterInventory] = []
            for await inventory in group { all.append(inventory) }
            return all.sorted { $0.cluster < $1.cluster }
        }
        survey.observed.inventories = detailed
    }

    /// The tasks since all servers were last as they should be, of a day at least and of a week at most: what an operator
    /// asks about on a Monday morning.
    private func readHistory(in survey: inout Survey) async {
        let day: Int64 = 86_400_000
        let now = survey.now.milliseconds
        let agreed = survey.lastAgreed.values.min()?.milliseconds ?? now
        let since = Timestamp(milliseconds: max(now - 7 * day, min(now - day, agreed)))
        for index in survey.observed.inventories.indices {
            survey.observed.inventories[index] = await ports.inventory.withHistory(
                survey.observed.inventories[index], since: since)
        }
    }
}

extension Duration {
    /// Adds the time that some work takes.
    mutating func timing<Result>(_ work: () -> Result) -> Result {
        let begin = ContinuousClock.now
        let result = work()
        self += begin.duration(to: .now)
        return result
    }
}

extension Sightings {
    /// What an inventory says about the recorded servers of its cluster. A listing that proves no absence misses nobody,
    /// and ends what others before it had missed: absences count while they follow each other.
    package init(of servers: [RecordedServer], in inventory: ClusterInventory) {
        self.init(cluster: inventory.cluster, at: inventory.readAt, seen: [], missed: [])
        for server in servers where server.stack.cluster == inventory.cluster {
            if inventory.distrust == nil, let guest = inventory.guest(server.vmid) {
                // Only what would change the row is worth a write.
                if guest.node != server.node || !server.absences.isEmpty { seen.append((server.name, guest.node)) }
            } else if inventory.provesAbsence(of: server.vmid) {
                missed.append(server.name)
            } else if !server.absences.isEmpty {
                // Where it was is all that is known of it still.
                seen.append((server.name, server.node))
            }
        }
    }

    package var isNews: Bool { !seen.isEmpty || !missed.isEmpty }
}

extension Survey {
    /// Steps that were approved and that a whole look at the fleet no longer finds necessary. Their approval ends here:
    /// a removal that was taken back and is asked for again later is a new question.
    ///
    /// What is only hindered, by a broken document or a node that is offline, stays approved.
    func spentApprovals(beside plan: Plan, targets: [ServerName]?) -> [StepID] {
        guard targets == nil, desired.completeness == .complete, !recorded.approvals.isEmpty else { return [] }
        let planned = Set(plan.steps.map(\.id))
        let hindered = plan.findings.filter { $0.kind != .notice }.map { " \($0.subject)" }
        let approved = Set(recorded.approvals.flatMap { $0.steps.map(\.id) })
        let born = planned.filter { $0.rawValue.hasPrefix("\(Action.Verb.create.rawValue) ") }
        // The second half of a rebuild rests on the yes to the whole.
        let owed = Set(
            born.map { StepID(rawValue: $0.rawValue.replacing("create ", with: "rebuild ", maxReplacements: 1)) })
        return approved.subtracting(planned).subtracting(owed)
            .filter { id in !hindered.contains { id.rawValue.hasSuffix($0) } }
            .sorted()
    }
}
