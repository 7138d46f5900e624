import Model

/// What is out of plumb, attribute by attribute, who made it so, and what becomes of it. At most what is known at the
/// depth that was read.
///
/// - Parameter plan: of the same input; nil: it is made here.
/// - Returns: items in ascending order of servers, then of attributes as the declaration lists them.
package func driftReport(_ input: PlanningInput, beside plan: Plan? = nil) -> [DriftItem] {
    let outlooks = OutlookFinder(plan ?? planFleet(input).plan)
    return differences(input).map { item in
        var item = item
        if item.outlook == .heals { item.outlook = outlooks.outlook(of: item) }
        if item.kind == .pendingRestart, let reason = outlooks.restart(of: item) { item.accept(reason) }
        return item
    }
}

/// The servers that ``driftReport(_:beside:)`` would count, without asking what becomes of them: with what differs of
/// their guests, and by when it did.
///
/// - Returns: in ascending order.
package func seenDrift(_ input: PlanningInput) -> [SeenDrift] {
    let ends = LookEnds(input)
    let items = Dictionary(grouping: differences(input).filter(\.counts), by: \.server)
    return items.keys.sorted().map { server in
        let found = items[server] ?? []
        return SeenDrift(
            server: server, differences: Set(found.compactMap(\.difference)).sorted(),
            by: found.map { ends.end(of: $0.vmid, in: $0.stack.cluster) }.max() ?? input.now)
    }
}

/// Items whose outlook is `heals` where the plan has the word on it.
private func differences(_ input: PlanningInput) -> [DriftItem] {
    var planner = FleetPlanner(input)
    planner.matchGuests()
    var items: [DriftItem] = []
    for position in planner.view.servers.indices {
        let known = planner.view.servers[position]
        if let targets = planner.targets, !targets.contains(known.name) { continue }
        let one = planner.makeCase(position)
        let found = planner.drift(of: one)
        if found.isEmpty { continue }
        let finder = planner.culprits(of: one)
        items += found.map(finder.withoutLater)
    }
    return items
}

extension FleetPlanner {
    /// What the rule that plans the server says about it, in terms of the four sources.
    mutating func drift(of one: ServerCase) -> [DriftItem] {
        switch Rule.first(for: one.facts).decision {
        case .leave, .nothing: return []
        case .awaitTask:
            var free = one
            free.facts.isHeld = false
            return drift(of: free)
        case .blockMisplaced:
            return view.clusters[one.cluster].declaration == nil ? driftOfUnknown(one) : [misplacement(of: one)]
        case .blockUnknown, .awaitDetail: return driftOfUnknown(one)
        case .blockAmbiguous: return driftOfDoubtful(one)
        case .observe: return driftOfObserved(one)
        case .release: return [management(of: one)]
        case .awaitConfirmation, .recreate, .moveGone:
            return [one.server == nil ? undeclared(one) : deletion(of: one)]
        case .blockVMIDTaken: return [driftOfTaken(one)]
        case .blockNameTaken, .create: return [unborn(one)]
        case .holdRename: return [one.server == nil ? undeclared(one) : rename(of: one)]
        case .rename: return [rename(of: one)] + attributes(of: one).filter { $0.path != "name" }
        case .move: return [stackMove(of: one)] + attributes(of: one)
        case .untaint: return [taint(of: one)] + attributes(of: one)
        case .compare, .rebuild: return attributes(of: one)
        case .adopt: return [missingInState(one)] + attributes(of: one)
        case .recordUndeclared, .forgetKept, .followAgain, .destroy, .forgetGone, .dropEntry, .retire, .takeBack,
            .retireLost:
            return [undeclared(one)]
        }
    }

    /// Whatever cannot be said of its guest or its state, what was never made or is not declared any more is known.
    private mutating func driftOfUnknown(_ one: ServerCase) -> [DriftItem] {
        guard let server = one.server else { return [undeclared(one)] }
        if one.recorded == nil, one.resource == nil, one.entry == nil { return [unborn(one)] }
        return one.match.presence == .present && server.manage == .full ? attributes(of: one) : []
    }

    private mutating func driftOfDoubtful(_ one: ServerCase) -> [DriftItem] {
        if one.server == nil { return [undeclared(one)] }
        if let guest = one.guest, guest.isTemplate, one.facts.live == .ambiguous { return [template(one, guest)] }
        if let guest = one.guest, one.facts.live == .foreign { return [replacement(of: one, guest)] }
        return driftOfUnknown(one)
    }

    /// Its VMID is another guest's: one that it had, one that it only observed so far, or one that it wishes for.
    private func driftOfTaken(_ one: ServerCase) -> DriftItem {
        guard let recorded = one.recorded, let guest = one.guest else { return unborn(one) }
        return recorded.isOwned ? replacement(of: one, guest) : management(of: one)
    }

    private mutating func driftOfObserved(_ one: ServerCase) -> [DriftItem] {
        guard one.facts.live == .present, let server = one.server, let guest = one.guest else {
            return [one.recorded == nil ? unborn(one) : deletion(of: one)]
        }
        let record = recordItems(one, server, row(of: one, guest: guest, markID: nil))
        return [move(of: one, server, guest), power(of: one, server, guest)].compactMap(\.self) + record
    }

    /// All attributes of a server that has a guest.
    private mutating func attributes(of one: ServerCase) -> [DriftItem] {
        guard let server = one.server, let guest = one.guest else { return [] }
        let id = markID(of: one)
        let resolution = resolveExisting(one, server, guest, markID: id)
        var items = [move(of: one, server, guest), power(of: one, server, guest)].compactMap(\.self)
        items += settingItems(one, server, guest, resolution, markID: id)
        items += birthItems(one, server, guest, resolution)
        if let renamed = name(of: one, guest) { items.append(renamed) }
        let row = row(of: one, guest: guest, markID: id)
        items += recordItems(one, server, row).filter { item in !items.contains { $0.path == item.path } }
        let isKnown = items.contains { $0.compared.contains(.recorded) && $0.counts }
        let ignored = policies.ignoredPaths(of: server).map(IgnoredPath.init)
        if !isKnown, one.resource != nil, let entry = entryItem(one, resolution.configuration, ignoring: ignored) {
            items.append(entry)
        }
        return items + pendingItems(of: one, guest, resolution.configuration.settings)
    }
}
