import JSONArena
import Model

extension SimulatedCluster {
    /// How long a call waits at most for a file lock that another task has.
    static let lockPatience = Duration.seconds(10)

    /// Whether an answer that is to come after so long is kept back still: by a lock, or by a rule that was not taken out.
    package func isKeptBack(for span: Duration) -> Bool {
        let held = Duration.zero...Self.lockPatience
        if held.contains(span) { return true }
        return faults.entries.contains { entry in
            switch entry.rule.effect {
            case .delay(let rest), .cut(let rest): held.contains(span - rest)
            case .error, .hang, .truncate, .loseAnswer, .failTask, .emptyList, .loseRights, .rival: false
            }
        }
    }

    /// Carries out a request that a rule hit.
    mutating func carryOut(_ request: APIRequest, under effect: FaultRule.Effect) -> Delivery {
        switch effect {
        case .delay(let span):
            let response = perform(request)
            return .answer(response, after: heldBack + span)
        case .error(let status, let text):
            return .answer(Refusal(status: status, text: text).response, after: .zero)
        case .hang: return .hang
        case .cut(let span): return .cut(after: span)
        case .truncate:
            let response = perform(request)
            return .truncated(response, after: heldBack)
        case .loseAnswer:
            _ = perform(request)
            return .lost
        case .failTask(let text):
            taskFailure = text
            let response = perform(request)
            taskFailure = nil
            return .answer(response, after: heldBack)
        case .emptyList:
            var response = perform(request)
            if response.status == 200 { response.body = ["data": []] }
            return .answer(response, after: heldBack)
        case .loseRights:
            if case .token(let id, _) = request.caller { _ = access.separate(id, true) }
            let response = perform(request)
            return .answer(response, after: heldBack)
        case .rival:
            makeRival(of: request)
            let response = perform(request)
            return .answer(response, after: heldBack)
        }
    }

    /// A guest of somebody else with the number that a request wants; nothing where that is taken, or none is wanted.
    private mutating func makeRival(of request: APIRequest) {
        guard let vmid = (request.parameters["newid"] ?? request.parameters["vmid"]).flatMap({ Int($0) }),
            guests[vmid] == nil, let node = entryNode
        else { return }
        guests[vmid] = Guest(
            vmid: vmid, kind: .qemu, node: node, configuration: ["name": "rival", "cores": "1", "memory": "512"])
    }
}
