import Chance
import Model
import Planning
import Testing

/// What stands on another thing keeps it: a database its database server, that one the server that it runs on, a server
/// its roles and the servers that it depends on. In every world, and wherever a run is cut off.
@Suite struct RegistrationPropertyTests {
    @Test func whatSomethingStandsOnStays() async {
        var counts: [String: Int] = [:]
        await RandomWorlds.visit(.registrations) { world, seed in
            var dice = Dice(seed: seed ^ 0x0B1E)
            for server in world.desired.servers.map(\.name) where dice.isLucky(25) { world.undeclare(server) }
            for _ in 0..<4 { world.disturbObjects(&dice) }
            if dice.isLucky(60) { world.desired.completeness = .complete }
            let before = world
            let plan = world.approvedPlan()
            count(plan, in: &counts)
            let ready = plan.steps.count { $0.disposition == .ready }
            var dying = world
            dying.execute(plan, dyingAfter: dice.roll(ready + 1))
            check(dying, since: before, "seed \(seed), cut off", plan)
            world.execute(plan)
            check(world, since: before, "seed \(seed)", plan)
            checkRegistered(world, plan, seed)
        }
        for what in [
            "register DatabaseServer", "register Database", "register Role", "register SimulatedFleet",
            "reregister DatabaseServer", "reregister Database", "reregister SimulatedFleet",
            "unregister DatabaseServer", "unregister Database", "unregister SimulatedFleet", "unregister Role",
            "blocked hasDatabases", "blocked hostsDatabaseServer", "blocked inUse",
        ] where RandomWorlds.count >= 300 {
            #expect(counts[what] ?? 0 >= 3, "hardly any world: \(what): \(counts)")
        }
    }

    private func count(_ plan: Plan, in counts: inout [String: Int]) {
        for step in plan.steps {
            if case .object(let name) = step.subject, step.disposition == .ready {
                counts["\(step.action.verb.rawValue) \(name.kind.rawValue)", default: 0] += 1
            }
            counts[step.disposition.word, default: 0] += 1
        }
    }

    /// - Parameter world: after a plan, or some of it, was carried out.
    private func check(_ world: World, since before: World, _ place: String, _ plan: Plan) {
        let rows = Set(world.recorded.servers.map { ObjectName(.server, $0.name.key) })
        let objects = Set(world.recorded.objects.map(\.name))
        let former = Set(before.recorded.servers.map { ObjectName(.server, $0.name.key) })
            .union(before.recorded.objects.map(\.name))
        let gone = former.subtracting(rows).subtracting(objects)
        let declared = Set(world.desired.servers.map { ObjectName(.server, $0.name.key) })
        for object in world.recorded.objects {
            // A server that is declared and not there is made again, under the same name.
            let missed = gone.intersection(object.references).subtracting(declared)
            if !missed.isEmpty { Issue.record("\(place): \(object.name) stands on \(missed): \(plan.lines)") }
        }
        for server in world.desired.servers {
            let needed =
                server.roles.map { ObjectName(.role, $0.key) }
                + server.dependsOn.map { ObjectName(.server, $0.key) }
            let missed = gone.intersection(needed).subtracting(declared)
            if !missed.isEmpty { Issue.record("\(place): \(server.name) needs \(missed): \(plan.lines)") }
        }
        if before.desired.completeness != .complete, !gone.isEmpty {
            Issue.record("\(place): \(gone) is gone although a document is broken")
        }
    }

    /// What is declared is registered as it is declared.
    private func checkRegistered(_ world: World, _ plan: Plan, _ seed: UInt64) {
        let declared =
            world.desired.databaseServers.map { RecordedObject($0) }
            + world.desired.databases.map { RecordedObject($0) }
            + world.desired.fleets.map { RecordedObject($0) } + world.desired.roles.map { RecordedObject($0) }
        for object in declared where !world.recorded.objects.contains(object) {
            let isHeld =
                plan.findings.contains { $0.subject == .object(object.name) }
                || plan.steps.contains { $0.subject == .object(object.name) && $0.disposition != .ready }
            if !isHeld { Issue.record("seed \(seed): \(object.name) is not registered: \(plan.lines)") }
        }
    }
}
