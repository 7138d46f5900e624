import Model

/// Items about what Plumb itself wrote down: the registry's row and the entry in tfvars.
extension FleetPlanner {
    /// What the row says otherwise than it should.
    func recordItems(_ one: ServerCase, _ server: Server, _ row: RecordedServer) -> [DriftItem] {
        guard let known = one.recorded else {
            return [recordItem(one, "record", "metadata.name", desired: "present", recorded: "absent")]
        }
        guard !row.saysTheSame(as: known) else { return [] }
        var items: [DriftItem] = []
        func compare(_ path: String, _ field: String, _ desired: String?, _ recorded: String?) {
            guard desired != recorded else { return }
            items.append(recordItem(one, path, field, desired: desired, recorded: recorded))
        }
        compare("displayName", "metadata.displayName", row.displayName, known.displayName)
        compare("labels", "metadata.labels", row.labels?.text, known.labels?.text)
        compare("manage", "spec.manage", row.manage.rawValue, known.manage.rawValue)
        compare("onRemove", "spec.onRemove", row.onRemove.rawValue, known.onRemove.rawValue)
        compare("protection", "spec.protect", String(row.protect), String(known.protect))
        compare("roles", "spec.roles", row.roles.text, known.roles.text)
        compare("dependsOn", "spec.dependsOn", (row.dependsOn ?? []).text, (known.dependsOn ?? []).text)
        compare("addresses", "spec.networks", row.addresses.text, known.addresses.text)
        for index in items.indices {
            items[index].disagreeing = [.desired]
            items[index].culprit = .declaration
        }
        return items.isEmpty ? [sightingItem(one, row, known)] : items
    }

    /// What the row has otherwise of the guest itself, which no field of a declaration says.
    private func sightingItem(_ one: ServerCase, _ row: RecordedServer, _ known: RecordedServer) -> DriftItem {
        func found(_ path: String, _ recorded: String?, _ live: String?) -> DriftItem {
            var found = item(one, .changed, path, "metadata.name")
            found.declared = nil
            found.take(.recorded, recorded)
            found.take(.live, live)
            found.disagreeing = [.recorded]
            return found
        }
        if row.node != known.node { return found("node", known.node.text, row.node.text) }
        if row.vmid != known.vmid { return found("vmid", known.vmid.description, row.vmid.description) }
        if row.type != known.type { return found("type", known.type.rawValue, row.type.rawValue) }
        if row.mark != known.mark { return found("mark", known.mark, row.mark) }
        if row.wasStarted != known.wasStarted { return found("firstStart", "never started", "started") }
        if row.owedStart != known.owedStart { return found("owedStart", known.owedStart?.text, row.owedStart?.text) }
        return found("record", "missing", "present")
    }

    private func recordItem(
        _ one: ServerCase, _ path: String, _ field: String, desired: String?, recorded: String?
    ) -> DriftItem {
        var found = item(one, .changed, path, field)
        found.take(.desired, desired)
        found.take(.recorded, recorded)
        found.disagreeing = [.recorded]
        return found
    }

    /// An entry that an apply would write anew although it says nothing else about any attribute: there is none yet, or
    /// it keeps what is not declared any more.
    func entryItem(
        _ one: ServerCase, _ configuration: ServerConfiguration, ignoring paths: [IgnoredPath]
    ) -> DriftItem? {
        guard one.resourceStack == nil || one.resourceStack == one.stack else { return nil }
        guard let entry = one.entry else {
            return recordItem(one, "entry", "metadata.name", desired: "present", recorded: "absent")
        }
        var kept = configuration
        kept.settings.takeOptions(of: entry.settings)
        guard entry != kept, !kept.differs(from: entry, onlyAt: paths) else { return nil }
        return recordItem(one, "entry", "metadata.name", desired: "as it is", recorded: "as it was")
    }
}

extension ServerConfiguration {
    /// Whether all that differs is left to others.
    fileprivate func differs(from entry: ServerConfiguration, onlyAt paths: [IgnoredPath]) -> Bool {
        guard !paths.isEmpty, birth == entry.birth, settings.options == entry.settings.options else { return false }
        // What one of them has no word for differs only as seen from the other.
        let differences =
            settings.differences(from: entry.settings, type: birth.type)
            + entry.settings.differences(from: settings, type: birth.type)
        return !differences.isEmpty
            && differences.allSatisfy { difference in
                let path = SettingPath(difference.path)
                let position: Int? =
                    switch path.root {
                    case "disks": settings.disks.firstIndex { $0.interface == path.key ?? "" }
                    case "networks": path.key.flatMap { Int($0) }
                    default: nil
                    }
                return paths.contains { $0.covers(path, position: position) }
            }
    }
}

extension OwedStart {
    fileprivate var text: String { isSettled ? "settled" : "owed, on \(node)" }
}

extension GuestSettings {
    /// With options as `other` has them: they are compared with nothing.
    fileprivate mutating func takeOptions(of other: GuestSettings) {
        for index in disks.indices {
            disks[index].options = other.disks.first { $0.interface == disks[index].interface }?.options
        }
        for index in networks.indices {
            networks[index].options = other.networks.indices.contains(index) ? other.networks[index].options : nil
        }
    }
}

extension Array where Element: CustomStringConvertible {
    fileprivate var text: String? { isEmpty ? nil : map(\.description).joined(separator: ", ") }
}

extension [Metadata.Label] {
    fileprivate var text: String? { isEmpty ? nil : map { "\($0.key)=\($0.value)" }.joined(separator: ", ") }
}
