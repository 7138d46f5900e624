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
}
