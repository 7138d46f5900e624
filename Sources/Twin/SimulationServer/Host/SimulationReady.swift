import Foundation
import JSONArena

/// How other processes find a simulated cluster: the file `ready.json` in its state directory, mode 0600, there as
/// long as the process serves.
package struct SimulationReady: Hashable, Sendable, Codable {
    package var formatVersion = 1
    /// `https://127.0.0.1:PORT`
    package var endpoint: String
    /// SHA-256 of the certificate: 32 upper-case pairs joined by colons.
    package var fingerprint: String
    /// The certificate itself in PEM, to be trusted as a CA file.
    package var caFile: String
    /// Root's token for Plumb: `root@pam!plumb`.
    package var token: Token
    /// Every token, that one included, by id.
    package var tokens: [Token]
    /// Of the serving process.
    package var processID: Int32
    /// The Unix socket of the Terraform provider.
    package var providerSocket: String

    package struct Token: Hashable, Sendable, Codable {
        /// `USER@REALM!NAME`
        package var id: String
        package var secret: String

        /// As `Authorization` and the provider's `api_token` have it: `USER@REALM!NAME=SECRET`.
        package var text: String { "\(id)=\(secret)" }
    }

    package static func path(in stateDirectory: String) -> String { stateDirectory + "/ready.json" }

    /// What serves a state directory now; nil where nothing does, also when a killed process left its file.
    package static func read(from stateDirectory: String) -> SimulationReady? {
        guard let data = FileManager.default.contents(atPath: path(in: stateDirectory)),
            let ready = try? JSONDecoder().decode(SimulationReady.self, from: data),
            kill(ready.processID, 0) == 0 || errno == EPERM
        else { return nil }
        return ready
    }

    /// Waits until something serves a state directory: what the starter of the process calls.
    ///
    /// - Returns: nil when nothing does within that time.
    package static func wait(for stateDirectory: String, atMost limit: Duration) async throws -> SimulationReady? {
        let end = ContinuousClock.now + limit
        while true {
            if let ready = read(from: stateDirectory) { return ready }
            guard ContinuousClock.now < end else { return nil }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    func write(to stateDirectory: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try PrivateFile.write(try encoder.encode(self), to: Self.path(in: stateDirectory))
    }
}
