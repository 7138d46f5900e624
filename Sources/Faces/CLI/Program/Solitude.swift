import Daemon
import Foundation
import Model
import Registry
import Synchronization

/// That no other daemon works with a state directory. A daemon that was started where nothing is yet, before the first
/// `git clone`, or in a part of another configuration, makes nothing there, and comes to its lock with the first pass that
/// may work.
final class Solitude: Sendable {
    private let place: Workplace
    private let wiring: Wiring
    private let lock = Mutex<DaemonLock?>(nil)

    init(place: Workplace, wiring: Wiring) {
        self.place = place
        self.wiring = wiring
    }

    /// Takes the lock, where it is not held and there is anything to watch. Called before each pass.
    ///
    /// - Throws: where another daemon holds it: nothing may be done beside that one.
    func ensure() async throws {
        if lock.withLock({ $0 != nil }) { return }
        // Each pass says so.
        if EnclosingConfiguration.path(above: place) != nil { return }
        let files = FileManager.default
        if !files.fileExists(atPath: place.state) {
            // Nothing was ever Plumb's: each pass says so.
            guard try await wiring.check(place).files > 0 else { return }
        }
        let taken = try take()
        lock.withLock { $0 = taken }
    }

    func end() { lock.withLock { $0?.release() } }

    private func take() throws(CommandFailure) -> DaemonLock {
        let path = place.state + "/daemon.lock"
        if let target = LostLink.target(at: place.state) {
            throw CommandFailure(RegistryFailure.linkLost(place.state, target: target).sentence)
        }
        do {
            try FileManager.default.createDirectory(
                atPath: place.state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            StateDirectory.keepFromGit(place.state)
            return try DaemonLock(path)
        } catch DaemonLock.Failure.held(let holder) {
            throw CommandFailure(Sentence("cli.daemonRuns", place.state, holder.map(String.init) ?? "?"))
        } catch DaemonLock.Failure.unusable(let code) {
            throw CommandFailure(Sentence("cli.cannotWrite", path, String(cString: strerror(code))))
        } catch {
            throw CommandFailure(Sentence("cli.cannotWrite", place.state, error.systemReason))
        }
    }
}
