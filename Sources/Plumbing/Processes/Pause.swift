/// Growing pauses between two looks at something that tells nobody when it changes: 2 ms at first, at most 40 ms.
struct Pause {
    private var length = Duration.milliseconds(2)

    /// Waits; returns at once in a cancelled task.
    mutating func next() async {
        try? await Task.sleep(for: length)
        length = min(length * 2, .milliseconds(40))
    }

    /// Something happened: look more often again.
    mutating func reset() { length = .milliseconds(2) }
}
