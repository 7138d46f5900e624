/// Whose every guest of a world is, as somebody knows who saw each of them come.
struct WorldLives: Sendable {
    /// Guests that somebody else than Plumb made.
    private(set) var handmade: Set<String> = []
    /// Guests of Plumb's that somebody took both of its signs off.
    private(set) var unmarked: Set<String> = []
    /// Guests that bore one of them.
    private var marked: Set<String> = []
    private var known: Set<String> = []

    /// What no two guests of a world share, and no change changes.
    static func life(of guest: FleetFacts.Guest, at vmid: Int, in cluster: String) -> String {
        guest.life.isEmpty ? "\(cluster) \(vmid) \(guest.name)" : "\(cluster) \(guest.life)"
    }

    private static func lives(_ facts: FleetFacts, in cluster: String) -> [(life: String, guest: FleetFacts.Guest)] {
        facts.guests.map { (life(of: $0.value, at: $0.key, in: cluster), $0.value) }
    }

    /// After what people did: who is new is somebody else's, and who lost both signs lost them to people.
    mutating func seeAfterPeople(_ facts: FleetFacts, in cluster: String) {
        for (life, guest) in Self.lives(facts, in: cluster) {
            if !known.contains(life) { handmade.insert(life) }
            if guest.isSigned {
                marked.insert(life)
                unmarked.remove(life)
            } else if marked.contains(life), !handmade.contains(life) {
                unmarked.insert(life)
            }
            known.insert(life)
        }
    }

    /// After a run of Plumb's, while nobody else did anything: who is new is its own.
    ///
    /// - Returns: how many those are.
    @discardableResult
    mutating func seeAfterPlumb(_ facts: FleetFacts, in cluster: String) -> Int {
        var born = 0
        for (life, guest) in Self.lives(facts, in: cluster) {
            if known.insert(life).inserted { born += 1 }
            if guest.isSigned { marked.insert(life) }
        }
        return born
    }
}

extension FleetFacts.Guest {
    var hasTag: Bool { tags.split(whereSeparator: { ";, ".contains($0) }).contains("plumb") }

    /// Server and id of the line that says whose it is: `plumb: CLUSTER/STACK/NAME ID`.
    var signature: (server: String, id: String)? {
        let words = mark.split(separator: " ")
        guard words.count == 3, words[0] == "plumb:", let name = words[1].split(separator: "/").last else { return nil }
        return (String(name), String(words[2]))
    }

    /// Whether it bears a sign of being Plumb's.
    var isSigned: Bool { hasTag || signature != nil }
}
