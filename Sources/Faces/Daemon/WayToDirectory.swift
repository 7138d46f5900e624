import Glibc

/// Where a path can come to mean another directory: at its own last name, at every link on the way, and at the last
/// name of what they lead to.
struct WayToDirectory {
    /// A directory, and a name in it.
    private(set) var turns: [(directory: String, name: String)] = []

    /// As many links as the kernel follows (path_resolution(7)).
    private static let mostLinks = 40

    /// - Parameter path: absolute. What of it is not there is left out, but for its last name.
    init(_ path: String) {
        add(path)
        var waiting = Self.names(in: path)
        var resolved = ""
        var links = 0
        while let name = waiting.popLast() {
            if name == ".." {
                resolved = String(resolved[..<(resolved.lastIndex(of: "/") ?? resolved.startIndex)])
                continue
            }
            let next = resolved + "/" + name
            guard let target = Self.target(of: next), links < Self.mostLinks else {
                resolved = next
                continue
            }
            links += 1
            turns.append((directory: resolved.isEmpty ? "/" : resolved, name: name))
            if target.hasPrefix("/") { resolved = "" }
            waiting += Self.names(in: target)
        }
        add(resolved)
    }

    private mutating func add(_ path: String) {
        guard let slash = path.lastIndex(of: "/"), path.count > 1 else { return }
        let directory = slash == path.startIndex ? "/" : String(path[..<slash])
        turns.append((directory: directory, name: String(path[path.index(after: slash)...])))
    }

    /// The names of a path, the first one last.
    private static func names(in path: String) -> [String] {
        path.split(separator: "/").filter { $0 != "." }.map(String.init).reversed()
    }

    /// What a link points to; nil for anything else.
    private static func target(of path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                characters.baseAddress.map { readlink(path, $0, characters.count) } ?? -1
            }
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }

    /// The path without links; nil where it leads nowhere.
    static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
