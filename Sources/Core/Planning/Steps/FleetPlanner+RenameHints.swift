import Model

/// Renames that nobody declared, as far as they show: servers that end while others are new that are declared alike, or
/// with their addresses.
extension FleetPlanner {
    /// They may be the same under new names, whatever the policy allows: such an end waits for a person, and the plan says
    /// how it would be none. So does the birth where the policy lets the end go by itself: once the new server is there,
    /// nothing would tell the end from any other. Either counts where the other may not happen now.
    mutating func holdPerhapsRenamed() {
        let ends = view.servers.indices.filter { endsByDocument($0) }
        if ends.isEmpty { return }
        let heirs = view.servers.indices.filter { isNewAndFull($0) }
        if heirs.isEmpty { return }
        let (dying, born) = draftsOfEndsAndBirths()
        var hinted: Set<Int> = []
        for matter in [RenameSign.Matter.likeness, .address] {
            let former = grouped(ends, by: matter)
            let pairs = grouped(heirs, by: matter).compactMap { sign, heirs in
                former[sign].map { (heirs: heirs, former: $0) }
            }
            for (heirs, former) in pairs.sorted(by: { ($0.heirs[0], $0.former[0]) < ($1.heirs[0], $1.former[0]) }) {
                for end in former.compactMap({ dying[$0] }) { drafts[end].isPerhapsRenamed = true }
                let births = heirs.compactMap { born[$0] }
                let names = former.map { view.servers[$0].name }
                for birth in births {
                    let known = drafts[birth].step.perhapsFormerly ?? []
                    drafts[birth].step.perhapsFormerly = Set(known + names).sorted()
                }
                if former.contains(where: { policy(for: $0).apply == .auto }) {
                    for birth in births { drafts[birth].isPerhapsRenamed = true }
                }
                // A birth that cannot be planned now, or that broke off, is no less a sign while the end may come about.
                let mayEnd = former.contains { dying[$0].map { !drafts[$0].isHeldBack } ?? false }
                if !births.isEmpty || mayEnd, hinted.isDisjoint(with: heirs) { hint(former, heirs, births.first) }
                hinted.formUnion(heirs)
            }
        }
    }

    /// Whether no document declares a server any more whose guest ends by that, now or when it can. One that a document with
    /// a mistake names ends by nothing.
    private func endsByDocument(_ position: Int) -> Bool {
        let known = view.servers[position]
        if let broken, broken.claims.contains(ObjectName(.server, known.name.key)) { return false }
        guard known.declared == nil, let row = known.recorded.map({ input.recorded.servers[$0] }) else { return false }
        return row.manage == .full && row.onRemove == .destroy
    }

    private func isNewAndFull(_ position: Int) -> Bool {
        guard isNew(position), let declared = view.servers[position].declared else { return false }
        return input.desired.servers[declared].manage == .full
    }

    /// By the servers that they are about.
    private func draftsOfEndsAndBirths() -> (ends: [Int: Int], births: [Int: Int]) {
        var (ends, births): ([Int: Int], [Int: Int]) = ([:], [:])
        for index in drafts.indices {
            guard let server = drafts[index].server else { continue }
            if drafts[index].phase == .destroys { ends[server] = index }
            if case .create = drafts[index].step.action { births[server] = index }
        }
        return (ends, births)
    }

    private func grouped(_ positions: [Int], by matter: RenameSign.Matter) -> [RenameSign: [Int]] {
        var groups: [RenameSign: [Int]] = [:]
        for position in positions {
            guard let (type, settings) = shape(of: position) else { continue }
            for sign in RenameSign.all(matter, type, settings, in: view.servers[position].cluster) {
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

    /// - Parameter birth: the draft of one of the heirs' births; nil: none is planned.
    private mutating func hint(_ former: [Int], _ heirs: [Int], _ birth: Int?) {
        let subject: Subject
        if let birth { subject = drafts[birth].step.subject } else { subject = makeCase(heirs[0]).subject }
        let isMember = heirs.contains { heir in
            view.servers[heir].declared.map { input.desired.servers[$0].set != nil } ?? false
        }
        let isOne = former.count == 1 && heirs.count == 1 && !isMember
        let all = view.servers
        let names = { (positions: [Int]) in positions.map { all[$0].name.text }.joined(separator: ", ") }
        findings.append(
            Finding(
                .notice, subject, rule: "perhapsRenamed",
                Sentence(isOne ? .perhapsRenamed : .perhapsRenamedSome, names(heirs), names(former))))
    }
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
