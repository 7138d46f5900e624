import Model

/// Renames that nobody declared, as far as they show: servers that end while others are created that are declared alike,
/// or with their addresses.
extension FleetPlanner {
    /// They may be the same under new names, whatever the policy allows: such an end waits for a person, and the plan says
    /// how it would be none. So does the birth where the policy lets the end go by itself: once the new server is there,
    /// nothing would tell the end from any other.
    mutating func holdPerhapsRenamed() {
        let ends = drafts.indices.filter { drafts[$0].phase == .destroys && drafts[$0].server != nil }
        if ends.isEmpty { return }
        let births = drafts.indices.filter { index in
            if case .create = drafts[index].step.action { drafts[index].server != nil } else { false }
        }
        if births.isEmpty { return }
        var hinted: Set<Int> = []
        for sign in [RenameSign.Matter.likeness, .address] {
            let ending = grouped(ends, by: sign)
            let born = grouped(births.filter { !hinted.contains($0) }, by: sign)
            for (sign, heirs) in born.sorted(by: { $0.value[0] < $1.value[0] }) {
                guard let former = ending[sign] else { continue }
                for end in former { drafts[end].isPerhapsRenamed = true }
                if former.contains(where: { isFree($0) }) { for heir in heirs { drafts[heir].isPerhapsRenamed = true } }
                if hinted.isDisjoint(with: heirs) { hint(former, heirs) }
                hinted.formUnion(heirs)
            }
        }
    }

    private mutating func isFree(_ end: Int) -> Bool {
        drafts[end].server.map { policy(for: $0).apply == .auto } ?? false
    }

    private func grouped(_ indices: [Int], by matter: RenameSign.Matter) -> [RenameSign: [Int]] {
        var groups: [RenameSign: [Int]] = [:]
        for index in indices {
            guard let cluster = drafts[index].cluster, let configuration = configuration(of: drafts[index]) else {
                continue
            }
            for sign in RenameSign.all(matter, configuration, in: cluster) {
                groups[sign, default: []].append(index)
            }
        }
        return groups
    }

    /// What a server is born as, or what it was by its entry.
    private func configuration(of draft: DraftStep) -> ServerConfiguration? {
        if case .create(let creation) = draft.step.action { return creation.configuration }
        return draft.server.flatMap { entry(of: view.servers[$0]) }
    }

    private mutating func hint(_ former: [Int], _ heirs: [Int]) {
        let old = former.map { drafts[$0].name(in: view) }
        let new = heirs.map { drafts[$0].name(in: view) }
        let isMember = heirs.contains { heir in
            drafts[heir].server.flatMap { view.servers[$0].declared }.map { input.desired.servers[$0].set != nil }
                ?? false
        }
        let isOne = old.count == 1 && new.count == 1 && !isMember
        findings.append(
            Finding(
                .notice, drafts[heirs[0]].step.subject, rule: "perhapsRenamed",
                Sentence(
                    isOne ? .perhapsRenamed : .perhapsRenamedSome, new.joined(separator: ", "),
                    old.joined(separator: ", "))))
    }
}

extension DraftStep {
    fileprivate func name(in view: FleetView) -> String { server.map { view.servers[$0].name.text } ?? "" }
}

/// What two servers share where they may be one.
private struct RenameSign: Hashable {
    enum Matter { case likeness, address }

    private let cluster: Int
    private let type: GuestType
    private let shape: [Int]
    private let addresses: [String?]

    /// Of likeness one; of addresses one for each that is static, whatever else has changed.
    static func all(_ matter: Matter, _ configuration: ServerConfiguration, in cluster: Int) -> [RenameSign] {
        let settings = configuration.settings
        let type = configuration.birth.type
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
