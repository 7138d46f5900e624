import Foundation
import JSONArena
import Model
import Testing

@testable import Simulation

@Suite struct DeterminismTests {
    private func laboratory() -> SimulatedCluster {
        Laboratory(
            latency: .seconds(3),
            faults: [FaultRule(on: "POST /nodes/*/qemu/*/clone", chance: 0.2, effect: .loseAnswer)]
        ).cluster
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func theSameRequestsGiveTheSameBytes(_ seed: UInt64) {
        var one = laboratory()
        var other = laboratory()
        for (request, moment) in RandomRequests.some(seed: seed) {
            let first = one.handle(request, at: moment)
            let second = other.handle(request, at: moment)
            #expect(first == second)
            #expect(first.response?.body.bytes() == second.response?.body.bytes())
        }
        #expect(one == other)
        #expect(one.tasks.count { $0.hasSucceeded } > 20)
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func theRequestsThatChangedItAreEnoughToMakeItAgain(_ seed: UInt64) {
        var whole = laboratory()
        var again = laboratory()
        var skipped = 0
        var last = Timestamp(seconds: 0)
        for (request, moment) in RandomRequests.some(seed: seed) {
            let before = whole.revision
            _ = whole.handle(request, at: moment)
            if whole.revision == before { skipped += 1 } else { _ = again.handle(request, at: moment) }
            last = moment
        }
        whole.advance(to: last + .seconds(60))
        again.advance(to: last + .seconds(60))
        #expect(whole == again)
        #expect(skipped > 20)
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func aSavedClusterGoesOnAsIfNothingHadBeen(_ seed: UInt64) throws {
        var one = laboratory()
        var other = laboratory()
        for (index, (request, moment)) in RandomRequests.some(seed: seed).enumerated() {
            if index % 50 == 25 {
                other = try JSONDecoder().decode(SimulatedCluster.self, from: JSONEncoder().encode(other))
            }
            #expect(one.handle(request, at: moment) == other.handle(request, at: moment))
        }
        #expect(one == other)
    }

    @Test func anotherSeedGivesOtherAddressesAndSecrets() throws {
        var one = Laboratory(seed: 1)
        var other = Laboratory(seed: 2)
        try one.clone(100)
        try other.clone(100)
        #expect(one.cluster.guests[100]?.configuration["net0"] != other.cluster.guests[100]?.configuration["net0"])
        #expect(
            one.cluster.tokens.first { $0.id == "root@pam!plumb" }
                != other.cluster.tokens.first { $0.id == "root@pam!plumb" })
    }

    @Test func aChangedBlueprintIsTakenUpWithoutLosingAnything() throws {
        var lab = Laboratory()
        try lab.clone(100)
        var blueprint = lab.cluster.blueprint
        blueprint.nodes.append(.init("pve4"))
        blueprint.templates.append(.init(name: "alpine", vmid: 9100))
        blueprint.latency = .seconds(5)
        blueprint.tokens.append(.init(id: "bob@pve!cli"))
        lab.cluster.adopt(blueprint)
        #expect(try lab.listed() == [100, 9000, 9001, 9100])
        #expect(lab.cluster.isOnline(node: "pve4"))
        #expect(lab.cluster.tokens.contains { $0.id == "bob@pve!cli" })
        let before = lab.cluster
        lab.cluster.adopt(blueprint)
        #expect(lab.cluster == before)
    }

    @Test func whatIsDeclaredNoMoreStaysAndIsNamed() {
        var lab = Laboratory()
        var blueprint = lab.cluster.blueprint
        #expect(lab.cluster.kept(beside: blueprint).isEmpty)
        let last = blueprint.nodes.removeLast()
        let storage = blueprint.storages.removeLast()
        let template = blueprint.templates.removeLast()
        blueprint.seed += 1
        for _ in 1...2 {
            lab.cluster.adopt(blueprint)
            #expect(
                lab.cluster.kept(beside: blueprint) == [
                    "node \(last.name)", "storage \(storage.name)", "template \(template.vmid)",
                    "seed \(blueprint.seed - 1)",
                ])
            #expect(lab.cluster.isOnline(node: last.name))
        }
    }
}
