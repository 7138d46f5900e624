import Model

/// One attribute of one server on which declaration, tfvars, state and guest do not all agree.
package struct DriftItem: Hashable, Sendable, Codable {
    package var server: ServerName
    package var stack: StackID
    package var vmid: VMID?
    package var kind: Kind
    /// `cores`; `guest`, `node`, `power` or another word for what is not a setting.
    package var path: String
    /// What the YAML says, roles, sets and defaults filled in; of an attribute that `ignore` names nothing.
    package var desired: String?
    /// Where the YAML says it, or would.
    package var declared: DeclaredField?
    /// What Plumb last wrote into the stack's tfvars.
    package var recorded: String?
    /// What Terraform's state says.
    package var state: String?
    /// What runs, or will run after the guest's next start.
    package var live: String?
    /// The sources that were looked at: one of these without a value says that there is nothing.
    package var compared: [Source] = []
    /// How far the guest was looked at.
    package var depth: Depth
    /// Which of the known values differ from the others; all of them where no two agree.
    package var disagreeing: [Source]
    package var culprit: Culprit
    /// What becomes of it.
    package var outlook = Outlook.heals

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
        /// Another guest has its VMID.
        case replaced
        /// Its guest was turned into a template.
        case template
        /// Declared in another cluster than the one it lives in.
        case misplaced
        /// Declared, and not made yet.
        case unborn
        /// Known, and not declared any more.
        case undeclared
        /// Written as it should be, and not what the guest runs with until its next start.
        case pendingRestart
    }

    package enum Depth: String, Hashable, Sendable, Codable, CaseIterable { case listed, detailed }

    package enum Source: String, Hashable, Sendable, Codable, CaseIterable { case desired, recorded, state, live }

    /// Who brought it about, as far as Proxmox's task log tells; never a guess.
    package enum Culprit: Hashable, Sendable, Codable {
        /// Those that can have done it, latest first; at least one.
        case tasks([ObservedTask])
        /// No task was recorded: it happened between these two observations; nil: since before the first one.
        case between(Timestamp?, Timestamp)
        /// It happened between these two observations, and the task log tells of a part of that time only, in which no
        /// task was recorded; nil: it was not read, or not of every node.
        case untold(Timestamp?, Timestamp, toldSince: Timestamp?)
        /// Not the world but the YAML changed.
        case declaration
        /// It counts as nothing, and since when it is so was not kept: the looks in between found the server in plumb.
        case untracked
    }

    /// What becomes of it, as the plan of the same look says.
    package enum Outlook: Hashable, Sendable, Codable {
        /// The next apply makes the sources one.
        case heals
        /// It would, and waits for this.
        case waits(Sentence)
        /// It does not: why, and what to do.
        case stays(Sentence)
        /// Nothing is wrong with it, and it does not count.
        case accepted(Sentence)
    }

    /// What differs of the guest's settings and what it has, so that another look knows it again; nil: it is about
    /// something else. A guest's power and node go and come back in tasks, so that seeing them twice says nothing of
    /// the time between.
    var difference: String? {
        guard kind == .changed, compared.contains(.live) else { return nil }
        return "\(path) \(live ?? "")"
    }

    /// Whether the server is out of plumb by it.
    package var counts: Bool {
        switch outlook {
        case .heals, .waits, .stays: true
        case .accepted: false
        }
    }
}

/// A field of a document: `Server/web-1` and `spec.disks[0].size`, or a default of `Cluster/lab`.
package struct DeclaredField: Hashable, Sendable, Codable {
    package var object: ObjectName
    package var field: String

    package init(_ object: ObjectName, _ field: String) {
        self.object = object
        self.field = field
    }
}

extension DriftItem {
    /// The value of one source.
    package subscript(_ source: Source) -> String? {
        get {
            switch source {
            case .desired: desired
            case .recorded: recorded
            case .state: state
            case .live: live
            }
        }
        set {
            switch source {
            case .desired: desired = newValue
            case .recorded: recorded = newValue
            case .state: state = newValue
            case .live: live = newValue
            }
        }
    }

    /// Counts it as nothing. The looks in between found the server in plumb, so that since when it is so was not kept.
    mutating func accept(_ reason: Sentence) {
        outlook = .accepted(reason)
        culprit = .untracked
    }

    /// Takes in what a source says; nil: that there is nothing.
    mutating func take(_ source: Source, _ value: String?) {
        self[source] = value
        if !compared.contains(source) { compared = Source.allCases.filter { $0 == source || compared.contains($0) } }
    }

    /// Those of the compared sources that say something else than `value`.
    func differing(from value: String?) -> [Source] { compared.filter { self[$0] != value } }

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
