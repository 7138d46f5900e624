import JSONArena
import Model

/// Reads `GET /cluster/resources?type=vm`. The whole listing or nothing: what cannot be read of one guest would make
/// that guest look absent, and absence is a claim.
enum GuestListing {
    /// Guests and templates in ascending order of VMIDs.
    ///
    /// - Throws: `unreadable` for anything but a list of guests with number, kind and node, each number once.
    static func read(_ data: JSONNode) throws(ProxmoxFailure) -> [ObservedGuest] {
        guard data.kind == .array else { throw .unreadable("the list of guests is not a list") }
        var guests: [ObservedGuest] = []
        var memory = Memory()
        for (position, entry) in data.elements.enumerated() {
            if let guest = try guest(entry, at: position, &memory) { guests.append(guest) }
        }
        guests.sort { $0.vmid < $1.vmid }
        for (one, other) in zip(guests, guests.dropFirst()) where one.vmid == other.vmid {
            throw .unreadable("the list of guests holds number \(one.vmid) twice")
        }
        return guests
    }

    /// What many guests have in common, read once: thousands of guests bear a few sets of tags and sit on a few nodes.
    private struct Memory {
        var tags: [String: [String]] = [:]
        var nodes: [String: NodeName] = [:]
    }

    /// - Returns: nil for a resource of another kind (a node, a storage), which a peer that ignores the filter lists.
    private static func guest(
        _ entry: JSONNode, at position: Int, _ memory: inout Memory
    ) throws(ProxmoxFailure) -> ObservedGuest? {
        let kind = entry["type"]?.string ?? ""
        if ["node", "storage", "sdn", "pool", "network"].contains(kind) { return nil }
        guard let vmid = entry["vmid"]?.wholeNumber, VMID.range.contains(vmid) else {
            throw .unreadable("entry \(position) of the list of guests has no \"vmid\"")
        }
        guard let type = GuestType(pathSegment: kind) else {
            throw .unreadable("guest \(vmid) of the list is neither \"qemu\" nor \"lxc\"")
        }
        guard let node = entry["node"]?.string, !node.isEmpty else {
            throw .unreadable("guest \(vmid) of the list has no \"node\"")
        }
        var guest = ObservedGuest(
            vmid: VMID(vmid), type: type, name: entry["name"]?.string ?? "", node: name(node, &memory),
            status: entry["status"]?.string.flatMap { ObservedGuest.Status(rawValue: $0) } ?? .unknown)
        guest.isTemplate = entry["template"]?.flag ?? false
        guest.tags = entry["tags"]?.string.map { tags($0, &memory) } ?? []
        guest.lock = filled(entry["lock"])
        guest.pool = filled(entry["pool"])
        guest.haState = filled(entry["hastate"])
        guest.totalCores = entry["maxcpu"]?.number.flatMap { Int(exactly: $0.rounded()) }
        guest.memory = entry["maxmem"]?.wholeNumber.map { $0 >> 20 }
        guest.uptime = entry["uptime"]?.wholeNumber ?? 0
        return guest
    }

    private static func filled(_ node: JSONNode?) -> String? { node?.string.flatMap { $0.isEmpty ? nil : $0 } }

    private static func name(_ text: String, _ memory: inout Memory) -> NodeName {
        if let known = memory.nodes[text] { return known }
        let name = NodeName(text)
        memory.nodes[text] = name
        return name
    }

    private static func tags(_ text: String, _ memory: inout Memory) -> [String] {
        if let known = memory.tags[text] { return known }
        let tags = TagList.read(text)
        memory.tags[text] = tags
        return tags
    }
}

/// Proxmox's tags: joined by `;`, older ones also by commas or blanks.
enum TagList {
    /// Lower case, ascending, each once.
    static func read(_ text: String) -> [String] {
        if text.isEmpty { return [] }
        let tags = text.lowercased().split { $0 == ";" || $0 == "," || $0.isWhitespace }.map(String.init)
        return tags.count > 1 ? Array(Set(tags)).sorted() : tags
    }
}
