/// Runs something that ends gently: the first signal asks it to stop after the step in hand, the second, or `allowance`
/// after the first, cancels its task.
///
/// - Parameters:
///   - signals: one element for each signal to end; it may end itself.
///   - onFirst: called at the first signal, to say so.
package func endingGently<Value: Sendable>(
    signals: some AsyncSequence<Void, Never> & Sendable, allowance: Duration,
    clock: any Clock<Duration> = ContinuousClock(),
    onFirst: @escaping @Sendable () -> Void = {},
    _ body: @escaping @Sendable (StopRequest) async throws -> Value
) async throws -> Value {
    let stop = StopRequest()
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body(stop) }
        group.addTask {
            var count = 0
            for await _ in signals {
                count += 1
                if count > 1 { return nil }
                onFirst()
                stop.make()
            }
            // Signals that ended by themselves say nothing: only the body's end does.
            try? await Task.sleep(for: .seconds(Int64.max / 4))
            return nil
        }
        group.addTask {
            await withCheckedContinuation { continuation in stop.whenMade { continuation.resume() } }
            try await clock.sleep(for: allowance)
            return nil
        }
        defer {
            // Frees the child that waits for the request.
            stop.make()
            group.cancelAll()
        }
        while let value = try await group.next() {
            if let value { return value }
            group.cancelAll()
        }
        throw CancellationError()
    }
}
