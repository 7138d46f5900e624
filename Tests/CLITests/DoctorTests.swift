import Foundation
import Model
import Testing

@testable import CLI

@Suite("What the doctor says of the state directory and of clocks")
struct DoctorTests {
    /// A configuration whose state directory is a link to `away` beside it, which is not there.
    private func withLostLink(_ body: (_ place: Workplace, _ target: String) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.path + "/plumb-doctor-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let cluster = """
            apiVersion: plumb/v1
            kind: Cluster
            metadata: {name: lab}
            spec: {simulated: {nodes: [pve1]}}
            """
        try cluster.write(toFile: root + "/cluster.yaml", atomically: true, encoding: .utf8)
        let state = root + "/.plumb"
        try FileManager.default.createSymbolicLink(atPath: state, withDestinationPath: "away")
        try await body(Workplace(configuration: root, state: state, language: .english), root + "/away")
    }

    @Test("A state directory of somebody else is a failure, and one that others may read a warning")
    func state() {
        let foreign = Doctor.state(at: "/srv/state", mode: 0o700, isWritable: false)
        #expect(foreign.verdict == .failure)
        #expect(foreign.sentence == Sentence("doctor.stateForeign", "/srv/state"))
        let open = Doctor.state(at: "/srv/state", mode: 0o750, isWritable: true)
        #expect(open.verdict == .warning && open.sentence == Sentence("doctor.stateOpen", "/srv/state", "750"))
        let own = Doctor.state(at: "/srv/state", mode: 0o700, isWritable: true)
        #expect(own.verdict == .well && own.sentence == Sentence("doctor.state", "/srv/state", "700"))
    }

    @Test("Of a state directory that is a link its end counts, and one that leads nowhere is said with where it leads")
    func linkedState() async throws {
        try await withLostLink { place, target in
            let doctor = Doctor(place: place)
            let lost = doctor.state()
            #expect(lost.verdict == .failure && lost.sentence == Sentence("registry.linkLost", place.state, target))
            try FileManager.default.createDirectory(
                atPath: target, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            let found = doctor.state()
            #expect(found.verdict == .well && found.sentence == Sentence("doctor.state", place.state, "700"))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: target)
            #expect(doctor.state().sentence == Sentence("doctor.stateOpen", place.state, "755"))
        }
    }

    @Test("A daemon whose state directory is a link that leads nowhere says so, and makes nothing at its end")
    func linkedStateOfADaemon() async throws {
        try await withLostLink { place, target in
            let refusal = Sentence("registry.linkLost", place.state, target)
            await #expect(throws: CommandFailure(refusal)) {
                try await Solitude(place: place, wiring: Composition.wiring).ensure()
            }
            #expect(!FileManager.default.fileExists(atPath: target))
        }
    }

    @Test("A clock that is more than five seconds ahead or behind is a warning", arguments: [6, -6, 86_400] as [Int64])
    func farClock(seconds: Int64) {
        let said = Doctor.ClockDifference(node: "pve1", seconds: seconds).examination("cluster lab")
        #expect(said.verdict == .warning && said.topic == "cluster lab")
        #expect(said.sentence == Sentence("doctor.clockFar", "pve1", String(seconds)))
    }

    @Test("A clock that is nearly right is well", arguments: [0, 5, -5] as [Int64])
    func nearClock(seconds: Int64) {
        let said = Doctor.ClockDifference(node: "pve1", seconds: seconds).examination("cluster lab")
        #expect(said.verdict == .well && said.sentence.code == "doctor.clock")
    }
}
