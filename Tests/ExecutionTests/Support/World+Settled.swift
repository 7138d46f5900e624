import Model
import Reconciliation
import Testing

extension World {
    /// Servers that were made and run, and the passes over them.
    static func settled(_ names: [ServerName]) async throws -> (World, Reconciler) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let applied = try await reconciler.apply(try await reconciler.plan(.fleet(names), by: "test"), by: "test")
        try #require(applied.outcomes.values.allSatisfy { $0 == .done })
        return (world, reconciler)
    }
}
