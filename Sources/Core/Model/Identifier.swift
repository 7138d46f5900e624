/// The name of one thing of one kind. Its case is kept; comparison and hashing ignore it, because operators see
/// `Web-01` and `web-01` as one server, and Proxmox's DNS names do too.
///
/// `Kind` is a phantom: a ``ServerName`` can never stand where a ``ClusterName`` belongs.
package struct Identifier<Kind>: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// As it was written.
    package let text: String
    /// What is compared: `text` in lower case.
    package let key: String

    package init(_ text: String) {
        self.text = text
        let isLower = text.utf8.allSatisfy { !(0x41...0x5A).contains($0) && $0 < 0x80 }
        key = isLower ? text : text.lowercased()
    }

    package var description: String { text }

    package static func == (one: Self, other: Self) -> Bool { one.key == other.key }
    package static func < (one: Self, other: Self) -> Bool { one.key < other.key }
    package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Identifier: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(value) }
}

package enum ClusterIdentity {}
package enum ServerIdentity {}
package enum RoleIdentity {}
package enum NodeIdentity {}
package enum PolicyIdentity {}
package enum DatabaseServerIdentity {}
package enum DatabaseIdentity {}
package enum FleetIdentity {}

package typealias ClusterName = Identifier<ClusterIdentity>
package typealias ServerName = Identifier<ServerIdentity>
package typealias RoleName = Identifier<RoleIdentity>
package typealias NodeName = Identifier<NodeIdentity>
package typealias PolicyName = Identifier<PolicyIdentity>
package typealias DatabaseServerName = Identifier<DatabaseServerIdentity>
package typealias DatabaseName = Identifier<DatabaseIdentity>
package typealias FleetName = Identifier<FleetIdentity>

/// A guest's number in its cluster: 100 to 999,999,999 (Proxmox VE's own range).
package struct VMID: RawRepresentable, Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }
    package init(_ rawValue: Int) { self.rawValue = rawValue }

    /// What Proxmox accepts.
    package static let range = 100...999_999_999

    package var description: String { String(rawValue) }
    package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

/// One Terraform state and its directory: `CLUSTER/STACK`.
package struct StackID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let cluster: ClusterName
    package let name: String

    package init(cluster: ClusterName, name: String) {
        self.cluster = cluster
        self.name = name
    }

    package var description: String { "\(cluster)/\(name)" }

    package static func < (one: Self, other: Self) -> Bool {
        one.cluster == other.cluster ? one.name < other.name : one.cluster < other.cluster
    }
}
