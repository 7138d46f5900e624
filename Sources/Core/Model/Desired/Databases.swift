/// A database server that is registered with Plumb; reaching it is another part's work.
package struct DatabaseServer: Sendable, Hashable {
    package var name: DatabaseServerName
    package var metadata = Metadata()
    package var engine: Engine
    package var host: String
    package var port: Int
    package var defaultDatabase: String?
    package var username: String?
    package var password: SecretReference?
    package var description: String?
    package var dataPath: String?
    package var logPath: String?
    package var tls = TLS()
    package var timeout: Duration = .seconds(10)
    package var probe = Probe()
    /// The server that it runs on; that server cannot be removed while this is registered.
    package var runsOn: ServerName?
    /// The ODBC driver's name, where not the found one.
    package var driver: String?
    package var active = true

    package init(name: DatabaseServerName, engine: Engine, host: String) {
        self.name = name
        self.engine = engine
        self.host = host
        port = engine.defaultPort
        defaultDatabase = engine.defaultDatabase
    }

    package enum Engine: String, Sendable, Hashable, Codable, CaseIterable {
        case mssql, postgresql, mysql, oracle

        package var defaultPort: Int {
            switch self {
            case .mssql: 1433
            case .postgresql: 5432
            case .mysql: 3306
            case .oracle: 1521
            }
        }

        /// Oracle's is the service name and has no default; MySQL needs none.
        package var defaultDatabase: String? {
            switch self {
            case .mssql: "master"
            case .postgresql: "postgres"
            case .mysql, .oracle: nil
            }
        }
    }

    package struct TLS: Sendable, Hashable {
        package var mode: Mode = .prefer
        package var caFile: String?
        package var trustServerCertificate = false

        package init() {}

        package enum Mode: String, Sendable, Hashable, Codable, CaseIterable { case disable, prefer, require, verify }
    }

    package struct Probe: Sendable, Hashable {
        package var interval: Duration = .seconds(60)
        package var query: String?

        package init() {}
    }
}

/// One company's database on a registered server.
package struct Database: Sendable, Hashable {
    package var name: DatabaseName
    package var metadata = Metadata()
    package var server: DatabaseServerName
    package var databaseName: String
    package var username: String?
    package var company: Company?
    package var ensure: Ensure = .registered

    package init(name: DatabaseName, server: DatabaseServerName, databaseName: String) {
        self.name = name
        self.server = server
        self.databaseName = databaseName
    }

    package struct Company: Sendable, Hashable {
        /// At least three letters or digits, unique.
        package var code: String
        package var name: String
        package var registrationNumber: String?

        package init(code: String, name: String) {
            self.code = code
            self.name = name
        }
    }

    package enum Ensure: String, Sendable, Hashable, Codable, CaseIterable { case registered, present }
}
