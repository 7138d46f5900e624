import Model

/// What a declared `formerName` means for one server, as long as something is known by that name.
enum Renaming {
    /// What is known by the former name is the server's: its row, its resource or both.
    case pending(Former)
    /// The guest of the former name is provably not listed: it is let go of first, by that name.
    case formerGone(ServerName)
    /// Why neither name is touched.
    case refused(Sentence)

    struct Former {
        let name: ServerName
        /// Whether a state has a resource of that name.
        let isInState: Bool
        /// Whether the registry has a row of that name.
        let isRecorded: Bool
        /// The entry of that name.
        let entry: KnownServer.EntryPosition?
    }
}

extension FleetView {
    /// Gives a server that was renamed what is known by its former name, so that one server is planned for and nothing
    /// of the former name is destroyed, retired or forgotten on the way. Where nothing is known by that name any more,
    /// it means nothing.
    mutating func takeOverFormerNames() {
        var claims: [ServerName: [Int]] = [:]
        for position in servers.indices {
            guard let name = servers[position].declared.flatMap({ input.desired.servers[$0].metadata.formerName })
            else {
                continue
            }
            claims[ServerName(name), default: []].append(position)
        }
        guard !claims.isEmpty else { return }
        var taken: Set<Int> = []
        for (former, heirs) in claims {
            let old = servers.position(of: former)
            if let old, servers[old].declared != nil { continue }
            for heir in heirs { servers[heir].formerName = former }
            guard let old, servers[old].state != nil || servers[old].recorded != nil else { continue }
            if let refusal = refusal(of: heirs, former: old) {
                for one in heirs + [old] { servers[one].renaming = .refused(refusal) }
            } else if let heir = heirs.first {
                if isUnlisted(servers[old]), servers[heir].state == nil {
                    servers[heir].renaming = .formerGone(former)
                    servers[old].heir = servers[heir].name
                } else {
                    servers[heir].inherit(servers[old])
                    taken.insert(old)
                }
            }
        }
        if !taken.isEmpty { remove(taken) }
    }

    private func refusal(of heirs: [Int], former: Int) -> Sentence? {
        let old = servers[former]
        let names = heirs.map { servers[$0].name }.sorted()
        guard let heir = heirs.first.map({ servers[$0] }), heirs.count == 1 else {
            return Sentence(.renameTwice, old.name.text, names.map(\.text).joined(separator: ", "))
        }
        if heir.state != nil, old.state != nil { return Sentence(.renameBothInState, heir.name.text, old.name.text) }
        if heir.recorded != nil { return Sentence(.renameBothKnown, heir.name.text, old.name.text) }
        if heir.cluster != old.cluster {
            return Sentence(
                .renameOtherCluster, heir.name.text, clusters[heir.cluster].name.text, old.name.text,
                clusters[old.cluster].name.text)
        }
        return nil
    }

    /// Whether nothing in a listing that is believed and hides nothing has its VMID or its mark.
    private func isUnlisted(_ server: KnownServer) -> Bool {
        let cluster = clusters[server.cluster]
        guard cluster.distrust == nil, cluster.inventory != nil, cluster.hidesGuests == nil,
            let vmid = knownVMID(of: server)
        else { return false }
        return cluster.position(of: vmid) == nil && cluster.marks[server.name] == nil
    }
}

extension KnownServer {
    /// What it is known by until its rename is done; nil: there is none to do, or none that can be done.
    var pendingName: ServerName? {
        switch renaming {
        case .pending(let former): former.name
        case .formerGone, .refused, nil: nil
        }
    }

    fileprivate mutating func inherit(_ former: KnownServer) {
        renaming = .pending(
            Renaming.Former(
                name: former.name, isInState: former.state != nil, isRecorded: former.recorded != nil,
                entry: former.entry))
        recorded = former.recorded
        secondState = secondState ?? former.secondState
        state = state ?? former.state
        entry = entry ?? former.entry
    }
}
