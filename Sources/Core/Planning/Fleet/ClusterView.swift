import Model

/// One cluster as the planner looks at it: its declaration and its inventory with what is looked up often.
struct ClusterView {
    let name: ClusterName
    let declaration: Cluster?
    let inventory: ClusterInventory?
    /// Why nothing can be said of any guest; nil: the listing is believed.
    var distrust: Sentence?
    /// Guests in ascending order of VMIDs.
    let guests: [ObservedGuest]
    private let offlineNodes: [NodeName]
    /// Whether what is not listed may still exist.
    let hidesGuests: Sentence?
    /// The nodes because of which that is so.
    let unseenNodes: [NodeName]
    private let busy: [VMID: ObservedTask]
    /// Marks that were read, by the server that they name.
    let marks: [ServerName: [BorneMark]]

    struct BorneMark {
        let vmid: VMID
        let id: String
    }

    /// - Parameter lostNodes: nodes that are in the cluster no more and on which guests were last seen that are not listed.
    init(name: ClusterName, declaration: Cluster?, inventory: ClusterInventory?, lostNodes: [NodeName] = []) {
        self.name = name
        self.declaration = declaration
        self.inventory = inventory
        guard let inventory else {
            distrust = Sentence(.unreadCluster, name.text)
            guests = []
            offlineNodes = []
            hidesGuests = nil
            unseenNodes = []
            busy = [:]
            marks = [:]
            return
        }
        distrust = inventory.distrust
        let listed = inventory.guests
        let isAscending = zip(listed, listed.dropFirst()).allSatisfy { $0.vmid < $1.vmid }
        guests = isAscending ? listed : listed.sorted { $0.vmid < $1.vmid }
        offlineNodes = inventory.nodes.filter { !$0.isOnline }.map(\.name)
        unseenNodes = offlineNodes + lostNodes
        if !inventory.isQuorate {
            hidesGuests = Sentence(.unlistedNoQuorum, name.text)
        } else if let node = offlineNodes.min() {
            hidesGuests = Sentence(.unlistedOffline, name.text, node.text)
        } else if let node = inventory.returnedNodes(removed: declaration?.removedNodes ?? []).first {
            hidesGuests = Sentence(.removedNodeListed, name.text, node.text)
        } else if !lostNodes.isEmpty {
            hidesGuests = Sentence(.unlistedLostNode, name.text, lostNodes.map(\.text).joined(separator: ", "))
        } else {
            hidesGuests = nil
        }
        var busy: [VMID: ObservedTask] = [:]
        for task in inventory.runningTasks {
            guard let vmid = task.vmid else { continue }
            if let known = busy[vmid], known.upid <= task.upid { continue }
            busy[vmid] = task
        }
        self.busy = busy
        marks = Self.marks(of: inventory)
    }

    private static func marks(of inventory: ClusterInventory) -> [ServerName: [BorneMark]] {
        var marks: [ServerName: [BorneMark]] = [:]
        for (vmid, detail) in inventory.details {
            guard let mark = detail.value?.mark, mark.stack.cluster == inventory.cluster else { continue }
            marks[mark.server, default: []].append(BorneMark(vmid: vmid, id: mark.id))
        }
        return marks.mapValues { $0.sorted { $0.vmid < $1.vmid } }
    }

    /// The position in ``guests`` of the guest with that VMID.
    func position(of vmid: VMID) -> Int? { guests.position(of: vmid) }

    func isOffline(_ node: NodeName) -> Bool { !offlineNodes.isEmpty && offlineNodes.contains(node) }

    func node(_ name: NodeName) -> ObservedNode? { inventory?.nodes.first { $0.name == name } }

    /// The task that holds the guest, or its lock; nil: it is free.
    func hold(on guest: ObservedGuest, detail: GuestConfiguration?) -> Sentence? {
        if let lock = guest.lock ?? detail?.lock, !lock.isEmpty {
            return Sentence(.locked, guest.vmid.description, lock)
        }
        guard !busy.isEmpty, let task = busy[guest.vmid] else { return nil }
        return Sentence(.runningTask, guest.vmid.description, task.type, task.user, task.upid)
    }

    /// The successful task that destroyed the guest of that VMID, as far as the task log that was read shows it.
    func destroyTask(of vmid: VMID) -> ObservedTask? { inventory?.destroyTask(of: vmid) }
}
