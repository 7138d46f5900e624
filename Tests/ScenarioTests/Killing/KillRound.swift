import Testing

/// One plan that is cut off, and what comes of it.
struct KillRound: Sendable {
    enum Cause: Sendable {
        case cut(KillPoint, KillVictim)
        /// Rules of the simulated cluster, as words of a call.
        case faults([String])
    }

    let kind: KillKind
    let cause: Cause
    /// Whether the next command is `recover`, or an apply, which begins with the same.
    let asksToRecover: Bool

    /// - Parameter span: how long such a run takes; corrected by every run that ends by itself.
    /// - Returns: whether death came.
    /// - Throws: ``StageFailure`` with what was lost, harmed or left, and what the programs said.
    func play(
        on fleet: inout KillFleet, span: inout Duration, reportingTo tally: KillTally
    ) async throws -> Bool {
        let stage = fleet.stage
        try await tally.timing(.editing) { try await fleet.edit(for: kind) }
        let before = try await tally.timing(.looking) { try await FleetFacts(of: stage) }
        try await tally.timing(.planning) { try await checkAnnouncement(of: fleet) }
        let hasStruck = try await tally.timing(.dying) { try await strike(stage, span: &span) }
        try await tally.timing(.outliving) { try await stage.terraformHasEnded() }
        let then = try await tally.timing(.looking) { try await FleetFacts(of: stage) }
        try check("right after it", FleetAudit(fleet: fleet, before: before, after: then).harm)
        var said = ""
        if asksToRecover {
            said += try await tally.timing(.recovering) { try await stage.expect(["recover"], exit: 0) }
            try await tally.timing(.byHand) { try await checkEndsByHand(fleet, said) }
        }
        said += try await tally.timing(.resting) { try await converge(stage) }
        let end = try await tally.timing(.looking) { try await FleetFacts(of: stage) }
        let audit = FleetAudit(fleet: fleet, before: before, after: end)
        tally.count(audit.destroys)
        try check("at rest", audit.harm + audit.unrest, said)
        try await tally.timing(.byHand) { try await checkByHand(fleet, said) }
        return hasStruck
    }

    /// Runs the plan, and lets happen what is to happen.
    ///
    /// - Returns: whether death came; always true for faults.
    private func strike(_ stage: Stage, span: inout Duration) async throws -> Bool {
        switch cause {
        case .cut(let point, let victim):
            switch try await stage.cut(["apply", "--yes"], at: point, killing: victim, span: span) {
            case .struck: return true
            case .ended(let time):
                span = time
                return false
            }
        case .faults(let rules):
            for rule in rules { _ = try await stage.call(["root", "POST", "/simulation/faults"] + Script.words(rule)) }
            _ = try await stage.plumb(["apply", "--yes"])
            _ = try await stage.call(["root", "DELETE", "/simulation/faults"])
            return true
        }
    }

    /// A plan of Terraform in each stack finds nothing to do.
    private func checkByHand(_ fleet: KillFleet, _ said: String) async throws {
        let stage = fleet.stage
        for stack in stage.stacks where fleet.servers.contains(where: { "lab/\($0.env)" == stack }) {
            let byHand = try await stage.inside(["inside", stack, "plan", "-detailed-exitcode"])
            try check("by hand in \(stack)", byHand.hasPrefix("No changes.") ? [] : [byHand], said)
        }
    }

    /// With the work half done, a plan of Terraform ends nobody who is to live: no batch is open any more, and until the
    /// next apply, which a pause can put off for days, somebody may carry it out.
    private func checkEndsByHand(_ fleet: KillFleet, _ said: String) async throws {
        let stage = fleet.stage
        for stack in stage.stacks where fleet.servers.contains(where: { "lab/\($0.env)" == stack }) {
            let byHand = try await stage.inside(["inside", stack, "plan", "-detailed-exitcode"])
            let isWhole = byHand.contains("No changes.") || byHand.contains("Plan:")
            try check("by hand in \(stack), after the recovery", isWhole ? [] : [byHand], said)
            let ends = byHand.matches(of: /# module\.server\["([^"]+)"\].* (?:destroyed|replaced)/)
            let harmed = ends.filter { !fleet.mayEnd.contains(String($0.1)) }.map { String($0.0) }
            try check("by hand in \(stack), after the recovery", harmed, said)
        }
    }

    /// The plan destroys what was taken out of the YAML and nothing else, and rebuilds and restarts what it should.
    private func checkAnnouncement(of fleet: KillFleet) async throws {
        let plan = try await fleet.stage.plumb(["plan"])
        func announced(_ pattern: Regex<(Substring, Substring)>) -> Set<String> {
            Set(plan.matches(of: pattern).map { String($0.1) })
        }
        for (what, names, expected) in [
            ("destroy", announced(/- +Server\/(\S+) +destroy/), fleet.removed),
            ("rebuild", announced(/± +Server\/(\S+) +rebuild/), fleet.rebuilt),
            ("restart", announced(/@ +Server\/(\S+) +restart/), fleet.restarted),
        ] where names != expected {
            throw StageFailure(
                "\(self): announced to \(what) \(names.sorted()), not \(expected.sorted()):\n\(plan)")
        }
    }

    /// Applies until there is nothing to do; a few times, because what was half done is first taken up and then finished.
    private func converge(_ stage: Stage) async throws -> String {
        var said = ""
        for _ in 0..<4 {
            let run = try await stage.plumb(["apply", "--yes"])
            said += run
            if run.contains(": nothing to do."), !run.contains("exit ") { return said }
        }
        throw StageFailure("\(self): no rest after four applies:\n\(said)")
    }

    private func check(_ moment: String, _ complaints: [String], _ said: String = "") throws {
        guard !complaints.isEmpty else { return }
        throw StageFailure("\(self), \(moment): \(complaints.joined(separator: "; "))\n\(said)")
    }
}

extension KillRound: CustomStringConvertible {
    var description: String {
        switch cause {
        case .cut(let point, let victim): "\(kind.rawValue), \(victim.rawValue) killed \(point)"
        case .faults(let rules): "\(kind.rawValue) with \(rules)"
        }
    }
}

extension Stage {
    /// Waits until what was left running has come to its end; a killed Plumb leaves its Terraform at work.
    fileprivate func terraformHasEnded() async throws {
        for _ in 0..<9000 {
            guard hasTerraform else { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw StageFailure("a Terraform that was left does not end")
    }
}
