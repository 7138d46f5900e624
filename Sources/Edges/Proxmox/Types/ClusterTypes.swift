import JSONArena
import Model

/// `GET /version`.
package struct ProxmoxVersion: Hashable, Sendable {
    /// `9.0.3`.
    package var version: String
    /// `9.0`.
    package var release: String

    init(reading data: JSONNode) throws(ProxmoxFailure) {
        guard let version = data["version"]?.string else { throw .unreadable("a version without \"version\"") }
        self.version = version
        release = data["release"]?.string ?? ""
    }
}

/// `GET /cluster/status`: quorum, and which nodes are up. A node on its own has no `cluster` entry and is quorate.
package struct ClusterStatus: Hashable, Sendable {
    /// The name that Proxmox gave the cluster; nil for a node on its own.
    package var name: String?
    package var isQuorate: Bool
    /// In ascending order of names.
    package var nodes: [ObservedNode]

    init(reading data: JSONNode) throws(ProxmoxFailure) {
        guard data.kind == .array else { throw .unreadable("the cluster's status is not a list") }
        name = nil
        isQuorate = true
        nodes = []
        for entry in data.elements {
            switch entry["type"]?.string {
            case "cluster":
                name = entry["name"]?.string
                guard let quorate = entry["quorate"]?.flag else {
                    throw .unreadable("the cluster's status does not say whether there is a quorum")
                }
                isQuorate = quorate
            case "node":
                guard let name = entry["name"]?.string, !name.isEmpty, let isOnline = entry["online"]?.flag else {
                    throw .unreadable("the cluster's status holds a node without \"name\" or \"online\"")
                }
                nodes.append(ObservedNode(name: NodeName(name), isOnline: isOnline))
            default: break
            }
        }
        guard !nodes.isEmpty else { throw .unreadable("the cluster's status names no node") }
        nodes.sort { $0.name < $1.name }
    }
}

/// One entry of `GET /nodes`.
package struct ListedNode: Hashable, Sendable {
    package var name: NodeName
    package var isOnline: Bool
    /// Nil where the node does not answer or the token may not see it.
    package var cores: Int?
    /// In bytes.
    package var memory: Int?
    /// In bytes.
    package var usedMemory: Int?
    /// In seconds.
    package var uptime: Int?

    init(reading entry: JSONNode) throws(ProxmoxFailure) {
        guard let name = entry["node"]?.string, !name.isEmpty else { throw .unreadable("a node without a name") }
        self.name = NodeName(name)
        isOnline = entry["status"]?.string == "online"
        cores = entry["maxcpu"]?.wholeNumber
        memory = entry["maxmem"]?.wholeNumber
        usedMemory = entry["mem"]?.wholeNumber
        uptime = entry["uptime"]?.wholeNumber
    }
}

/// `GET /nodes/{node}/time`.
package struct NodeTime: Hashable, Sendable {
    /// UTC, to the second.
    package var time: Timestamp
    package var timezone: String

    init(reading data: JSONNode) throws(ProxmoxFailure) {
        guard let seconds = data["time"]?.wholeNumber else { throw .unreadable("a node's time without \"time\"") }
        time = Timestamp(seconds: Int64(seconds))
        timezone = data["timezone"]?.string ?? ""
    }
}

/// `GET /access/permissions`: what the caller may do, path by path.
package struct Permissions: Hashable, Sendable {
    /// Path → privilege → whether it holds below the path too.
    package var paths: [String: [String: Bool]]

    init(reading data: JSONNode) throws(ProxmoxFailure) {
        // Perl's empty hash can come as an empty list.
        guard data.kind == .object || (data.kind == .array && data.count == 0) else {
            throw .unreadable("the permissions are not a map of paths")
        }
        paths = [:]
        for (path, privileges) in data.members {
            var held: [String: Bool] = [:]
            for (privilege, propagates) in privileges.members { held[privilege] = propagates.flag ?? false }
            paths[path] = held
        }
    }

    /// Whether the privilege is held on everything below that path, by a right on it or on a path above.
    package func holds(_ privilege: String, below path: String) -> Bool {
        var place = path
        while true {
            if paths[place]?[privilege] == true { return true }
            guard place != "/" else { return false }
            let parent = place.split(separator: "/").dropLast().joined(separator: "/")
            place = "/" + parent
        }
    }

    /// Whether a listing of guests shows all of them as far as can be seen here: Proxmox leaves out those on which
    /// `VM.Audit` is missing. What `NoAccess` hides, on a guest or on its pool, is left out here as well.
    package var showsEveryGuest: Bool { holds("VM.Audit", below: "/vms") && narrowedGuest == nil }

    /// The path of a guest on which a deeper entry took `VM.Audit` away: the deepest entry decides, not the widest.
    ///
    /// A pool of which the caller may see less is none: rights on a pool only add to those on its guests, but for
    /// `NoAccess` (pve-access-control, `compile_acl_path`).
    package var narrowedGuest: String? {
        paths.filter { $0.key.hasPrefix("/vms/") && $0.value["VM.Audit"] == nil }.keys.min()
    }
}
