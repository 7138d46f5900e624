import Model
import Testing

/// What may stand in a plan for good.
extension RandomRun {
    /// With every fault gone nothing is held back but by what a person has to settle.
    func checkObstacles(_ plan: Plan) {
        for finding in plan.findings where finding.kind != .notice {
            tally.count("rest \(finding.rule)")
            #expect(
                ["ambiguous", "vmidTaken", "nameTaken"].contains(finding.rule)
                    || finding.rule == "renameHeld" && plan.holdsBackFormer(of: finding.sentence),
                "seed \(seed): at rest \(finding.subject) is held back by \(finding.rule): \(finding.sentence)")
        }
        for step in plan.steps {
            switch step.disposition {
            case .ready: break
            case .needsApproval(let reason), .blocked(let reason), .waiting(let reason):
                tally.count("rest \(reason.code.rawValue)")
                #expect(
                    [
                        // Agreed to before its server was protected.
                        "plan.rebuildProtected",
                        "plan.budget", "plan.budgetPerDay", "plan.budgetPerDayNever", "plan.budgetRecreate",
                        "plan.protected", "plan.follows", "plan.dependencyMissing",
                        "plan.disruptionBusy", "plan.inUse",
                        // Undeclared, and its mark was taken off.
                        "plan.identity",
                        "plan.hasDatabases", "plan.hostsDatabaseServer",
                    ].contains(reason.code),
                    "seed \(seed): at rest \(step.id) is held back by \(reason.code)")
            }
        }
    }
}

extension Plan {
    /// Whether a rename waits for its former name to be let go of, and that waits for a person.
    ///
    /// - Parameter sentence: why it waits: the new name, and the former one.
    fileprivate func holdsBackFormer(of sentence: Sentence) -> Bool {
        guard sentence.code == "plan.renameGone", let former = sentence.arguments.last else { return false }
        return steps.contains { step in
            guard case .server(let name, _) = step.subject, name.text == former else { return false }
            return step.disposition != .ready
        }
    }
}
