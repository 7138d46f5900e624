import Model

/// Guests that were read and bear no mark: somebody rewrote the description, or put another guest on the number, which
/// has the tag from what it was copied from. Neither number nor name nor tag makes a guest a server's.
extension FleetPlanner {
    enum Likeness {
        /// A network device of it is one that the state knows.
        case same
        /// It is of another type, or has other network devices.
        case another
        /// It shows none, or the state knows none.
        case unknown
    }

    /// The same match where something else says that the guest is the server; foreign where something says that it is
    /// not; otherwise one that a person has to vouch for.
    func weighed(_ known: KnownServer, _ match: LiveMatch) -> LiveMatch {
        guard match.isUnmarked, match.presence == .present, let position = match.guest else { return match }
        let guest = view.clusters[known.cluster].guests[position]
        let isNamed = guest.isNamed(known.name) || (known.formerName.map { guest.isNamed($0) } ?? false)
        guard isNamed else { return LiveMatch(presence: .foreign, guest: position) }
        switch likeness(of: guest, to: known) {
        case .same: return match
        case .another: return LiveMatch(presence: .foreign, guest: position)
        case .unknown:
            var doubtful = match
            doubtful.isUnproven = true
            return doubtful
        }
    }

    /// Whether a guest that was read is the one that the state knows.
    func likeness(of guest: ObservedGuest, to known: KnownServer) -> Likeness {
        guard let resource = known.state.flatMap({ view.resource(at: $0) }), resource.vmid == guest.vmid else {
            return .unknown
        }
        guard resource.type == guest.type else { return .another }
        let detail = view.clusters[known.cluster].inventory?.details[guest.vmid]?.value
        let (before, now) = (resource.knownMACs, Set(detail?.macs ?? []))
        if before.isEmpty || now.isEmpty { return .unknown }
        return before.isDisjoint(with: now) ? .another : .same
    }
}

extension ServerCase {
    /// What a step is that acts on the guest, with the question that a person is asked first; nil: nobody needs to vouch
    /// for the guest.
    var vouching: DraftStep.Consequence? {
        guard match.isUnproven, let guest else { return nil }
        return .vouchedFor(Sentence(.approveUnmarked, name.text, guest.vmid.description, guest.name))
    }

    /// What a step that acts on the guest rests on where nothing proves it to be the server: whoever says yes vouches for
    /// it, and the yes ends when that is no longer needed.
    func addProof(to facts: inout StepFacts) {
        if match.isUnproven { facts.add(Step.noProof.topic, Step.noProof.path, Step.noProof.value) }
    }
}

extension Step {
    fileprivate static let noProof = Fact(.guest, "proof", "none")

    /// Whether it acts on a guest that lost its mark and that nothing else proves to be the server.
    package var isOnUnprovenGuest: Bool { facts.contains(Self.noProof) }
}
