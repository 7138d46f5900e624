import Glibc
import JSONArena
import Processes

/// The `terraform` or `tofu` that is run.
package struct TerraformBinary: Hashable, Sendable {
    package let path: String
    /// As `version -json` says it: `1.11.4`.
    package let version: String

    /// The oldest that will do: the first whose `apply -json` says everything that is read here.
    package static let oldest = "1.6"

    /// Finds one.
    ///
    /// - Parameters:
    ///   - configured: the path or the name that an operator gave; then nothing else is looked at.
    ///   - searchPath: directories to be searched for that name, or for `terraform` and then for `tofu`; nil for this
    ///     process's PATH.
    /// - Throws: ``TerraformFailure/binaryMissing(looked:)``, ``TerraformFailure/binaryNotThere(configured:)``,
    ///   ``TerraformFailure/binaryTooOld(path:version:)`` or ``TerraformFailure/binaryUnusable(path:reason:)``.
    package static func find(
        configured: String? = nil, searchPath: String? = nil
    ) async throws(TerraformFailure) -> TerraformBinary {
        let path = searchPath ?? getenv("PATH").map { String(cString: $0) } ?? ""
        let directories = path.split(separator: ":").filter { $0.hasPrefix("/") }
        if let configured {
            let candidates = configured.contains("/") ? [configured] : directories.map { "\($0)/\(configured)" }
            guard let found = candidates.first(where: isProgram) else {
                throw .binaryNotThere(configured: configured)
            }
            return try await TerraformBinary(asking: found)
        }
        var first: TerraformFailure?
        for name in ["terraform", "tofu"] {
            guard let found = directories.map({ $0 + "/" + name }).first(where: isProgram) else { continue }
            do throws(TerraformFailure) {
                return try await TerraformBinary(asking: found)
            } catch {
                first = first ?? error
            }
        }
        throw first ?? .binaryMissing(looked: path)
    }

    private init(asking path: String) async throws(TerraformFailure) {
        let result: ProgramResult
        do throws(ProgramFailure) {
            // Also without the caller's `TF_CLI_ARGS`, which would fail this and nothing else.
            let program = Program(path, ["version", "-json"], environment: TerraformEnvironment().changes)
            result = try await program.run(within: ProgramLimits(output: 1 << 20, deadline: .seconds(30)))
        } catch {
            throw .binaryUnusable(path: path, reason: error.description)
        }
        guard result.exit.isSuccess, let root = try? JSONDocument(parsing: result.output).root,
            let version = root["terraform_version"]?.string
        else {
            let said = result.errorText.isEmpty ? result.outputText : result.errorText
            throw .binaryUnusable(path: path, reason: "\(result.exit): \(said.prefix(500))")
        }
        guard !Self.isOlder(version, than: Self.oldest) else { throw .binaryTooOld(path: path, version: version) }
        self.path = path
        self.version = version
    }

    /// Compares the first two numbers; what cannot be read is too old.
    package static func isOlder(_ version: String, than oldest: String) -> Bool {
        func numbers(_ text: String) -> [Int]? {
            let parts = text.split(separator: ".").prefix(2).map { Int($0.prefix { $0.isNumber }) }
            return parts.count == 2 && !parts.contains(nil) ? parts.compactMap(\.self) : nil
        }
        guard let version = numbers(version), let oldest = numbers(oldest) else { return true }
        return version.lexicographicallyPrecedes(oldest)
    }

    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
}
