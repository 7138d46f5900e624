import Foundation
import JSONArena
import Model
import Simulation
import Testing

@testable import SimulationServer

/// A cluster that runs, and whose declaration changes meanwhile.
@Suite struct DeclaredBlueprintTests {
    private func put(_ blueprint: Blueprint, by caller: Caller) throws -> APIRequest {
        let text = String(decoding: try JSONEncoder().encode(blueprint), as: UTF8.self)
        return APIRequest(.put, "/simulation/blueprint", ["blueprint": text], caller: caller)
    }

    private func response(_ delivery: Delivery) -> APIResponse? {
        if case .answer(let response, _) = delivery { response } else { nil }
    }

    private var changed: Blueprint {
        var changed = Service.blueprint
        changed.nodes = ["pve1", "pve2", "pve4"].map { Blueprint.Node($0) }
        changed.latency = .seconds(3)
        changed.faults = [FaultRule(on: "GET /version", effect: .error(status: 500, text: "no"))]
        return changed
    }

    @Test func whatIsNewIsTakenUpAndWhatIsGoneStaysAndIsNamed() async throws {
        try await Service.withDirectory { directory in
            let host = try SimulatedClusterHost(stateDirectory: directory, blueprint: Service.blueprint)
            #expect(DeclaredBlueprint.read(from: directory) == .init(blueprint: Service.blueprint, kept: []))
            let answer = response(await host.handle(try put(changed, by: .local)))
            #expect(answer?.status == 200)
            #expect(answer?.data == .array(["node pve3"]))
            #expect(DeclaredBlueprint.read(from: directory) == .init(blueprint: changed, kept: ["node pve3"]))
            let nodes = await host.read { cluster in ["pve1", "pve3", "pve4"].filter { cluster.isOnline(node: $0) } }
            #expect(nodes == ["pve1", "pve3", "pve4"])
            let latency = await host.read { $0.blueprint.latency }
            #expect(latency == .seconds(3))
            let faulty = response(await host.handle(APIRequest(.get, "/version", caller: .local)))
            #expect(faulty?.status == 500)
            // Killed now, it is the same again.
            let next = try SimulatedClusterHost(stateDirectory: directory, blueprint: changed)
            let isWhole = await next.read { $0.isOnline(node: "pve3") && $0.isOnline(node: "pve4") }
            #expect(isWhole)
        }
    }

    @Test func onlyRootSaysWhatTheClusterIs() async throws {
        try await Service.withDirectory { directory in
            let host = try SimulatedClusterHost(stateDirectory: directory, blueprint: Service.blueprint)
            let tokens = await host.read { $0.tokens }
            let token = try #require(tokens.first { $0.id == "alice@pve!cli" })
            for caller in [Caller.anonymous, .token(id: token.id, secret: token.secret ?? "")] {
                let refused = response(await host.handle(try put(changed, by: caller)))
                #expect(refused?.status == 403)
            }
            let nonsense = APIRequest(.put, "/simulation/blueprint", ["blueprint": "{}"], caller: .local)
            let refused = response(await host.handle(nonsense))
            #expect(refused?.status == 400)
            #expect(DeclaredBlueprint.read(from: directory)?.blueprint == Service.blueprint)
            let isNew = await host.read { $0.isOnline(node: "pve4") }
            #expect(!isNew)
        }
    }
}
