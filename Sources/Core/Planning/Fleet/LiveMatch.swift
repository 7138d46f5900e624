import Model

/// Which guest of its cluster a server is, if that can be said: by VMID and ownership mark, never by name alone.
struct LiveMatch {
    enum Presence {
        case present
        case absent
        /// The VMID that it wants belongs to a guest that is not it.
        case foreign
        case ambiguous
        /// Nothing can be said; `reason` says why.
        case unknown
        /// Whose guest it is shows only in its own configuration, which was not read.
        case unread
    }

    var presence: Presence
    /// In ``ClusterView/guests``.
    var guest: Int?
    /// Whether the mark's line was read and is the server's.
    var isProven = false
    /// Whether it was read and bears no mark, so that something else must say whose it is.
    var isUnmarked = false
    /// Whether nothing else says so either: it is the server only where a person vouches for that.
    var isUnproven = false
    /// The id on that line.
    var markID: String?
    /// Why it is unknown or ambiguous.
    var reason: Sentence?

    static let absent = LiveMatch(presence: .absent)
    static func unknown(_ reason: Sentence) -> LiveMatch { LiveMatch(presence: .unknown, reason: reason) }
}

/// What is looked for: a server, the VMID where it should be, and how sure Plumb is that it was ever there.
struct LiveQuery {
    var server: ServerName
    /// The name that its mark may still bear, with the expected id and no other.
    var formerName: ServerName?
    var vmid: VMID?
    /// The id that the registry keeps.
    var expectedID: String?
    /// Whether state or registry say that this VMID is the server's; a mere wish proves nothing.
    var isOurs: Bool
    /// Whether the VMID was given to the server for a birth that may have left its guest there.
    var isLeased = false
    /// Whether Plumb only observes it: an observed guest bears no mark.
    var isObserved: Bool

    /// Whether a mark with that name and id can be the server's.
    func accepts(_ name: ServerName, _ id: String) -> Bool {
        if name == server { return expectedID == nil || expectedID == id }
        return name == formerName && expectedID == id
    }
}

extension ClusterView {
    func match(_ query: LiveQuery) -> LiveMatch {
        if let distrust { return .unknown(distrust) }
        let bearers = bearers(of: query)
        if let elsewhere = bearers.first(where: { $0.vmid != query.vmid }) {
            return matchMoved(query, elsewhere, bearers)
        }
        guard let vmid = query.vmid else { return hidesGuests.map(LiveMatch.unknown) ?? .absent }
        guard let position = position(of: vmid) else {
            // It was asked for by itself, and that it is not listed does not say that it is gone.
            if case .unknown(let reason) = inventory?.details[vmid] { return .unknown(reason) }
            return hidesGuests.map(LiveMatch.unknown) ?? .absent
        }
        let guest = guests[position]
        if isOffline(guest.node) {
            return LiveMatch(
                presence: .unknown, guest: position,
                reason: Sentence(.offlineNode, vmid.description, guest.node.text))
        }
        if guest.isTemplate { return matchTemplate(guest, at: position, query) }
        if query.isObserved { return LiveMatch(presence: .present, guest: position) }
        return identify(guest, at: position, query)
    }

    /// A template with the server's VMID: the server itself where it bears its signs, turned into one by hand; otherwise
    /// another's.
    private func matchTemplate(_ guest: ObservedGuest, at position: Int, _ query: LiveQuery) -> LiveMatch {
        let hasTag = guest.tags.contains(OwnershipMark.tag)
        let isIt =
            switch inventory?.details[guest.vmid] {
            case .present(let detail):
                detail.mark.map { $0.stack.cluster == name && query.accepts($0.server, $0.id) } ?? hasTag
            case .absent, .unknown, nil: hasTag
            }
        guard query.isOurs, isIt else { return LiveMatch(presence: .foreign, guest: position) }
        return LiveMatch(
            presence: .ambiguous, guest: position,
            reason: Sentence(.becameTemplate, query.server.text, guest.vmid.description, guest.node.text))
    }

    private func identify(_ guest: ObservedGuest, at position: Int, _ query: LiveQuery) -> LiveMatch {
        let hasTag = guest.tags.contains(OwnershipMark.tag)
        switch inventory?.details[guest.vmid] {
        case .present(let detail):
            guard let mark = detail.mark else {
                if query.isLeased, let lock = guest.lock ?? detail.lock, ["clone", "create"].contains(lock) {
                    // Before its first disk is there no description says whose it is.
                    return LiveMatch(
                        presence: .unknown, guest: position,
                        reason: Sentence(.locked, guest.vmid.description, lock))
                }
                // While the tag still shows it may be the server with its description edited; with neither sign it is
                // another guest.
                guard hasTag && query.isOurs else { return LiveMatch(presence: .foreign, guest: position) }
                return LiveMatch(presence: .present, guest: position, isUnmarked: true)
            }
            let isOurs =
                mark.stack.cluster == name && query.accepts(mark.server, mark.id)
            return LiveMatch(
                presence: isOurs ? .present : .foreign, guest: position, isProven: isOurs,
                markID: isOurs ? mark.id : nil)
        case .unknown:
            return LiveMatch(
                presence: .unknown, guest: position,
                reason: Sentence(.unreadDetail, guest.vmid.description))
        case .absent, nil:
            if query.isOurs && hasTag { return LiveMatch(presence: .present, guest: position) }
            // What was cloned and not configured bears the template's tags, and in its description whose it is.
            if query.isOurs || query.isLeased || hasTag { return LiveMatch(presence: .unread, guest: position) }
            return LiveMatch(presence: .foreign, guest: position)
        }
    }

    /// The guests on whose description the server's mark was read.
    private func bearers(of query: LiveQuery) -> [BorneMark] {
        guard !marks.isEmpty else { return [] }
        return [query.server, query.formerName].compactMap(\.self).flatMap { name in
            (marks[name] ?? []).filter { query.accepts(name, $0.id) && position(of: $0.vmid) != nil }
        }
    }

    private func matchMoved(_ query: LiveQuery, _ elsewhere: BorneMark, _ bearers: [BorneMark]) -> LiveMatch {
        let own = query.isOurs ? query.vmid.flatMap { position(of: $0) } : nil
        // The copy was read, and the one that should be the server not yet.
        if let own, inventory?.details[guests[own].vmid] == nil, !guests[own].isTemplate, !isOffline(guests[own].node) {
            return LiveMatch(presence: .unread, guest: own)
        }
        if bearers.count > 1 {
            let all = bearers.map { described($0.vmid) }.joined(separator: ", ")
            return LiveMatch(presence: .ambiguous, reason: Sentence(.markTwice, query.server.text, all))
        }
        if query.isOurs, let vmid = query.vmid {
            if position(of: vmid) == nil, hidesGuests == nil {
                return LiveMatch(
                    presence: .ambiguous,
                    reason: Sentence(
                        .markMoved, query.server.text, vmid.description, described(elsewhere.vmid),
                        elsewhere.vmid.description))
            }
            return LiveMatch(
                presence: .ambiguous,
                reason: Sentence(.markElsewhere, query.server.text, described(vmid), described(elsewhere.vmid)))
        }
        guard let position = position(of: elsewhere.vmid) else { return .absent }
        if isOffline(guests[position].node) {
            return .unknown(Sentence(.offlineNode, elsewhere.vmid.description, guests[position].node.text))
        }
        return LiveMatch(presence: .present, guest: position, isProven: true, markID: elsewhere.id)
    }

    /// `501 (web-1-copy, pve2)`: how an operator finds a guest; only the number of one that is not listed.
    func described(_ vmid: VMID) -> String {
        guard let position = position(of: vmid) else { return vmid.description }
        return "\(vmid) (\(guests[position].name), \(guests[position].node))"
    }
}
