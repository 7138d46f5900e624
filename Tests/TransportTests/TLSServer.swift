import Foundation

/// `Scripts/tls_server.py` as a child, with one of the certificates in `Fixtures`. Ends with ``stop()``.
final class TLSServer {
    let port: Int
    private let process = Process()
    private let input = Pipe()

    /// - Parameters:
    ///   - certificate: `loopback`, `elsewhere`, `selfsigned` or `expired`.
    ///   - port: 0 for any.
    init(certificate: String, port: Int = 0) throws {
        let python = ProcessInfo.processInfo.environment["PLUMB_PYTHON"] ?? "python3"
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            python, Self.file("Scripts/tls_server.py"), Self.file("Fixtures/\(certificate).pem"), String(port),
        ]
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let byte = output.fileHandleForReading.readData(ofLength: 1)
            if byte.isEmpty { throw CocoaError(.fileReadUnknown) }
            line += byte
        }
        guard let port = Int(String(decoding: line.dropLast(), as: UTF8.self)) else {
            throw CocoaError(.fileReadCorruptFile)
        }
        self.port = port
    }

    deinit { stop() }

    func stop() {
        guard process.isRunning else { return }
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    static func file(_ path: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(path).path
    }
}
