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
        var position = 0
        for entry in data.elements {
            if let guest = try guest(entry, at: position) { guests.append(guest) }
            position += 1
        }
        guests.sort { $0.vmid < $1.vmid }
        for (one, other) in zip(guests, guests.dropFirst()) where one.vmid == other.vmid {
            throw .unreadable("the list of guests holds number \(one.vmid) twice")
        }
        return guests
    }

    /// - Returns: nil for a resource of another kind (a node, a storage), which an endpoint that ignores the filter lists.
    private static func guest(_ entry: JSONNode, at position: Int) throws(ProxmoxFailure) -> ObservedGuest? {
        var fields = Fields()
        // One walk over the members: looking each name up would walk a score of times for each guest.
        for (name, value) in entry.members { fields.take(name, value) }
        switch fields.kind {
        case "node", "storage", "sdn", "pool", "network": return nil
        default: break
        }
        guard let vmid = fields.vmid, VMID.range.contains(vmid) else {
            throw .unreadable("entry \(position) of the list of guests has no \"vmid\"")
        }
        guard let type = fields.kind.flatMap({ GuestType(pathSegment: $0) }) else {
            throw .unreadable("guest \(vmid) of the list is neither \"qemu\" nor \"lxc\"")
        }
        guard let node = fields.node, !node.isEmpty else {
            throw .unreadable("guest \(vmid) of the list has no \"node\"")
        }
        var guest = ObservedGuest(
            vmid: VMID(vmid), type: type, name: fields.name ?? "", node: NodeName(node),
            status: fields.status.flatMap { ObservedGuest.Status(rawValue: $0) } ?? .unknown)
        guest.isTemplate = fields.isTemplate
        guest.tags = TagList.read(fields.tags ?? "")
        guest.lock = fields.lock
        guest.pool = fields.pool
        guest.totalCores = fields.totalCores
        guest.memory = fields.memory.map { $0 >> 20 }
        guest.uptime = fields.uptime
        return guest
    }

    private struct Fields {
        var kind: String?
        var vmid: Int?
        var name: String?
        var node: String?
        var status: String?
        var isTemplate = false
        var tags: String?
        var lock: String?
        var pool: String?
        var totalCores: Int?
        var memory: Int?
        var uptime = 0

        mutating func take(_ name: String, _ value: JSONNode) {
            switch name {
            case "type": kind = value.string
            case "vmid": vmid = value.wholeNumber
            case "name": self.name = value.string
            case "node": node = value.string
            case "status": status = value.string
            case "template": isTemplate = value.flag ?? false
            case "tags": tags = value.string
            case "lock": lock = value.string.flatMap { $0.isEmpty ? nil : $0 }
            case "pool": pool = value.string.flatMap { $0.isEmpty ? nil : $0 }
            case "maxcpu": totalCores = value.number.map { Int($0.rounded()) }
            case "maxmem": memory = value.wholeNumber
            case "uptime": uptime = value.wholeNumber ?? 0
            // The many other fields are gauges (cpu, mem, netin, …) that Plumb does not compare.
            default: break
            }
        }
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
