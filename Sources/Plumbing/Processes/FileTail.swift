import Glibc

/// The lines of a file that someone else is still writing, as they come.
///
/// It can begin at an offset that an earlier reader reached, and it ends when the writer has: what the writer left
/// without a line break comes last, marked as incomplete. A file that does not exist yet is an empty one.
package struct FileTail: AsyncSequence, Sendable {
    package struct Line: Hashable, Sendable {
        /// Without the line break, at most ``FileTail/lineLimit`` bytes; more is dropped.
        package var bytes: [UInt8]
        /// Of the byte after the line break: where the next reader begins.
        package var end: Int
        /// Whether there was a line break.
        package var isComplete: Bool

        package var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    package static let lineLimit = 4 << 20

    private let path: String
    private let offset: Int
    private let writerHasEnded: @Sendable () -> Bool

    /// - Parameters:
    ///   - offset: bytes to be skipped.
    ///   - writerHasEnded: asked whenever nothing new is there; after a true, what is left is read, and that is the
    ///     end.
    package init(path: String, from offset: Int = 0, until writerHasEnded: @escaping @Sendable () -> Bool) {
        self.path = path
        self.offset = offset
        self.writerHasEnded = writerHasEnded
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(file: TailedFile(path: path), position: offset, writerHasEnded: writerHasEnded)
    }

    package struct Iterator: AsyncIteratorProtocol {
        let file: TailedFile
        var position: Int
        let writerHasEnded: @Sendable () -> Bool
        private var pending: [UInt8] = []
        private var searched = 0
        private var dropped = 0
        // Ten stacks are followed for minutes; nobody waits for a line of progress as for a program's end.
        private var pause = Pause(first: .milliseconds(10))
        /// The writer had ended before the last read.
        private var isEnding = false
        private var isOver = false

        init(file: TailedFile, position: Int, writerHasEnded: @escaping @Sendable () -> Bool) {
            self.file = file
            self.position = position
            self.writerHasEnded = writerHasEnded
        }

        /// The next line; nil at the end, and in a cancelled task.
        package mutating func next() async -> Line? {
            while true {
                if let line = takeLine() { return line }
                if isOver { return takeRest() }
                let chunk = file.read(at: position + dropped + pending.count)
                if !chunk.isEmpty {
                    pending.append(contentsOf: chunk)
                    pause.reset()
                } else if isEnding {
                    isOver = true
                } else if writerHasEnded() {
                    // Read once more: it may have written something since the read above.
                    isEnding = true
                } else {
                    if Task.isCancelled { return nil }
                    await pause.next()
                }
            }
        }

        private mutating func takeLine() -> Line? {
            guard let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
                if pending.count > FileTail.lineLimit {
                    dropped += pending.count - FileTail.lineLimit
                    pending.removeLast(pending.count - FileTail.lineLimit)
                }
                searched = pending.count
                return nil
            }
            position += dropped + end + 1
            let line = Line(bytes: Array(pending[..<end].prefix(FileTail.lineLimit)), end: position, isComplete: true)
            pending.removeFirst(end + 1)
            (searched, dropped) = (0, 0)
            return line
        }

        private mutating func takeRest() -> Line? {
            guard !pending.isEmpty else { return nil }
            position += dropped + pending.count
            defer { (pending, searched, dropped) = ([], 0, 0) }
            return Line(bytes: pending, end: position, isComplete: false)
        }
    }
}

/// The open file of a tail; opened when it is there, closed with the last iterator.
final class TailedFile {
    private let path: String
    private var descriptor: Int32 = -1

    init(path: String) { self.path = path }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// What is there from that byte on, at most 64 KiB; empty at the end.
    func read(at offset: Int) -> [UInt8] {
        if descriptor < 0 { descriptor = open(path, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: 64 << 10) { chunk, count in
            count = max(0, pread(descriptor, chunk.baseAddress, chunk.count, off_t(offset)))
        }
    }
}
