import Foundation
import GRDB
import Glibc
import Model

extension FleetRegistry {
    /// Copies the registry at one path to another by SQLite's online backup: one consistent state of it, also while
    /// another process writes. Nothing of the original changes. The copy's lanes are free.
    ///
    /// - Parameter target: has no file yet; gets one of mode 0600.
    /// - Returns: false where there is no registry to copy.
    package static func copy(
        from source: String, to target: String, patience: Duration = .seconds(10)
    ) async throws(RegistryFailure) -> Bool {
        guard FileIdentity(at: source) != nil else { return false }
        try await onThread(at: source) {
            var reading = Configuration()
            reading.readonly = true
            reading.busyMode = .timeout(Double(patience.wholeMilliseconds) / 1000)
            let original = try DatabaseQueue(path: source, configuration: reading)
            try original.read { connection in try refuseForeign(connection, source) }
            let descriptor = Glibc.open(target, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw refusal(errno, target) }
            Glibc.close(descriptor)
            let copy = try DatabaseQueue(path: target)
            try original.backup(to: copy)
            // Room that others hold in the original is never given back in a copy.
            try copy.write { connection in
                if try connection.tableExists("lanes") { try connection.execute(sql: "DELETE FROM lanes") }
            }
            try copy.close()
            try original.close()
        }
        return true
    }
}
