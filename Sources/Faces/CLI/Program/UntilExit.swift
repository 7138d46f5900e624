import Synchronization

/// Holds what a command has read until its process ends. To take thousands of servers apart, text by text, takes longer
/// than to print what was found of them, and the kernel takes all of it back at once.
///
/// For commands that end when they have spoken; what a daemon holds here it holds for ever.
enum UntilExit {
    private static let held = Mutex<[any Sendable]>([])

    static func hold(_ values: any Sendable...) { held.withLock { $0 += values } }
}
