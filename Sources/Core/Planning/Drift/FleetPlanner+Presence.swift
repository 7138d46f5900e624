import Model

/// Items about a server as a whole: whether it is there, whose guest it is, and who knows of it.
extension FleetPlanner {
    func item(_ one: ServerCase, _ kind: DriftItem.Kind, _ path: String, _ field: String) -> DriftItem {
        var item = DriftItem(
            server: one.name, stack: one.stack, vmid: one.guest?.vmid ?? one.resource?.vmid ?? one.recorded?.vmid,
            kind: kind, path: path, depth: .listed, disagreeing: [.live],
            culprit: .between(nil, view.clusters[one.cluster].inventory?.readAt ?? input.now))
        if one.server != nil { item.declared = DeclaredField(ObjectName(.server, one.name.key), field) }
        return item
    }

    func culprits(of one: ServerCase) -> CulpritFinder {
        CulpritFinder(input, view.clusters[one.cluster], of: one.name)
    }

    /// What record and state say of whether the server exists.
    private func takeKnowledge(of one: ServerCase, into item: inout DriftItem, as value: String = "present") {
        item.take(.recorded, one.recorded == nil && one.entry == nil ? "absent" : value)
        if one.facts.state != .unknown { item.take(.state, one.resource == nil ? "absent" : value) }
    }

    func deletion(of one: ServerCase) -> DriftItem {
        var found = item(one, .deleted, "guest", "metadata.name")
        found.take(.desired, "present")
        takeKnowledge(of: one, into: &found)
        found.take(.live, "absent")
        found.disagreeing = found.state == "absent" && one.server?.manage == .full ? [.state, .live] : [.live]
        found.culprit = culprits(of: one).culprit(of: found.vmid, .deletion, readAt: nil)
        return found
    }

    /// Somebody else's guest has its VMID.
    func replacement(of one: ServerCase, _ guest: ObservedGuest) -> DriftItem {
        var found = item(one, .replaced, "guest", "metadata.name")
        found.take(.desired, one.name.text)
        takeKnowledge(of: one, into: &found, as: one.name.text)
        found.take(.live, "another guest, \(guest.name)")
        found.culprit = culprits(of: one).culprit(of: guest.vmid, .replacement, readAt: nil)
        return found
    }

    func template(_ one: ServerCase, _ guest: ObservedGuest) -> DriftItem {
        var found = item(one, .template, "guest", "metadata.name")
        found.take(.desired, "present")
        takeKnowledge(of: one, into: &found)
        found.take(.live, "a template")
        found.culprit = culprits(of: one).culprit(of: guest.vmid, .templating, readAt: nil)
        return found
    }

    /// Declared in a cluster where it is not. Whether it still lives where it was, that cluster's own listing says.
    func misplacement(of one: ServerCase) -> DriftItem {
        var found = item(one, .misplaced, "cluster", "spec.cluster")
        let home = one.resourceStack?.cluster ?? one.recorded?.stack.cluster
        found.take(.desired, view.clusters[one.cluster].name.text)
        if let recorded = one.recorded { found.take(.recorded, recorded.stack.cluster.text) }
        if let stack = one.resourceStack { found.take(.state, stack.cluster.text) }
        if let home, let position = view.clusterPositions[home] {
            switch view.clusters[position].match(query(of: view.servers[one.position])).presence {
            case .present: found.take(.live, home.text)
            case .absent: found.take(.live, "absent")
            case .foreign, .ambiguous, .unknown, .unread: break
            }
        }
        found.vmid = one.resource?.vmid ?? one.recorded?.vmid
        found.disagreeing = [.desired]
        found.culprit = .declaration
        return found
    }

    func unborn(_ one: ServerCase) -> DriftItem {
        var found = item(one, .unborn, "guest", "metadata.name")
        found.take(.desired, "present")
        takeKnowledge(of: one, into: &found)
        if one.facts.live == .absent || one.facts.live == .foreign { found.take(.live, "absent") }
        found.vmid = nil
        found.disagreeing = [.desired]
        found.culprit = .declaration
        return found
    }

    func undeclared(_ one: ServerCase) -> DriftItem {
        var found = item(one, .undeclared, "guest", "metadata.name")
        found.take(.desired, "absent")
        takeKnowledge(of: one, into: &found)
        switch one.facts.live {
        case .present: found.take(.live, "present")
        case .absent: found.take(.live, "absent")
        case .foreign: found.take(.live, "another guest, \(one.guest?.name ?? "")")
        case .ambiguous, .unknown, .unread: break
        }
        found.disagreeing = found.live == "present" || found.live == nil ? [.desired] : found.differing(from: "absent")
        found.culprit = .declaration
        return found
    }

    /// Alive, and not in the state that should hold it.
    func missingInState(_ one: ServerCase) -> DriftItem {
        var found = item(one, .changed, "guest", "metadata.name")
        found.take(.desired, "present")
        takeKnowledge(of: one, into: &found)
        found.take(.live, "present")
        found.disagreeing = found.differing(from: "present")
        found.culprit = one.recorded == nil ? .declaration : found.culprit
        return found
    }

    /// Observed here and managed there.
    func management(of one: ServerCase) -> DriftItem {
        var found = item(one, .changed, "manage", "spec.manage")
        found.take(.desired, one.server?.manage.rawValue)
        if let recorded = one.recorded { found.take(.recorded, recorded.manage.rawValue) }
        found.take(.state, one.resource == nil ? "absent" : Server.Manage.full.rawValue)
        found.disagreeing = found.recorded == found.desired ? [.state] : [.desired]
        found.culprit = .declaration
        return found
    }

    func rename(of one: ServerCase) -> DriftItem {
        var found = item(one, .changed, "name", "metadata.formerName")
        found.take(.desired, one.name.text)
        if let recorded = one.recorded { found.take(.recorded, recorded.name.text) }
        if let resource = one.resource { found.take(.state, resource.server.text) }
        if let guest = one.guest { found.take(.live, guest.name) }
        found.disagreeing = [.desired]
        found.culprit = .declaration
        return found
    }

    func stackMove(of one: ServerCase) -> DriftItem {
        var found = item(one, .changed, "stack", "metadata.labels")
        found.take(.desired, one.stack.description)
        if let recorded = one.recorded { found.take(.recorded, recorded.stack.description) }
        found.take(.state, one.resourceStack?.description)
        found.disagreeing = found.recorded == found.desired ? [.state] : [.desired]
        found.culprit = .declaration
        return found
    }

    func taint(of one: ServerCase) -> DriftItem {
        var found = item(one, .changed, "taint", "metadata.name")
        found.take(.desired, "no")
        found.take(.state, "tainted")
        found.disagreeing = [.state]
        return found
    }
}
