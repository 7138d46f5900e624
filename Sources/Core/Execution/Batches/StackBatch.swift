import Model
import Planning

/// One stage of one stack: opens the stack, hands the steps to what carries their kind out, and closes it again.
struct StackBatch: Sendable {
    let stack: StackID
    let ports: ExecutionPorts
    /// Who else may be down.
    let gate: DisruptionGate
    /// Whether the run was asked to stop.
    let isOver: @Sendable () -> Bool
    let report: @Sendable (ExecutionEvent) -> Void

    func run(_ steps: [Step], of stage: ExecutionStage) async -> [StepID: StepOutcome] {
        switch stage {
        case .registry: return await RegistryBatch(ports: ports).run(steps)
        case .power: return await PowerBatch(ports: ports, gate: gate, isOver: isOver).run(steps)
        case .letGo:
            return await withSession(steps) { await StateBatch(stack: stack, session: $0, ports: ports).run(steps) }
        case .take: return await take(steps)
        case .entries:
            return await withSession(steps) { await EntryBatch(stack: stack, session: $0, ports: ports).run(steps) }
        case .restart:
            return await withSession(steps) { session in
                await RestartBatch(stack: stack, session: session, ports: ports, gate: gate, isOver: isOver).run(steps)
            }
        case .rebuild:
            return await withSession(steps) { session in
                await RebuildBatch(
                    stack: stack, session: session, ports: ports, gate: gate, isOver: isOver, report: report
                ).run(steps)
            }
        case .create, .update, .destroy:
            return await withSession(steps) { session in
                await TerraformBatch(
                    stack: stack, session: session, ports: ports, gate: gate, isOver: isOver, report: report
                ).run(steps)
            }
        }
    }

    private func take(_ steps: [Step]) async -> [StepID: StepOutcome] {
        var outcomes: [StepID: StepOutcome] = [:]
        let moves = steps.filter(\.action.isMove)
        let adoptions = steps.filter { !$0.action.isMove }
        for step in moves {
            outcomes[step.id] = await StackMove(stack: stack, ports: ports).run(step)
        }
        if !adoptions.isEmpty {
            let adopted = await withSession(adoptions) { session in
                await AdoptionBatch(stack: stack, session: session, ports: ports, gate: gate, report: report).run(
                    adoptions)
            }
            outcomes.merge(adopted) { first, _ in first }
        }
        return outcomes
    }

    private func withSession(
        _ steps: [Step], _ body: (any StackSession) async -> [StepID: StepOutcome]
    ) async -> [StepID: StepOutcome] {
        let session: any StackSession
        do {
            session = try await ports.provisioner.open(stack)
        } catch {
            return steps.outcomes(.failed(error))
        }
        let outcomes: [StepID: StepOutcome]
        if let trouble = await session.trouble() {
            outcomes = steps.outcomes(trouble)
        } else if let refusal = await ports.refusalOfOpenBatch(in: stack) {
            outcomes = steps.outcomes(refusal)
        } else if steps.contains(where: \.action.restsOnWholeState),
            let refusal = await ports.refusalOfReplacedState(session)
        {
            outcomes = steps.outcomes(refusal)
        } else if steps.contains(where: \.action.hasTerraformPlan), let refusal = await session.refusalOfForeignFiles()
        {
            // Before a guest is shut down for a plan that will not be made.
            outcomes = steps.outcomes(refusal)
        } else {
            outcomes = await body(session)
        }
        await session.close()
        return outcomes
    }
}

extension ExecutionPorts {
    /// Why no batch may begin in a stack whose lock is held: an earlier one was never closed, and what it left is not
    /// known. Nil: there is none.
    func refusalOfOpenBatch(in stack: StackID) async -> StepOutcome? {
        do throws(StepFailure) {
            guard let open = try await journal.openBatches().first(where: { $0.stacks.contains(stack) }) else {
                return nil
            }
            return .refused(Sentence("execution.openBatch", stack.description, open.id.rawValue))
        } catch {
            return .failed(error)
        }
    }
}

extension ExecutionPorts {
    /// Why nothing may be made, removed or taken in: since the plan another state was put in the place of the one that
    /// was there. Nil: it is the same, or one that came of it.
    func refusalOfReplacedState(_ session: any StackSession) async -> StepOutcome? {
        do throws(StepFailure) {
            let observation = try await session.observe()
            return try await journal.replacement(of: observation).map { .refused($0.sentence(on: observation.id)) }
        } catch {
            return .failed(error)
        }
    }
}

extension StackSession {
    /// Why nothing may be done in this stack at all; nil: nothing is in the way.
    func trouble() async -> StepOutcome? {
        do {
            let observation = try await observe()
            if observation.hasErroredState {
                return .refused(Sentence("execution.erroredState", observation.id.description))
            }
            if case .unknown(let reason) = observation.state { return .refused(reason) }
            return nil
        } catch {
            return .failed(error)
        }
    }
}

extension StackSession {
    /// Why Terraform is not asked for a plan: somebody put files beside the stack's own. Nil: nobody did.
    func refusalOfForeignFiles() async -> StepOutcome? {
        do {
            return try await observe().sentenceOnForeignFiles.map { .refused($0) }
        } catch {
            return .failed(error)
        }
    }
}

extension StackSession {
    /// Why this state says nothing of what a run came to: Terraform could not write it, or it cannot be read. An old state
    /// would have what was made lose its entry, which a later apply by hand destroys. Nil: it can be believed.
    func obstacleToSettling() async -> StepFailure? {
        switch await trouble() {
        case .refused(let reason), .stale(let reason), .skipped(let reason):
            StepFailure(reason, retry: .after(seconds: 30))
        case .failed(let failure): failure
        case .done, nil: nil
        }
    }
}

extension [Step] {
    /// The same outcome for all of them.
    func outcomes(_ outcome: StepOutcome) -> [StepID: StepOutcome] {
        Dictionary(map { ($0.id, outcome) }) { first, _ in first }
    }
}

extension Step {
    /// The server that the step is about; steps of a stack always are about one.
    var server: ServerName {
        guard case .server(let name, _) = subject else { preconditionFailure("\(id) is about no server") }
        return name
    }
}

extension Action {
    fileprivate var isMove: Bool { if case .move = self { true } else { false } }
}
