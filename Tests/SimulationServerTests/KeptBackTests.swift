import JSONArena
import Simulation
import Testing

@testable import SimulationServer

/// Answers that a rule keeps back, for longer than any test waits.
@Suite(.timeLimit(.minutes(1))) struct KeptBackTests {
    private let host = SimulatedClusterHost(blueprint: Service.blueprint)
    private let rules = "/simulation/faults"

    /// A rule that keeps answers back for ten minutes.
    private func hold(_ call: String = "POST /nodes/*/lxc") async {
        let rule = ["on": call, "effect": "delay", "milliseconds": "600000"]
        _ = await host.handle(APIRequest(.post, rules, rule, caller: .local))
    }

    /// Whether an answer came because somebody called that, again and again.
    private func comes(with method: APIMethod, _ form: [String: String] = [:], by caller: Caller) async -> Bool {
        await hold()
        return await withTaskGroup(of: Bool.self) { [host, rules] group in
            group.addTask {
                do {
                    try await host.keepBack(for: .seconds(600))
                    return true
                } catch {
                    return false
                }
            }
            group.addTask {
                for _ in 0..<50 {
                    _ = await host.handle(APIRequest(method, rules, form, caller: caller))
                    do { try await Task.sleep(for: .milliseconds(2)) } catch { break }
                }
                return false
            }
            let hasCome = await group.next() ?? false
            group.cancelAll()
            return hasCome
        }
    }

    @Test func `they come when the rules are taken out, by somebody who may`() async {
        #expect(await comes(with: .delete, by: .local))
        #expect(await !comes(with: .delete, by: .anonymous))
        #expect(await !comes(with: .get, by: .local))
        #expect(await !comes(with: .delete, ["on": "GET /version"], by: .local))
    }

    @Test func `one whose rule went before anybody waited comes at once`() async throws {
        try await host.keepBack(for: .seconds(600))
        await hold()
        await hold("GET /version")
        _ = await host.handle(APIRequest(.delete, rules, caller: .local))
        try await host.keepBack(for: .seconds(600))
    }

    @Test func `whoever does not wait any longer hears that`() async {
        await hold()
        let waiting = Task { [host] in
            withUnsafeCurrentTask { $0?.cancel() }
            try await host.keepBack(for: .seconds(600))
        }
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }

    @Test func `a provider waits where the cluster keeps its answers back`() async throws {
        let client = ClusterClient(
            send: { _ in .answer(APIResponse(status: 200, reason: "OK", body: ["data": 1]), after: .seconds(600)) },
            awaitTask: { _ in }, caller: .local, endpoint: "",
            keepBack: { [host] span in
                #expect(span == .seconds(600))
                try await host.keepBack(for: .zero)
            })
        #expect(try await client.get("/version") == 1)
    }
}
