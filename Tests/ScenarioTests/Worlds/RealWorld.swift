import Chance

/// One world: a fleet that is drawn from a seed, made through the real Terraform, and then disturbed for some rounds by
/// its operators, by colleagues behind Plumb's back, and by its cluster.
struct RealWorld {
    let seed: UInt64
    let stage: Stage
    let tally: WorldTally
    private var dice: Dice
    private var fleet: WorldFleet
    private var lives = WorldLives()
    private var orders = WorldOrders()
    /// By cluster, as it was when somebody looked last.
    private var facts: [String: FleetFacts] = [:]
    /// Numbers that colleagues use, each once.
    private var lastNumber = 500
    /// What happened in the present round, for people.
    private var story: [String] = []

    init(seed: UInt64, on stage: Stage, tally: WorldTally) {
        self.seed = seed
        self.stage = stage
        self.tally = tally
        var dice = Dice(seed: seed)
        fleet = WorldFleet(drawnWith: &dice)
        self.dice = dice
    }

    /// - Throws: ``StageFailure`` with what should not have been, after what, and what Plumb said.
    mutating func play() async throws {
        try await settle()
        let rounds = dice.pick([3, 3, 4, 5]) ?? 3
        for number in 1...rounds { try await play(round: number, isCalm: number == rounds) }
        tally.count(.worlds)
    }

    // MARK: Before the first round

    /// Every server is made; beside them are guests of somebody else, one of which Plumb is to look at.
    private mutating func settle() async throws {
        try fleet.write(on: stage)
        let said = try await plumb(["apply", "--yes"])
        for cluster in fleet.clusters {
            let found = try await FleetFacts(of: stage, in: cluster)
            let missing = fleet.managed(in: cluster).subtracting(found.guests.values.map(\.name))
            guard missing.isEmpty else {
                throw StageFailure("seed \(seed): not made: \(missing.sorted())\n\(said)\n\(fleet.files)")
            }
            tally.count(.made, lives.seeAfterPlumb(found, in: cluster))
            facts[cluster] = found
        }
        for cluster in fleet.clusters {
            let number = nextNumber()
            let clone = "/nodes/pve1/qemu/9000/clone"
            try await byHand(["POST", clone, "newid=\(number)", "name=theirs-\(number)", "full=1"], in: cluster)
            if dice.chance(0.5) { try await byHand(["POST", "/nodes/pve1/qemu/\(number)/status/start"], in: cluster) }
            guard dice.chance(0.4) else { continue }
            var server = WorldFleet.Declared(name: "theirs-\(number)", cluster: cluster)
            server.vmid = number
            server.isObserved = true
            fleet.servers.append(server)
        }
    }

    private mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    private func byHand(_ words: [String], in cluster: String) async throws {
        _ = try await stage.call(["alice"] + words, of: cluster)
    }

    // MARK: A round

    /// - Parameter isCalm: whether nothing goes wrong in it: somebody takes one server out, and somebody agrees.
    private mutating func play(round: Int, isCalm: Bool) async throws {
        story = []
        // What an earlier round came to does not change what is drawn for this one, but for who is there to be picked.
        dice = Dice(seed: seed ^ UInt64(round) << 32)
        try await disturb(isCalm: isCalm)
        try fleet.write(on: stage)
        for cluster in fleet.clusters {
            let found = try await FleetFacts(of: stage, in: cluster)
            lives.seeAfterPeople(found, in: cluster)
            facts[cluster] = found
        }
        let words = try await agree(isCalm: isCalm)
        var fault = WorldFault(cluster: fleet.clusters[0])
        if !isCalm { fault = WorldFault.drawn(for: fleet.clusters, &dice) }
        story.append("fault \(fault)")
        tally.note(fault.kind)
        try await fault.strike(stage)
        let said = try await plumb(["apply"] + words)
        tally.count(.struck, try await fault.lift(stage))
        tally.count(.rounds)
        if !fleet.isReadable { tally.count(.broken) }
        try await check(round, said, fault)
    }

    /// What people do to the YAML, and colleagues to the guests.
    private mutating func disturb(isCalm: Bool) async throws {
        let known = Set(facts.values.flatMap(\.rows.keys))
        if isCalm {
            fleet.heal()
            fleet.policy.isPaused = false
            // What waited in the rounds before is more than a small budget lets go.
            fleet.policy.budget = nil
            if let name = fleet.remove(&dice, isMortal: true) { story.append("\(WorldEdit.remove.rawValue) \(name)") }
            return
        }
        if !fleet.isReadable, dice.chance(0.6) {
            fleet.heal()
            story.append("all files are back")
        }
        for _ in 0..<dice.number(1...2) {
            let wish = dice.pick(WorldEdit.lots) ?? .remove
            edit(wish, known)
        }
        for _ in 0..<dice.number(1...2) {
            let accident = dice.pick(WorldAccident.lots) ?? .change
            try await happen(accident)
        }
    }

    private mutating func edit(_ wish: WorldEdit, _ known: Set<String>) {
        guard let done = fleet.edit(wish, &dice, known: known) else { return }
        story.append(done)
        tally.note(wish.rawValue)
    }

    private mutating func happen(_ accident: WorldAccident) async throws {
        let guests = facts.sorted { $0.key < $1.key }.flatMap { cluster, facts in
            facts.guests.sorted { $0.key < $1.key }.map { (cluster: cluster, vmid: $0.key, guest: $0.value) }
        }
        guard let pick = dice.pick(guests) else { return }
        let victim = WorldVictim(
            cluster: pick.cluster, vmid: pick.vmid, guest: pick.guest, free: nextNumber(), lot: dice.number(0...99))
        for words in victim.calls(of: accident) { try await byHand(words, in: pick.cluster) }
        story.append("\(accident.rawValue) of \(pick.cluster)/\(pick.vmid) \(pick.guest.name)")
        tally.note("\(accident.rawValue) by hand")
    }

    /// Somebody says yes, or nobody does.
    ///
    /// - Returns: how the run is to be called.
    private mutating func agree(isCalm: Bool) async throws -> [String] {
        orders.number = nil
        if !isCalm, dice.chance(0.2) { try await askForRebuild() }
        let lot = isCalm ? 0 : dice.number(0...9)
        guard lot < 7, let plan = AskedPlan(try await plumb(["plan", "--output", "json"])) else { return ["--yes"] }
        if lot < 4 {
            guard plan.isAsking, try await approve(plan.id) else { return ["--yes"] }
            orders.ended.formUnion(plan.ended)
            orders.downed.formUnion(plan.downed)
            story.append("a yes to \(plan.id)")
            return ["--yes"]
        }
        guard plan.ends > 0 else { return ["--yes"] }
        orders.number = plan.ends
        story.append("a yes to \(plan.ends) ends")
        return ["--yes", "--approve-destroy", "\(plan.ends)"]
    }

    private mutating func askForRebuild() async throws {
        let names = fleet.clusters.flatMap { fleet.managed(in: $0).sorted() }
        guard let name = dice.pick(names) else { return }
        let said = try await plumb(["rebuild", name])
        guard let plan = said.matches(of: /Plan ([0-9a-f]{12})\b/).last else { return }
        guard try await approve(String(plan.1)) else { return }
        orders.rebuilt.insert(name)
        orders.downed.insert(name)
        story.append("a yes to the rebuild of \(name)")
        tally.note("rebuild asked for")
    }

    /// - Returns: whether there was anything to say yes to.
    private func approve(_ plan: String) async throws -> Bool {
        let said = try await plumb(["approve", plan])
        return !(said.split(separator: "\n").last ?? "").hasPrefix("exit ")
    }

    // MARK: What came of it

    private mutating func check(_ round: Int, _ said: String, _ fault: WorldFault) async throws {
        var complaints: [String] = []
        for cluster in fleet.clusters {
            guard let before = facts[cluster] else { continue }
            let after = try await FleetFacts(of: stage, in: cluster)
            var audit = WorldAudit(
                fleet: fleet, orders: orders, lives: lives, cluster: cluster, before: before, after: after, said: said)
            if fault.cluster == cluster { audit.darkNode = fault.darkNode }
            let (ends, downs) = (audit.ends, audit.downs)
            tally.count(.made, lives.seeAfterPlumb(after, in: cluster))
            tally.count(.endedAsNamed, ends.count { $0.objection == nil })
            tally.count(.endedUnintended, ends.count { $0.objection != nil })
            tally.count(.down, Set(downs.keys).subtracting(ends.map(\.vmid)).count)
            complaints += audit.complaints
            facts[cluster] = after
            orders.spend(ended: ends.compactMap(\.server), downed: Set(downs.values))
        }
        guard complaints.isEmpty else {
            let files = fleet.files.sorted { $0.key < $1.key }.map { "--- \($0.key)\n\($0.value)" }.joined()
            throw StageFailure(
                """
                seed \(seed), round \(round): \(complaints.joined(separator: "; "))
                before it: \(story.joined(separator: "; "))
                \(said)
                \(files)
                """)
        }
    }

    /// Runs `plumb`, which must come to an end by itself, with one of its own exit codes.
    private func plumb(_ arguments: [String]) async throws -> String {
        let stage = stage
        let name = "plumb " + arguments.joined(separator: " ")
        let said = try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask { try await stage.plumb(arguments) }
            group.addTask {
                try await Task.sleep(for: .seconds(90))
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let said else { throw StageFailure("seed \(seed): \(name) does not end\n\(story)") }
        let code = said.split(separator: "\n").last.flatMap { $0.wholeMatch(of: /exit (\d+)/) }.flatMap { Int($0.1) }
        guard [0, 1, 2, 3].contains(code ?? 0) else {
            throw StageFailure("seed \(seed): \(name) ended with \(code ?? 0)\n\(story)\n\(said)")
        }
        return said
    }
}
