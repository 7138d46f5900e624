import Foundation
import Loading
import Model
import Testing

@testable import CLI

/// An import must not cost a password: neither another object's nor one that was changed since.
@Suite("Passwords of an earlier system")
struct EarlierSecretsTests {
    /// The state directory `NAME` below a configuration, removed afterwards.
    private func inPlace(state name: String = ".plumb", _ body: (Workplace, _ secrets: String) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.path + "/plumb-secrets-\(UUID().uuidString)"
        let state = "\(root)/\(name)"
        try FileManager.default.createDirectory(atPath: state + "/secrets", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        try body(Workplace(configuration: root, state: state, language: .english), state + "/secrets")
    }

    /// Documents that refer to all of them.
    private static func text(_ references: SecretReference?...) -> String {
        let documents = references.enumerated().map { index, reference in
            var server = DatabaseServer(name: DatabaseServerName("db-\(index)"), engine: .mssql, host: "10.0.0.1")
            server.password = reference
            return WrittenDocument(server)
        }
        return WrittenDocument.text(of: documents)
    }

    private static func read(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private static func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test("A server and a database server of one name have a file each, whatever the case of its letters")
    func kinds() throws {
        try inPlace { place, directory in
            var secrets = EarlierSecrets(of: place)
            let server = secrets.keep("of the account", of: ObjectName(.server, "DB-01"))
            let database = secrets.keep("of sa", of: ObjectName(.databaseServer, "db-01"))
            #expect(server == .file(".plumb/secrets/server-db-01.password"))
            #expect(database == .file(".plumb/secrets/databaseserver-db-01.password"))
            let none = secrets.keep("", of: ObjectName(.server, "web-01"))
            #expect(none == nil)
            let said = try secrets.write(referredToIn: Self.text(server, database))
            #expect(said == Sentence("import.secrets", "2", directory))
            #expect(try Self.read(directory + "/server-db-01.password") == "of the account\n")
            #expect(try Self.read(directory + "/databaseserver-db-01.password") == "of sa\n")
            #expect(secrets.remarks.isEmpty)
        }
    }

    @Test("A file that holds something else is kept, and said; the earlier password goes beside it, for its owner only")
    func kept() throws {
        try inPlace { place, directory in
            let first = directory + "/server-db-01.password"
            try "changed since\n".write(toFile: first, atomically: true, encoding: .utf8)
            let owner = ObjectName(.server, "db-01")
            // And once more, as an import that was interrupted is.
            for _ in 1...2 {
                var secrets = EarlierSecrets(of: place)
                let reference = secrets.keep("earlier", of: owner)
                #expect(reference == .file(".plumb/secrets/server-db-01.2.password"))
                let second = directory + "/server-db-01.2.password"
                #expect(secrets.remarks == [Sentence("import.otherPassword", "Server/db-01", first, second)])
                _ = try secrets.write(referredToIn: Self.text(reference))
                #expect(try Self.read(first) == "changed since\n")
                #expect(try Self.read(second) == "earlier\n")
                #expect(try Self.mode(second) == 0o600)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 2)
            var secrets = EarlierSecrets(of: place)
            let third = secrets.keep("third", of: owner)
            #expect(third == .file(".plumb/secrets/server-db-01.3.password"))
        }
    }

    @Test("The same password again is no second file, and others may not read it any more")
    func again() throws {
        try inPlace { place, directory in
            let path = directory + "/server-db-01.password"
            try "the same".write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            var secrets = EarlierSecrets(of: place)
            let reference = secrets.keep("the same", of: ObjectName(.server, "db-01"))
            #expect(reference == .file(".plumb/secrets/server-db-01.password") && secrets.remarks.isEmpty)
            #expect(try secrets.write(referredToIn: Self.text(reference)) != nil)
            #expect(try Self.mode(path) == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["server-db-01.password"])
        }
    }

    @Test("What somebody wrote after the look is not written over either, nor is a link that leads nowhere")
    func meanwhile() throws {
        try inPlace { place, directory in
            let path = directory + "/server-db-01.password"
            var secrets = EarlierSecrets(of: place)
            let reference = secrets.keep("earlier", of: ObjectName(.server, "db-01"))
            try "meanwhile\n".write(toFile: path, atomically: true, encoding: .utf8)
            let looked = secrets
            #expect(throws: CommandFailure(Sentence("cli.cannotWrite", path, "File exists"))) {
                try looked.write(referredToIn: Self.text(reference))
            }
            #expect(try Self.read(path) == "meanwhile\n")
            let link = directory + "/server-web-01.password"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "nowhere")
            let beside = secrets.keep("earlier", of: ObjectName(.server, "web-01"))
            #expect(beside == .file(".plumb/secrets/server-web-01.2.password"))
        }
    }

    @Test("What no document refers to is not written, and one in a directory that YAML quotes is")
    func referred() throws {
        try inPlace(state: #"a "state""#) { place, directory in
            var secrets = EarlierSecrets(of: place)
            let reference = secrets.keep("one", of: ObjectName(.server, "web-01"))
            _ = secrets.keep("two", of: ObjectName(.server, "web-011"))
            #expect(try secrets.write(referredToIn: Self.text(nil)) == nil)
            _ = try secrets.write(referredToIn: Self.text(reference))
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["server-web-01.password"])
        }
    }
}
