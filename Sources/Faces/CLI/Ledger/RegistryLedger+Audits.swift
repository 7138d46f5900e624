import Model
import Reconciliation
import Registry

extension RegistryLedger: AuditLog {
    func note(_ audit: StackAudit) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.note(audit) }
    }

    func audits() async throws(StepFailure) -> [StackAudit] {
        try await guarded { () throws(RegistryFailure) in try await registry.audits() }
    }
}
