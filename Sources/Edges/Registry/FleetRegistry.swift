import Dispatch
import GRDB
import Model

/// What Plumb remembers, in one SQLite file: servers and other objects as they were last recorded, leases, plans and
/// approvals, runs, the journal of batches, and who did what.
///
/// It must not know how anything is planned or carried out, and it has no clock: every moment is an argument. All SQL
/// of the product is in this target. Each method that writes is one durable transaction, and is idempotent by the key
/// of what it writes, so that a caller that does not know whether its write arrived can repeat it.
///
/// Calls do not observe the cancellation of their task: an outcome must reach the journal although whoever waits for
/// it has been cancelled. Reads are short.
package final class FleetRegistry: Sendable {
    /// The file's path; nil for a registry in memory.
    package let path: String?
    private let writer: any DatabaseWriter
    /// The file that was opened; nil in memory.
    private let file: FileIdentity?

    init(path: String?, writer: any DatabaseWriter, file: FileIdentity?) {
        self.path = path
        self.writer = writer
        self.file = file
    }

    /// Closes the connections after waiting for what is under way. Later calls fail.
    package func close() async throws(RegistryFailure) {
        try await onThread(at: place) { [writer] in
            // A pool closes its writer before its readers, and a reader that leaves last can neither move the log into
            // the file nor take it away: every later start would read a log of megabytes twice. So the readers go
            // first.
            (writer as? DatabasePool)?.releaseMemory()
            try writer.close()
        }
    }

    /// How errors name the registry.
    var place: String { path ?? ":memory:" }

    /// Runs `body` in a transaction of its own that is on disk when this returns.
    ///
    /// - Throws: what `body` throws as ``RegistryFailure``, and SQLite's errors as one.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws(RegistryFailure) -> Value {
        let place = place
        let file = file
        let result: Result<Value, RegistryFailure> = await withCheckedContinuation { continuation in
            writer.asyncWriteWithoutTransaction { connection in
                do {
                    // SQLite goes on writing into a file that has no name any more; nobody would ever read it again.
                    if let file, try FileIdentity(of: place) != file { throw RegistryFailure.moved(place) }
                    try connection.beginTransaction(.immediate)
                    do {
                        let value = try body(connection)
                        try connection.commit()
                        continuation.resume(returning: .success(value))
                    } catch {
                        if connection.isInsideTransaction { try? connection.rollback() }
                        throw error
                    }
                } catch {
                    continuation.resume(returning: .failure(RegistryFailure(error, at: place)))
                }
            }
        }
        return try result.get()
    }

    /// Runs `body` on one consistent state of the registry.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws(RegistryFailure) -> Value {
        let place = place
        let file = file
        let result: Result<Value, RegistryFailure> = await withCheckedContinuation { continuation in
            writer.asyncRead { connection in
                do {
                    // Reading connections are opened by path when they are first needed.
                    if let file, try FileIdentity(of: place) != file { throw RegistryFailure.moved(place) }
                    continuation.resume(returning: .success(try body(connection.get())))
                } catch {
                    continuation.resume(returning: .failure(RegistryFailure(error, at: place)))
                }
            }
        }
        return try result.get()
    }
}

/// GRDB's connection, whose own name is also that of one of Plumb's kinds.
typealias Connection = GRDB.Database

/// Runs blocking work on the registry at `place` off the cooperative threads.
func onThread<Value: Sendable>(
    at place: String, _ work: @escaping @Sendable () throws -> Value
) async throws(RegistryFailure) -> Value {
    let result: Result<Value, RegistryFailure> = await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
            do {
                continuation.resume(returning: .success(try work()))
            } catch {
                continuation.resume(returning: .failure(RegistryFailure(error, at: place)))
            }
        }
    }
    return try result.get()
}
