import Model
import Planning
import Testing

/// A share of a cluster's servers is one of those that live in it, wherever documents or rows have them; the planner and the
/// check count so, each by itself.
@Suite struct MisplacedBudgetTests {
    enum Place: CaseIterable {
        case documentsOfAnotherCluster, documentsOfAnotherStack, statesOfAnotherCluster

        /// Of how many servers the cluster's budget is a share: twenty were made in it.
        var known: Int {
            switch self {
            case .documentsOfAnotherCluster, .documentsOfAnotherStack: 20
            case .statesOfAnotherCluster: 10
            }
        }
    }

    private static let names = (1...20).map { ServerName($0 < 10 ? "web-0\($0)" : "web-\($0)") }
    private let main = StackID(cluster: "lab", name: "main")

    /// Twenty servers were made in one stack, and ten at least are not where their documents or their rows have them.
    private func world(_ place: Place) throws -> World {
        var world = try MainRoadTests.fleet(Self.names.map(\.text))
        let moved = Set(Self.names.suffix(10))
        world.desired.clusters.append(Cluster(name: "other", source: .simulated(.init(nodes: ["n1"]))))
        switch place {
        case .documentsOfAnotherCluster:
            for name in moved { world.edit(name) { $0.cluster = "other" } }
        case .documentsOfAnotherStack:
            world.desired.clusters[0].terraform.stacks = .byLabel("team")
            for name in moved { world.edit(name) { $0.metadata.labels = [.init("team", "b")] } }
        case .statesOfAnotherCluster:
            var state = try #require(world.stacks[main]?.state.value)
            var elsewhere = state
            state.resources.removeAll { moved.contains($0.server) }
            elsewhere.resources.removeAll { !moved.contains($0.server) }
            let other = StackID(cluster: "other", name: "main")
            world.stacks[main]?.state = .present(state)
            world.stacks[other] = StackObservation(id: other, state: .present(elsewhere))
        }
        return world
    }

    private func destroys(of plan: Plan) -> [Step] { plan.steps.filter { $0.action.verb == .destroy } }

    @Test(arguments: Place.allCases)
    func plannerAndCheckCountThoseThatLiveThere(_ place: Place) throws {
        let allowed = place.known / 10
        var world = try world(place)
        for name in Self.names.prefix(allowed) { world.undeclare(name) }
        let within = world.plan()
        #expect(
            destroys(of: within).map(\.disposition.word)
                == Array(repeating: "approval approveDestroy", count: allowed))
        #expect(checkPlan(within, world.withDetails().input) == [])

        world.undeclare(Self.names[allowed])
        let over = world.plan()
        let sentence = Sentence(.budget, "lab", String(allowed + 1), String(allowed), String(place.known))
        #expect(destroys(of: over).map(\.disposition) == Array(repeating: .blocked(sentence), count: allowed + 1))
        #expect(checkPlan(over, world.withDetails().input) == [])

        var careless = over
        for index in careless.steps.indices where careless.steps[index].action.verb == .destroy {
            careless.steps[index].disposition = .needsApproval(sentence)
        }
        #expect(checkPlan(careless, world.withDetails().input).map(\.invariant) == [.budget])
    }
}
