import Model

/// Steps that only the registry needs to know of.
struct RegistryBatch: Sendable {
    let ports: ExecutionPorts

    func run(_ steps: [Step]) async -> [StepID: StepOutcome] {
        var outcomes: [StepID: StepOutcome] = [:]
        for step in steps {
            do throws(StepFailure) {
                try await carryOut(step.action)
                outcomes[step.id] = .done
            } catch {
                outcomes[step.id] = .failed(error)
            }
        }
        return outcomes
    }

    private func carryOut(_ action: Action) async throws(StepFailure) {
        switch action {
        case .record(let server): try await ports.records.save(server)
        case .retire(let server): try await ports.records.retire(server)
        case .register(let object), .updateRegistration(let object): try await ports.records.save(object)
        case .unregister(let object): try await ports.records.remove(object)
        case .rename(.server(let former, let row)): try await ports.records.rename(former, to: row)
        case .rename(.object(let former, let object)): try await ports.records.rename(former, to: object)
        case .create, .recreate, .update, .destroy, .adopt, .untaint, .move, .forget, .power, .restart, .rebuild,
            .repairEntry:
            preconditionFailure("\(action.verb) is no registry step")
        }
    }
}
