import JSONArena

/// A `terraform.tfvars.json` of the earlier Terraform Proxmox Manager: what it wanted of each server. What is there now
/// says the cluster; this says names, roles, accounts and where it all was.
///
/// It must not know what becomes of it: it only reads, and never writes to a file of the earlier system.
package struct EarlierFleet: Sendable, Equatable {
    /// `https://HOST:8006`, without a path.
    package var endpoint: String?
    /// `root@pam`: the earlier system logged in with a password.
    package var account: String?
    package var node: String?
    package var datastore: String?
    package var firstUser: String?
    /// In ascending order of names.
    package var servers: [EarlierServer] = []

    /// - Throws: what is wrong, for whoever has the file before them.
    package init(parsing bytes: [UInt8]) throws(EarlierFileFailure) {
        let root: JSONNode
        do throws(JSONFailure) {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw EarlierFileFailure(reason: error.description)
        }
        guard let servers = root["servers"], servers.kind == .object || servers.kind == .array else {
            throw EarlierFileFailure(reason: "it has no `servers`")
        }
        endpoint = root["proxmox_endpoint"]?.filledText.map(Self.origin)
        account = root["proxmox_username"]?.filledText
        node = root["proxmox_node"]?.filledText
        datastore = root["proxmox_datastore"]?.filledText
        firstUser = root["vm_username"]?.filledText
        if servers.kind == .object {
            for member in servers.members {
                self.servers.append(try EarlierServer(member.value, key: member.name, firstUser: firstUser))
            }
        } else {
            for element in servers.elements {
                self.servers.append(try EarlierServer(element, key: nil, firstUser: firstUser))
            }
        }
        self.servers.sort { $0.name < $1.name }
        for (one, other) in zip(self.servers, self.servers.dropFirst()) where one.name == other.name {
            throw EarlierFileFailure(reason: "two servers are named `\(one.name)`")
        }
    }

    /// The address without the path that the earlier system wrote behind it.
    private static func origin(of text: String) -> String {
        guard let scheme = text.firstRange(of: "://") else { return "https://" + text }
        let host = text[scheme.upperBound...].prefix { $0 != "/" }
        return String(text[..<scheme.upperBound] + host)
    }
}

/// A file of an earlier system that is not what it should be.
package struct EarlierFileFailure: Error, Hashable, Sendable {
    package var reason: String

    package init(reason: String) { self.reason = reason }
}

/// One server as the earlier system knew it; nil where it said nothing.
package struct EarlierServer: Sendable, Equatable {
    /// The key of `module.server["KEY"]` in its state.
    package var key: String
    package var name: String
    package var role: String?
    package var cores: Int?
    /// In MiB.
    package var memory: Int?
    package var template: Int?
    package var user: String?
    package var password: String?
    package var vmid: Int?
    /// In GiB, in their order.
    package var diskSizes: [Int] = []
    package var addresses: [String] = []
    package var osType: String?
    package var isProtected = false

    package init(name: String) {
        key = name
        self.name = name
    }

    fileprivate init(_ node: JSONNode, key: String?, firstUser: String?) throws(EarlierFileFailure) {
        guard node.kind == .object, let name = node["name"]?.filledText ?? key else {
            throw EarlierFileFailure(reason: "a server is no object with a `name`")
        }
        self.init(name: name)
        self.key = key ?? name
        role = node["role"]?.filledText
        cores = node["cpu"]?.whole
        memory = node["memory"]?.whole
        template = node["template_vm_id"]?.whole
        user = node["vm_username"]?.filledText ?? firstUser
        password = node["vm_password"]?.filledText
        osType = node["os_type"]?.filledText
        isProtected = node["_protect_running"]?.bool ?? false
        diskSizes = node["disks"].map { $0.elements.compactMap { $0["size"]?.whole } } ?? []
        addresses = node["network_devices"].map { $0.elements.compactMap { $0["ip_address"]?.filledText } } ?? []
    }
}

extension JSONNode {
    /// Nil for an empty one.
    fileprivate var filledText: String? { string.flatMap { $0.isEmpty ? nil : $0 } }
    /// The earlier system's forms wrote numbers as text at times.
    fileprivate var whole: Int? { int ?? string.flatMap { Int($0) } }
}
