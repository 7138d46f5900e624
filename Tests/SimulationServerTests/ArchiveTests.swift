import Foundation
import JSONArena
import Model
import Simulation
import Synchronization
import Testing

@testable import SimulationServer

/// A clock that stands until it is moved.
final class HandClock: Sendable {
    private let moment = Mutex(Timestamp(seconds: 1_790_000_000))

    func pass(_ span: Duration) { moment.withLock { $0 = $0 + span } }

    /// Waiting moves the time.
    var clock: SimulationClock {
        SimulationClock(now: { self.moment.withLock { $0 } }, sleep: { span in self.pass(span) })
    }
}

@Suite struct ArchiveTests {
    private let hand = HandClock()
    private var blueprint: Blueprint {
        var blueprint = Service.blueprint
        blueprint.latency = .seconds(30)
        return blueprint
    }

    private func host(_ directory: String) throws -> SimulatedClusterHost {
        try SimulatedClusterHost(stateDirectory: directory, blueprint: blueprint, clock: hand.clock)
    }

    private func clone(_ vmid: Int, _ host: SimulatedClusterHost) async throws -> String {
        let delivery = await host.handle(
            APIRequest(.post, "/nodes/pve1/qemu/9000/clone", ["newid": "\(vmid)", "name": "web-\(vmid)"]))
        guard case .string(let upid)? = delivery.response?.data else { throw CancellationError() }
        return upid
    }

    @Test func aKilledProcessLosesNothing() async throws {
        try await Service.withDirectory { directory in
            let killed = try host(directory)
            for vmid in 100..<120 { _ = try await clone(vmid, killed) }
            hand.pass(.seconds(7))
            _ = await killed.handle(APIRequest(.put, "/simulation/nodes/pve3", ["online": "0"]))
            let before = await killed.read { $0 }
            // Nobody closed it, as after a kill.
            let after = try await host(directory).read { $0 }
            #expect(before == after)
        }
    }

    @Test func tasksThatWereDueHaveEndedAfterARestart() async throws {
        try await Service.withDirectory { directory in
            let first = try host(directory)
            let upid = try await clone(100, first)
            await first.close()
            hand.pass(.seconds(3600))
            let second = try host(directory)
            let task = try #require(await second.read { $0.task(upid) })
            #expect(task.exitStatus == "OK" && task.endsAt == task.startedAt + 30_000)
            #expect(await second.read { $0.guests[100]?.lock } == nil)
        }
    }

    @Test func aLineThatWasCutShortIsIgnored() async throws {
        try await Service.withDirectory { directory in
            let first = try host(directory)
            _ = try await clone(100, first)
            _ = try await clone(101, first)
            let path = directory + "/requests.1.log"
            let log = try #require(FileManager.default.contents(atPath: path))
            try log.dropLast(40).write(to: URL(fileURLWithPath: path))
            let numbers = try await host(directory).read { $0.guests.keys.sorted() }
            #expect(numbers == [100, 9000])
        }
    }

    @Test func aPictureThatIsDamagedIsAnErrorAndStaysWhereItIs() async throws {
        try await Service.withDirectory { directory in
            _ = try host(directory)
            let path = directory + "/cluster.json"
            try Data("{".utf8).write(to: URL(fileURLWithPath: path))
            #expect(throws: ClusterArchive.Failure.self) { _ = try host(directory) }
            #expect(FileManager.default.contents(atPath: path) == Data("{".utf8))
        }
    }

    @Test func aStateThatCannotBeWrittenStopsTheCluster() async throws {
        try await Service.withDirectory { directory in
            let first = try host(directory)
            // A directory where the next picture's log belongs: what an ill-treated disk looks like.
            try FileManager.default.createDirectory(
                atPath: directory + "/requests.2.log", withIntermediateDirectories: false)
            await first.close()
            let response = await first.handle(APIRequest(.get, "/version")).response
            #expect(response?.status == 500)
            #expect(response?.reason.contains(directory) == true)
        }
    }

    @Test func readsAreNotLogged() async throws {
        try await Service.withDirectory { directory in
            let first = try host(directory)
            for _ in 0..<10 { _ = await first.handle(APIRequest(.get, "/cluster/resources")) }
            _ = await first.handle(APIRequest(.delete, "/nodes/pve1/qemu/777"))
            #expect(FileManager.default.contents(atPath: directory + "/requests.1.log") == Data())
        }
    }

    @Test func waitingForATaskTakesUntilItsEnd() async throws {
        let host = SimulatedClusterHost(blueprint: blueprint, clock: hand.clock)
        let upid = try await clone(100, host)
        let start = hand.clock.now()
        let task = try #require(try await host.waitForTask(upid))
        #expect(task.hasSucceeded)
        #expect(hand.clock.now() == start + .seconds(30))
        #expect(try await host.waitForTask("UPID:none") == nil)
    }

    @Test func itIsNotIdleWhileATaskRuns() async throws {
        let host = SimulatedClusterHost(blueprint: blueprint, clock: hand.clock)
        let start = hand.clock.now()
        _ = try await clone(100, host)
        try await host.waitUntilIdle(.seconds(5))
        #expect(hand.clock.now() == start + .seconds(30))
    }
}
