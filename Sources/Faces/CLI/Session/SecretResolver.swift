import Foundation
import Model

/// Finds the values of secret references at the moment when they are needed. They stay in memory.
struct SecretResolver: Sendable {
    /// Relative paths of `{file: PATH}` start here: the configuration's directory.
    let directory: String
    let environment: [String: String]

    func value(of reference: SecretReference) throws(StepFailure) -> String {
        switch reference {
        case .environment(let name):
            guard let value = environment[name], !value.isEmpty else {
                throw StepFailure(Sentence("edge.secretEnvironment", name))
            }
            return value
        case .file(let path):
            let absolute = path.hasPrefix("/") ? path : directory + "/" + path
            guard let data = FileManager.default.contents(atPath: absolute),
                let text = String(data: data, encoding: .utf8)
            else { throw StepFailure(Sentence("edge.secretFile", absolute)) }
            let value = text.trimmingCharacters(in: .newlines)
            guard !value.isEmpty else { throw StepFailure(Sentence("edge.secretFile", absolute)) }
            return value
        case .stored(let name): throw StepFailure(Sentence("edge.secretUnsupported", "stored: \(name)"))
        case .vault(let path, let key): throw StepFailure(Sentence("edge.secretUnsupported", "vault: \(path)#\(key)"))
        }
    }
}
