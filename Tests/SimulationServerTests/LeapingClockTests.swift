import JSONArena
import Model
import Simulation
import Testing

@testable import SimulationServer

@Suite(.timeLimit(.minutes(1))) struct LeapingClockTests {
    @Test func `a day passes while nobody does anything else`() async throws {
        let clock = LeapingClock(showing: Timestamp(seconds: 1000))
        try await clock.sleep(.seconds(86_400))
        #expect(clock.now() >= Timestamp(seconds: 87_400))
        #expect(clock.leapt > .seconds(86_000))
    }

    @Test func `sleepers wake in the order of their moments, and none before its own`() async throws {
        let clock = LeapingClock(showing: Timestamp(seconds: 0))
        let woken = await withTaskGroup(of: (Int, Timestamp).self) { group in
            for hours in [3, 1, 2] {
                group.addTask {
                    try? await clock.sleep(.seconds(hours * 3600))
                    return (hours, clock.reading)
                }
            }
            return await group.reduce(into: [(Int, Timestamp)]()) { $0.append($1) }
        }
        #expect(woken.map(\.0) == [1, 2, 3])
        for (hours, moment) in woken { #expect(moment >= Timestamp(seconds: Int64(hours) * 3600)) }
        #expect(woken[0].1 < Timestamp(seconds: 7200))
    }

    @Test func `it does not run ahead of whoever only looks`() async throws {
        let clock = LeapingClock(showing: Timestamp(seconds: 0))
        _ = clock.reading
        #expect(clock.leapt == .zero)
    }

    @Test func `a sleeper that is cancelled says so`() async {
        let clock = LeapingClock(showing: Timestamp(seconds: 0))
        let sleeper = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await clock.sleep(.seconds(3600))
        }
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    @Test func `the provider waits between its attempts on the cluster's time, and so does an answer that is late`()
        async throws
    {
        let clock = LeapingClock(showing: Timestamp(seconds: 0))
        let began = ContinuousClock.now
        let busy = APIResponse(status: 500, reason: "can't lock file - got timeout", body: [:])
        let client = ClusterClient(
            send: { _ in .answer(busy, after: .seconds(60)) }, awaitTask: { _ in }, caller: .anonymous, endpoint: "",
            clock: SimulationClock(clock))
        await #expect(throws: ClientFailure.self) {
            try await client.task(.post, "/nodes/pve1/qemu/100/config", node: "pve1", failure: "no")
        }
        // Three answers, and pauses of one and two seconds.
        #expect(clock.elapsed >= .seconds(183))
        // One answer alone is late by sixty seconds: none of it was waited for in real time.
        #expect(ContinuousClock.now - began < .seconds(60))
    }
}
