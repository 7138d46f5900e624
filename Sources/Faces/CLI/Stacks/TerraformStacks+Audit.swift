import Execution
import Model
import Reconciliation
import Terraform

extension TerraformStacks: StackAuditor {
    func audit(_ stack: StackID) async throws(StepFailure) -> [AuditedChange] {
        let session = try await open(stack)
        guard let terraform = session as? TerraformSession else {
            preconditionFailure("the stacks of this program are Terraform's")
        }
        let found: Result<[AuditedChange], StepFailure>
        do throws(StepFailure) {
            found = .success(try await terraform.audit())
        } catch {
            found = .failure(error)
        }
        await session.close()
        return try found.get()
    }
}

extension TerraformSession {
    fileprivate func audit() async throws(StepFailure) -> [AuditedChange] {
        do {
            return try await stack.audit()
        } catch {
            throw error.stepFailure
        }
    }
}
