import Simulation
import Synchronization

/// What belongs to one connection of Terraform: as whom the provider was configured, and the calls under way.
///
/// Terraform opens three or four connections in a run and configures the provider on each that it uses.
final class ProviderSession: Sendable {
    private struct State {
        var client: ClusterClient?
        var calls: [Int: Task<Void, Never>] = [:]
        var next = 0
        var isEnded = false
    }

    private let state = Mutex(State())

    var client: ClusterClient? { state.withLock { $0.client } }

    func configure(_ client: ClusterClient) { state.withLock { $0.client = client } }

    /// Runs one call as a task of this session.
    func run(_ body: @escaping @Sendable () async -> Void) {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        let task = Task {
            await body()
            state.withLock { $0.calls[number] = nil }
        }
        let isEnded = state.withLock { state in
            // A call that has already ended took its own entry out before it was put in; it stays for the session.
            state.calls[number] = task
            return state.isEnded
        }
        if isEnded { task.cancel() }
    }

    /// The connection is gone. What is under way goes on for a while, as the real provider does after Terraform was
    /// killed, and is then given up.
    func end() {
        let calls = state.withLock { state in
            state.isEnded = true
            return Array(state.calls.values)
        }
        guard !calls.isEmpty else { return }
        Task {
            try? await Task.sleep(for: .seconds(4))
            for call in calls { call.cancel() }
        }
    }
}
