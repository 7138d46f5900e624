/// Passes over the fleet, one after another, until it is asked to stop.
///
/// It must not know what a pass does, nor where changes come from.
package struct DaemonLoop: Sendable {
    /// - Returns: when the next regular pass is wanted.
    package typealias Pass = @Sendable (PassTrigger, StopRequest) async -> Duration

    private let clock: any Clock<Duration>
    private let debounce: Debounce
    private let pass: Pass

    package init(
        clock: any Clock<Duration> = ContinuousClock(), debounce: Debounce = Debounce(), pass: @escaping Pass
    ) {
        self.clock = clock
        self.debounce = debounce
        self.pass = pass
    }

    /// - Parameter changes: one element for each change, or for several that came together.
    package func run(changes: some AsyncSequence<Void, Never> & Sendable, stop: StopRequest) async {
        await run(on: clock, changes: changes, stop: stop)
    }

    private enum Event: Sendable { case change, timer, stop }

    private func run<C: Clock>(
        on clock: C, changes: some AsyncSequence<Void, Never> & Sendable, stop: StopRequest
    ) async where C.Duration == Duration {
        let began = clock.now
        let (events, post) = AsyncStream.makeStream(of: Event.self)
        stop.whenMade { post.yield(.stop) }
        // Of its tasks nothing is kept once they have ended: a daemon sets some ten thousand timers a day.
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in changes { post.yield(.change) }
            }
            post.yield(.timer)
            var schedule = PassSchedule(debounce: debounce)
            var wakesAt: Duration?
            for await event in events {
                if event == .stop || stop.isMade || Task.isCancelled { break }
                let now = began.duration(to: clock.now)
                if event == .change { schedule.change(at: now) }
                if event == .timer { wakesAt = nil }
                if let trigger = schedule.due(at: now) {
                    let interval = await pass(trigger, stop)
                    schedule.passed(at: began.duration(to: clock.now), resyncAfter: interval)
                }
                guard let nextAt = schedule.nextAt, wakesAt.map({ nextAt < $0 }) ?? true else { continue }
                wakesAt = nextAt
                group.addTask {
                    if (try? await clock.sleep(until: began.advanced(by: nextAt), tolerance: nil)) != nil {
                        post.yield(.timer)
                    }
                }
            }
            group.cancelAll()
        }
    }
}
