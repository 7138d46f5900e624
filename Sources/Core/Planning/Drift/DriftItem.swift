import Model

/// One attribute of one server on which declaration, tfvars, state and guest do not all agree.
package struct DriftItem: Hashable, Sendable, Codable {
    package var server: ServerName
    package var stack: StackID
    package var vmid: VMID?
    package var kind: Kind
    /// `cores`; `guest`, `node` or `power` for what is not a setting.
    package var path: String
    /// What the YAML wants, defaults filled in.
    package var desired: String?
    /// What Plumb last wrote into the stack's tfvars.
    package var recorded: String?
    /// What Terraform's state says.
    package var state: String?
    /// What runs, or will run after the guest's next start.
    package var live: String?
    /// How far the guest was looked at.
    package var depth: Depth
    /// Which of the known values differ from the others; all of them where no two agree.
    package var disagreeing: [Source]
    package var culprit: Culprit

    package init(
        server: ServerName, stack: StackID, vmid: VMID?, kind: Kind, path: String, depth: Depth, disagreeing: [Source],
        culprit: Culprit
    ) {
        self.server = server
        self.stack = stack
        self.vmid = vmid
        self.kind = kind
        self.path = path
        self.depth = depth
        self.disagreeing = disagreeing
        self.culprit = culprit
    }

    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case changed, deleted, moved, power
    }

    package enum Depth: String, Hashable, Sendable, Codable, CaseIterable { case listed, detailed }

    package enum Source: String, Hashable, Sendable, Codable, CaseIterable { case desired, recorded, state, live }

    /// Who brought it about, as far as Proxmox's task log tells; never a guess.
    package enum Culprit: Hashable, Sendable, Codable {
        /// Those that can have done it, latest first; at least one.
        case tasks([ObservedTask])
        /// No task was recorded: it happened between these two observations; nil: since before the first one.
        case between(Timestamp?, Timestamp)
        /// Not the world but the YAML changed; the next apply brings it about.
        case declaration
    }
}

extension DriftItem {
    /// The sources that do not agree with most of the others; of equal camps the one without the guest is right,
    /// because what was written down is what was meant.
    static func disagreeing(_ values: [(Source, String?)]) -> [Source] {
        var camps: [(value: String?, sources: [Source])] = []
        for (source, value) in values {
            if let camp = camps.firstIndex(where: { $0.value == value }) {
                camps[camp].sources.append(source)
            } else {
                camps.append((value, [source]))
            }
        }
        guard camps.count > 1 else { return [] }
        let largest = camps.map(\.sources.count).max() ?? 0
        let leading = camps.filter { $0.sources.count == largest }
        if largest == 1 && values.count > 2 { return values.map(\.0) }
        let right = leading.count == 1 ? leading.first : leading.first { !$0.sources.contains(.live) }
        return values.map(\.0).filter { !(right?.sources.contains($0) ?? false) }
    }
}
