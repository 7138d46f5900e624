import ArgumentParser
import Foundation
import JSONArena
import Loading
import Model

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Prints the JSON Schema of a kind, or of all kinds together.",
        discussion: """
            --write and --check are for Plumb's own repository: they keep schemas and documentation equal to what the \
            program reads.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "A kind, such as Server; without it a schema for any document.")
    var kind: Kind?

    @Flag(help: "Write schemas/, docs/spec/ and docs/diagnostics.md below the current directory.")
    var write = false

    @Flag(help: "Fail where one of those files is not what --write would write.")
    var check = false

    func validate() throws {
        if write && check { throw ValidationError("--write and --check exclude each other.") }
        if kind != nil && (write || check) { throw ValidationError("--write and --check are about all kinds.") }
    }

    func run() async throws {
        try await common.perform { console in
            let files = ConfigurationLoader.generatedFiles
            if check {
                try Self.check(files)
            } else if write {
                console.show(WrittenFilesView(files: try Self.write(files)))
            } else {
                console.print(ConfigurationLoader.schema(of: kind).text(indent: 2) + "\n")
            }
            return .success
        }
    }

    private static func check(_ files: [GeneratedFile]) throws(CommandFailure) {
        for file in files where FileManager.default.contents(atPath: file.path) != Data(file.text.utf8) {
            throw CommandFailure(Sentence("cli.schemasDiffer", file.path))
        }
    }

    /// - Returns: the paths of the files that were not the same before.
    private static func write(_ files: [GeneratedFile]) throws(CommandFailure) -> [String] {
        var written: [String] = []
        for file in files where FileManager.default.contents(atPath: file.path) != Data(file.text.utf8) {
            let target = URL(filePath: file.path)
            do {
                try FileManager.default.createDirectory(
                    at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.text.utf8).write(to: target, options: .atomic)
            } catch {
                throw CommandFailure(Sentence("cli.cannotWrite", file.path, error.systemReason))
            }
            written.append(file.path)
        }
        return written
    }
}

extension Kind: ExpressibleByArgument {
    /// Without case, as names are compared.
    package init?(argument: String) {
        guard let kind = Self.allCases.first(where: { $0.rawValue.lowercased() == argument.lowercased() }) else {
            return nil
        }
        self = kind
    }
}
