import ArgumentParser
import Foundation
import JSONArena
import Model

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Writes a commented starter configuration.",
        discussion:
            """
            It describes a simulated cluster, so that it works at once; the comments say how to name a real one. It is \
            refused where the state directory knows servers that the configuration does not declare.
            """)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.perform { console in
            let known = try await Wiring.required.undeclared(common.place)
            if !known.isEmpty {
                throw CommandFailure(
                    Sentence("cli.initOverRecords", String(known.count), common.place.state, common.place.configuration)
                )
            }
            let written = try Starter.write(into: common.place.configuration)
            console.show(WrittenFilesView(files: written))
            return .success
        }
    }
}

/// Files that a command wrote.
struct WrittenFilesView: View {
    var files: [String]

    func text(in page: Page) -> String { files.map { page.what("view.init.wrote", $0) }.joined(separator: "\n") }
    func json(in language: Language) -> JSONValue { ["written": .array(files.map(JSONValue.string))] }
}

extension Starter {
    /// Writes all files, or none.
    ///
    /// - Returns: their names, relative to the directory.
    static func write(into directory: String) throws(CommandFailure) -> [String] {
        let root = URL(filePath: directory)
        for (name, _) in files where FileManager.default.fileExists(atPath: root.appending(path: name).path) {
            throw CommandFailure(Sentence("cli.wouldOverwrite", root.appending(path: name).path))
        }
        for (name, text) in files {
            let file = root.appending(path: name)
            do {
                try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file, options: .atomic)
            } catch {
                throw CommandFailure(Sentence("cli.cannotWrite", file.path, error.systemReason))
            }
        }
        return files.map(\.name)
    }
}
