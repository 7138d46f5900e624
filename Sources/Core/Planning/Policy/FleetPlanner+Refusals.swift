import Model

extension FleetPlanner {
    /// Holds back what somebody said no to. Budgets have counted it, so that a no lets nothing through that would wait
    /// without it; whatever hangs on it is decided after it.
    mutating func withholdRefused() {
        if input.refused.isEmpty { return }
        for index in drafts.indices {
            let step = drafts[index].step
            switch step.disposition {
            case .ready, .needsApproval:
                guard let no = input.refused.first(where: { $0.forbids(step) }) else { continue }
                drafts[index].step.disposition = .blocked(no.sentence(on: step))
            // What holds these back would do so without the no.
            case .blocked, .waiting: break
            }
        }
    }
}
