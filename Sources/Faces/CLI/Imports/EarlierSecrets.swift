import Foundation
import Glibc
import Model

/// Passwords that an earlier system kept in the clear, on their way into files that only their owner can read. They are
/// written when the documents that refer to them are.
///
/// A file is named for the kind and the name of what it is for (`server-db-01.password`), because a server and a
/// database server may bear one name. One that holds something else is left alone: somebody may have changed it since.
struct EarlierSecrets: Sendable {
    private let directory: String
    /// How documents name the directory: relative where it lies below the configuration.
    private let reference: String
    /// By the names of their files.
    private var values: [String: String] = [:]
    /// What to tell of files that stay as they are.
    private(set) var remarks: [Sentence] = []

    init(of place: Workplace) {
        directory = place.state + "/secrets"
        let prefix = place.configuration + "/"
        reference = directory.hasPrefix(prefix) ? String(directory.dropFirst(prefix.count)) : directory
    }

    /// Keeps a password.
    ///
    /// - Parameter owner: whose it is; its name is a DNS label, so that no other's file is named like a numbered one.
    mutating func keep(_ value: String?, of owner: ObjectName) -> SecretReference? {
        guard let value, !value.isEmpty else { return nil }
        let stem = "\(owner.kind.rawValue.lowercased())-\(owner.key)"
        let first = stem + ".password"
        var name = first
        var number = 1
        while isTaken(name, by: value) {
            number += 1
            name = "\(stem).\(number).password"
        }
        if name != first {
            remarks.append(
                Sentence("import.otherPassword", owner.description, "\(directory)/\(first)", "\(directory)/\(name)"))
        }
        values[name] = value
        return .file("\(reference)/\(name)")
    }

    /// Writes those that these documents refer to.
    ///
    /// - Returns: what to tell the operator; nil where there is none.
    func write(referredToIn text: String) throws(CommandFailure) -> Sentence? {
        // The directory may stand there in YAML's quotes.
        let values = values.filter { text.contains("/\($0.key)") }
        guard !values.isEmpty else { return nil }
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(Sentence("cli.cannotWrite", directory, error.systemReason))
        }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            let path = "\(directory)/\(name)"
            if try OwnersFile.make(Array((value + "\n").utf8), at: path) { continue }
            // Somebody wrote it since it was looked at; the next import finds it.
            guard Self.file(at: path, holds: value) else {
                throw CommandFailure(Sentence("cli.cannotWrite", path, String(cString: strerror(EEXIST))))
            }
            closeToOthers(path)
        }
        return Sentence("import.secrets", String(values.count), directory)
    }

    private func isTaken(_ name: String, by value: String) -> Bool {
        if let kept = values[name] { return kept != value }
        let path = "\(directory)/\(name)"
        // A link that leads nowhere is something too.
        var status = stat()
        return lstat(path, &status) == 0 && !Self.file(at: path, holds: value)
    }

    /// As whoever needs the secret reads it.
    private static func file(at path: String, holds value: String) -> Bool {
        let resolver = SecretResolver(directory: "", environment: [:])
        return (try? resolver.value(of: .file(path))) == value.trimmingCharacters(in: .newlines)
    }

    /// Of a file that was there already.
    private func closeToOthers(_ path: String) {
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG { chmod(path, 0o600) }
    }
}
