import Execution
import Model
import Planning
import Reconciliation
import Simulation

/// What the registry writes down.
extension World {
    /// As the registry does: a row of another guest was in no state yet.
    private func noteGuest(of server: RecordedServer) {
        let known = recorded.servers.first { $0.name == server.name }
        if known?.vmid != server.vmid || known?.mark != server.mark { recorded.unstated.insert(server.name) }
    }

    func note(_ sightings: [StateSighting]) throws(StepFailure) {
        try spend()
        recorded.note(sightings)
    }

    func keep(_ policies: [ServerName: [KeptPolicy]]) {
        for index in recorded.servers.indices {
            guard let kept = policies[recorded.servers[index].name] else { continue }
            recorded.servers[index].policies = kept.isEmpty ? nil : kept
        }
    }

    func accept(_ stamp: StateStamp, as decision: StackDecision) { recorded.stateStamps[decision.stack] = stamp }
    func note(_ decision: StackDecision) {}

    func save(_ server: RecordedServer) throws(StepFailure) {
        try spend()
        noteGuest(of: server)
        let known = recorded.servers.first { $0.name == server.name }
        recorded.servers.removeAll { $0.name == server.name }
        recorded.servers.append(server.written(over: known, at: now))
        recorded.servers.sort { $0.name < $1.name }
        recorded.leases.removeAll { $0.server == server.name }
    }

    func recordBirth(
        of server: ServerName, bearing mark: OwnershipMark, with birth: RecordedBirth?
    ) throws(StepFailure) {
        try spend()
        if let birth { recorded.bornWith[mark.id] = birth }
        // As the registry does: the birth of one mark counts once.
        guard marksBorn.insert(mark.id).inserted else { return }
        recorded.births[server, default: 0] += 1
    }

    /// One write, as the registry's: all of them or none.
    func recordBirths(of born: [BornServer]) throws(StepFailure) {
        try spend()
        let servers = born.map(\.record)
        for one in born {
            let server = one.record
            if let mark = server.mark { recorded.bornWith[mark] = one.birth }
            recorded.servers.removeAll { $0.name == server.name }
            recorded.leases.removeAll { $0.server == server.name }
            if let mark = server.mark, marksBorn.insert(mark).inserted {
                recorded.births[server.name, default: 0] += 1
            }
        }
        recorded.servers = (recorded.servers + servers).sorted { $0.name < $1.name }
    }

    func retire(_ server: ServerName) throws(StepFailure) {
        try spend()
        try demand(.row)
        recorded.servers.removeAll { $0.name == server }
        recorded.unstated.remove(server)
    }

    func save(_ object: RecordedObject) throws(StepFailure) {
        try spend()
        recorded.objects.removeAll { $0.name == object.name }
        recorded.objects.append(object)
        recorded.objects.sort { $0.name < $1.name }
    }

    func remove(_ object: ObjectName) throws(StepFailure) {
        try spend()
        recorded.objects.removeAll { $0.name == object }
    }
}
