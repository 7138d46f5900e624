import ArgumentParser
import Foundation
import Loading
import Model

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Writes YAML for what is already there, and takes it over where that changes nothing.",
        discussion: """
            Without --write it only shows: the YAML, who would be taken over, and for the others what differs. With \
            --write the file is written, the guests are imported into their stacks through saved plans that provably \
            change nothing but Plumb's mark, and a plan at the end shows that nothing is left to do. Running it again \
            goes on where it stopped.
            """,
        subcommands: [ImportLiveCommand.self, ImportTfvarsCommand.self, ImportDatabaseCommand.self])
}

struct ImportOptions: ParsableArguments {
    @Option(
        help: "The YAML file to write, below the configuration's directory; one that is there is added to.",
        completion: .file(extensions: ["yaml", "yml"]))
    var write: String?

    @Option(help: "The cluster that is meant (default: all that are declared).")
    var cluster: String?

    /// - Throws: where Plumb would never read such a file there.
    func file(in place: Workplace) throws -> String? {
        guard let write else { return nil }
        let parts = write.split(separator: "/", omittingEmptySubsequences: false)
        let isRead = (write.hasSuffix(".yaml") || write.hasSuffix(".yml")) && !parts.contains { $0.hasPrefix(".") }
        guard isRead, !parts.contains("") else { throw CommandFailure(Sentence("import.file", write)) }
        switch try LoadedPlace.directory(of: place).obstacle(to: write) {
        case .ignored(let line, let text):
            throw CommandFailure(Sentence("import.fileIgnored", write, String(line), text))
        case .elsewhere(let target): throw CommandFailure(Sentence("import.fileElsewhere", write, target))
        case .noFile: throw CommandFailure(Sentence("import.file", write))
        case nil: return write
        }
    }

    /// - Throws: where there is no such cluster, or none at all.
    func clusters(in session: Session) throws(CommandFailure) -> [ClusterName] {
        let declared = session.desired.clusters.map(\.name)
        guard !declared.isEmpty else { throw CommandFailure(Sentence("import.noCluster")) }
        guard let cluster else { return declared }
        let name = ClusterName(cluster)
        guard declared.contains(name) else { throw CommandFailure(Sentence("import.noSuchCluster", cluster)) }
        return [name]
    }
}

extension Session {
    /// As an apply begins: what earlier processes left open is closed. Where nothing is to be written, it is said.
    func beginImport(into file: String?, on console: Console) async throws {
        if file == nil { try await announceOpenBatches(on: console) } else { try await recover(on: console) }
    }
}
