import Model
import Testing

@testable import Registry

/// Which state was last seen in a stack, and which servers it was seen to hold.
@Suite struct StateTests {
    private let stack = StackID(cluster: "Lab", name: "main")

    private func row(_ name: ServerName, mark: String = "aa") -> RecordedServer {
        var row = RecordedServer(name: name, stack: stack, type: .vm, vmid: VMID(101), node: "pve1")
        row.mark = mark
        return row
    }

    private func sighting(_ serial: Int, _ lineage: String = "l", held: [ServerName] = []) -> StateSighting {
        StateSighting(stack: stack, stamp: StateStamp(lineage: lineage, serial: serial), held: held)
    }

    @Test func theLatestSerialOfALineageStays() async throws {
        let registry = try await Scratch().open()
        for serial in [4, 7, 5] { try await registry.note([sighting(serial)]) }
        #expect(try await registry.recorded().stateStamps == [stack: StateStamp(lineage: "l", serial: 7)])
        try await registry.note([sighting(2, "m")])
        #expect(try await registry.recorded().stateStamps[stack]?.serial == 2)
        try await registry.note([sighting(9, "m")])
        let decision = StackDecision(
            stack: stack, by: "ann", at: Timestamp(seconds: 7), sentence: Sentence("recovery.accepted", "lab/main"))
        try await registry.accept(StateStamp(lineage: "m", serial: 3), as: decision)
        #expect(try await registry.decisions() == [decision])
        #expect(try await registry.recorded().stateStamps[stack]?.serial == 3)
    }

    @Test func aStackIsKnownByItsStateOrByAServerInIt() async throws {
        let registry = try await Scratch().open()
        // As another document may spell it.
        let same = StackID(cluster: "lAB", name: "main")
        let others = [StackID(cluster: "Lab", name: "other"), StackID(cluster: "lab2", name: "main")]
        #expect(try await !registry.knows(stack))
        #expect(try await registry.stateStamp(of: stack) == nil)
        try await registry.upsert(row("web-1"), at: Timestamp(seconds: 1))
        for known in [stack, same] { #expect(try await registry.knows(known)) }
        #expect(try await registry.stateStamp(of: stack) == nil)
        for other in others { #expect(try await !registry.knows(other)) }
        // A state is known also where no server is any more.
        try await registry.note([sighting(4)])
        try await registry.retire("web-1")
        for known in [stack, same] {
            #expect(try await registry.knows(known))
            #expect(try await registry.stateStamp(of: known) == StateStamp(lineage: "l", serial: 4))
        }
        for other in others {
            #expect(try await !registry.knows(other))
            #expect(try await registry.stateStamp(of: other) == nil)
        }
    }

    @Test func aClusterWithOtherLettersIsTheSameOneInAnyCase() async throws {
        let registry = try await Scratch().open()
        var server = row("web-1")
        server.stack = StackID(cluster: "MÜNCHEN", name: "main")
        try await registry.upsert(server, at: Timestamp(seconds: 1))
        #expect(try await registry.knows(StackID(cluster: "münchen", name: "main")))
    }

    @Test func aRowIsUnstatedUntilAStateWasSeenToHoldIt() async throws {
        let registry = try await Scratch().open()
        let moment = Timestamp(seconds: 1)
        try await registry.upsert([row("web-1"), row("web-2")], at: moment)
        #expect(try await registry.recorded().unstated == ["web-1", "web-2"])
        try await registry.note([sighting(1, held: ["WEB-1"])])
        #expect(try await registry.recorded().unstated == ["web-2"])
        // Written again it is the same guest; with another mark it is another one.
        try await registry.upsert(row("web-1"), at: moment)
        #expect(try await registry.recorded().unstated == ["web-2"])
        try await registry.upsert(row("web-1", mark: "bb"), at: moment)
        #expect(try await registry.recorded().unstated == ["web-1", "web-2"])
    }

    @Test func whatPoliciesSaidIsKeptWithTheRow() async throws {
        let registry = try await Scratch().open()
        var policy = Policy(name: "Prod")
        policy.apply = .manual
        policy.destroyBudget = .percent(5)
        policy.windows = [Policy.Window(opening: try #require(CronTimes("0 22 * * 6")), duration: .seconds(3600))]
        policy.pause = Policy.Pause(reason: "audit")
        var server = row("web-1")
        server.policies = KeptPolicy(policy).map { [$0] }
        try await registry.upsert(server, at: Timestamp(seconds: 1))
        #expect(try await registry.recorded().servers.first?.policies == server.policies)
        #expect(server.policies?.first?.policy == policy)
    }
}
