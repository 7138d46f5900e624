import Foundation
import Model
import Simulation
import Testing

@testable import SimulationServer

/// A served cluster of three nodes and one template, for the length of a test.
enum Service {
    static let blueprint: Blueprint = {
        var simulated = Cluster.Simulated(
            nodes: ["pve1", "pve2", "pve3"], templates: [.init(name: "debian-12", vmid: VMID(9000))])
        simulated.seed = 7
        return Blueprint(simulated, name: "lab")
    }()

    /// A directory that is gone after the body.
    static func withDirectory<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let path = FileManager.default.temporaryDirectory.path + "/plumb-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }

    /// Serves a state directory while the body runs, then ends gently.
    static func serve<Value: Sendable>(
        _ directory: String, blueprint: Blueprint = blueprint,
        _ body: @escaping @Sendable (SimulationReady) async throws -> Value
    ) async throws -> Value {
        let service = SimulationService(stateDirectory: directory, blueprint: blueprint, handlesSignals: false)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            let (readies, ready) = AsyncStream.makeStream(of: SimulationReady.self)
            group.addTask {
                _ = try await service.run { ready.yield($0) }
                return nil
            }
            group.addTask {
                for await ready in readies { return try await body(ready) }
                return nil
            }
            defer { group.cancelAll() }
            guard case let value?? = try await group.next() else { throw CancellationError() }
            group.cancelAll()
            try await group.waitForAll()
            return value
        }
    }

    /// Runs one of the scripts beside this file with the interpreter that `PLUMB_PYTHON` names.
    ///
    /// - Returns: its exit code and all that it printed.
    static func python(_ script: String, _ arguments: String...) async throws -> (code: Int32, output: String) {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Scripts/\(script)").path
        let interpreter = ProcessInfo.processInfo.environment["PLUMB_PYTHON"] ?? "python3"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [interpreter, path] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        return try await withCheckedThrowingContinuation { continuation in
            do { try process.run() } catch { return continuation.resume(throwing: error) }
            DispatchQueue.global().async {
                let data = pipe.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                continuation.resume(returning: (process.terminationStatus, String(decoding: data, as: UTF8.self)))
            }
        }
    }
}
