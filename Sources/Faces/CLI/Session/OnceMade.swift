import Model

/// A value that is made when it is first needed, once for all who ask. A failure is kept too: it was the answer to this
/// command.
actor OnceMade<Value: Sendable> {
    private let make: @Sendable () async throws(StepFailure) -> Value
    private var making: Task<Result<Value, StepFailure>, Never>?

    init(_ make: @escaping @Sendable () async throws(StepFailure) -> Value) { self.make = make }

    var value: Value {
        get async throws(StepFailure) {
            let task =
                making
                ?? Task { [make] in
                    do throws(StepFailure) {
                        return .success(try await make())
                    } catch {
                        return .failure(error)
                    }
                }
            making = task
            return try await task.value.get()
        }
    }
}
