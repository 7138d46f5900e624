import Foundation
import Testing

/// A rehearsal leaves the live fleet as it is, byte for byte: the log of all requests that ever changed the cluster, the
/// cluster's picture, every stack's files, and the registry.
@Suite(.enabled(if: Programs.hasTerraform)) struct RehearsalTests {
    private static let fleet =
        StageFiles.cluster()
        + StageFiles.file(
            "servers.yaml",
            """
            apiVersion: plumb/v1
            kind: ServerSet
            metadata: {name: web}
            spec:
              names: web-{1..3}
              template: {cluster: lab, cores: 2, memory: 2GiB, disks: [{size: 20GiB}], networks: [{address: dhcp}]}
            """)
            + """
            $ plumb apply --yes
            $ replace servers.yaml "web-{1..3}" "web-{2..4}"
            $ replace servers.yaml "cores: 2" "cores: 3"
            $ plumb plan --out saved.plan

            """

    /// Every file below the state directory with its bytes, but SQLite's log and its index, which a reader may touch.
    private static func files(of stage: Stage) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: stage.state) {
            if path.hasSuffix("-wal") || path.hasSuffix("-shm") { continue }
            // Of a directory and of a socket only that it is there.
            let bytes = FileManager.default.contents(atPath: stage.state + "/" + path)
            files[path] = bytes ?? Data()
        }
        return files
    }

    private static func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }

    @Test(
        "the live fleet is the same afterwards, byte for byte",
        arguments: [["rehearse", "--each-failure"], ["rehearse", "saved.plan", "--fault", "lose-answer=0.5"]])
    func untouched(arguments: [String]) async throws {
        try await Stage.perform("rehearsal") { stage in
            _ = try await stage.play(Script(Self.fleet))
            let before = try Self.files(of: stage)
            #expect(before.keys.contains { $0.hasPrefix("simulated/lab/requests.") })
            #expect(before["registry.sqlite"] != nil && before["stacks/lab/main/terraform.tfstate"] != nil)
            let said = try await stage.plumb(arguments)
            #expect(said.contains("destroy Server/web-1") && said.contains("Rehearsed "), "\(said)")
            let after = try Self.files(of: stage)
            var moved: [String] = []
            for path in Set(before.keys).union(after.keys) where before[path] != after[path] { moved.append(path) }
            #expect(moved.isEmpty, "\(moved.sorted())")
        }
    }

    @Test("a restart and a rebuild are rehearsed, with what their failures would leave")
    func restartAndRebuild() async throws {
        try await Stage.perform("rehearsal-rebuild") { stage in
            _ = try await stage.play(Script(Self.fleet))
            // The removal goes on first, and the change of cores is written and waits.
            let policy = """
                apiVersion: plumb/v1
                kind: Policy
                metadata: {name: all}
                spec: {restarts: allow, rebuild: {backupTo: local}}

                """
            try stage.write(policy, to: "policy.yaml")
            _ = try await stage.plumb(["apply", "--approve-destroy", "1"])
            let restarts = try await stage.plumb(["rehearse", "--failures", "1"])
            #expect(restarts.contains("restart Server/web-2") && restarts.contains("Rehearsed "), "\(restarts)")
            #expect(restarts.contains("starts it again ends in an error"), "\(restarts)")
            #expect(restarts.contains("start Server/web-2"), "the next plan starts it: \(restarts)")
            let asked = try await stage.plumb(["rebuild", "web-2"])
            let plan = try #require(asked.matches(of: /Plan ([0-9a-f]{12})\b/).last, "\(asked)")
            let before = try Self.files(of: stage)
            let rebuild = try await stage.plumb(["rehearse", String(plan.1), "--failures", "1"])
            #expect(rebuild.contains("rebuild Server/web-2") && rebuild.contains("vzdump"), "\(rebuild)")
            #expect(rebuild.contains("Rehearsed "), "\(rebuild)")
            #expect(rebuild.contains("destroyed and made anew") && !rebuild.contains("restarted"), "\(rebuild)")
            #expect(try Self.files(of: stage) == before)
        }
    }

    @Test("what is kept is readable by its owner alone, and the next rehearsal leaves it")
    func kept() async throws {
        try await Stage.perform("rehearsal-kept") { stage in
            _ = try await stage.play(Script(Self.fleet))
            let said = try await stage.plumb(["rehearse", "--keep", "--failures", "0"])
            let home = stage.state + "/rehearsals"
            let names = try FileManager.default.contentsOfDirectory(atPath: home)
            let name = try #require(names.first)
            #expect(names.count == 1)
            #expect(said.contains("rehearsals/" + name), "\(said)")
            for path in try FileManager.default.subpathsOfDirectory(atPath: home) {
                guard path.hasSuffix(".tfstate") || path.hasSuffix(".sqlite") else { continue }
                #expect(try Self.mode(home + "/" + path) & 0o077 == 0, "\(path)")
            }
            #expect(try Self.mode(home + "/" + name) == 0o700)
            // One whose process was killed goes with the next rehearsal.
            let left = home + "/left"
            try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
            try Data("999999:1:gone".utf8).write(to: URL(filePath: left + "/owner"))
            _ = try await stage.plumb(["rehearse", "--failures", "0"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: home) == names)
        }
    }
}
