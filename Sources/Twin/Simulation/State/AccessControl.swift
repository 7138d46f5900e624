/// As whom a call is carried out.
struct Identity: Hashable, Sendable {
    /// `root@pam`
    var user: String
    /// `plumb`; nil for a password's ticket and for the process itself.
    var token: String?
    var isAnonymous = false

    static let root = Identity(user: "root@pam", token: nil)
    static let nobody = Identity(user: "", token: nil, isAnonymous: true)

    /// `USER@REALM` or `USER@REALM!TOKEN`, as tasks name it.
    var display: String { token.map { "\(user)!\($0)" } ?? user }
}

/// Users, tokens and who may do what where.
struct AccessControl: Hashable, Sendable, Codable {
    private(set) var users: [String: Blueprint.User] = [:]
    private(set) var tokens: [String: Blueprint.Token] = [:]
    private let seed: UInt64

    init(_ blueprint: Blueprint) {
        seed = blueprint.seed
        users["root@pam"] = Blueprint.User("root@pam", password: "simulated")
        for user in blueprint.users { users[user.id] = user }
        for token in blueprint.tokens { add(token) }
    }

    /// A token without a secret gets one that the seed decides; a user it belongs to is made where it is missing.
    mutating func add(_ token: Blueprint.Token) {
        var token = token
        if token.secret == nil {
            let bits = SeededRandom.hash(token.id)
            token.secret = SeededRandom.uuid(SeededRandom.mix(seed, bits), SeededRandom.mix(bits, seed))
        }
        tokens[token.id] = token
        let user = String(token.id.prefix { $0 != "!" })
        if users[user] == nil { users[user] = Blueprint.User(user) }
    }

    mutating func add(_ user: Blueprint.User) { users[user.id] = user }
    mutating func removeToken(_ id: String) { tokens[id] = nil }

    /// Gives privileges on a path, or takes away what was given there, to a user or a token.
    mutating func set(_ right: Blueprint.Right, of holder: String, remove: Bool) {
        func changed(_ rights: [Blueprint.Right]) -> [Blueprint.Right] {
            let before = rights.filter { $0.path == right.path }.flatMap(\.privileges)
            let kept = before.filter { !right.privileges.contains($0) }
            let now = remove ? kept : kept + right.privileges
            let others = rights.filter { $0.path != right.path }
            return now.isEmpty ? others : others + [Blueprint.Right(right.path, now)]
        }
        if let token = tokens[holder] {
            tokens[holder]?.rights = changed(token.rights)
        } else if let user = users[holder] {
            users[holder]?.rights = changed(user.rights)
        }
    }

    /// Whether a token has only the rights that were given to itself; false where there is no such token.
    mutating func separate(_ token: String, _ isSeparated: Bool) -> Bool {
        guard tokens[token] != nil else { return false }
        tokens[token]?.isSeparated = isSeparated
        return true
    }

    // MARK: Who

    func identity(of caller: Caller, now: Int64) throws(Refusal) -> Identity {
        switch caller {
        case .local: return .root
        case .anonymous: return .nobody
        case .token(let id, let secret):
            guard let mark = id.firstIndex(of: "!") else {
                throw .unauthenticated("authentication failure")
            }
            guard let token = tokens[id] else {
                throw .unauthenticated("no such token '\(id[id.index(after: mark)...])' for user '\(id[..<mark])'")
            }
            guard token.secret == secret else { throw .unauthenticated("invalid token value!") }
            return Identity(user: String(id[..<mark]), token: String(id[id.index(after: mark)...]))
        case .ticket(let text):
            let parts = text.split(separator: ":").map(String.init)
            guard parts.count == 4, parts[0] == "PVE", users[parts[1]] != nil,
                let issued = Int64(parts[2], radix: 16), ticket(of: parts[1], at: issued) == text
            else { throw .unauthenticated("invalid PVE ticket") }
            guard now / 1000 - issued <= 7200 else { throw .unauthenticated("permission denied - invalid PVE ticket") }
            return Identity(user: parts[1], token: nil)
        }
    }

    /// `PVE:USER@REALM:HEXTIME:SIGNATURE`
    func ticket(of user: String, at seconds: Int64) -> String {
        let time = SeededRandom.hex(UInt64(bitPattern: seconds), 8).uppercased()
        let bits = SeededRandom.mix(seed, SeededRandom.hash("\(user):\(time)"))
        let signature = SeededRandom.hex(bits, 16) + SeededRandom.hex(SeededRandom.mix(bits, seed), 16)
        return "PVE:\(user):\(time):\(signature)"
    }

    func accepts(user: String, password: String) -> Bool {
        users[user]?.password.map { $0 == password } ?? false
    }

    // MARK: What

    func holds(_ privilege: String, on path: String, _ identity: Identity) -> Bool {
        holds(privilege, identity) { Self.granted($0, path) }
    }

    /// Whether it is held on a guest: by its number or by its pool.
    func holds(_ privilege: String, onGuest vmid: Int, pool: String?, _ identity: Identity) -> Bool {
        holds(privilege, identity) { Self.granted($0, vmid, pool) }
    }

    /// - Parameter granted: what a list of rights gives at the place that is asked about.
    private func holds(
        _ privilege: String, _ identity: Identity, granted: ([Blueprint.Right]) -> Set<String>
    ) -> Bool {
        if identity.isAnonymous { return false }
        let userHolds =
            identity.user == "root@pam" || granted(users[identity.user]?.rights ?? []).contains(privilege)
        guard let name = identity.token, let token = tokens["\(identity.user)!\(name)"], token.isSeparated else {
            return userHolds
        }
        return userHolds && granted(token.rights).contains(privilege)
    }

    /// Every privilege on a path.
    func privileges(on path: String, _ identity: Identity) -> [String] {
        Role.administrator.filter { holds($0, on: path, identity) }
    }

    func privileges(onGuest vmid: Int, pool: String?, _ identity: Identity) -> [String] {
        Role.administrator.filter { holds($0, onGuest: vmid, pool: pool, identity) }
    }

    private static func granted(_ rights: [Blueprint.Right], _ path: String) -> Set<String> {
        Set(entries(rights, path).flatMap { Role.privileges(of: $0) ?? [$0] })
    }

    /// Rights on a pool add to those on its guests. `NoAccess` is stronger than either, wherever it stands.
    private static func granted(_ rights: [Blueprint.Right], _ vmid: Int, _ pool: String?) -> Set<String> {
        let path = "/vms/\(vmid)"
        guard let pool = pool.map({ "/pool/\($0)" }) else { return granted(rights, path) }
        if (entries(rights, path) + entries(rights, pool)).contains("NoAccess") { return [] }
        return granted(rights, path).union(granted(rights, pool))
    }

    /// Roles and privileges of the deepest entry on the way to a path, which decides, as in Proxmox.
    private static func entries(_ rights: [Blueprint.Right], _ path: String) -> [String] {
        var best = -1
        var found: [String] = []
        for right in rights {
            let isOnTheWay = right.path == "/" || right.path == path || path.hasPrefix(right.path + "/")
            guard isOnTheWay, right.path.utf8.count >= best else { continue }
            found = right.path.utf8.count == best ? found + right.privileges : right.privileges
            best = right.path.utf8.count
        }
        return found
    }

    var knownPaths: [String] {
        let rights = users.values.flatMap(\.rights) + tokens.values.flatMap(\.rights)
        return Set(rights.map(\.path)).union(["/", "/access", "/nodes", "/pool", "/storage", "/vms"]).sorted()
    }
}

/// Proxmox's built-in roles (pveum(1), "Roles").
enum Role {
    static let administrator = [
        "Datastore.Allocate", "Datastore.AllocateSpace", "Datastore.AllocateTemplate", "Datastore.Audit",
        "Group.Allocate", "Mapping.Audit", "Mapping.Modify", "Mapping.Use", "Permissions.Modify", "Pool.Allocate",
        "Pool.Audit", "Realm.Allocate", "Realm.AllocateUser", "SDN.Allocate", "SDN.Audit", "SDN.Use",
        "Sys.AccessNetwork", "Sys.Audit", "Sys.Console", "Sys.Incoming", "Sys.Modify", "Sys.PowerMgmt", "Sys.Syslog",
        "User.Modify", "VM.Allocate", "VM.Audit", "VM.Backup", "VM.Clone", "VM.Config.CDROM", "VM.Config.CPU",
        "VM.Config.Cloudinit", "VM.Config.Disk", "VM.Config.HWType", "VM.Config.Memory", "VM.Config.Network",
        "VM.Config.Options", "VM.Console", "VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted", "VM.Migrate",
        "VM.PowerMgmt", "VM.Snapshot", "VM.Snapshot.Rollback",
    ]

    static func privileges(of role: String) -> [String]? {
        switch role {
        case "Administrator": administrator
        case "NoAccess": []
        case "PVEAuditor":
            [
                "Datastore.Audit", "Mapping.Audit", "Pool.Audit", "SDN.Audit", "Sys.Audit", "VM.Audit",
                "VM.GuestAgent.Audit",
            ]
        case "PVEVMAdmin":
            administrator.filter { $0.hasPrefix("VM.") }
        case "PVEVMUser":
            [
                "VM.Audit", "VM.Backup", "VM.Config.CDROM", "VM.Config.Cloudinit", "VM.Console", "VM.GuestAgent.Audit",
                "VM.PowerMgmt",
            ]
        case "PVETemplateUser": ["VM.Audit", "VM.Clone"]
        case "PVEDatastoreUser": ["Datastore.AllocateSpace", "Datastore.Audit"]
        case "PVEDatastoreAdmin": administrator.filter { $0.hasPrefix("Datastore.") }
        case "PVEPoolUser": ["Pool.Audit"]
        case "PVEPoolAdmin": ["Pool.Allocate", "Pool.Audit"]
        case "PVESDNUser": ["SDN.Audit", "SDN.Use"]
        case "PVESysAdmin": administrator.filter { $0.hasPrefix("Sys.") }
        case "PVEAdmin":
            administrator.filter {
                !["Permissions.Modify", "Realm.Allocate", "Sys.Modify", "Sys.PowerMgmt"].contains($0)
            }
        default: nil
        }
    }
}
