import Model

/// Renames that nobody declared, or not by a name that is known, as far as they show: servers that leave while others are
/// new that are declared alike, have their addresses, or bear a name that they had.
extension FleetPlanner {
    /// They may be the same under new names, whatever the policy allows: such an end waits for a person, and the plan says
    /// how it would be none. So does the birth where the policy lets the end go by itself: once the new server is there,
    /// nothing would tell the end from any other. Either counts where the other may not happen now.
    mutating func holdPerhapsRenamed() {
        let heirs = view.servers.indices.filter { isNewAndFull($0) }
        if heirs.isEmpty { return }
        var leaving: [Int] = []
        for position in view.servers.indices where leavesByDocument(position) {
            if !isGone(position) { leaving.append(position) }
        }
        var signs = RenameSigns()
        (signs.ends, signs.births) = draftsOfEndsAndBirths()
        let leavers = Leavers(
            leaving.compactMap { position in recorded(of: position).map { (position: position, row: $0) } }, in: view)
        for heir in heirs { holdByNames(heir, leavers, &signs) }
        holdByShapes(heirs, leaving, &signs)
        noteInSteps(signs)
    }

    /// New servers that are declared as those that leave, or have their addresses.
    private mutating func holdByShapes(_ heirs: [Int], _ leaving: [Int], _ signs: inout RenameSigns) {
        // One that is only let go of lives on.
        let ends = leaving.filter { recorded(of: $0)?.onRemove == .destroy }
        if ends.isEmpty { return }
        for matter in [RenameSign.Matter.likeness, .address] {
            let former = grouped(ends, by: matter)
            let pairs = grouped(heirs, by: matter).compactMap { sign, heirs in
                former[sign].map { (heirs: heirs, former: $0) }
            }
            for (heirs, former) in pairs.sorted(by: { Self.precede($0, $1) }) {
                let isLetGo = former.contains { policy(for: $0).apply == .auto }
                if hold(heirs, former, holdsBirth: isLetGo, &signs) { hint(former, heirs, signs) }
            }
        }
    }

    /// The order in which they are told of: what was said of a new server by one sign is not said again by another.
    private static func precede(
        _ some: (heirs: [Int], former: [Int]), _ others: (heirs: [Int], former: [Int])
    ) -> Bool {
        if some.heirs[0] != others.heirs[0] { return some.heirs[0] < others.heirs[0] }
        if some.former[0] != others.former[0] { return some.former[0] < others.former[0] }
        // By two addresses the first of them may be the same, and no order but this one is the same in each run.
        if some.heirs != others.heirs { return some.heirs.lexicographicallyPrecedes(others.heirs) }
        return some.former.lexicographicallyPrecedes(others.former)
    }

    /// A new server that has a name which one that leaves had before, as where a rename is taken back, or that is declared
    /// to have had one that nobody knows, as where it is mistyped or two renames in a row are read at once. The birth is
    /// held under every policy: a name says more than a likeness does.
    private mutating func holdByNames(_ heir: Int, _ leavers: Leavers, _ signs: inout RenameSigns) {
        let known = view.servers[heir]
        let bearers = leavers.formerly(known.name, in: known.cluster)
        if !bearers.isEmpty, hold([heir], bearers, holdsBirth: true, &signs) {
            tell(heir, signs, Sentence(.perhapsRenamedBack, known.name.text, names(of: bearers)))
        }
        guard let former = known.formerName, known.renaming == nil,
            let type = known.declared.map({ input.desired.servers[$0].type })
        else { return }
        let past = leavers.formerly(former, in: known.cluster)
        let alike = past.isEmpty ? leavers.all(type, in: known.cluster) : past
        if alike.isEmpty {
            if signs.births[heir] != nil {
                tell(heir, signs, Sentence(.formerNameUnknown, known.name.text, former.text))
            }
        } else if hold([heir], alike, holdsBirth: true, &signs), letGoReason(at: heir) == nil {
            tell(heir, signs, Sentence(.formerNameElsewhere, known.name.text, former.text, names(of: alike)))
        }
    }

    /// - Returns: whether there is something to say that was not said of these.
    private mutating func hold(
        _ heirs: [Int], _ former: [Int], holdsBirth: Bool, _ signs: inout RenameSigns
    ) -> Bool {
        for end in former.compactMap({ signs.ends[$0] }) {
            drafts[end].isPerhapsRenamed = true
            if drafts[end].consequence == .releases { signs.heirs[end, default: []].append(heirs) }
        }
        let births = heirs.compactMap { signs.births[$0] }
        for birth in births {
            signs.former[birth, default: []].append(former)
            if holdsBirth { drafts[birth].isPerhapsRenamed = true }
        }
        // A birth that cannot be planned now, or that broke off, is no less a sign while the end may come about.
        let mayEnd = former.contains { signs.ends[$0].map { !drafts[$0].isHeldBack } ?? false }
        defer { signs.hinted.formUnion(heirs) }
        return (!births.isEmpty || mayEnd) && signs.hinted.isDisjoint(with: heirs)
    }

    /// Whether no document declares a server any more that Plumb managed, which ends or is let go of by that, now or when
    /// it can. One that a document with a mistake names leaves by nothing.
    private func leavesByDocument(_ position: Int) -> Bool {
        let known = view.servers[position]
        if let broken, broken.claims.contains(ObjectName(.server, known.name.key)) { return false }
        return known.declared == nil && recorded(of: position)?.manage == .full
    }

    /// Whether the guest of a server that leaves is provably gone: missed by as many inventories as policy asks for.
    /// There is nothing left to lose by a birth beside it, and to let go of it ends nothing.
    private mutating func isGone(_ position: Int) -> Bool {
        guard matches[position].presence == .absent else { return false }
        return makeCase(position).facts.isAbsenceConfirmed
    }

    private func recorded(of position: Int) -> RecordedServer? {
        view.servers[position].recorded.map { input.recorded.servers[$0] }
    }

    /// What each birth may have been and each letting go may have become.
    private mutating func noteInSteps(_ signs: RenameSigns) {
        for (birth, groups) in signs.former {
            let (names, more) = firstNames(of: groups)
            drafts[birth].step.perhapsFormerly = names
            drafts[birth].step.perhapsFormerlyMore = more
        }
        for (end, groups) in signs.heirs {
            let (names, more) = firstNames(of: groups)
            drafts[end].step.perhapsHeirs = names
            drafts[end].step.perhapsHeirsMore = more
        }
    }

    /// The first of them by name, each once, and how many more there are; nil: no more. In a fleet of which half gets
    /// new names each may have been any of thousands.
    private func firstNames(of groups: [[Int]]) -> (names: [ServerName], more: Int?) {
        let all = groups.count == 1 ? groups[0] : Set(groups.joined()).sorted()
        let names = all.prefix(Self.perhapsNamed).map { view.servers[$0].name }
        return (names, all.count > names.count ? all.count - names.count : nil)
    }

    /// `web-01, web-02, web-03, web-04, web-05, … (+7)`
    private func names(of positions: [Int]) -> String {
        let (names, more) = firstNames(of: [positions])
        return names.map(\.text).joined(separator: ", ") + (more.map { ", … (+\($0))" } ?? "")
    }

    /// How many a step and a sentence name of those that may be the same.
    private static var perhapsNamed: Int { 5 }

    private func isNewAndFull(_ position: Int) -> Bool {
        guard isNew(position), let declared = view.servers[position].declared else { return false }
        return input.desired.servers[declared].manage == .full
    }

    /// By the servers that they are about.
    private func draftsOfEndsAndBirths() -> (ends: [Int: Int], births: [Int: Int]) {
        var (ends, births): ([Int: Int], [Int: Int]) = ([:], [:])
        for index in drafts.indices {
            guard let server = drafts[index].server else { continue }
            if drafts[index].phase == .destroys || drafts[index].consequence == .releases { ends[server] = index }
            if case .create = drafts[index].step.action { births[server] = index }
        }
        return (ends, births)
    }

    private func grouped(_ positions: [Int], by matter: RenameSign.Matter) -> [RenameSign: [Int]] {
        var groups: [RenameSign: [Int]] = [:]
        for position in positions {
            guard let (type, settings) = shape(of: position) else { continue }
            // Each once: an address may stand on two networks.
            for sign in Set(RenameSign.all(matter, type, settings, in: view.servers[position].cluster)) {
                groups[sign, default: []].append(position)
            }
        }
        return groups
    }

    /// What a server is declared as, or what it was by its entry.
    private func shape(of position: Int) -> (GuestType, GuestSettings)? {
        let known = view.servers[position]
        if let server = known.declared.map({ input.desired.servers[$0] }) {
            let defaults = view.clusters[known.cluster].declaration?.defaults
            return (server.type, resolver.settings(of: server, defaults: defaults, description: ""))
        }
        return entry(of: known).map { ($0.birth.type, $0.settings) }
    }

    private mutating func hint(_ former: [Int], _ heirs: [Int], _ signs: RenameSigns) {
        let isMember = heirs.contains { heir in
            view.servers[heir].declared.map { input.desired.servers[$0].set != nil } ?? false
        }
        let isOne = former.count == 1 && heirs.count == 1 && !isMember
        let sentence = Sentence(
            isOne ? .perhapsRenamed : .perhapsRenamedSome, names(of: heirs), names(of: former))
        tell(heirs.first { signs.births[$0] != nil } ?? heirs[0], signs, sentence)
    }

    private mutating func tell(_ heir: Int, _ signs: RenameSigns, _ sentence: Sentence) {
        let subject = signs.births[heir].map { drafts[$0].step.subject } ?? makeCase(heir).subject
        findings.append(Finding(.notice, subject, rule: "perhapsRenamed", sentence))
    }
}

/// Servers that leave, by what a new one may have of them.
private struct Leavers {
    private struct Name: Hashable {
        var cluster: Int
        var server: ServerName
    }

    private struct Kind: Hashable {
        var cluster: Int
        var type: GuestType
    }

    private var byFormerName: [Name: [Int]] = [:]
    private var byKind: [Kind: [Int]] = [:]

    init(_ leaving: [(position: Int, row: RecordedServer)], in view: FleetView) {
        for (position, row) in leaving {
            let cluster = view.servers[position].cluster
            byKind[Kind(cluster: cluster, type: row.type), default: []].append(position)
            for name in row.formerNames ?? [] {
                byFormerName[Name(cluster: cluster, server: name), default: []].append(position)
            }
        }
    }

    func formerly(_ name: ServerName, in cluster: Int) -> [Int] {
        byFormerName[Name(cluster: cluster, server: name)] ?? []
    }

    func all(_ type: GuestType, in cluster: Int) -> [Int] { byKind[Kind(cluster: cluster, type: type)] ?? [] }
}

/// What is found of renames as they are looked for.
private struct RenameSigns {
    /// The drafts of ends and of births, by the servers that they are about.
    var ends: [Int: Int] = [:]
    var births: [Int: Int] = [:]
    /// New servers of which it was said already.
    var hinted: Set<Int> = []
    /// What may be the same, by the drafts of births and of lettings go: by each sign some, ascending. They share what
    /// they have in common, which may be most of the fleet.
    var former: [Int: [[Int]]] = [:]
    var heirs: [Int: [[Int]]] = [:]
}

extension DraftStep {
    /// Whether something is in its way that neither time nor a person's yes takes away.
    fileprivate var isHeldBack: Bool {
        guard case .blocked? = obstacle else { return false }
        return true
    }
}

/// What two servers share where they may be one.
private struct RenameSign: Hashable {
    enum Matter { case likeness, address }

    private let cluster: Int
    private let type: GuestType
    private let shape: [Int]
    private let addresses: [String?]

    /// Of likeness one; of addresses one for each that is static, whatever else has changed.
    static func all(
        _ matter: Matter, _ type: GuestType, _ settings: GuestSettings, in cluster: Int
    ) -> [RenameSign] {
        let addresses = settings.networks.map(\.address)
        switch matter {
        case .likeness:
            let shape = [settings.cores, settings.sockets, settings.memory] + settings.disks.map(\.size)
            return [RenameSign(cluster: cluster, type: type, shape: shape, addresses: addresses)]
        case .address:
            return addresses.compactMap { $0 }.filter { $0 != "dhcp" }
                .map { RenameSign(cluster: cluster, type: type, shape: [], addresses: [$0]) }
        }
    }
}
