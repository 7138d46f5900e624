import Model

extension FleetPlanner {
    /// What stands, and what has ended and still stands in a file: a pause that was forgotten looks like a Plumb that
    /// does nothing, and an ignore rule that ended makes a drift come back.
    mutating func reportPolicies() {
        for policy in input.desired.policies {
            let subject = Subject.object(ObjectName(.policy, policy.name.text))
            if let pause = policy.pause { report(pause, of: policy, subject) }
            for rule in policy.ignore {
                guard let until = rule.until, until <= input.now else { continue }
                let sentence = Sentence(
                    .ignoreEnded, policy.name.text, rule.path, until.description, rule.reason ?? "–")
                findings.append(Finding(.notice, subject, rule: "ignoreEnded", sentence))
            }
        }
    }

    private mutating func report(_ pause: Policy.Pause, of policy: Policy, _ subject: Subject) {
        let name = policy.name.text
        guard let until = pause.until else {
            let sentence = Sentence(.pauseStands, name, pause.reason)
            return findings.append(Finding(.notice, subject, rule: "pauseStands", sentence))
        }
        let hasEnded = until <= input.now
        let sentence = Sentence(hasEnded ? .pauseEnded : .pauseStandsUntil, name, pause.reason, until.description)
        findings.append(Finding(.notice, subject, rule: hasEnded ? "pauseEnded" : "pauseStands", sentence))
    }
}
