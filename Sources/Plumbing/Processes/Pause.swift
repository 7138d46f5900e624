/// Growing pauses between two looks at something that tells nobody when it changes: at most 40 ms.
struct Pause {
    private let first: Duration
    private var length: Duration

    /// - Parameter first: the length of the first one.
    init(first: Duration = .milliseconds(2)) {
        self.first = first
        length = first
    }

    /// Waits; returns at once in a cancelled task.
    mutating func next() async {
        try? await Task.sleep(for: length)
        length = min(length * 2, .milliseconds(40))
    }

    /// Something happened: look more often again.
    mutating func reset() { length = first }
}
