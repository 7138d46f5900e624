import JSONArena
import Model

extension SimulatedCluster {
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
