import Foundation

/// A directory of one test's own; it goes with the suite's instance that holds it.
final class ScratchDirectory {
    let path = NSTemporaryDirectory() + "plumb-daemon-\(UUID().uuidString)"
    private let files = FileManager.default

    init() throws { try files.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? files.removeItem(atPath: path) }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ name: String) throws { try Data("a".utf8).write(to: URL(filePath: self(name))) }
    func make(_ name: String) throws {
        try files.createDirectory(atPath: self(name), withIntermediateDirectories: true)
    }
    func link(_ name: String, to target: String) throws {
        try files.createSymbolicLink(atPath: self(name), withDestinationPath: target)
    }
    func move(_ name: String, to other: String) throws { try files.moveItem(atPath: self(name), toPath: self(other)) }
    func copy(_ name: String, to other: String) throws { try files.copyItem(atPath: self(name), toPath: self(other)) }
    func remove(_ name: String) throws { try files.removeItem(atPath: self(name)) }
}
