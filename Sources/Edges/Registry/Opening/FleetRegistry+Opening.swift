import Foundation
import GRDB
import Glibc
import Model

extension FleetRegistry {
    /// What the opener is going to do.
    package enum Access: Sendable {
        /// Makes the registry where there is none and brings an older one to this program's schema.
        case readWrite
        /// Changes nothing, and goes on while another process writes.
        case readOnly
    }

    /// Opens the registry at `path`. Its directory is made with mode 0700 where there is none; the file and what SQLite
    /// puts beside it have mode 0600 whatever the umask.
    ///
    /// - Parameter patience: how long one call waits for another process's lock.
    package static func open(
        at path: String, access: Access = .readWrite, patience: Duration = .seconds(10)
    ) async throws(RegistryFailure) -> FleetRegistry {
        try await onThread(at: path) {
            switch access {
            case .readWrite: try openToWrite(path, patience: patience)
            case .readOnly: try openToRead(path, patience: patience)
            }
        }
    }

    /// A registry in memory, for tests and for runs that must leave nothing.
    package static func inMemory() async throws(RegistryFailure) -> FleetRegistry {
        try await onThread(at: ":memory:") {
            let queue = try DatabaseQueue(configuration: configuration(patience: .seconds(1)))
            try Schema.migrator.migrate(queue)
            return FleetRegistry(path: nil, writer: queue, file: nil)
        }
    }

    private static func configuration(patience: Duration) -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(Double(patience.wholeMilliseconds) / 1000)
        return configuration
    }

    private static func openToWrite(_ path: String, patience: Duration) throws -> FleetRegistry {
        try makeDirectory(of: path)
        if FileIdentity(at: path) == nil { try create(path, patience: patience) }
        try refuseEmpty(path)
        // Before anything of it is changed.
        var reading = configuration(patience: patience)
        reading.readonly = true
        let glance = try DatabaseQueue(path: path, configuration: reading)
        try glance.read { connection in try refuseForeign(connection, path) }
        try glance.close()
        for suffix in ["", "-wal", "-shm"] where FileIdentity(at: path + suffix) != nil {
            // Not ours to change where another user owns it; opening it then says what is wrong.
            _ = chmod(path + suffix, 0o600)
        }
        let pool = try DatabasePool(path: path, configuration: configuration(patience: patience))
        try pool.writeWithoutTransaction { connection in try makeDurable(connection, path) }
        if try !pool.read(Schema.migrator.hasCompletedMigrations) { try Schema.migrator.migrate(pool) }
        return FleetRegistry(path: path, writer: pool, file: try FileIdentity(of: path))
    }

    private static func openToRead(_ path: String, patience: Duration) throws -> FleetRegistry {
        guard FileIdentity(at: path) != nil else { throw RegistryFailure.missing(path) }
        try refuseEmpty(path)
        var configuration = configuration(patience: patience)
        configuration.readonly = true
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.read { connection in
            try refuseForeign(connection, path)
            let lacking = try Set(Schema.migrator.migrations).subtracting(
                Schema.migrator.appliedIdentifiers(connection))
            guard lacking.isEmpty else { throw RegistryFailure.olderSchema(path, lacking: lacking.sorted()) }
        }
        return FleetRegistry(path: path, writer: pool, file: try FileIdentity(of: path))
    }

    private static func makeDirectory(of path: String) throws {
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileIdentity(at: directory) == nil else { return }
        if let target = LostLink.target(at: directory) { throw RegistryFailure.linkLost(directory, target: target) }
        try? FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: directory).deletingLastPathComponent().path, withIntermediateDirectories: true)
        guard mkdir(directory, 0o700) == 0 else {
            let number = errno
            if number == EEXIST { return }
            throw refusal(number, directory)
        }
        _ = chmod(directory, 0o700)
    }

    /// Makes the whole registry under another name and then gives it its own, so that whoever finds the file finds it
    /// complete: a crash in between leaves none, and of two who start at once one wins.
    private static func create(_ path: String, patience: Duration) throws {
        let draft = "\(path).new.\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
        let descriptor = Glibc.open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw refusal(errno, path) }
        _ = fchmod(descriptor, 0o600)
        Glibc.close(descriptor)
        defer { for suffix in ["", "-wal", "-shm"] { unlink(draft + suffix) } }
        let pool = try DatabasePool(path: draft, configuration: configuration(patience: patience))
        try pool.writeWithoutTransaction { connection in try makeDurable(connection, draft) }
        try Schema.migrator.migrate(pool)
        // Moves everything from the log into the file, which is linked alone.
        try pool.close()
        guard link(draft, path) == 0 || errno == EEXIST else { throw refusal(errno, path) }
        let directory = Glibc.open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        if directory >= 0 {
            _ = fsync(directory)
            Glibc.close(directory)
        }
    }

    /// GRDB's pool sets `synchronous` to NORMAL when it turns the log on, after every hook that it offers, and with
    /// NORMAL a power loss can take a journalled intent that a caller believes in.
    private static func makeDurable(_ connection: Connection, _ path: String) throws {
        try connection.execute(sql: "PRAGMA synchronous = FULL")
        guard try Int.fetchOne(connection, sql: "PRAGMA synchronous") == 2 else {
            throw RegistryFailure.unusable(path, detail: "synchronous=FULL is not supported")
        }
    }

    /// A registry is never empty, because it gets its name when it is complete.
    private static func refuseEmpty(_ path: String) throws(RegistryFailure) {
        if let file = FileIdentity(at: path), file.size == 0 { throw .corrupt(path, detail: "the file is empty") }
    }

    static func refuseForeign(_ connection: Connection, _ path: String) throws {
        guard try Int32.fetchOne(connection, sql: "PRAGMA application_id") == Schema.applicationID else {
            throw RegistryFailure.foreign(path)
        }
        let unknown = try Schema.migrator.appliedIdentifiers(connection).subtracting(Schema.migrator.migrations)
        guard unknown.isEmpty else { throw RegistryFailure.newerSchema(path, unknown: unknown.sorted()) }
    }

    static func refusal(_ number: Int32, _ path: String) -> RegistryFailure {
        let detail = String(cString: strerror(number))
        return switch number {
        case ENOSPC, EDQUOT: .diskFull(path)
        case EACCES, EPERM, EROFS: .notWritable(path, detail: detail)
        default: .unusable(path, detail: detail)
        }
    }
}
