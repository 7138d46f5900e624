import Foundation
import Model
import Processes
import Registry
import Terraform

/// The directory of one rehearsal, `STATE/rehearsals/NAME`, mode 0700: a copy of the registry and of every stack as they
/// were when it began, and beside it one copy of that for each run.
struct RehearsalRoom: Sendable {
    let path: String
    /// Directories above it that were not there before.
    private let made: [String]

    var original: RehearsalCopy { RehearsalCopy(path: path + "/original") }

    /// Makes the directory, and removes what rehearsals left whose process was killed.
    init(at place: Workplace) throws(CommandFailure) {
        let home = place.state + "/rehearsals"
        made = [home, place.state].filter { !FileManager.default.fileExists(atPath: $0) }
        Self.sweep(home)
        path = "\(home)/\(getpid())-\(String(UInt32.random(in: 0 ... .max), radix: 16))"
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try Data((ProcessIdentity.current?.description ?? "").utf8).write(to: URL(filePath: path + "/owner"))
            try original.make()
        } catch {
            throw CommandFailure(Sentence("rehearse.room", path, error.localizedDescription))
        }
    }

    /// Copies what there is of the live fleet: registry and stacks.
    func fill(from place: Workplace, clusters: [ClusterName]) async throws(CommandFailure) {
        let live = RehearsalCopy(path: place.state)
        try await live.copy(to: original, clusters: clusters)
    }

    /// A fresh copy for one run.
    func copy(_ name: String, clusters: [ClusterName]) async throws(CommandFailure) -> RehearsalCopy {
        let copy = RehearsalCopy(path: "\(path)/\(name)")
        do {
            try copy.make()
        } catch {
            throw CommandFailure(Sentence("rehearse.room", copy.path, error.localizedDescription))
        }
        try await original.copy(to: copy, clusters: clusters)
        return copy
    }

    /// - Parameter isKept: the directory stays, and no later rehearsal removes it.
    func leave(isKept: Bool) {
        if isKept {
            try? FileManager.default.removeItem(atPath: path + "/owner")
            return
        }
        try? FileManager.default.removeItem(atPath: path)
        for directory in made { rmdir(directory) }
    }

    private static func sweep(_ home: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? [] {
            guard let owner = try? String(contentsOfFile: "\(home)/\(name)/owner", encoding: .utf8),
                ProcessIdentity(owner)?.isAlive != true
            else { continue }
            try? FileManager.default.removeItem(atPath: "\(home)/\(name)")
        }
    }
}

/// Registry and stacks below one directory, laid out as in Plumb's state directory.
struct RehearsalCopy: Sendable {
    let path: String

    var registry: String { path + "/registry.sqlite" }
    var stacks: String { path + "/stacks" }

    func make() throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    func copy(to other: RehearsalCopy, clusters: [ClusterName]) async throws(CommandFailure) {
        do throws(RegistryFailure) {
            _ = try await FleetRegistry.copy(from: registry, to: other.registry)
        } catch {
            throw CommandFailure(error.sentence)
        }
        do throws(TerraformFailure) {
            for cluster in clusters {
                for name in StackDirectory.names(in: "\(stacks)/\(cluster.key)") {
                    let inner = "/\(cluster.key)/\(name)"
                    try StackDirectory(path: stacks + inner).copy(to: StackDirectory(path: other.stacks + inner))
                }
            }
        } catch {
            throw CommandFailure(error.stepFailure.sentence)
        }
    }
}
