import Foundation
import Model
import Registry

extension RegistryLedger {
    /// Plans that were neither applied, nor rejected, nor superseded, and have steps that wait for a yes; latest first.
    func plansAwaiting() async throws(StepFailure) -> [AwaitingPlan] {
        try await guarded { () throws(RegistryFailure) in
            var found: [AwaitingPlan] = []
            for record in try await registry.plans(status: [.pending], limit: Self.plansLookedAt) {
                let bytes = try await registry.plan(record.id.rawValue).bytes
                // One that another version wrote says nothing here, and is refused by its id.
                guard let plan = try? JSONDecoder().decode(Plan.self, from: Data(bytes)) else { continue }
                let steps = plan.steps.count(where: \.needsApproval)
                guard steps > 0 else { continue }
                found.append(AwaitingPlan(id: record.id, at: record.createdAt, by: record.createdBy, steps: steps))
            }
            return found
        }
    }

    private static let plansLookedAt = 20

    /// What became of a plan since it was made, or since it waits again.
    func fate(of id: PlanID) async throws(StepFailure) -> PlanFate {
        try await guarded { () throws(RegistryFailure) in
            var fate = PlanFate()
            let record = try await registry.plan(id.rawValue).record
            let isReplaced = record.status == .superseded
            let since = isReplaced ? record.createdAt : record.statusAt
            fate.done = try await registry.stepsDone(since: since).mapValues {
                PlanFate.Doing(by: $0.by, at: $0.at)
            }
            guard isReplaced else { return fate }
            var replacement = PlanFate.Replacement(at: record.statusAt)
            if let now = try await registry.successor(of: id) {
                let bytes = try await registry.plan(now.id.rawValue).bytes
                if let plan = try? JSONDecoder().decode(Plan.self, from: Data(bytes)) {
                    replacement.plan = now.id
                    replacement.steps = Set(plan.steps.map(\.agreed))
                }
            }
            fate.replacement = replacement
            return fate
        }
    }
}
