import JSONArena
import Model

/// A file of the repository that is made from the declarations and the catalogue.
package struct GeneratedFile: Hashable, Sendable {
    /// Relative to the repository's root.
    package let path: String
    package let text: String
}

extension ConfigurationLoader {
    /// Everything that is generated: `schemas/*.json`, `docs/spec/*.md`, `docs/diagnostics.md`. The repository holds
    /// the same bytes; `make check` compares them.
    package static var generatedFiles: [GeneratedFile] {
        let kinds = KindPage.all
        let schemas = kinds.map { page in
            GeneratedFile(path: "schemas/\(page.kind.rawValue).schema.json", text: page.schema.text(indent: 2) + "\n")
        }
        let pages = kinds.map { GeneratedFile(path: "docs/spec/\($0.kind.rawValue).md", text: $0.markdown) }
        let whole = GeneratedFile(path: "schemas/plumb.schema.json", text: KindPage.wholeSchema.text(indent: 2) + "\n")
        let diagnostics = GeneratedFile(path: "docs/diagnostics.md", text: DiagnosticsPage.markdown)
        return (schemas + [whole] + pages + [diagnostics]).sorted { $0.path < $1.path }
    }

    /// The JSON Schema (draft 2020-12) of one kind, or of all of them.
    package static func schema(of kind: Kind?) -> JSONValue {
        guard let kind, let page = KindPage.all.first(where: { $0.kind == kind }) else { return KindPage.wholeSchema }
        return page.schema
    }
}

/// What the schema and the documentation of one kind are made from.
struct KindPage: Sendable {
    let kind: Kind
    let text: String
    let spec: RecordShape
    /// A whole document that the reader takes; a test reads it.
    let example: String

    static let all: [KindPage] = [
        KindPage(
            kind: .cluster, text: "One Proxmox cluster, real or simulated.", spec: Declarations.cluster.shape,
            example: Examples.cluster),
        KindPage(
            kind: .server, text: "One virtual machine or container of a cluster.", spec: Declarations.server.shape,
            example: Examples.server),
        KindPage(
            kind: .serverSet,
            text: "Servers that differ in little: each member is a server of its own, with its name, address and node.",
            spec: Declarations.serverSet.shape, example: Examples.serverSet),
        KindPage(
            kind: .role, text: "What servers are for: tags, a firewall group, services, and perhaps Ansible.",
            spec: Declarations.role.shape, example: Examples.role),
        KindPage(
            kind: .policy,
            text: "What Plumb may do by itself. Where two policies apply to a server, the more careful value wins.",
            spec: Declarations.policy.shape, example: Examples.policy),
        KindPage(
            kind: .databaseServer, text: "A database server that is registered with Plumb.",
            spec: Declarations.databaseServer.shape, example: Examples.databaseServer),
        KindPage(
            kind: .database, text: "One company's database on a registered server.", spec: Declarations.database.shape,
            example: Examples.database),
        KindPage(
            kind: .simulatedFleet, text: "Servers that exist only as numbers: for training, dashboards and tests.",
            spec: Declarations.fleet.shape, example: Examples.fleet),
    ]
}
