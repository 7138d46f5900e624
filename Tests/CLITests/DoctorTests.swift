import Model
import Testing

@testable import CLI

@Suite("What the doctor says of the state directory and of clocks")
struct DoctorTests {
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
