/// Where work on one cluster goes side by side up to a limit.
package enum Lane: Hashable, Sendable {
    /// Every task of the cluster.
    case cluster
    /// Tasks of one node.
    case node(NodeName)
    /// Clones of one template.
    case template(VMID)
    /// Disks that are being made on one storage, which Proxmox locks meanwhile.
    case storage(String)

    /// The same for the same lane: `cluster`, `node/pve1`, `template/9000`, `storage/local-lvm`.
    package var text: String {
        switch self {
        case .cluster: "cluster"
        case .node(let name): "node/\(name.key)"
        case .template(let vmid): "template/\(vmid)"
        case .storage(let name): "storage/\(name)"
        }
    }
}

extension Cluster.Limits {
    /// How many may be in a lane at a time; at least one.
    ///
    /// A storage is given no more at a time than a node: Proxmox locks it for each disk, and a clone that waits longer
    /// than ten seconds for that lock fails.
    package func room(in lane: Lane) -> Int {
        switch lane {
        case .cluster: max(1, concurrentTasks)
        case .node, .storage: max(1, perNode)
        case .template: max(1, clonesPerTemplate)
        }
    }
}

/// Pieces of work that ask to go side by side, without saying in which order.
package struct LaneDemand: Hashable, Sendable {
    package var cluster: ClusterName
    /// How many pieces there are.
    package private(set) var count: Int
    /// How many of them go through each lane.
    package private(set) var counts: [Lane: Int]

    /// - Parameter works: the lanes of each piece.
    package init(_ cluster: ClusterName, works: [Set<Lane>]) {
        self.cluster = cluster
        count = works.count
        counts = works.reduce(into: [:]) { counts, lanes in
            for lane in lanes { counts[lane, default: 0] += 1 }
        }
    }

    /// How many pieces may run at a time whichever they are, so that no lane holds more than it has room for.
    ///
    /// - Parameters:
    ///   - used: what others hold in each lane, by ``Lane/text``.
    ///   - cap: never more than that; at least one.
    /// - Returns: 0 where a lane is full.
    package func width(_ limits: Cluster.Limits, beside used: [String: Int], atMost cap: Int) -> Int {
        var width = min(count, max(1, cap))
        for (lane, wanted) in counts {
            let free = max(0, limits.room(in: lane) - used[lane.text, default: 0])
            if wanted > free { width = min(width, free) }
        }
        return width
    }

    /// What so many at a time can hold in each lane at most, by ``Lane/text``.
    package func slots(atWidth width: Int) -> [String: Int] {
        Dictionary(counts.map { ($0.key.text, min($0.value, width)) }) { first, _ in first }
    }
}
