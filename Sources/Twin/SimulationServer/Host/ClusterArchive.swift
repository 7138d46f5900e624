import Foundation
import Model
import Simulation

/// A simulated cluster on disk: a picture of it, and a log of the requests that changed it since.
///
/// A write costs one appended line, whatever the cluster's size, because the machine is deterministic: the same
/// requests at the same moments make the same cluster. Each line is handed to the kernel before its request is
/// answered, so killing the process loses nothing; a power cut may lose the last seconds, which a simulation may.
/// A line that was cut short is ignored. The picture is renewed at each start and end, and every ``renewal`` lines.
struct ClusterArchive {
    /// Lines after which a new picture is taken, to bound the time of the next start.
    static let renewal = 20_000

    private struct Picture: Codable {
        var formatVersion = 1
        var generation: Int
        var cluster: SimulatedCluster
    }

    private struct Line: Codable {
        var at: Int64
        var request: APIRequest
    }

    enum Failure: Error, CustomStringConvertible {
        case unreadable(path: String, reason: String)
        case unwritable(path: String, reason: String)

        var description: String {
            switch self {
            case .unreadable(let path, let reason):
                "the simulated cluster's file \(path) cannot be read: \(reason); without that file a new cluster begins"
            case .unwritable(let path, let reason): "the simulated cluster's file \(path) cannot be written: \(reason)"
            }
        }
    }

    private let directory: URL
    private var generation = 0
    private var log: FileHandle?
    private var lines = 0
    private let encoder = JSONEncoder()

    /// - Parameter directory: exists, and belongs to nobody else.
    init(directory: String) {
        self.directory = URL(fileURLWithPath: directory, isDirectory: true)
    }

    private var picturePath: URL { directory.appending(path: "cluster.json") }
    private func logPath(_ generation: Int) -> URL { directory.appending(path: "requests.\(generation).log") }

    /// The cluster as it was left; nil where there is none yet.
    mutating func restore() throws(Failure) -> SimulatedCluster? {
        guard let data = FileManager.default.contents(atPath: picturePath.path) else { return nil }
        let picture: Picture
        do {
            picture = try JSONDecoder().decode(Picture.self, from: data)
        } catch {
            throw .unreadable(path: picturePath.path, reason: "\(error)")
        }
        generation = picture.generation
        var cluster = picture.cluster
        let decoder = JSONDecoder()
        for line in (FileManager.default.contents(atPath: logPath(generation).path) ?? Data()).split(separator: 0x0A) {
            guard let entry = try? decoder.decode(Line.self, from: line) else { break }
            _ = cluster.handle(entry.request, at: Timestamp(milliseconds: entry.at))
        }
        return cluster
    }

    /// Adds a request that changed the cluster.
    mutating func append(_ request: APIRequest, at moment: Timestamp) throws(Failure) {
        do {
            var bytes = try encoder.encode(Line(at: moment.milliseconds, request: request))
            bytes.append(0x0A)
            try log?.write(contentsOf: bytes)
            lines += 1
        } catch {
            throw .unwritable(path: logPath(generation).path, reason: "\(error)")
        }
    }

    var isDueForRenewal: Bool { lines >= Self.renewal }

    /// Writes a new picture and starts a new log; the old ones are whole until the new ones are.
    mutating func renew(_ cluster: SimulatedCluster) throws(Failure) {
        let next = generation + 1
        do {
            let fresh = try PrivateFile.create(logPath(next).path)
            let data = try encoder.encode(Picture(generation: next, cluster: cluster))
            try PrivateFile.write(data, to: picturePath.path)
            try log?.close()
            log = fresh
        } catch {
            throw .unwritable(path: picturePath.path, reason: "\(error)")
        }
        try? FileManager.default.removeItem(at: logPath(generation))
        generation = next
        lines = 0
    }

    mutating func close() {
        try? log?.close()
        log = nil
    }
}
