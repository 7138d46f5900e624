import Foundation
import Model

/// Passwords that an earlier system kept in the clear, on their way into files that only their owner can read. They are
/// written when the documents that refer to them are.
struct EarlierSecrets: Sendable {
    private let directory: String
    /// How documents name the directory: relative where it lies below the configuration.
    private let reference: String
    private var values: [String: String] = [:]

    init(of place: Workplace) {
        directory = place.state + "/secrets"
        let prefix = place.configuration + "/"
        reference = directory.hasPrefix(prefix) ? String(directory.dropFirst(prefix.count)) : directory
    }

    /// Keeps a password.
    ///
    /// - Parameter name: of its file.
    mutating func keep(_ value: String?, as name: String) -> SecretReference? {
        guard let value, !value.isEmpty else { return nil }
        values[name] = value
        return .file("\(reference)/\(name)")
    }

    /// Writes those that these documents refer to.
    ///
    /// - Returns: what to tell the operator; nil where there is none.
    func write(referredToIn text: String) throws(CommandFailure) -> Sentence? {
        let values = values.filter { text.contains("\(reference)/\($0.key)") }
        guard !values.isEmpty else { return nil }
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(Sentence("cli.cannotWrite", directory, error.systemReason))
        }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            let path = "\(directory)/\(name)"
            // Made with its mode, so that there is no moment in which others can read it.
            guard
                FileManager.default.createFile(
                    atPath: path, contents: Data((value + "\n").utf8), attributes: [.posixPermissions: 0o600])
            else { throw CommandFailure(Sentence("cli.cannotWrite", path, "createFile")) }
        }
        return Sentence("import.secrets", String(values.count), directory)
    }
}
