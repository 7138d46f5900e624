import Model

/// The outcomes of one run's steps, shared by the stacks that are worked on side by side: a step of one stack can come
/// after a step of another.
actor OutcomeBoard {
    private(set) var outcomes: [StepID: StepOutcome] = [:]
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func settle(_ settled: [StepID: StepOutcome]) {
        guard !settled.isEmpty else { return }
        outcomes.merge(settled) { _, new in new }
        wakeAll()
    }

    /// Returns as soon as more than `count` steps are settled, or at once when the task is cancelled.
    func settled(beyond count: Int) async {
        while outcomes.count <= count, !Task.isCancelled {
            await withTaskCancellationHandler {
                await withCheckedContinuation { waiters.append($0) }
            } onCancel: {
                Task { await self.wakeAll() }
            }
        }
    }

    private func wakeAll() {
        let woken = waiters
        waiters = []
        for waiter in woken { waiter.resume() }
    }
}
