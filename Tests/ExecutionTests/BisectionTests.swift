import Execution
import Model
import Reconciliation
import Testing

/// How many plans it costs to find out who breaks a batch.
@Suite struct BisectionTests {
    private let names = (10..<26).map { ServerName("s-\($0)") }
    private let failure = ProvisioningFailure(general: StepFailure(Sentence("execution.planFailed", "all")))

    @Test("a failure that is nobody's costs three plans")
    func generalFailure() async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let pass = try await reconciler.plan(.fleet(names), by: "test")
        await world.edit { [failure] in $0.planFailure = { _ in failure } }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(applied.outcomes.values.allSatisfy { $0 != .done })
        #expect(await world.planCount == 3)
    }

    @Test("one server that breaks the plan without being named is found, and the others are born")
    func oneCulprit() async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let pass = try await reconciler.plan(.fleet(names), by: "test")
        await world.edit { [failure] in $0.planFailure = { $0.contains("s-17") ? failure : nil } }
        let applied = try await reconciler.apply(pass, by: "test")
        let failed = applied.outcomes.filter { $0.value != .done }.map(\.key.rawValue)
        #expect(failed == ["create Server/s-17"])
        #expect(await world.planCount <= 16)
    }

    @Test("many culprits do not cost more plans than the bound")
    func manyCulprits() async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let pass = try await reconciler.plan(.fleet(names), by: "test")
        await world.edit { [names] world in
            world.planFailure = { targets in
                let culprits = Set(names.filter { $0.text.last.map { "13579".contains($0) } ?? false })
                guard let culprit = targets.first(where: { culprits.contains($0) }) else { return nil }
                return ProvisioningFailure(general: StepFailure(Sentence("execution.planFailed", culprit.text)))
            }
        }
        _ = try await reconciler.apply(pass, by: "test")
        #expect(await world.planCount <= 16)
    }
}
