import Model
import Synchronization

/// The clock and the documents, as they change while a run is under way.
final class Outside: Sendable {
    private let state: Mutex<(now: Timestamp, desired: Desired)>
    private let isGone = Mutex(false)

    init(_ desired: Desired) { state = Mutex((Timestamp(seconds: 1_790_000_000), desired)) }

    var now: Timestamp { state.withLock { $0.now } }
    var desired: Desired { state.withLock { $0.desired } }
    /// What whoever looks while a run is under way can read of it.
    var read: Desired? { isGone.withLock { $0 } ? nil : desired }
    func pass(_ span: Duration) { state.withLock { $0.now = $0.now + span } }
    func edit(_ change: (inout Desired) -> Void) { state.withLock { change(&$0.desired) } }

    /// A minute later the documents are these.
    func restore(_ desired: Desired) {
        pass(.seconds(60))
        edit { $0 = desired }
    }

    /// A minute later nothing can be read any more.
    func vanish() {
        pass(.seconds(60))
        isGone.withLock { $0 = true }
    }

    /// An hour later everything of these servers is paused.
    func pause(_ names: [String]) {
        pass(.seconds(3600))
        edit { desired in
            var policy = Policy(name: "hold")
            policy.selector.names = names
            policy.pause = Policy.Pause(reason: "inventory")
            desired.policies.append(policy)
        }
    }
}
