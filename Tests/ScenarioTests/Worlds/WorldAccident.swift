/// What a colleague does by hand, behind Plumb's back.
enum WorldAccident: String, CaseIterable, Sendable {
    case stop, start, delete, migrate, copy, change, unmark, stranger

    /// How often each is drawn.
    static let lots: [WorldAccident] = [
        .stop, .start, .delete, .migrate, .copy, .change, .change, .unmark, .stranger, .stranger,
    ]
}

/// Whom it happens to, and with which numbers.
struct WorldVictim: Sendable {
    let cluster: String
    let vmid: Int
    let guest: FleetFacts.Guest
    /// A number that nobody has had before.
    let free: Int
    /// A number of the round's draw.
    let lot: Int

    private var kind: String { guest.isContainer ? "lxc" : "qemu" }
    private var path: String { "/nodes/\(guest.node)/\(kind)/\(vmid)" }
    private var otherNode: String { ["pve1", "pve2", "pve3"].filter { $0 != guest.node }[lot % 2] }

    /// The calls that a colleague makes. What Proxmox refuses is refused to him as well.
    func calls(of accident: WorldAccident) -> [[String]] {
        let template = "/nodes/pve1/qemu/9000/clone"
        switch accident {
        case .stop: return [["POST", path + "/status/stop"]]
        case .start: return [["POST", path + "/status/start"]]
        case .delete: return end
        case .migrate:
            let how = guest.isContainer ? ["restart=1"] : ["online=1", "with-local-disks=1"]
            return [["POST", path + "/migrate", "target=\(otherNode)"] + how]
        case .copy:
            // A container is copied where it stands still only.
            guard !guest.isContainer else { return [] }
            return [["POST", path + "/clone", "newid=\(free)", "name=copy-\(free)", "full=1"]]
        case .change: return [["PUT", path + "/config", "cores=\(lot % 4 + 1)"]]
        case .unmark: return [["PUT", path + "/config", "tags=", "description=mine"]]
        case .stranger:
            // On a number that was somebody's until now, or on a new one.
            let number = lot.isMultiple(of: 2) ? vmid : free
            return (number == vmid ? end : []) + [
                ["POST", template, "newid=\(number)", "name=stranger-\(free)", "full=1"],
                ["POST", "/nodes/pve1/qemu/\(number)/status/start"],
            ]
        }
    }

    private var end: [[String]] { [["POST", path + "/status/stop"], ["DELETE", path]] }
}
