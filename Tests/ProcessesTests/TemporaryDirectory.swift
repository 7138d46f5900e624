import Glibc
import Testing

/// A directory that goes away with the test.
final class TemporaryDirectory {
    let path: String

    init() throws {
        var template = Array("/tmp/plumb-processes-XXXXXX".utf8CString)
        path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
        let names = ["stdout", "stderr", "process", "exit", "exit.part", "file", "pid", "go", "private", "log"]
        for name in names { unlink(path + "/" + name) }
        rmdir(path + "/claim")
        rmdir(path)
    }

    func callAsFunction(_ name: String) -> String { path + "/" + name }

    func write(_ text: String, to name: String, appending: Bool = false) throws {
        let file = try #require(fopen(self(name), appending ? "a" : "w"))
        fputs(text, file)
        fclose(file)
    }

    func read(_ name: String) -> String? {
        guard let file = fopen(self(name), "r") else { return nil }
        defer { fclose(file) }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&chunk, 1, chunk.count, file)
        return String(decoding: chunk[..<count], as: UTF8.self)
    }

    /// Looks until a file has some text, for at most 20 seconds.
    func waitFor(_ name: String) async throws -> String {
        for _ in 0..<2000 {
            if let text = read(name), text.hasSuffix("\n") { return text }
            try await Task.sleep(for: .milliseconds(10))
        }
        return try #require(read(name))
    }
}
