import Model

/// Items about single attributes of a server that has a guest.
extension FleetPlanner {
    /// A guest on another node than the entry, or else the record, says; and one that was followed to where the
    /// declaration does not have it, which is as it may be.
    func move(of one: ServerCase, _ server: Server, _ guest: ObservedGuest) -> DriftItem? {
        let entered = one.entry?.birth.node
        let known = entered ?? one.recorded?.node ?? one.resource?.node
        let lags = [entered, one.recorded?.node].contains { $0.map { $0 != guest.node } ?? false }
        let isMoved = known.map { $0 != guest.node } ?? false || lags || one.isOutOfProvidersSight
        let isElsewhere = server.manage == .full && livesElsewhere(server, guest)
        guard isMoved || isElsewhere else { return nil }
        let isDefault = server.node == nil
        var found = item(one, .moved, "node", "spec.node")
        if isDefault { found.declared = DeclaredField(ObjectName(.cluster, clusterName(one)), "spec.defaults.node") }
        if let node = server.node ?? defaults(of: one)?.node { found.take(.desired, node.text) }
        if found.desired == nil { found.declared = nil }
        if let node = entered ?? one.recorded?.node { found.take(.recorded, node.text) }
        if let resource = one.resource { found.take(.state, resource.node.text) }
        found.take(.live, guest.node.text)
        if isMoved {
            found.culprit = culprits(of: one).culprit(of: guest.vmid, .move, readAt: nil)
        } else {
            found.disagreeing = found.differing(from: guest.node.text)
            found.culprit = culprits(of: one).culprit(of: guest.vmid, .move, readAt: nil)
            found.accept(followed(one, server, guest))
        }
        return found
    }

    func power(of one: ServerCase, _ server: Server, _ guest: ObservedGuest) -> DriftItem? {
        guard isPoweredOtherwise(server, guest) || isOwedItsStart(one, server, guest) else { return nil }
        var found = item(one, .power, "power", "spec.power")
        found.take(.desired, server.power == .unmanaged ? "running once" : server.power.rawValue)
        found.take(.live, guest.status.rawValue)
        found.culprit = culprits(of: one).culprit(of: guest.vmid, .power(guest.status), readAt: nil)
        return found
    }

    private func isOwedItsStart(_ one: ServerCase, _ server: Server, _ guest: ObservedGuest) -> Bool {
        guard server.manage == .full, server.power == .unmanaged, guest.status == .stopped else { return false }
        let row = row(of: one, guest: guest, markID: nil)
        return !row.wasStarted || row.isOwedStart
    }

    func name(of one: ServerCase, _ guest: ObservedGuest) -> DriftItem? {
        guard !guest.isNamed(one.name) else { return nil }
        var found = item(one, .changed, "name", "metadata.name")
        found.take(.desired, one.name.text)
        found.take(.live, guest.name)
        found.culprit = culprits(of: one).culprit(of: guest.vmid, .configuration("name"), readAt: nil)
        return found
    }

    /// Cores, disks, networks and whatever else can change in a guest's life: the declaration as it is written, laid
    /// beside the entry, the state and the guest.
    mutating func settingItems(
        _ one: ServerCase, _ server: Server, _ guest: ObservedGuest, _ resolution: Resolution, markID: String
    ) -> [DriftItem] {
        let description = markedDescription(server.description, one.stack, one.name, markID)
        let declared = resolver.settings(of: server, defaults: defaults(of: one), description: description)
        let sheet = SettingSheet(
            declared: declared, planned: resolution.configuration.settings, entry: one.entry?.settings,
            state: one.resource?.settings, live: one.referenceSettings, isDetailed: one.detail != nil, type: guest.type,
            ignored: policies.ignoredPaths(of: server).map(IgnoredPath.init))
        let finder = culprits(of: one)
        // The disks that a guest got from its template were left out of what is planned because nobody looked yet.
        let areDisksUnread =
            one.detail == nil && !declared.disks.isEmpty && resolution.configuration.settings.disks.isEmpty
        let rows = sheet.rows.filter { !areDisksUnread || SettingPath($0.path).root != "disks" }
        let foreign = foreignPending(of: one, guest, resolution.configuration.settings)
        return rows.map { row in
            var found = item(one, .changed, row.path, "")
            found.declared = server.declaredField(row.path, settings: declared, defaults(of: one))
            found.depth = one.detail == nil ? .listed : .detailed
            for (source, value) in row.values { found.take(source, value) }
            found.disagreeing = DriftItem.disagreeing(row.values)
            found.culprit =
                found.disagreeing == [.desired]
                ? .declaration : finder.culprit(of: guest.vmid, .configuration(row.path), readAt: one.detail?.readAt)
            if let change = foreign[row.path] { found.take(.live, change.fromNextStart) }
            // Terraform reads the guest again before it compares.
            if found.disagreeing == [.state], found.compared.contains(.live), one.detail != nil {
                found.accept(Sentence(.stateBehind, one.name.text, row.path))
            } else if row.isIgnored {
                // The entry follows the guest at the next apply, and nobody is to be woken for that.
                found.accept(Sentence(.ignored, one.name.text, row.path))
            }
            return found
        }
    }

    /// What is set at a birth: nothing is planned for it, so that what the guest has is said beside what is declared.
    mutating func birthItems(
        _ one: ServerCase, _ server: Server, _ guest: ObservedGuest, _ resolution: Resolution
    ) -> [DriftItem] {
        let finder = culprits(of: one)
        return resolution.births.map { birth in
            var found = item(one, .changed, birth.path, "spec.\(birth.path)")
            found.declared = server.declaredField(birth.path, settings: GuestSettings(), defaults(of: one))
            found.depth = one.detail == nil ? .listed : .detailed
            found.take(.desired, birth.declared)
            if one.entry != nil { found.take(.recorded, birth.recorded) }
            if birth.path == "template", let resource = one.resource {
                found.take(.state, resource.templateFile ?? resource.template?.vmid.description)
            }
            if let live = birth.live { found.take(.live, live.isEmpty ? nil : live) }
            found.disagreeing = DriftItem.disagreeing(found.compared.map { ($0, found[$0]) })
            found.culprit =
                found.disagreeing == [.live]
                ? finder.culprit(of: guest.vmid, .configuration(birth.path), readAt: one.detail?.readAt) : .declaration
            return found
        }
    }

    /// What was written for the next start of a guest that runs as it is declared, and is not declared, by the paths.
    private func foreignPending(
        of one: ServerCase, _ guest: ObservedGuest, _ settings: GuestSettings
    ) -> [String: AttributeChange] {
        guard guest.status != .stopped else { return [:] }
        let foreign = one.foreignPendingPaths(settings)
        let changes = one.pendingChanges.filter { foreign.contains($0.path) }
        return Dictionary(changes.map { ($0.path, $0) }) { first, _ in first }
    }

    /// What the guest takes up at its next start and does not run with until then. It is no drift: what is written is
    /// compared with the declaration beside this, and says itself where only that contradicts it.
    func pendingItems(of one: ServerCase, _ guest: ObservedGuest, _ settings: GuestSettings) -> [DriftItem] {
        guard guest.status != .stopped else { return [] }
        let foreign = one.foreignPendingPaths(settings)
        return one.pendingChanges.filter { !foreign.contains($0.path) }.map { change in
            var found = item(one, .pendingRestart, change.path, "")
            found.declared = nil
            found.depth = .detailed
            found.take(.live, change.fromNextStart)
            found.accept(Sentence(.pendingRestart, one.name.text, change.path))
            return found
        }
    }
}

extension AttributeChange {
    /// Of what is pending: what the guest runs with, and what it starts with.
    fileprivate var fromNextStart: String { "\(before ?? "–"), \(after ?? "–") from its next start" }
}
