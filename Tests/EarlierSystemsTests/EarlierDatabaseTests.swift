import EarlierSystems
import Foundation
import GRDB
import Testing

@Suite struct EarlierDatabaseTests {
    private func withFile(_ sql: String, _ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.path + "/plumb-earlier-\(UInt64.random(in: 0 ... .max)).db"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
        try body(path)
    }

    @Test("HandsDB's servers and companies are read, and its file stays as it was")
    func handsDB() throws {
        try withFile(
            """
            CREATE TABLE db_servers (id INTEGER PRIMARY KEY, server_name VARCHAR(100) NOT NULL, host VARCHAR(200) NOT NULL,
              port INTEGER DEFAULT 1433, db_type VARCHAR(20) DEFAULT 'mssql', username VARCHAR(100) NOT NULL,
              password VARCHAR(200) NOT NULL, default_db VARCHAR(100) DEFAULT 'master', data_path VARCHAR(500),
              log_path VARCHAR(500), description TEXT, is_active BOOLEAN DEFAULT TRUE, created_at DATETIME,
              updated_at DATETIME);
            INSERT INTO db_servers (id, server_name, host, username, password, description)
              VALUES (1, '운영서버', '192.168.1.100', 'sa', 'in-the-clear', 'ERP');
            INSERT INTO db_servers (id, server_name, host, port, db_type, username, password, default_db, is_active)
              VALUES (2, 'old', 'db.example.com', 1521, 'ORACLE', 'system', '', '', 0);
            CREATE TABLE corps (id INTEGER PRIMARY KEY, server_id INTEGER, corp_code TEXT, corp_name TEXT, db_name TEXT);
            INSERT INTO corps VALUES (5, 1, 'ACM', 'Acme', 'ACME_ERP');
            CREATE TABLE activity_logs (id INTEGER PRIMARY KEY, action TEXT, target_type TEXT);
            INSERT INTO activity_logs (action, target_type) VALUES ('CREATE', 'SERVER'), ('UPDATE', 'SERVER');
            """
        ) { path in
            let before = try Data(contentsOf: URL(filePath: path))
            let database = try EarlierDatabase(readingFile: path)
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
            #expect(database.servers == [])
            #expect(database.activities == 2)
            try #require(database.databaseServers.count == 2)
            let first = database.databaseServers[0]
            #expect(first.name == "운영서버")
            #expect(first.engine == "mssql")
            #expect(first.port == 1433)
            #expect(first.password == "in-the-clear")
            #expect(first.defaultDatabase == "master")
            #expect(first.isActive)
            let second = database.databaseServers[1]
            #expect(second.engine == "oracle")
            #expect(second.password == nil)
            #expect(second.defaultDatabase == nil)
            #expect(!second.isActive)
            #expect(database.companies.map(\.databaseName) == ["ACME_ERP"])
            #expect(database.companies.first?.server == 1)
            #expect(database.companies.first?.code == "ACM")
        }
    }

    @Test("the manager's servers are read with their roles, whatever columns it had")
    func manager() throws {
        try withFile(
            "CREATE TABLE servers (name TEXT, status TEXT, role TEXT); INSERT INTO servers VALUES ('test', 'unknown', 'db')"
        ) { path in
            let database = try EarlierDatabase(readingFile: path)
            #expect(database.servers.map(\.name) == ["test"])
            #expect(database.servers.first?.role == "db")
        }
    }

    @Test("another file is said to be none of theirs")
    func otherFiles() throws {
        #expect(throws: EarlierFileFailure.self) { try EarlierDatabase(readingFile: "/nonexistent.db") }
        try withFile("CREATE TABLE cats (name TEXT)") { path in
            #expect(throws: EarlierFileFailure.self) { try EarlierDatabase(readingFile: path) }
        }
        let path = FileManager.default.temporaryDirectory.path + "/plumb-earlier-\(UInt64.random(in: 0 ... .max)).txt"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(String(repeating: "no database ", count: 200).utf8).write(to: URL(filePath: path))
        #expect(throws: EarlierFileFailure.self) { try EarlierDatabase(readingFile: path) }
    }
}
