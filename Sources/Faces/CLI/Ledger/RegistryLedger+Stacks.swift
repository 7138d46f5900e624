import Execution
import Model
import Registry
import Terraform

extension RegistryLedger {
    /// What is on record of stacks, for whoever opens them. What the registry does not say is not known.
    var stackRecords: StackRecords {
        StackRecords(
            openBatches: { [self] in (try? await openBatches()).map { Set($0.map(\.id)) } },
            knownState: { [registry] stack in (try? await registry.stateStamp(of: stack)) ?? nil },
            isUnrecorded: { [registry] stack in
                guard let isKnown = try? await registry.knows(stack) else { return false }
                return !isKnown
            },
            noteMended: { [self] stack, sentence in
                try? await note(StackDecision(stack: stack, by: "plumb \(command)", at: clock(), sentence: sentence))
            })
    }
}
