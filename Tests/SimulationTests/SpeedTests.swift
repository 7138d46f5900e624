import Glibc
import JSONArena
import Model
import Testing

@testable import Simulation

@Suite struct SpeedTests {
    /// This thread's own time on a processor: hundreds of tests run beside this one.
    private static var threadTime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// One VM's calls in a cluster of 5,000 cost about what they cost in a cluster of 50.
    @Test func oneGuestsCallsDoNotGrowWithTheCluster() throws {
        func cost(guests: Int) throws -> Duration {
            var lab = Laboratory()
            for vmid in 1000..<(1000 + guests) {
                try lab.data(.post, "/nodes/pve1/qemu", ["vmid": "\(vmid)", "scsi0": "local-lvm:1"])
            }
            lab.pass(.seconds(1))
            let began = Self.threadTime
            for _ in 0..<200 {
                try lab.data(.get, "/nodes/pve1/qemu/1007/config")
                try lab.data(.put, "/nodes/pve1/qemu/1007/config", ["tags": "a"])
                try lab.data(.get, "/nodes/pve1/qemu/1007/status/current")
            }
            return Self.threadTime - began
        }
        let small = try cost(guests: 50)
        let large = try cost(guests: 5000)
        // A cost that grew with the cluster would be a hundred times as much.
        #expect(large < small * 8, "\(small) for 50 guests, \(large) for 5,000")
    }
}
