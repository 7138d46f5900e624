import Model
import Synchronization

/// What happened in all worlds together, so that a property that was never put to the test does not pass for one that
/// held.
final class Tally: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func count(_ outcomes: [StepID: StepOutcome], of plan: Plan) {
        counts.withLock { counts in
            for step in plan.steps {
                guard let outcome = outcomes[step.id] else { continue }
                let ended =
                    switch outcome {
                    case .done: "done"
                    case .stale: "stale"
                    case .refused: "refused"
                    case .failed: "failed"
                    case .skipped: "skipped"
                    }
                counts["\(step.action.verb.rawValue) \(ended)", default: 0] += 1
            }
            for finding in plan.findings { counts["finding \(finding.rule)", default: 0] += 1 }
        }
    }

    func count(_ what: String, times: Int = 1) { counts.withLock { $0[what, default: 0] += times } }

    subscript(what: String) -> Int { counts.withLock { $0[what] ?? 0 } }

    var text: String {
        counts.withLock { $0.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ") }
    }
}
