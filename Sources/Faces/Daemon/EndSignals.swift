import UnixSignals

/// SIGTERM and SIGINT, one element for each. From here on they do nothing else to the process.
package func endSignals() async -> some AsyncSequence<Void, Never> & Sendable {
    await UnixSignalsSequence(trapping: .sigterm, .sigint).map { _ in () }
}
