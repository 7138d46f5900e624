import JSONArena
import Model

/// `/access`
extension SimulatedCluster {
    /// `POST /access/ticket`; a valid ticket in place of the password renews it.
    mutating func ticket(_ call: Call) throws(Refusal) -> JSONValue {
        let user = try call.requiredText("username")
        let password = try call.requiredText("password")
        let full = user.contains("@") ? user : "\(user)@\(call.text("realm") ?? "pam")"
        let isRenewal = (try? access.identity(of: .ticket(password), now: now.milliseconds))?.user == full
        guard isRenewal || access.accepts(user: full, password: password) else {
            throw .unauthenticated("authentication failure")
        }
        let text = access.ticket(of: full, at: seconds)
        return [
            "username": .string(full), "ticket": .string(text),
            "CSRFPreventionToken": .string(Self.preventionToken(for: text)),
            "clustername": .string(blueprint.name),
        ]
    }

    /// What a write with a ticket must carry as `CSRFPreventionToken`.
    package static func preventionToken(for ticket: String) -> String {
        let parts = ticket.split(separator: ":")
        let time = parts.count == 4 ? String(parts[2]) : "0"
        return "\(time):\(SeededRandom.hex(SeededRandom.mix(SeededRandom.hash(ticket), 0xC5F0), 16))"
    }

    mutating func access(_ call: Call) throws(Refusal) -> JSONValue {
        switch (call.method, call.parts.dropFirst().first ?? "") {
        case (.get, ""):
            return Self.directory(["acl", "permissions", "roles", "ticket", "users"])
        case (.get, "permissions"): return permissions(call)
        case (.get, "users") where call.parts.count == 2: return users()
        case (.get, "roles"):
            return .array(
                ["Administrator", "NoAccess", "PVEAdmin", "PVEAuditor", "PVEVMAdmin", "PVEVMUser"].map { name in
                    [
                        "roleid": .string(name), "special": 1,
                        "privs": .string((Role.privileges(of: name) ?? []).joined(separator: ",")),
                    ]
                })
        case (.put, "acl"): return try setRight(call)
        case (.post, "users") where call.parts.count == 2:
            try require("User.Modify", on: "/access", call)
            access.add(Blueprint.User(try call.requiredText("userid"), password: call.text("password")))
            revision += 1
            return .null
        case (.post, "users") where call.parts.count == 5 && call.parts[3] == "token": return try addToken(call)
        case (.get, "users") where call.parts.count == 5 && call.parts[3] == "token":
            let token = try token(call)
            return ["expire": 0, "privsep": token.isSeparated ? 1 : 0]
        case (.put, "users") where call.parts.count == 5 && call.parts[3] == "token": return try changeToken(call)
        case (.delete, "users") where call.parts.count == 5 && call.parts[3] == "token":
            try require("User.Modify", on: "/access/users", call)
            access.removeToken("\(call.parts[2])!\(call.parts[4])")
            revision += 1
            return .null
        default: throw .unknown(call.method, call.path)
        }
    }

    private func permissions(_ call: Call) -> JSONValue {
        let pooled = guests.values.filter { $0.pool != nil }.map { "/vms/\($0.vmid)" }
        let paths = call.text("path").map { [$0] } ?? Set(access.knownPaths).union(pooled).sorted()
        let members = paths.compactMap { path -> JSONValue.Member? in
            let privileges = privileges(on: path, call.identity)
            guard !privileges.isEmpty else { return nil }
            return JSONValue.Member(path, .object(privileges.map { JSONValue.Member($0, 1) }))
        }
        return .object(members)
    }

    private func privileges(on path: String, _ identity: Identity) -> [String] {
        guard path.hasPrefix("/vms/"), let vmid = Int(path.dropFirst(5)) else {
            return access.privileges(on: path, identity)
        }
        return access.privileges(onGuest: vmid, pool: guests[vmid]?.pool, identity)
    }

    private func users() -> JSONValue {
        .array(
            access.users.keys.sorted().map { id in
                let realm = id.split(separator: "@").last.map(String.init) ?? "pam"
                let tokens = access.tokens.values.filter { $0.id.hasPrefix(id + "!") }.sorted { $0.id < $1.id }
                return [
                    "userid": .string(id), "enable": 1, "expire": 0, "realm-type": .string(realm),
                    "tokens": .array(
                        tokens.map { token in
                            [
                                "tokenid": .string(String(token.id.dropFirst(id.count + 1))), "expire": 0,
                                "privsep": token.isSeparated ? 1 : 0,
                            ]
                        }),
                ]
            })
    }

    /// `PUT /access/acl`: gives roles on a path to users or tokens, or takes them away.
    private mutating func setRight(_ call: Call) throws(Refusal) -> JSONValue {
        try require("Permissions.Modify", on: "/access", call)
        let path = try call.requiredText("path")
        let roles = try call.requiredText("roles").split(separator: ",").map(String.init)
        for role in roles where Role.privileges(of: role) == nil {
            throw .parameter("roles", "role '\(role)' does not exist")
        }
        let holders = [call.text("users"), call.text("tokens")].compactMap(\.self).flatMap { $0.split(separator: ",") }
        guard !holders.isEmpty else { throw .missing("users") }
        let remove = try call.flag("delete") ?? false
        for holder in holders {
            access.set(Blueprint.Right(path, roles), of: String(holder), remove: remove)
        }
        revision += 1
        return .null
    }

    private func token(_ call: Call) throws(Refusal) -> Blueprint.Token {
        try require("User.Modify", on: "/access/users", call)
        guard let token = access.tokens["\(call.parts[2])!\(call.parts[4])"] else {
            throw .failed("no such token '\(call.parts[4])' for user '\(call.parts[2])'")
        }
        return token
    }

    /// `PUT …/token/NAME` with `privsep=1` leaves a token only what it was given itself: mostly nothing.
    private mutating func changeToken(_ call: Call) throws(Refusal) -> JSONValue {
        try call.allow(["privsep", "comment", "expire"])
        var token = try token(call)
        if let isSeparated = try call.flag("privsep") { token.isSeparated = isSeparated }
        access.add(token)
        revision += 1
        return ["expire": 0, "privsep": token.isSeparated ? 1 : 0]
    }

    private mutating func addToken(_ call: Call) throws(Refusal) -> JSONValue {
        try require("User.Modify", on: "/access/users", call)
        let id = "\(call.parts[2])!\(call.parts[4])"
        guard access.users[call.parts[2]] != nil else { throw .failed("no such user ('\(call.parts[2])')") }
        guard access.tokens[id] == nil else { throw .parameter("tokenid", "Token already exists.") }
        var token = Blueprint.Token(id: id)
        token.isSeparated = try call.flag("privsep") ?? true
        access.add(token)
        revision += 1
        return [
            "full-tokenid": .string(id), "value": .string(access.tokens[id]?.secret ?? ""),
            "info": ["privsep": token.isSeparated ? "1" : "0"],
        ]
    }
}
