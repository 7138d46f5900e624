import Model
import Planning

extension Plan {
    /// Takes out of the order of the steps what is not in the plan, and holds those that come after such a step or change
    /// places with one: nobody was shown it, so that it does not run.
    mutating func holdWhatRestsOnOthers() {
        let present = Set(steps.map(\.id))
        for index in steps.indices {
            let needed = steps[index].after + (steps[index].exchangesWith ?? [])
            if steps[index].mayRun, let missing = needed.first(where: { !present.contains($0) }) {
                steps[index].disposition = .blocked(Sentence("execution.afterMissing", missing.rawValue))
            }
            steps[index].after.removeAll { !present.contains($0) }
            steps[index].behind?.removeAll { !present.contains($0) }
            steps[index].exchangesWith?.removeAll { !present.contains($0) }
        }
    }

    /// Of steps that change places with each other none is readier than another: alone it would take an address that a
    /// guest keeps.
    mutating func holdExchanges() {
        let readiness = Dictionary(steps.map { ($0.id, $0.readiness) }) { first, _ in first }
        for index in steps.indices {
            let step = steps[index]
            let others = (step.exchangesWith ?? []).map { (id: $0, readiness: readiness[$0] ?? 0) }
            guard let least = others.min(by: { $0.readiness < $1.readiness }), least.readiness < step.readiness else {
                continue
            }
            steps[index].disposition = .waiting(Sentence(.follows, step.subject.description, least.id.rawValue))
        }
    }
}
