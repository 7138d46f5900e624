import ArgumentParser
import EarlierSystems
import Foundation
import Loading
import Model

struct ImportDatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database", abstract: "Takes over what an earlier system kept in its SQLite file.",
        discussion: """
            From the Terraform Proxmox Manager: servers with their roles, as far as such guests run. From HandsDB: \
            database servers, and the companies' databases on them; passwords go to files of mode 0600. The file is only \
            read.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: ImportOptions

    @Argument(help: "The earlier SQLite file.", completion: .file())
    var file: String

    func run() async throws {
        try await common.perform { console in
            let written = try options.file(in: common.place)
            let database: EarlierDatabase
            do throws(EarlierFileFailure) {
                database = try EarlierDatabase(readingFile: file)
            } catch {
                throw CommandFailure(Sentence("import.unreadable", file, error.reason))
            }
            let secrets = EarlierSecrets(of: common.place)
            var enrolment = try await common.session { session in
                var enrolment = Enrolment(common, console: console, file: written)
                var register = EarlierRegister(declared: session.desired, secrets: secrets)
                register.take(database)
                enrolment.others = register.documents
                enrolment.leftOut = register.leftOut
                enrolment.remarks = register.remarks
                enrolment.secrets = register.secrets
                guard !database.servers.isEmpty else { return enrolment }
                let clusters = try options.clusters(in: session)
                guard let cluster = clusters.first, clusters.count == 1 else {
                    throw CommandFailure(Sentence("import.whichCluster"))
                }
                try await session.beginImport(into: written, on: console)
                let servers = try await EarlierServers(
                    database.servers, places: [:], in: session, cluster: cluster, into: written,
                    secrets: register.secrets)
                enrolment.others += servers.roles
                enrolment.servers = servers.servers
                enrolment.standing = servers.standing
                enrolment.leftOut += servers.leftOut
                enrolment.secrets = servers.secrets
                return enrolment
            }
            enrolment.remarks += enrolment.secrets?.remarks ?? []
            return try await enrolment.run()
        }
    }
}

/// HandsDB's tables as documents: what is declared already is left as it is.
struct EarlierRegister {
    let declared: Desired
    var secrets: EarlierSecrets
    private(set) var documents: [WrittenDocument] = []
    private(set) var leftOut: [FoundGuests.LeftOut] = []
    private(set) var remarks: [Sentence] = []
    /// Names by the earlier number.
    private var servers: [Int: DatabaseServerName] = [:]
    private var names: Set<String> = []

    init(declared: Desired, secrets: EarlierSecrets) {
        self.declared = declared
        self.secrets = secrets
        names = Set((declared.databaseServers.map(\.name.key) + declared.databases.map(\.name.key)))
    }

    mutating func take(_ database: EarlierDatabase) {
        for server in database.databaseServers { take(server) }
        for company in database.companies { take(company) }
        if database.activities > 0 { remarks.append(Sentence("import.activity", String(database.activities))) }
    }

    private mutating func take(_ earlier: EarlierDatabaseServer) {
        let same = declared.databaseServers.first { server in
            server.metadata.displayName == earlier.name || server.name == DatabaseServerName(earlier.name)
        }
        if let same {
            servers[earlier.id] = same.name
            return leave("DatabaseServer/\(same.name)", Sentence("import.declared", earlier.name))
        }
        guard let engine = DatabaseServer.Engine(rawValue: earlier.engine) else {
            return leave("DatabaseServer/\(earlier.name)", Sentence("import.noEngine", earlier.name, earlier.engine))
        }
        let name = free(ObjectNaming.name(for: earlier.name, or: "db", earlier.id), "db-\(earlier.id)")
        servers[earlier.id] = DatabaseServerName(name)
        var server = DatabaseServer(name: DatabaseServerName(name), engine: engine, host: earlier.host)
        if earlier.name != name { server.metadata.displayName = earlier.name }
        server.port = earlier.port ?? engine.defaultPort
        var comments: [String] = []
        server.defaultDatabase = earlier.defaultDatabase ?? engine.defaultDatabase
        if engine == .oracle, server.defaultDatabase == nil {
            server.defaultDatabase = "ORCL"
            comments.append("The earlier system knew no service name; ORCL is Oracle's usual one.")
        }
        server.username = earlier.username
        server.password = secrets.keep(earlier.password, of: ObjectName(.databaseServer, name))
        (server.dataPath, server.logPath) = (earlier.dataPath, earlier.logPath)
        server.description = earlier.description
        server.active = earlier.isActive
        var document = WrittenDocument(server)
        document.comments = comments
        documents.append(document)
    }

    private mutating func take(_ company: EarlierCompany) {
        let title = company.name ?? company.databaseName
        guard let server = company.server.flatMap({ servers[$0] }) else {
            return leave("Database/\(title)", Sentence("import.orphan", title))
        }
        let isThere = declared.databases.contains { $0.server == server && $0.databaseName == company.databaseName }
        if isThere { return leave("Database/\(title)", Sentence("import.declared", title)) }
        let name = free(
            ObjectNaming.name(for: company.databaseName, or: "database", company.id), "database-\(company.id)")
        var database = Database(name: DatabaseName(name), server: server, databaseName: company.databaseName)
        database.username = company.username
        var comments: [String] = []
        if let code = company.code, code.count >= 3, code.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
            var owner = Database.Company(code: code, name: title)
            owner.registrationNumber = company.registrationNumber
            database.company = owner
        } else {
            comments.append("Company \(title), code \(company.code ?? "–"): codes are at least 3 letters or digits.")
        }
        var document = WrittenDocument(database)
        document.comments = comments
        documents.append(document)
    }

    /// A name that nobody has yet.
    private mutating func free(_ name: String, _ otherwise: String) -> String {
        let chosen = names.contains(name.lowercased()) ? otherwise : name
        names.insert(chosen.lowercased())
        return chosen
    }

    private mutating func leave(_ subject: String, _ sentence: Sentence) {
        leftOut.append(.init(subject: subject, sentence: sentence))
    }
}
