import Model

/// Lets one piece of this process's work into a stack at a time, first come, first served. The stack's file lock keeps
/// other processes out and cannot tell who of this one waits for whom.
actor StackQueue {
    /// Stacks that are worked on, each with those who wait for it.
    private var waiting: [StackID: [CheckedContinuation<Void, Never>]] = [:]

    /// Returns when the stack is the caller's; ``leave(_:)`` must follow.
    func enter(_ stack: StackID) async {
        guard waiting[stack] != nil else {
            waiting[stack] = []
            return
        }
        await withCheckedContinuation { waiting[stack, default: []].append($0) }
    }

    /// How many wait for the stack, beside the one who is in it.
    func waiters(of stack: StackID) -> Int { waiting[stack]?.count ?? 0 }

    /// Hands the stack to the next one.
    func leave(_ stack: StackID) {
        guard let others = waiting[stack] else { return }
        guard let next = others.first else {
            waiting[stack] = nil
            return
        }
        waiting[stack] = Array(others.dropFirst())
        next.resume()
    }
}
