/// What the operators declared: the objects of one commit, or of the directory at one moment, sets already spread
/// into their members, references already checked.
///
/// It must not know where anything stood in a file: positions live beside it, so that a comment moved is no change.
package struct Desired: Sendable, Equatable {
    package var clusters: [Cluster] = []
    /// Every declared server, members of sets included, in ascending order of their names.
    package var servers: [Server] = []
    package var roles: [Role] = []
    package var policies: [Policy] = []
    package var databaseServers: [DatabaseServer] = []
    package var databases: [Database] = []
    package var fleets: [SimulatedFleet] = []
    /// Whether all of the configuration could be read.
    package var completeness: Completeness = .complete
    /// What stands in documents that do not count.
    package var leftOut = LeftOutServers()

    package init() {}
}

/// Whether the absence of a name from ``Desired`` says anything.
package enum Completeness: Sendable, Equatable {
    case complete
    /// Some documents could not be read. Nothing may be removed, and what `claims` names stays as it is.
    case broken(BrokenDocuments)

    package struct BrokenDocuments: Sendable, Equatable {
        /// `path:line` of each document, in order.
        package var documents: [String]
        /// Names that those documents claim, by kind, as far as their text shows.
        package var claims: Set<ObjectName>

        package init(documents: [String], claims: Set<ObjectName>) {
            self.documents = documents
            self.claims = claims
        }
    }
}

/// The kinds that an operator can write.
package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case cluster = "Cluster"
    case server = "Server"
    case serverSet = "ServerSet"
    case role = "Role"
    case policy = "Policy"
    case databaseServer = "DatabaseServer"
    case database = "Database"
    case simulatedFleet = "SimulatedFleet"
}

/// One object of any kind: `Server/web-01`.
package struct ObjectName: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let kind: Kind
    /// In lower case, because names are compared without case.
    package let key: String

    package init(_ kind: Kind, _ name: String) {
        self.kind = kind
        key = name.lowercased()
    }

    package var description: String { "\(kind.rawValue)/\(key)" }

    package static func < (one: Self, other: Self) -> Bool {
        one.kind == other.kind ? one.key < other.key : one.kind.rawValue < other.kind.rawValue
    }
}

/// What every kind has beside its `spec`.
package struct Metadata: Sendable, Hashable {
    /// Any text, unique per kind; nil where only the name is known.
    package var displayName: String?
    /// The name that this object had before, so that a rename is not a removal.
    package var formerName: String?
    /// In ascending order of their keys.
    package var labels: [Label] = []
    package var annotations: [Label] = []

    package init() {}

    package struct Label: Sendable, Hashable, Codable {
        package var key: String
        package var value: String

        package init(_ key: String, _ value: String) {
            self.key = key
            self.value = value
        }
    }
}

/// Where a secret comes from. Its value is never part of a desired object, a plan or a journal.
package enum SecretReference: Hashable, Sendable, Codable {
    /// The environment variable of that name in Plumb's own process.
    case environment(String)
    /// The file at that path, without its trailing newline.
    case file(String)
    /// Plumb's own encrypted store.
    case stored(String)
    /// A key of a Vault secret.
    case vault(path: String, key: String)
}

/// Which objects something applies to; all given parts must hold, and an empty selector matches everything.
package struct Selector: Hashable, Sendable {
    package var matchLabels: [Metadata.Label] = []
    /// Names with `*` and `?`, compared without case.
    package var names: [String] = []
    package var roles: [RoleName] = []

    package init() {}
}
