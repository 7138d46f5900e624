import Execution
import Model
import Simulation

extension World {
    func move(_ server: ServerName, formerly: ServerName?, from: StackID, to: StackID) throws(StepFailure) {
        try spend()
        let name = formerly.flatMap { stacks[from]?.resources[$0]?.server } ?? server
        if name == server, from == to || stacks[from]?.resources[server] == nil { return }
        guard stacks[to]?.resources[server] == nil, let resource = stacks[from]?.give(name) else {
            throw StepFailure(Sentence("execution.planFailed", server.text))
        }
        _ = stacks[to, default: TerraformDouble()].receive(resource, as: server)
        if movesCutAtEnd > 0 {
            movesCutAtEnd -= 1
            throw StepFailure(Sentence("execution.noEvent", server.text))
        }
    }

    func rename(_ former: ServerName, to server: RecordedServer) throws(StepFailure) {
        try spend()
        if recorded.unstated.remove(former) != nil { recorded.unstated.insert(server.name) }
        let known = recorded.servers.first { $0.name == former || $0.name == server.name }
        recorded.servers.removeAll { $0.name == former || $0.name == server.name }
        recorded.servers.append(server.written(over: known, at: now))
        recorded.servers.sort { $0.name < $1.name }
    }

    func rename(_ former: ObjectName, to object: RecordedObject) throws(StepFailure) {
        try spend()
        recorded.objects.removeAll { $0.name == former || $0.name == object.name }
        recorded.objects.append(object)
        recorded.objects.sort { $0.name < $1.name }
    }
}
