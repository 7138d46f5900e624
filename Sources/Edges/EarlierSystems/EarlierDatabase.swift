import Foundation
import GRDB

/// The SQLite file of an earlier system: the Terraform Proxmox Manager's `servers`, or HandsDB's `db_servers`, `corps`
/// and `activity_logs`. Opened to read only; a table or column that a version did not have is no mistake.
package struct EarlierDatabase: Sendable, Equatable {
    package var servers: [EarlierServer] = []
    /// In the order of their ids.
    package var databaseServers: [EarlierDatabaseServer] = []
    package var companies: [EarlierCompany] = []
    /// How many entries its activity log has.
    package var activities = 0

    /// - Throws: where it is no such file.
    package init(readingFile path: String) throws(EarlierFileFailure) {
        guard FileManager.default.fileExists(atPath: path) else { throw EarlierFileFailure(reason: "no such file") }
        var configuration = Configuration()
        configuration.readonly = true
        let tables: [String: [Row]]
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            tables = try queue.read { database in
                var tables: [String: [Row]] = [:]
                for name in ["servers", "db_servers", "corps"] where try database.tableExists(name) {
                    let key = try database.columns(in: name).contains { $0.name == "id" } ? " ORDER BY id" : ""
                    tables[name] = try Row.fetchAll(database, sql: "SELECT * FROM \(name)\(key)")
                }
                if try database.tableExists("activity_logs") {
                    tables["activity_logs"] = try Row.fetchAll(
                        database, sql: "SELECT COUNT(*) AS count FROM activity_logs")
                }
                return tables
            }
        } catch {
            throw EarlierFileFailure(reason: "it is no SQLite file that can be read (\(error.localizedDescription))")
        }
        guard !tables.isEmpty else {
            throw EarlierFileFailure(reason: "it has none of the tables servers, db_servers and corps")
        }
        servers = (tables["servers"] ?? []).compactMap(EarlierServer.init(row:))
        databaseServers = (tables["db_servers"] ?? []).compactMap(EarlierDatabaseServer.init(row:))
        companies = (tables["corps"] ?? []).compactMap(EarlierCompany.init(row:))
        activities = tables["activity_logs"]?.first?.number("count") ?? 0
    }
}

/// A row of `db_servers`.
package struct EarlierDatabaseServer: Sendable, Equatable {
    package var id: Int
    /// Any text: 운영서버.
    package var name: String
    package var host: String
    package var port: Int?
    /// `mssql`, `postgresql`, `mysql`, `oracle`.
    package var engine: String
    package var username: String?
    package var password: String?
    /// Of Oracle the service name.
    package var defaultDatabase: String?
    package var dataPath: String?
    package var logPath: String?
    package var description: String?
    package var isActive: Bool

    fileprivate init?(row: Row) {
        guard let id = row.number("id"), let name = row.text("server_name", "name"), let host = row.text("host") else {
            return nil
        }
        self.id = id
        self.name = name
        self.host = host
        port = row.number("port")
        engine = (row.text("db_type") ?? "mssql").lowercased()
        username = row.text("username")
        password = row.text("password")
        defaultDatabase = row.text("default_db")
        dataPath = row.text("data_path")
        logPath = row.text("log_path")
        description = row.text("description")
        isActive = row.number("is_active") != 0
    }
}

/// A row of `corps`: one company's database.
package struct EarlierCompany: Sendable, Equatable {
    package var id: Int
    /// Of `db_servers`.
    package var server: Int?
    package var code: String?
    package var name: String?
    package var registrationNumber: String?
    package var databaseName: String
    package var username: String?

    fileprivate init?(row: Row) {
        guard let id = row.number("id"),
            let database = row.text("db_name", "database_name", "corp_db_name", "corp_code", "code")
        else { return nil }
        self.id = id
        server = row.number("server_id", "db_server_id")
        code = row.text("corp_code", "company_code", "code")
        name = row.text("corp_name", "company_name", "name")
        registrationNumber = row.text("registration_number", "business_number", "biz_no", "corp_number")
        databaseName = database
        username = row.text("db_user", "db_username", "username", "login_id")
    }
}

extension EarlierServer {
    fileprivate init?(row: Row) {
        guard let name = row.text("name") else { return nil }
        self.init(name: name)
        role = row.text("role")
        vmid = row.number("vmid", "vm_id")
        if let address = row.text("ip_address", "ip") { addresses = [address] }
    }
}

extension Row {
    /// The first of these columns that has a text which is not empty.
    fileprivate func text(_ names: String...) -> String? {
        for name in names where hasColumn(name) {
            let value: DatabaseValue = self[name]
            switch value.storage {
            case .string(let text) where !text.isEmpty: return text
            case .int64(let number): return String(number)
            case .string, .null, .double, .blob: continue
            }
        }
        return nil
    }

    fileprivate func number(_ names: String...) -> Int? {
        for name in names where hasColumn(name) {
            let value: DatabaseValue = self[name]
            switch value.storage {
            case .int64(let number): return Int(exactly: number)
            case .string(let text):
                if let number = Int(text) { return number }
            case .null, .double, .blob: continue
            }
        }
        return nil
    }
}
