import Model

extension LeftOutServers {
    /// The servers that documents of Plumb declare in files which are left out, with mistakes or without.
    ///
    /// - Parameters:
    ///   - files: in the order in which they are named.
    ///   - unread: a path that is left out and behind which there may be more of them; nil: there are no more.
    ///   - beyond: one that is left out and holds more than was looked through; nil: all of it was.
    ///   - empty: a directory of the configuration with nothing in it; nil: there is none.
    package init(in files: [SourceFile], unread: String?, beyond: String? = nil, empty: String? = nil) {
        self.init(unread: unread, beyond: beyond, empty: empty)
        for file in files where Self.isPlumbs(file.bytes) {
            guard paths.count <= ServerSetDraft.mostServers else {
                self.beyond = beyond ?? file.path
                return
            }
            // Each by itself, so that the file is known in which a server stands. What it refers to is not there, which
            // is a mistake and no matter: its name is kept all the same.
            let desired = ConfigurationLoader().load([file]).desired
            for name in Self.names(in: desired) where paths[name] == nil { paths[name] = file.path }
            if Self.hidesServers(desired) { self.unread = self.unread ?? file.path }
        }
    }

    /// Whether it may declare servers whose names nobody can read.
    private static func hidesServers(_ desired: Desired) -> Bool {
        guard case .broken(let documents) = desired.completeness else { return false }
        if documents.claims.isEmpty { return true }
        return documents.claims.contains { claim in
            claim.kind == .serverSet && !desired.servers.contains { $0.set?.lowercased() == claim.key }
        }
    }

    private static func names(in desired: Desired) -> [ServerName] {
        var names: [ServerName] = []
        for server in desired.servers {
            names.append(server.name)
            if let former = server.metadata.formerName { names.append(ServerName(former)) }
        }
        switch desired.completeness {
        case .complete: break
        case .broken(let documents):
            for claim in documents.claims where claim.kind == .server { names.append(ServerName(claim.key)) }
        }
        return names
    }

    /// Much that is left out is YAML of other programs, with names of its own.
    private static func isPlumbs(_ bytes: [UInt8]) -> Bool {
        let version = Array("plumb/v1".utf8)
        return bytes.indices.contains { bytes[$0] == version[0] && bytes[$0...].starts(with: version) }
    }
}
