import Model

extension WrittenDocument {
    package init(_ server: DatabaseServer) {
        var spec: WrittenMembers = [.init("engine", .word(server.engine.rawValue)), .init("host", .text(server.host))]
        spec.add("port", server.port, default: server.engine.defaultPort)
        if server.defaultDatabase != server.engine.defaultDatabase {
            spec.add("defaultDatabase", server.defaultDatabase)
        }
        spec.add("username", server.username)
        spec.add("passwordFrom", server.password)
        spec.add("description", server.description)
        spec.add("dataPath", server.dataPath)
        spec.add("logPath", server.logPath)
        var tls: WrittenMembers = []
        tls.add("mode", server.tls.mode, default: DatabaseServer.TLS.Mode.prefer.rawValue)
        tls.add("caFile", server.tls.caFile)
        tls.add("trustServerCertificate", server.tls.trustServerCertificate)
        spec.add("tls", map: tls)
        spec.add("timeout", server.timeout, default: .seconds(10))
        var probe: WrittenMembers = []
        probe.add("interval", server.probe.interval, default: .seconds(60))
        probe.add("query", server.probe.query)
        spec.add("probe", map: probe)
        spec.add("runsOn", server.runsOn?.text)
        spec.add("driver", server.driver)
        spec.add("active", server.active, default: true)
        self.init(
            .databaseServer, server.name.text, server.metadata, spec, by: Declarations.databaseServer.shape)
    }

    package init(_ database: Database) {
        var spec: WrittenMembers = [.init("server", .text(database.server.text))]
        if database.databaseName != database.name.text { spec.add("databaseName", database.databaseName) }
        spec.add("username", database.username)
        if let company = database.company {
            var members: WrittenMembers = [.init("code", .text(company.code)), .init("name", .text(company.name))]
            members.add("registrationNumber", company.registrationNumber)
            spec.add("company", .map(members))
        }
        spec.add("ensure", database.ensure, default: Database.Ensure.registered.rawValue)
        self.init(.database, database.name.text, database.metadata, spec, by: Declarations.database.shape)
    }
}
