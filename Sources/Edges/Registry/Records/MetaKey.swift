import Model

/// The name of one remembered value that needs no table.
package struct MetaKey: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// Hexadecimal; made once with the registry.
    package static let markSeed = MetaKey(rawValue: "markSeed")

    /// How often a no was given or taken back; counted by the database itself.
    static let noes = MetaKey(rawValue: "noes")

    /// The commit up to which the authors of every step that waits are written down.
    package static let askedUpTo = MetaKey(rawValue: "askedUpTo")

    /// What the last audit of a stack came to, as JSON.
    package static func lastAudit(_ stack: StackID) -> MetaKey {
        MetaKey(rawValue: "\(lastAuditPrefix)\(stack.cluster.key)/\(stack.name)")
    }

    /// The steps that a run under way set out to do and whose yes is used up with it, as JSON.
    package static func setOut(_ run: RunID) -> MetaKey { MetaKey(rawValue: "setOut \(run.rawValue)") }

    /// Which cluster answered for that one, as ``AnsweringCluster/text``.
    package static func identity(of cluster: ClusterName) -> MetaKey {
        MetaKey(rawValue: "identity \(cluster.key)")
    }

    static let lastAuditPrefix = "lastAudit "

    /// The hexadecimal SHA-256 of a stack's tfvars as Plumb last wrote it.
    package static func tfvarsDigest(_ stack: StackID) -> MetaKey {
        MetaKey(rawValue: "tfvarsDigest \(stack.cluster.key)/\(stack.name)")
    }
}
