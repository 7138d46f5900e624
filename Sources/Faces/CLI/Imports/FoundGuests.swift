import Execution
import Loading
import Model
import Reconciliation

/// Guests that run and that nobody manages, and those that are not meant, each with the reason.
struct FoundGuests: Sendable {
    struct Guest: Sendable {
        var cluster: ClusterName
        var listed: ObservedGuest
        var detail: GuestConfiguration
    }

    var guests: [Guest] = []
    var leftOut: [LeftOut] = []
    /// Those whose document stands in the import's own file, and that nobody has taken over yet.
    var standing: [Standing] = []
    /// The names of all guests that were meant, whatever became of them.
    private(set) var names: [ClusterName: [VMID: String]] = [:]

    struct Standing: Sendable, Hashable {
        var server: ServerName
        var vmid: VMID
    }

    struct LeftOut: Sendable, Hashable {
        /// `Guest/lab/500`
        var subject: String
        var sentence: Sentence
        /// Whether something is still to be done about it.
        var isUnfinished = false
    }

    /// Looks through the clusters and reads the configuration of each guest that may be meant.
    ///
    /// - Parameters:
    ///   - clusters: nil: all that are declared.
    ///   - file: the one that is to be written; nil: none is.
    ///   - isMeant: what the caller asked for; others are not mentioned at all.
    /// - Throws: when a cluster cannot be listed: then nothing can be said of who is in it.
    static func look(
        in session: Session, clusters: [ClusterName]?, into file: String?, where isMeant: (ObservedGuest) -> Bool
    ) async throws -> FoundGuests {
        let survey = try await session.reconciler.listed(session.desired)
        var found = FoundGuests()
        for inventory in survey.observed.inventories {
            guard clusters?.contains(inventory.cluster) ?? true else { continue }
            if let distrust = inventory.distrust { throw CommandFailure(distrust) }
            let meant = inventory.guests.filter(isMeant)
            found.names[inventory.cluster] = Dictionary(
                meant.map { ($0.vmid, $0.name) }, uniquingKeysWith: { first, _ in first })
            var free: [ObservedGuest] = []
            for guest in meant {
                switch survey.standing(of: guest, in: inventory.cluster) {
                case .nobodys: free.append(guest)
                case .left(let reason): found.leave(guest, of: inventory.cluster, reason)
                case .declared(let server):
                    let place = session.place(ObjectName(.server, server.text), "metadata.name")
                    found.take(guest, of: inventory.cluster, declaredAs: server, at: place, into: file)
                }
            }
            let detailed = await session.reconciler.ports.inventory.detailed(
                inventory, guests: Set(free.map(\.vmid)))
            for guest in free { found.take(guest, detailed, besides: free) }
        }
        return found
    }

    private mutating func leave(
        _ guest: ObservedGuest, of cluster: ClusterName, _ reason: Sentence, isUnfinished: Bool = false
    ) {
        leftOut.append(
            LeftOut(subject: "Guest/\(cluster)/\(guest.vmid)", sentence: reason, isUnfinished: isUnfinished))
    }

    /// A guest that is declared and not taken over: an import goes on with it where its own file says so.
    ///
    /// - Parameter place: `FILE:LINE` of its document; nil: not known.
    mutating func take(
        _ guest: ObservedGuest, of cluster: ClusterName, declaredAs server: ServerName, at place: String?,
        into file: String?
    ) {
        let path = place.map { place in String(place[..<(place.lastIndex(of: ":") ?? place.endIndex)]) }
        guard let file, path == file else {
            let sentence = Sentence(
                "import.declaredElsewhere", guest.vmid.description, guest.name, server.text, place ?? "–")
            return leave(guest, of: cluster, sentence, isUnfinished: true)
        }
        // Two guests may bear the name that it is meant by: the plan says so of the server.
        guard !standing.contains(where: { $0.server == server }) else { return }
        standing.append(Standing(server: server, vmid: guest.vmid))
    }

    mutating func take(_ guest: ObservedGuest, _ inventory: ClusterInventory, besides free: [ObservedGuest]) {
        let cluster = inventory.cluster
        let number = guest.vmid.description
        switch inventory.details[guest.vmid] {
        case .present(let detail):
            if let mark = detail.mark {
                return leave(guest, of: cluster, Sentence("import.marked", number, guest.name, mark.description))
            }
            if let twin = free.first(where: { $0.vmid != guest.vmid && $0.isNamed(ServerName(guest.name)) }) {
                return leave(
                    guest, of: cluster, Sentence("import.nameTwice", number, guest.name, twin.vmid.description))
            }
            if detail.hasNoLimitOfCores {
                return leave(guest, of: cluster, Sentence("import.noLimitOfCores", number, guest.name))
            }
            guests.append(Guest(cluster: cluster, listed: guest, detail: detail))
        case .unknown(let reason): leave(guest, of: cluster, reason)
        case .absent, nil: leave(guest, of: cluster, Sentence("import.unread", number, guest.name))
        }
    }
}

extension Survey {
    /// What a guest is to an import.
    enum GuestStanding: Hashable {
        /// Nobody manages it.
        case nobodys
        /// None of an import's business.
        case left(Sentence)
        /// Meant by a document that no run has carried out yet.
        case declared(ServerName)
    }

    func standing(of guest: ObservedGuest, in cluster: ClusterName) -> GuestStanding {
        let number = guest.vmid.description
        if guest.isTemplate { return .left(Sentence("import.template", number, guest.name)) }
        if let owner = recordedOwner(of: guest.vmid, in: cluster) { return .left(guest.managed(by: owner)) }
        if let server = desired.servers.first(where: { $0.means(guest, in: cluster) }) {
            // One that is on record is another guest already, so that its name alone means nobody.
            // Without `adopt` nothing takes over a guest on its number.
            if server.adopt, !recorded.servers.contains(where: { $0.name == server.name }) {
                return .declared(server.name)
            }
            if server.vmid != nil { return .left(guest.managed(by: server.name)) }
        }
        if let owner = statedOwner(of: guest.vmid, in: cluster) { return .left(guest.managed(by: owner)) }
        if guest.tags.contains(OwnershipMark.tag) { return .left(Sentence("import.tagged", number, guest.name)) }
        guard ObjectNaming.isName(guest.name) else {
            let near = ObjectNaming.name(for: guest.name, or: "guest", guest.vmid.rawValue)
            return .left(Sentence("import.name", number, guest.name, near))
        }
        let name = ServerName(guest.name)
        if desired.servers.contains(where: { $0.name == name }) {
            return .left(Sentence("import.nameDeclared", number, guest.name))
        }
        return .nobodys
    }

    private func recordedOwner(of vmid: VMID, in cluster: ClusterName) -> ServerName? {
        recorded.servers.first { $0.stack.cluster == cluster && $0.vmid == vmid }?.name
    }

    private func statedOwner(of vmid: VMID, in cluster: ClusterName) -> ServerName? {
        for stack in observed.stacks where stack.id.cluster == cluster {
            if let known = stack.state.value?.resources.first(where: { $0.vmid == vmid }) { return known.server }
        }
        return nil
    }
}

extension Server {
    /// Whether it is declared to be that guest: by number, or to take over the one of its name.
    fileprivate func means(_ guest: ObservedGuest, in cluster: ClusterName) -> Bool {
        guard self.cluster == cluster else { return false }
        return vmid.map { $0 == guest.vmid } ?? (adopt && guest.isNamed(name))
    }
}

extension ObservedGuest {
    fileprivate func isNamed(_ name: ServerName) -> Bool { ServerName(self.name) == name }

    fileprivate func managed(by owner: ServerName) -> Sentence {
        Sentence("import.managed", vmid.description, name, owner.text)
    }
}

extension FoundGuests.Guest {
    /// The document that it fulfils as it is.
    func document(edit: (inout Server, inout [String]) -> Void = { _, _ in }) -> WrittenDocument {
        var server = Server(
            found: ServerName(listed.name), vmid: listed.vmid, type: listed.type, settings: detail.settings, in: cluster
        )
        server.pool = listed.pool ?? server.pool
        server.adopt = true
        var comments = ["Guest \(listed.vmid) on \(listed.node), as it was found."]
        if !detail.others.isEmpty {
            comments.append("Not said here, and left as it is: \(detail.others.joined(separator: ", ")).")
        }
        if detail.pending != nil { comments.append("It has changes that wait for its next start.") }
        edit(&server, &comments)
        var document = WrittenDocument(server)
        document.comments = comments
        return document
    }
}
