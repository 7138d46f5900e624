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
    /// When that process began, in the kernel's words: its number may be another one's later.
    package var startedAt: String? = Self.start(of: getpid())
    /// Device and number of the state directory that it serves: a copy of the directory is another cluster.
    package var directory: String?
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
            kill(ready.processID, 0) == 0 || errno == EPERM,
            ready.startedAt == nil || ready.startedAt == start(of: ready.processID),
            ready.directory == nil || ready.directory == identity(of: stateDirectory)
        else { return nil }
        return ready
    }

    /// The 22nd field of proc(5)'s `stat`, counted behind the program's name, which may hold anything.
    private static func start(of process: Int32) -> String? {
        let text = FileManager.default.contents(atPath: "/proc/\(process)/stat").map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let text, let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[end...].split(separator: " ")
        return fields.indices.contains(20) ? String(fields[20]) : nil
    }

    static func identity(of directory: String) -> String? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: directory)
        guard let device = attributes?[.systemNumber], let number = attributes?[.systemFileNumber] else { return nil }
        return "\(device):\(number)"
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
