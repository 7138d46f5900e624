import Foundation
import Glibc
import Testing

/// `plumb drift --watch` prints what is new and nothing else, and ends gently.
@Suite(.enabled(if: Programs.hasTerraform), .timeLimit(.minutes(10))) struct WatchTests {
    private static let fleet = """
        file fleet.yaml
            apiVersion: plumb/v1
            kind: Cluster
            metadata: {name: lab}
            spec:
              simulated:
                nodes: [pve1, pve2, pve3]
                templates: [{name: debian-12, vmid: 9000}]
              defaults: {datastore: local-lvm, bridge: vmbr0, template: debian-12, node: pve1}
        file web-1.yaml
            apiVersion: plumb/v1
            kind: Server
            metadata: {name: web-1}
            spec: {cluster: lab, cores: 2, memory: 2GiB, disks: [{size: 20GiB}], networks: [{address: dhcp}]}
        $ plumb apply --yes

        """

    @Test("what appears and heals is one line of JSON each, and SIGTERM ends it as the last look would have")
    func news() async throws {
        try await Stage.perform("watch") { stage in
            _ = try await stage.play(Script(Self.fleet))
            let watch = try Watch(
                in: stage, ["drift", "--watch", "--interval", "1", "--exit-code", "--output", "json"])
            #expect(try await watch.lines(of: \.errors, 2).first == "Nothing differs.")
            _ = try await stage.play(Script("$ as alice PUT /nodes/pve1/qemu/100/config tags=plumb;hacked\n"))
            let appeared = try await watch.lines(of: \.output, 1)
            #expect(appeared[0].contains(#""event":"appeared""#) && appeared[0].contains("hacked;plumb"))
            // The node with the guest is gone: nobody can say that it healed.
            _ = try await stage.play(Script("$ as root PUT /simulation/nodes/pve1 online=0\n"))
            let blind = try await watch.lines(of: \.output, 3)
            #expect(blind[1...].allSatisfy { $0.contains(#""event":"unreadable""#) }, "\(blind)")
            _ = try await stage.play(
                Script(
                    "$ as root PUT /simulation/nodes/pve1 online=1\n"
                        + "$ as alice PUT /nodes/pve1/qemu/100/config tags=plumb\n"))
            let healed = try await watch.lines(of: \.output, 6)
            #expect(healed.count { $0.contains(#""event":"readable""#) } == 2, "\(healed)")
            #expect(healed.count { $0.contains(#""event":"healed""#) } == 1, "\(healed)")
            #expect(healed.allSatisfy { $0.hasPrefix(#"{"formatVersion":1,"at":""#) && $0.hasSuffix("}") })
            _ = try await stage.play(Script("$ as alice PUT /nodes/pve1/qemu/100/config cores=8\n"))
            #expect(try await watch.lines(of: \.output, 7)[6].contains(#""path":"cores""#))
            #expect(await watch.end(by: SIGTERM) == 2)
        }
    }

    /// A `plumb` that runs until it gets a signal, with what it printed.
    private final class Watch {
        let output: String
        let errors: String
        private let process: Process
        private let ends: AsyncStream<Void>

        init(in stage: Stage, _ arguments: [String]) throws {
            output = stage.root + "/watch-output"
            errors = stage.root + "/watch-errors"
            for path in [output, errors] { try Data().write(to: URL(filePath: path)) }
            process = Process()
            process.executableURL = URL(filePath: Stage.binary)
            process.arguments = arguments
            process.currentDirectoryURL = URL(filePath: stage.fleet)
            var environment = ProcessInfo.processInfo.environment
            environment["NO_COLOR"] = "1"
            environment["LC_ALL"] = "C"
            process.environment = environment
            let streams = [FileHandle(forWritingAtPath: output), FileHandle(forWritingAtPath: errors)]
            process.standardOutput = streams[0]
            process.standardError = streams[1]
            process.standardInput = FileHandle.nullDevice
            let (ends, end) = AsyncStream<Void>.makeStream()
            self.ends = ends
            process.terminationHandler = { _ in end.finish() }
            try process.run()
            for stream in streams { try? stream?.close() }
        }

        /// What it printed, once that is so many lines; it is waited for half a minute.
        func lines(of stream: KeyPath<Watch, String>, _ count: Int) async throws -> [String] {
            for _ in 0..<1500 {
                let text = try String(contentsOfFile: self[keyPath: stream], encoding: .utf8)
                let lines = text.split(separator: "\n").map(String.init)
                if lines.count >= count, text.hasSuffix("\n") { return lines }
                guard process.isRunning else { throw StageFailure("the watch ended: \(lines)") }
                try await Task.sleep(for: .milliseconds(20))
            }
            throw StageFailure(
                "the watch said no more: \(try String(contentsOfFile: self[keyPath: stream], encoding: .utf8))")
        }

        /// Its exit code after a signal.
        func end(by signal: Int32) async -> Int32 {
            kill(process.processIdentifier, signal)
            for await _ in ends {}
            return process.terminationStatus
        }

        deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
    }
}
