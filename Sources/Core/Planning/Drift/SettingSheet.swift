import Model

/// The four sources' settings of one guest side by side.
struct SettingSheet {
    /// What the YAML says.
    var declared: GuestSettings
    /// What an apply would write: with what is ignored, and what cannot be changed, as the guest has it.
    var planned: GuestSettings
    var entry: GuestSettings?
    var state: GuestSettings?
    /// As much as is known of the guest.
    var live: GuestSettings?
    /// Whether the guest's own configuration was read: a listing shows only a few attributes.
    var isDetailed: Bool
    var type: GuestType
    var ignored: [IgnoredPath]

    /// One attribute on which not all agree.
    struct Row {
        var path: String
        /// Of the sources that say something about it.
        var values: [(DriftItem.Source, String?)]
        /// Whether the declaration leaves it to others, whatever they say.
        var isIgnored = false
    }

    private static let listed: Set<Substring> = ["cores", "memory", "tags", "pool"]

    /// In the order of the declaration.
    var rows: [Row] {
        var paths: [String] = []
        for other in [live, entry, state].compactMap({ $0 }) {
            for desired in [declared, planned] {
                for difference in desired.differences(from: other, type: type) where !paths.contains(difference.path) {
                    paths.append(difference.path)
                }
            }
        }
        return paths.compactMap(row)
    }

    private func row(_ text: String) -> Row? {
        let path = SettingPath(text)
        let isSeen = live != nil && (isDetailed || Self.listed.contains(path.root))
        var values: [(DriftItem.Source, String?)] = []
        let desired = desired(at: path, isSeen: isSeen)
        if let desired { values.append((.desired, desired.text)) }
        let others = [(DriftItem.Source.recorded, entry), (.state, state), (.live, isSeen ? live : nil)]
        for (source, settings) in others {
            if let settings { values.append((source, trimmed(settings, at: path).text(at: path))) }
        }
        let first = values.first.map(\.1) ?? nil
        if values.allSatisfy({ $0.1 == first }) { return nil }
        return Row(path: text, values: values, isIgnored: desired == nil && isIgnored(path))
    }

    private struct Wish {
        var text: String?
    }

    /// Nil: it has no word on it. Of what is ignored only the mark is wished for, which is Plumb's whatever else there is.
    private func desired(at path: SettingPath, isSeen: Bool) -> Wish? {
        guard isIgnored(path) else {
            return declared.declares(path) ? Wish(text: trimmed(declared, at: path).text(at: path)) : nil
        }
        guard isSeen, let live, planned.text(at: path) != live.text(at: path) else { return nil }
        return Wish(text: planned.text(at: path))
    }

    /// Of a disk or network device as a whole, what not every source has a word for (a format, a MAC) is left out: it is
    /// no difference.
    private func trimmed(_ settings: GuestSettings, at path: SettingPath) -> GuestSettings {
        guard path.key != nil, path.leaf == nil else { return settings }
        let sources = [declared, entry, state, live].compactMap(\.self)
        var trimmed = settings
        switch path.root {
        case "disks":
            let known = sources.compactMap { $0.disks.first { $0.interface == path.key ?? "" } }
            let isTold = known.allSatisfy { $0.format != nil }
            for index in trimmed.disks.indices where !isTold { trimmed.disks[index].format = nil }
        case "networks":
            let position = path.key.flatMap { Int($0) } ?? 0
            let known = sources.filter { $0.networks.indices.contains(position) }.map { $0.networks[position] }
            let isTold = known.allSatisfy { $0.mac != nil }
            for index in trimmed.networks.indices where !isTold { trimmed.networks[index].mac = nil }
        default: break
        }
        return trimmed
    }

    private func isIgnored(_ path: SettingPath) -> Bool {
        guard !ignored.isEmpty else { return false }
        let position =
            switch path.root {
            case "disks": declared.disks.firstIndex { $0.interface == path.key ?? "" }
            case "networks": path.key.flatMap { Int($0) }
            default: nil as Int?
            }
        return ignored.contains { $0.covers(path, position: position) }
    }
}
