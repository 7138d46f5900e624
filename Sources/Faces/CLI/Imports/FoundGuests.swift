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

    struct LeftOut: Sendable, Hashable {
        /// `Guest/lab/500`
        var subject: String
        var sentence: Sentence
    }

    /// Looks through the clusters and reads the configuration of each guest that may be meant.
    ///
    /// - Parameters:
    ///   - clusters: nil: all that are declared.
    ///   - isMeant: what the caller asked for; others are not mentioned at all.
    /// - Throws: when a cluster cannot be listed: then nothing can be said of who is in it.
    static func look(
        in session: Session, clusters: [ClusterName]?, where isMeant: (ObservedGuest) -> Bool
    ) async throws -> FoundGuests {
        let survey = try await session.reconciler.listed(session.desired)
        var found = FoundGuests()
        for inventory in survey.observed.inventories {
            guard clusters?.contains(inventory.cluster) ?? true else { continue }
            if let distrust = inventory.distrust { throw CommandFailure(distrust) }
            let meant = inventory.guests.filter(isMeant)
            var free: [ObservedGuest] = []
            for guest in meant {
                if let reason = survey.reasonToLeave(guest, of: inventory.cluster) {
                    found.leave(guest, of: inventory.cluster, reason)
                } else {
                    free.append(guest)
                }
            }
            let detailed = await session.reconciler.ports.inventory.detailed(
                inventory, guests: Set(free.map(\.vmid)))
            for guest in free { found.take(guest, detailed, besides: free) }
        }
        return found
    }

    private mutating func leave(_ guest: ObservedGuest, of cluster: ClusterName, _ reason: Sentence) {
        leftOut.append(LeftOut(subject: "Guest/\(cluster)/\(guest.vmid)", sentence: reason))
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
    /// Why a guest is none of an import's business; nil: nobody manages it.
    fileprivate func reasonToLeave(_ guest: ObservedGuest, of cluster: ClusterName) -> Sentence? {
        let number = guest.vmid.description
        if guest.isTemplate { return Sentence("import.template", number, guest.name) }
        let name = ServerName(guest.name)
        if let owner = owner(of: guest.vmid, in: cluster) {
            return Sentence("import.managed", number, guest.name, owner.text)
        }
        if guest.tags.contains(OwnershipMark.tag) { return Sentence("import.tagged", number, guest.name) }
        guard ObjectNaming.isName(guest.name) else {
            let near = ObjectNaming.name(for: guest.name, or: "guest", guest.vmid.rawValue)
            return Sentence("import.name", number, guest.name, near)
        }
        if desired.servers.contains(where: { $0.name == name }) {
            return Sentence("import.nameDeclared", number, guest.name)
        }
        return nil
    }
}

extension Survey {
    /// Whose guest it is: recorded, in a state, or declared by number.
    fileprivate func owner(of vmid: VMID, in cluster: ClusterName) -> ServerName? {
        if let known = recorded.servers.first(where: { $0.stack.cluster == cluster && $0.vmid == vmid }) {
            return known.name
        }
        for stack in observed.stacks where stack.id.cluster == cluster {
            if let known = stack.state.value?.resources.first(where: { $0.vmid == vmid }) { return known.server }
        }
        return desired.servers.first { $0.cluster == cluster && $0.vmid == vmid }?.name
    }
}

extension ObservedGuest {
    fileprivate func isNamed(_ name: ServerName) -> Bool { ServerName(self.name) == name }
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
