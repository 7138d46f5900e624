import Synchronization

/// The wish that something ends after the step in hand, which is gentler than cancelling its task.
package final class StopRequest: Sendable {
    private struct State {
        var isMade = false
        var listeners: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    package init() {}

    package var isMade: Bool { state.withLock { $0.isMade } }

    /// Makes the request; a second time changes nothing.
    package func make() {
        let listeners = state.withLock { state in
            defer { state.listeners = [] }
            guard !state.isMade else { return [@Sendable () -> Void]() }
            state.isMade = true
            return state.listeners
        }
        for listener in listeners { listener() }
    }

    /// Calls `listener` once, when the request is made, or now if it was.
    package func whenMade(_ listener: @escaping @Sendable () -> Void) {
        let isMade = state.withLock { state in
            if !state.isMade { state.listeners.append(listener) }
            return state.isMade
        }
        if isMade { listener() }
    }
}
