import ArgumentParser
import EarlierSystems
import Foundation
import Loading
import Model
import Terraform

struct ImportTfvarsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tfvars", abstract: "Takes over the servers of the earlier Terraform Proxmox Manager.",
        discussion: """
            Reads its terraform.tfvars.json, and with --tfstate (or --state with a file) its terraform.tfstate, which \
            says the number of each server. The guests are imported into Plumb's own stacks; the earlier files are only read. Stop the earlier \
            system before: two programs that manage one server undo each other's work.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: ImportOptions

    @Option(help: "The earlier terraform.tfstate.", completion: .file())
    var tfstate: String?

    @Argument(help: "The earlier terraform.tfvars.json.", completion: .file())
    var file: String

    func run() async throws {
        try await common.perform { console in
            let (common, tfstate) = sorted()
            let written = try options.file(in: common.place)
            let fleet = try EarlierFiles.parse(file) { bytes throws(EarlierFileFailure) in
                try EarlierFleet(parsing: bytes)
            }
            let places = try tfstate.map(EarlierFiles.places) ?? [:]
            // Also where nothing is declared yet: the file brings its cluster along.
            let home = try await common.session(drafts: ["imported-first.yaml": "# nothing yet\n"]) {
                try fleet.home(in: $0.desired, named: options.cluster)
            }
            let draft = home.document.map { [Enrolment.draftPath(written): $0.text] } ?? [:]
            var enrolment = Enrolment(common, console: console, file: written)
            let secrets = EarlierSecrets(of: common.place)
            let earlier = try await common.session(drafts: draft) { session in
                try await session.beginImport(into: written, on: console)
                return try await EarlierServers(
                    fleet.servers, places: places, in: session, cluster: home.name, into: written, secrets: secrets)
            }
            enrolment.others = (home.document.map { [$0] } ?? []) + earlier.roles
            enrolment.servers = earlier.servers
            enrolment.standing = earlier.standing
            enrolment.leftOut = earlier.leftOut
            enrolment.secrets = earlier.secrets
            enrolment.remarks += earlier.secrets.remarks
            return try await enrolment.run()
        }
    }

    /// `--state` with a file means the earlier state; with a directory it is Plumb's own, as everywhere.
    private func sorted() -> (CommonOptions, String?) {
        var isDirectory: ObjCBool = false
        guard tfstate == nil, let state = common.state,
            FileManager.default.fileExists(atPath: state, isDirectory: &isDirectory), !isDirectory.boolValue
        else { return (common, tfstate) }
        var common = common
        common.state = nil
        return (common, state)
    }
}

/// Reads the earlier systems' files from disk.
enum EarlierFiles {
    static func parse<Value>(
        _ path: String, _ parse: ([UInt8]) throws(EarlierFileFailure) -> Value
    ) throws(CommandFailure) -> Value {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(Sentence("import.unreadable", path, "no such file"))
        }
        do throws(EarlierFileFailure) {
            return try parse(Array(data))
        } catch {
            throw CommandFailure(Sentence("import.unreadable", path, error.reason))
        }
    }

    /// Where an earlier state has each server, by its key below `module.server`.
    static func places(_ path: String) throws(CommandFailure) -> [String: StateResource] {
        let state = try parse(path) { bytes throws(EarlierFileFailure) in
            do throws(Tfvars.Malformed) {
                return try TerraformState(try StateFile(parsing: bytes))
            } catch {
                throw EarlierFileFailure(reason: error.reason)
            }
        }
        return Dictionary(state.resources.map { ($0.server.text, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension EarlierFleet {
    /// The cluster that the file is about: a declared one, or the document of one that is not declared yet.
    fileprivate func home(
        in desired: Desired, named name: String?
    ) throws(CommandFailure) -> (name: ClusterName, document: WrittenDocument?) {
        if let name, desired.clusters.contains(where: { $0.name == ClusterName(name) }) {
            return (ClusterName(name), nil)
        }
        let same = desired.clusters.first { cluster in
            guard case .proxmox(let declared) = cluster.source else { return false }
            return declared.url.lowercased().hasPrefix(endpoint?.lowercased() ?? "?")
        }
        if let same, name == nil { return (same.name, nil) }
        if let name, !desired.clusters.isEmpty { throw CommandFailure(Sentence("import.noSuchCluster", name)) }
        guard desired.clusters.isEmpty, let endpoint else { throw CommandFailure(Sentence("import.whichCluster")) }
        let made = ClusterName(name ?? "proxmox")
        let place = Cluster.Endpoint(url: endpoint, token: .environment("PROXMOX_TOKEN"), trust: .system)
        var defaults = Cluster.Defaults()
        defaults.node = node.map { NodeName($0) }
        defaults.datastore = datastore
        var document = WrittenDocument(made, at: place, defaults: defaults)
        document.comments = ["Plumb logs in with an API token: USER@REALM!ID=SECRET in the variable below."]
        if let account { document.comments.append("The earlier system logged in as \(account) with a password.") }
        return (made, document)
    }
}
