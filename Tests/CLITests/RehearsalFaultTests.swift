import Model
import Simulation
import Synchronization
import Testing
import Transport

@testable import CLI

@Suite("Faults of a rehearsal")
struct RehearsalFaultTests {
    @Test(
        "Each is understood, and said again as it was written",
        arguments: [
            "lock-timeout=0.1", "lose-answer=1", "task-fails=qmclone", "task-fails=0.25", "node-down=pve2", "slow=30s",
            "slow=500ms",
        ])
    func written(text: String) throws {
        #expect(try RehearsalFault(text).text == text)
    }

    @Test(
        "What is not understood is said, with what was probably meant",
        arguments: [
            ("lock-timout=0.1", "rehearse.fault.near"), ("power-cut=1", "rehearse.fault.unknown"),
            ("", "rehearse.fault.unknown"), ("lock-timeout", "rehearse.fault.chance"),
            ("lock-timeout=0", "rehearse.fault.chance"), ("lock-timeout=1.5", "rehearse.fault.chance"),
            ("lock-timeout=nan", "rehearse.fault.chance"), ("lose-answer=often", "rehearse.fault.chance"),
            ("task-fails=qmclon", "rehearse.fault.near"), ("task-fails=", "rehearse.fault.task"),
            ("node-down=", "rehearse.fault.node"), ("slow=fast", "rehearse.fault.duration"),
            ("slow=-5s", "rehearse.fault.duration"), ("slow=99999999999999999999s", "rehearse.fault.duration"),
        ])
    func mistakes(text: String, code: String) {
        let failure = #expect(throws: CommandFailure.self) { _ = try RehearsalFault(text) }
        #expect(failure?.sentence.code.rawValue == code)
        #expect(failure?.exit == .usage)
    }

    @Test("Every rule hits the call that it is for")
    func rules() throws {
        let clone = try RehearsalFault("task-fails=qmclone").rules
        #expect(clone.map(\.on) == ["POST /nodes/*/qemu/*/clone"])
        #expect(clone.allSatisfy { if case .failTask = $0.effect { true } else { false } })
        let lost = try RehearsalFault("lose-answer=0.5").rules
        #expect(lost.contains { $0.on == "PUT /nodes/*/lxc/*/config" } && lost.allSatisfy { $0.chance == 0.5 })
        #expect(lost.allSatisfy { !$0.on.hasPrefix("GET") })
        // What is to be made has no lock yet.
        #expect(try !RehearsalFault("lock-timeout=1").rules.contains { $0.on == "POST /nodes/*/qemu" })
    }

    @Test("A write to a live cluster is refused before it is sent")
    func readsOnly() async throws {
        let sent = Recorder()
        let sender = ReadingSender(sender: sent)
        _ = try await sender.send(HTTPRequest(.get, url: "https://pve1:8006/api2/json/version"))
        for method in [HTTPRequest.Method.post, .put, .delete] {
            await #expect(throws: TransportFailure.self) {
                _ = try await sender.send(HTTPRequest(method, url: "https://pve1:8006/api2/json/nodes"))
            }
        }
        #expect(sent.count == 1)
    }

    private final class Recorder: HTTPSender {
        private let sent = Mutex(0)

        var count: Int { sent.withLock { $0 } }

        func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
            sent.withLock { $0 += 1 }
            return HTTPResponse(status: 200, reason: "OK", body: [])
        }
    }
}
