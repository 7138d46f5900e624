import Model
import Reconciliation

/// How a command line names a plan: by a file of `plan --out`, by its id, or by how the id begins.
package struct PlanReference: Sendable, Hashable {
    let text: String
    /// What the file says; nil where the text is no file.
    private let saved: SavedPlan?

    init(_ text: String) throws(CommandFailure) {
        self.text = text
        saved = try SavedPlan(readingFile: text)
    }

    /// The plan as it was stored.
    ///
    /// - Parameter evenRejected: whether one is meant that somebody said no to; otherwise that is a failure.
    func find(in ledger: any Ledger, evenRejected: Bool = false) async throws -> (id: PlanID, plan: Plan) {
        do throws(StepFailure) {
            let found = try await ledger.plan(named: saved?.id.rawValue ?? text, evenRejected: evenRejected)
            return (id: found.0, plan: found.1)
        } catch {
            guard error.sentence.code == "registry.noSuchPlan" else { throw error }
            if saved != nil { throw CommandFailure(Sentence("cli.planElsewhere", text)) }
            if !text.allSatisfy(\.isHexDigit) { throw CommandFailure(Sentence("cli.noPlanNamed", text)) }
            throw error
        }
    }
}
