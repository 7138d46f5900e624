import Model
import Synchronization
import Terraform

/// What the files of stacks said while the configuration was still being read: two pieces of work of the same size, for
/// two cores.
///
/// It must not know what is declared. What it read stands only while the files are provably those that were read, and
/// is given out once.
final class StacksAhead: Sendable {
    private struct Reading {
        var stamp: StackStamp
        var observation: StackObservation
    }

    private let readings = Mutex<[StackDirectory: Reading]>([:])
    private let isEnough = Mutex(false)
    private let isSettled: @Sendable (StackStamp) -> Bool

    /// - Parameter settled: whether files that lie so will not change without showing it.
    init(settled: @escaping @Sendable (StackStamp) -> Bool = { $0.isSettled }) { isSettled = settled }

    /// Reads one stack after another until there are no more, or ``stop()`` is called. What cannot be read is left to
    /// whoever asks for it, who then says why.
    ///
    /// - Parameter directory: the one of all stacks.
    func read(below directory: String) {
        for stack in StackDirectory.all(below: directory) {
            if isEnough.withLock({ $0 }) { return }
            let stamp = stack.stamp
            // The name of the cluster as it is written is known to whoever asks.
            guard isSettled(stamp), let observation = try? stack.observe(StackID(cluster: "", name: "")) else {
                continue
            }
            readings.withLock { $0[stack] = Reading(stamp: stamp, observation: observation) }
        }
    }

    /// Ends ``read(below:)`` after the stack that it is at.
    func stop() { isEnough.withLock { $0 = true } }

    /// What was read of a stack; nil where nothing was, or where its files are no longer those.
    func take(_ stack: StackDirectory, as id: StackID) -> StackObservation? {
        guard let reading = readings.withLock({ $0.removeValue(forKey: stack) }), reading.stamp == stack.stamp else {
            return nil
        }
        var observation = reading.observation
        observation.id = id
        // A file that was put beside the others shows in none of their stamps.
        observation.foreignFiles = stack.foreignFiles
        return observation
    }
}
