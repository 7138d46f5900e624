import Model
import Simulation

/// The second cluster of a world, where it has one: the same nodes, and the same numbers for other guests.
///
/// A world keeps guests, and all that it notes of them, by place. That is the VMID in the first cluster and far more in
/// the second, so that two guests of one VMID are two in every set and every check. What a cluster lists and what its
/// Terraform sees are VMIDs.
extension World {
    static let secondCluster: ClusterName = "twin"

    /// The guests of one cluster, by VMID.
    func guestPool(of cluster: ClusterName) -> GuestPool {
        guard hasSecondCluster else { return pool }
        var part = GuestPool()
        for (place, guest) in pool.guests where place.isPlace(in: cluster) {
            part.guests[place.numberThere] = guest
        }
        return part
    }

    /// Puts back what ``guestPool(of:)`` gave, and what was done to it.
    func put(_ part: GuestPool, of cluster: ClusterName) {
        guard hasSecondCluster else {
            pool = part
            return
        }
        pool.guests = pool.guests.filter { !$0.key.isPlace(in: cluster) }
        for (vmid, guest) in part.guests { pool.guests[vmid.place(in: cluster)] = guest }
        pool.powerCuts += part.powerCuts.map { $0.place(in: cluster) }
        pool.reboots += part.reboots.map { $0.place(in: cluster) }
    }
}

extension VMID {
    private static let distance = 1_000_000

    private var isInSecond: Bool { rawValue > Self.distance }

    /// Where a world keeps the guest that has this number in a cluster.
    func place(in cluster: ClusterName) -> VMID {
        cluster == World.secondCluster ? VMID(rawValue + Self.distance) : self
    }

    /// Whether this is the place of a guest of that cluster.
    func isPlace(in cluster: ClusterName) -> Bool { isInSecond == (cluster == World.secondCluster) }

    /// The number in its cluster of whoever is in this place.
    var numberThere: VMID { isInSecond ? VMID(rawValue - Self.distance) : self }

    /// The place of whoever has the same number in the other cluster.
    var twin: VMID { isInSecond ? numberThere : VMID(rawValue + Self.distance) }
}

extension GuestReference {
    var place: VMID { vmid.place(in: cluster) }
}

extension RecordedServer {
    var place: VMID { vmid.place(in: stack.cluster) }
}

extension Server {
    /// Nil: no number is declared.
    var place: VMID? { vmid?.place(in: cluster) }
}

extension [VMID: GuestPool.PooledGuest] {
    /// Whether a guest of Plumb's has the number of whoever is in this place, in the other cluster.
    func haveTwin(of place: VMID) -> Bool {
        self[place.twin]?.settings.tags.contains(OwnershipMark.tag) ?? false
    }
}

extension GuestPool.PooledGuest {
    /// A guest that somebody made behind Plumb's back.
    static func stranger(on vmid: VMID) -> Self {
        var settings = GuestSettings()
        settings.cores = 3
        return Self(type: .vm, name: "stranger-\(vmid)", node: "pve1", settings: settings, isRunning: true)
    }
}
