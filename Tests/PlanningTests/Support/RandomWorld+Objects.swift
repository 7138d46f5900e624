import Chance
import Model

/// Roles, database servers, databases and fleets among the servers of a random world.
extension World {
    /// Something happens to what is declared or registered beside servers.
    mutating func disturbObjects(_ dice: inout Dice) {
        let (engine, database) = ("d\(dice.roll(3))", "b\(dice.roll(4))")
        switch dice.roll(12) {
        case 0, 1, 2: declareDatabaseServer(engine, &dice)
        case 3, 4: declareDatabase(database, &dice)
        case 5: desired.databaseServers.removeAll { $0.name.text == engine }
        case 6: desired.databases.removeAll { $0.name.text == database }
        case 7:
            // Nothing on that engine is declared any more.
            desired.databaseServers.removeAll { $0.name.text == engine }
            desired.databases.removeAll { $0.server.text == engine }
        case 8:
            desired.fleets.removeAll { $0.name == "f0" }
            guard dice.isLucky(70) else { return }
            var fleet = SimulatedFleet(name: "f0")
            fleet.seed = UInt64(dice.roll(4))
            desired.fleets.append(fleet)
        case 9:
            desired.roles = []
            // One in a while the servers still name them.
            guard dice.isLucky(70) else { return }
            for index in desired.servers.indices { desired.servers[index].roles = [] }
        case 10:
            desired.roles = [Role(name: "r")]
            for index in desired.servers.indices where dice.isLucky(30) { desired.servers[index].roles = ["r"] }
        default:
            // Somebody lost a row.
            guard let object = dice.pick(recorded.objects)?.name else { return }
            recorded.objects.removeAll { $0.name == object }
        }
    }

    private mutating func declareDatabaseServer(_ name: String, _ dice: inout Dice) {
        var server = DatabaseServer(
            name: DatabaseServerName(name), engine: dice.pick(DatabaseServer.Engine.allCases) ?? .postgresql,
            host: "\(name).lab")
        server.port = 5000 + dice.roll(3)
        if dice.isLucky(70) { server.runsOn = dice.pick(desired.servers.map(\.name)) }
        desired.databaseServers.removeAll { $0.name == server.name }
        desired.databaseServers.append(server)
        desired.databaseServers.sort { $0.name < $1.name }
    }

    private mutating func declareDatabase(_ name: String, _ dice: inout Dice) {
        guard let server = dice.pick(desired.databaseServers.map(\.name)) else { return }
        let database = Database(name: DatabaseName(name), server: server, databaseName: "\(name)-\(dice.roll(3))")
        desired.databases.removeAll { $0.name == database.name }
        desired.databases.append(database)
        desired.databases.sort { $0.name < $1.name }
    }
}
