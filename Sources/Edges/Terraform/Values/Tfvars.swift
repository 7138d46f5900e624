import JSONArena
import Model

/// A stack's `terraform.tfvars.json`: each server's entry as it stands there, byte for byte, so that a change of one
/// leaves the others as they were.
///
/// Members beside `servers` are kept too. Entries that were not touched are written as they were read; the file's own
/// layout (the order of keys, a line for each attribute) is always the same.
package struct Tfvars: Hashable, Sendable {
    /// By key, as written. An entry is JSON text, indented as at its place in the file.
    package private(set) var entries: [String: String] = [:]
    private var others: [String: String] = [:]
    /// The keys as Terraform has them, by what a name is compared by.
    private var keys: [ServerName: String] = [:]

    package init() {}

    /// - Throws: what is wrong; also where two entries stand for one server.
    package init(parsing bytes: [UInt8]) throws(Malformed) {
        let root: JSONNode
        do throws(JSONFailure) {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw Malformed(reason: error.description)
        }
        try self.init(root)
    }

    fileprivate init(_ root: JSONNode) throws(Malformed) {
        try Self.read(root) { name, value in
            others[name] = Self.text(of: value)
        } entry: { server, key, value in
            keys[server] = key
            entries[key] = Self.text(of: value)
        }
    }

    /// Goes through a file's members, and refuses what Terraform would take differently from us.
    fileprivate static func read(
        _ root: JSONNode, other: (String, JSONNode) -> Void, entry: (ServerName, String, JSONNode) -> Void
    ) throws(Malformed) {
        guard root.kind == .object else { throw Malformed(reason: "it is not an object") }
        var names: Set<String> = []
        for (name, value) in root.members where name != "servers" {
            guard names.insert(name).inserted else { throw Malformed(reason: "it has two members \"\(name)\"") }
            other(name, value)
        }
        guard let servers = root["servers"] else { return }
        guard servers.kind == .object else { throw Malformed(reason: "\"servers\" is not an object") }
        var known: Set<ServerName> = []
        for (key, value) in servers.members {
            let server = ServerName(key)
            guard known.insert(server).inserted else {
                throw Malformed(reason: "it has two entries for the server \"\(key)\"")
            }
            entry(server, key, value)
        }
    }

    package struct Malformed: Error, Hashable, Sendable {
        package var reason: String
    }

    /// The key that stands for a server in this file; the name as it is written where the file has none. Terraform
    /// tells `Web-01` from `web-01`, and would destroy one and make the other.
    package func key(of server: ServerName) -> String { keys[server] ?? server.text }

    package func contains(_ server: ServerName) -> Bool { keys[server] != nil }

    package var servers: [ServerName] { keys.keys.sorted() }

    /// The JSON text of a server's entry; nil where it has none. Setting it to the text that was read earlier gives
    /// the bytes of that time.
    package subscript(server: ServerName) -> String? {
        get { keys[server].flatMap { entries[$0] } }
        set {
            guard let newValue else {
                if let key = keys.removeValue(forKey: server) { entries[key] = nil }
                return
            }
            let key = key(of: server)
            keys[server] = key
            entries[key] = newValue
        }
    }

    /// Writes one server's entry.
    package mutating func set(_ configuration: ServerConfiguration, for server: ServerName) {
        self[server] = Self.text(of: configuration)
    }

    /// The same file without these servers: what a destroy is planned with, while the file itself does not change.
    package func candidate(without servers: some Sequence<ServerName>) -> Tfvars {
        var candidate = self
        for server in servers { candidate[server] = nil }
        return candidate
    }

    /// The file.
    package var bytes: [UInt8] {
        var text = "{\n"
        var members: [(name: String, value: String)] = others.map { ($0.key, $0.value) }
        var servers = "{"
        for (index, key) in entries.keys.sorted().enumerated() {
            servers +=
                (index == 0 ? "\n    " : ",\n    ") + JSONValue.string(key).text() + ": " + (entries[key] ?? "null")
        }
        servers += entries.isEmpty ? "}" : "\n  }"
        members.append(("servers", servers))
        members.sort { $0.name < $1.name }
        for (index, member) in members.enumerated() {
            text += (index == 0 ? "  " : ",\n  ") + JSONValue.string(member.name).text() + ": " + member.value
        }
        return Array((text + "\n}\n").utf8)
    }

    /// Hexadecimal SHA-256 of ``bytes``.
    package var digest: String { PrivateFile.digest(bytes) }

    /// The text of an entry as it is written at its place in the file.
    package static func text(of configuration: ServerConfiguration) -> String {
        let lines = configuration.tfvars.sorted.text(indent: 2).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.joined(separator: "\n    ")
    }

    /// The text of an entry with each of these disks in it, and none of them smaller than it is here; as it was where it
    /// has them. Nil: it does not have the form that Plumb writes.
    package static func text(_ text: String, keeping disks: [GuestSettings.Disk]) -> String? {
        guard let document = try? JSONDocument(parsing: text), var kept = ServerConfiguration(tfvars: document.root)
        else { return nil }
        let settings = kept.settings.keeping(disks)
        guard settings != kept.settings else { return text }
        kept.settings = settings
        return Self.text(of: kept)
    }

    private static func text(of node: JSONNode) -> String { String(decoding: node.raw, as: UTF8.self) }
}

extension StackObservation.Tfvars {
    /// The entries of a tfvars file as values; those that do not have the form that Plumb writes are listed beside
    /// them.
    package init(parsing bytes: [UInt8]) throws(Tfvars.Malformed) {
        let root: JSONNode
        do throws(JSONFailure) {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw Tfvars.Malformed(reason: error.description)
        }
        self.init()
        var read: [(server: ServerName, configuration: ServerConfiguration)] = []
        try Tfvars.read(root) { _, _ in
        } entry: { server, _, node in
            if let configuration = ServerConfiguration(tfvars: node) {
                read.append((server, configuration))
            } else {
                unreadable.append(server)
            }
        }
        entries = ServerEntries(inAnyOrder: read)
        unreadable.sort()
        digest = PrivateFile.digest(bytes)
    }
}
