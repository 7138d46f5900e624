import Synchronization

/// Lets so many calls in at a time, the others in the order in which they came. A cancelled caller leaves the line.
final class RequestGate: Sendable {
    private struct Standing {
        var free: Int
        var nextID: UInt64 = 0
        /// Entered ids that were cancelled before they joined the line.
        var withdrawn: Set<UInt64> = []
        var waiting: [UInt64: CheckedContinuation<Bool, Never>] = [:]
        /// Ids in order; one that is no longer in `waiting` is skipped.
        var line: [UInt64] = []
        var head = 0
    }

    private let standing: Mutex<Standing>

    init(limit: Int) {
        precondition(limit > 0, "a gate that lets nobody in")
        standing = Mutex(Standing(free: limit))
    }

    /// - Returns: false when the task was cancelled; then ``leave()`` must not be called.
    func enter() async -> Bool {
        let id = standing.withLock { standing in
            standing.nextID += 1
            return standing.nextID
        }
        let isIn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = standing.withLock { standing -> Bool? in
                    if standing.withdrawn.remove(id) != nil { return false }
                    if standing.free > 0 {
                        standing.free -= 1
                        return true
                    }
                    standing.waiting[id] = continuation
                    standing.line.append(id)
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let continuation = standing.withLock { standing -> CheckedContinuation<Bool, Never>? in
                let waiting = standing.waiting.removeValue(forKey: id)
                if waiting == nil { standing.withdrawn.insert(id) }
                return waiting
            }
            continuation?.resume(returning: false)
        }
        // A cancellation that came after the entry left its id here.
        standing.withLock { _ = $0.withdrawn.remove(id) }
        return isIn
    }

    func leave() {
        let next = standing.withLock { standing -> CheckedContinuation<Bool, Never>? in
            while standing.head < standing.line.count {
                let id = standing.line[standing.head]
                standing.head += 1
                if standing.head > 256, standing.head * 2 > standing.line.count {
                    standing.line.removeFirst(standing.head)
                    standing.head = 0
                }
                if let continuation = standing.waiting.removeValue(forKey: id) { return continuation }
            }
            standing.free += 1
            return nil
        }
        next?.resume(returning: true)
    }
}
