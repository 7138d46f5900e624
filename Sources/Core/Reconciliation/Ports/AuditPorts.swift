import Execution
import Model

/// Has Terraform look at whole stacks.
package protocol StackAuditor: Sendable {
    /// `terraform plan` of everything that the stack's tfvars say, refreshing and without targets. The stack's lock is
    /// held meanwhile, nothing is applied, and no plan is left on disk.
    ///
    /// - Returns: what Terraform would not leave alone; empty: no changes.
    /// - Throws: a failure worth trying again soon where the stack is at work.
    func audit(_ stack: StackID) async throws(StepFailure) -> [AuditedChange]
}

/// What the registry keeps of audits.
package protocol AuditLog: Sendable {
    /// In place of the stack's earlier one.
    func note(_ audit: StackAudit) async throws(StepFailure)
    /// The last audit of every stack that had one.
    func audits() async throws(StepFailure) -> [StackAudit]
}
