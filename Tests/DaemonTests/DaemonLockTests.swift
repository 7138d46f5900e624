import Foundation
import Testing

@testable import Daemon

@Suite("One daemon for a state directory")
struct DaemonLockTests {
    @Test("A second one is told who holds it, and gets it when the first has gone")
    func second() throws {
        let path = NSTemporaryDirectory() + "plumb-daemon-\(UUID().uuidString).lock"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let first = try DaemonLock(path)
        #expect(throws: DaemonLock.Failure.held(by: getpid())) { _ = try DaemonLock(path) }
        first.release()
        #expect(throws: Never.self) { _ = try DaemonLock(path) }
    }

    @Test("A directory that is not there is said so")
    func nowhere() {
        #expect(throws: DaemonLock.Failure.unusable(code: ENOENT)) { _ = try DaemonLock("/nonexistent/daemon.lock") }
    }
}
