import Processes
import Synchronization
import Testing

/// Whether the one who writes the file has ended.
private final class Writer: Sendable {
    let isOver = Atomic(false)
}

@Suite("Following a file")
struct FileTailTests {
    @Test func `lines come as they are written, and the half last one at the end`() async throws {
        let place = try TemporaryDirectory()
        let writer = Writer()
        var lines: [FileTail.Line] = []
        let path = place("file")
        try await withThrowingTaskGroup(of: [FileTail.Line].self) { group in
            let (seen, report) = AsyncStream<Int>.makeStream()
            group.addTask {
                var lines: [FileTail.Line] = []
                for await line in FileTail(path: path, until: { writer.isOver.load(ordering: .acquiring) }) {
                    lines.append(line)
                    report.yield(lines.count)
                }
                return lines
            }
            var counts = seen.makeAsyncIterator()
            try place.write("one\ntw", to: "file")
            #expect(await counts.next() == 1)
            try place.write("o\nthree", to: "file", appending: true)
            #expect(await counts.next() == 2)
            writer.isOver.store(true, ordering: .releasing)
            for try await result in group { lines = result }
        }
        #expect(lines.map(\.text) == ["one", "two", "three"])
        #expect(lines.map(\.end) == [4, 8, 13])
        #expect(lines.map(\.isComplete) == [true, true, false])
    }

    @Test func `a later reader goes on where the first one was`() async throws {
        let place = try TemporaryDirectory()
        try place.write("one\ntwo\nthree\n", to: "file")
        var lines: [String] = []
        for await line in FileTail(path: place("file"), from: 4, until: { true }) { lines.append(line.text) }
        #expect(lines == ["two", "three"])
    }

    @Test func `a line beyond the limit is cut, and the next one is whole`() async throws {
        let place = try TemporaryDirectory()
        try place.write(String(repeating: "x", count: FileTail.lineLimit + 300_000) + "\nnext\n", to: "file")
        var lines: [FileTail.Line] = []
        for await line in FileTail(path: place("file"), until: { true }) { lines.append(line) }
        #expect(lines.map(\.bytes.count) == [FileTail.lineLimit, 4])
        #expect(lines.last?.end == FileTail.lineLimit + 300_006)
    }

    @Test func `a file that never comes is an empty one`() async throws {
        let place = try TemporaryDirectory()
        for await line in FileTail(path: place("file"), until: { true }) { Issue.record("\(line)") }
    }
}
