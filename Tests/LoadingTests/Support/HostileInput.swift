import Foundation
import Loading
import Model
import Testing

/// A file of `Inputs`: lines `# expect: LINE code` at its beginning say what must be found in it, and nothing else may.
struct HostileInput: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// `LINE code`, in ascending order.
    let expected: [String]

    var testDescription: String { name }

    static let all: [HostileInput] = {
        let folder = Repository.tests.appending(path: "Inputs")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { name in
            guard name.hasSuffix(".yaml"),
                let data = FileManager.default.contents(atPath: folder.appending(path: name).path)
            else { return nil }
            let prefix = "# expect: "
            let header = String(decoding: data, as: UTF8.self).split(separator: "\n").prefix { $0.hasPrefix(prefix) }
            return HostileInput(
                name: String(name.dropLast(5)), bytes: Array(data),
                expected: ordered(header.map { String($0.dropFirst(prefix.count)) }))
        }
    }()

    /// What the inputs refer to: clusters, roles and a database server without mistakes.
    static let surroundings = SourceFile(
        path: "0-surroundings.yaml",
        text: """
            apiVersion: plumb/v1
            kind: Cluster
            metadata: {name: lab}
            spec:
              simulated: {nodes: [pve1, pve2], templates: [{name: debian-12, vmid: 9000}]}
              defaults: {node: pve1}
            ---
            apiVersion: plumb/v1
            kind: Cluster
            metadata: {name: bare}
            spec: {simulated: {nodes: [pve1]}}
            ---
            apiVersion: plumb/v1
            kind: Cluster
            metadata: {name: real}
            spec: {proxmox: {endpoint: "https://pve1:8006", tokenFrom: {env: TOKEN}}}
            ---
            apiVersion: plumb/v1
            kind: Role
            metadata: {name: web}
            spec: {}
            ---
            apiVersion: plumb/v1
            kind: Role
            metadata: {name: lonely}
            spec: {conflictsWith: [web]}
            ---
            apiVersion: plumb/v1
            kind: DatabaseServer
            metadata: {name: main}
            spec: {engine: postgresql, host: db}
            """)

    var files: [SourceFile] { [Self.surroundings, SourceFile(path: name + ".yaml", bytes: bytes)] }

    func load() -> LoadedConfiguration { ConfigurationLoader().load(files) }

    /// `LINE code` of each error in the file, in ascending order.
    static func found(in loaded: LoadedConfiguration, file: Int32 = 1) -> [String] {
        var lines = SourceLines(loaded.files)
        return ordered(
            loaded.diagnostics.filter { $0.span?.file == file && $0.severity == .error }.map { diagnostic in
                "\(lines.place(of: diagnostic.span)?.line ?? 0) \(diagnostic.sentence.code.rawValue)"
            })
    }

    /// By line, then by code.
    private static func ordered(_ lines: [String]) -> [String] {
        lines.sorted { ($0.prefix { $0 != " " }.count, $0) < ($1.prefix { $0 != " " }.count, $1) }
    }
}

/// Where the tests and the repository are, wherever the package was built.
enum Repository {
    static let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let root = tests.deletingLastPathComponent().deletingLastPathComponent()

    /// Files are written instead of compared when `PLUMB_RECORD` is set.
    static let isRecording = ProcessInfo.processInfo.environment["PLUMB_RECORD"] != nil

    /// The text of a file that a test compares with; when recording, the new text is written first.
    static func recorded(_ url: URL, new text: String) throws -> String {
        if isRecording {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        return try String(contentsOf: url, encoding: .utf8)
    }
}
