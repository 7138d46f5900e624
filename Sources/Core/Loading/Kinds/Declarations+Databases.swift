import Model

extension Declarations {
    static let databaseServer = Declaration<DatabaseServer>("DatabaseServer") { fields in
        fields.field("engine", .choice, required: true, "The program; `mysql` is MariaDB too.") { $0.engine = $1 }
        fields.field("host", .text(.host), required: true, "Its name or address.") { $0.host = $1 }
        fields.field(
            "port", .integer(1...65_535), default: "the engine's: 1433, 5432, 3306 or 1521", "The TCP port."
        ) { $0.port = $1 }
        fields.field(
            "defaultDatabase", .text("a database", example: "ORCL", limit: 128),
            default: "`master` (mssql), `postgres` (postgresql)",
            "The database to log in to; of Oracle the service name, which is required, often `ORCL`."
        ) { $0.defaultDatabase = $1 }
        fields.field("username", .text("a login", example: "plumb", limit: 128), "Who logs in.") { $0.username = $1 }
        fields.field("passwordFrom", .secret, "The login's password.") { $0.password = $1 }
        fields.field("description", .text(example: "orders"), "What it is for.") { $0.description = $1 }
        fields.field("dataPath", .text("a path", example: "/var/lib/mysql"), "Where its data lies.") {
            $0.dataPath = $1
        }
        fields.field("logPath", .text("a path", example: "/var/log/mysql"), "Where its logs lie.") { $0.logPath = $1 }
        fields.field("tls", databaseTLS.type { .init() }, "How the connection is protected.") { $0.tls = $1 }
        fields.field(
            "timeout", .duration(.milliseconds(100)...(.seconds(600)), example: "10s"), default: "10s",
            "How long one test may take; recorded, nothing probes yet."
        ) { $0.timeout = $1 }
        fields.field("probe", probe.type { .init() }, "How it is to be watched; recorded, nothing probes yet.") {
            $0.probe = $1
        }
        fields.field("runsOn", .reference(to: .server), "The server that it runs on, which then cannot be removed.") {
            $0.runsOn = $1
        }
        fields.field(
            "driver", .text("a driver", example: "ODBC Driver 18 for SQL Server"), default: "the one that is found",
            "The ODBC driver's name."
        ) { $0.driver = $1 }
        fields.field(
            "active", .boolean, default: "true",
            "`false`: registered and not to be probed; recorded, nothing probes yet."
        ) { $0.active = $1 }
        fields.afterwards { server, context, reader in
            if !context.isGiven("port") { server.port = server.engine.defaultPort }
            guard !context.isGiven("defaultDatabase") else { return }
            server.defaultDatabase = server.engine.defaultDatabase
            if server.engine == .oracle, let key = reader.firstKey(named: "engine", in: context.node) {
                reader.add(Diagnostic(.error, Sentence("database.oracleService"), at: reader.span(key)))
            }
        }
    }

    private static let databaseTLS = Declaration<DatabaseServer.TLS>("tls") { fields in
        fields.field("mode", .choice, default: "prefer", "Whether TLS is used and checked.") { $0.mode = $1 }
        fields.field("caFile", .text("a path", example: "/etc/plumb/db-ca.pem"), "A file of certificates.") {
            $0.caFile = $1
        }
        fields.field("trustServerCertificate", .boolean, default: "false", "Accept any certificate.") {
            $0.trustServerCertificate = $1
        }
    }

    private static let probe = Declaration<DatabaseServer.Probe>("probe") { fields in
        fields.field(
            "interval", .duration(.seconds(1)...(.seconds(86_400)), example: "60s"), default: "60s",
            "Time between two probes."
        ) { $0.interval = $1 }
        fields.field("query", .text("a query", example: "SELECT 1"), default: "the engine's", "What is asked.") {
            $0.query = $1
        }
    }

    static let database = Declaration<Database>("Database") { fields in
        fields.field("server", .reference(to: .databaseServer), required: true, "The database server.") {
            $0.server = $1
        }
        fields.field(
            "databaseName", .text("a database", example: "acme_prod", limit: 128), default: "`metadata.name`",
            "Its name on the server."
        ) { $0.databaseName = $1 }
        fields.field("username", .text("a login", example: "acme", limit: 128), "The login that owns it.") {
            $0.username = $1
        }
        fields.field("company", company.type { .init(code: "", name: "") }, "Whose it is.") { $0.company = $1 }
        fields.field(
            "ensure", .choice, default: "registered",
            "`present` creates the database and its login where they are missing; it never drops and never alters. **Not enforced yet, and refused.**"
        ) { $0.ensure = $1 }
        fields.afterwards { database, context, reader in
            guard database.ensure == .present, let key = reader.firstKey(named: "ensure", in: context.node) else {
                return
            }
            _ = reader.refuses(.ensurePresent, at: reader.document.resolved(key + 1))
        }
    }

    private static let company = Declaration<Database.Company>("company") { fields in
        fields.field("code", .text(.companyCode), required: true, "Unique; at least 3 letters or digits.") {
            $0.code = $1
        }
        fields.field("name", .text("text", example: "Acme Ltd.", limit: 200), required: true, "Its name.") {
            $0.name = $1
        }
        fields.field(
            "registrationNumber", .text("text", example: "123-45-67890", limit: 64), "Its number in the register."
        ) { $0.registrationNumber = $1 }
    }
}
