import Model

/// What a server should be, and what of the declaration cannot be brought about.
struct Resolution {
    var configuration: ServerConfiguration
    var rebuilds: [AttributeChange] = []
    var ignored: [AttributeChange] = []
    var held: [HeldChange] = []
    /// Those of the rebuilds that are about what is set at a birth.
    var births: [BirthDifference] = []

    /// Without what the guest has nothing of and its birth was to give it.
    mutating func leaveOutAccountOfBirth() {
        let missing = Set(births.filter { $0.isByHand && $0.live?.isEmpty == true }.map(\.path))
        births.removeAll { missing.contains($0.path) }
        rebuilds.removeAll { missing.contains($0.path) }
    }
}

extension FleetPlanner {
    func defaults(of one: ServerCase) -> Cluster.Defaults? { view.clusters[one.cluster].declaration?.defaults }

    /// The operator's description with the mark below it.
    mutating func markedDescription(_ text: String?, _ stack: StackID, _ name: ServerName, _ id: String) -> String {
        var line = markPrefix(of: stack)
        line += name.text
        line += " "
        line += id
        guard let text, !text.isEmpty else { return line }
        return text + "\n\n" + line
    }

    private mutating func markPrefix(of stack: StackID) -> String {
        if let prefix = markPrefixes[stack] { return prefix }
        let prefix = "plumb: \(stack)/"
        markPrefixes[stack] = prefix
        return prefix
    }

    /// The configuration of a server whose guest exists. What was set at its birth stays as it was: the entry says it,
    /// or else the state; a difference from the declaration is a rebuild that nobody asked for.
    mutating func resolveExisting(_ one: ServerCase, _ server: Server, _ guest: ObservedGuest, markID: String)
        -> Resolution
    {
        let defaults = defaults(of: one)
        let description = markedDescription(server.description, one.stack, one.name, markID)
        var settings = resolver.settings(of: server, defaults: defaults, description: description)
        let paths = policies.ignoredPaths(of: server)
        var rebuilds: [AttributeChange] = []
        var ignored: [AttributeChange] = []
        if let reference = one.referenceSettings,
            !paths.isEmpty || !settings.agrees(with: reference, type: guest.type)
                || settings.disks.contains(where: \.datastore.isEmpty)
        {
            let reconciled = Reconciled(settings, reference: reference, type: guest.type, ignoring: paths)
            settings = reconciled.settings
            rebuilds = reconciled.rebuilds
            ignored = reconciled.ignored
        }
        keepUndeclared(in: &settings, of: one)
        rebuilds += takeOutUnknownDisks(of: &settings, one)
        let held = holdRefused(&settings, one)
        settings.keepOptions(of: one.liveSettings ?? one.entry?.settings)
        let isNewborn = isUnfinishedBirth(one, guest)
        // What was kept at the adoption is in the entry. Where that is lost the guest says what it is, as it did then; of
        // one whose birth broke off that is what its template is.
        let isKept = one.resource != nil && one.entry != nil
        settings.options = isKept ? one.entry?.settings.options : isNewborn ? nil : one.detail?.options
        let declared = ServerConfiguration.Birth.declared(
            server, defaults: defaults, node: guest.node, vmid: guest.vmid)
        var birth = self.birth(of: one, guest, declared)
        let account = isNewborn ? nil : knownAccount(one, birth)
        if isNewborn {
            birth.takeAccount(of: declared)
        } else {
            birth.follow(account, where: declared)
            if one.lacksCloudInit, one.entry == nil || birth.isFromNoTemplate { birth.forgetAccount() }
        }
        let leftAlone = paths.map(IgnoredPath.init)
        let isLeft = { (difference: BirthDifference) in
            leftAlone.contains { $0.covers(SettingPath(difference.path), position: nil) }
        }
        let differences = birthDifferences(declared, birth, account, one, server)
        ignored += differences.filter(isLeft).map(\.change)
        let births = differences.filter { !isLeft($0) }
        rebuilds += births.map(\.change)
        return Resolution(
            configuration: ServerConfiguration(birth: birth, settings: settings), rebuilds: rebuilds, ignored: ignored,
            held: held, births: births)
    }

    private mutating func birthDifferences(
        _ declared: ServerConfiguration.Birth, _ birth: ServerConfiguration.Birth,
        _ account: GuestConfiguration.Account?, _ one: ServerCase, _ server: Server
    ) -> [BirthDifference] {
        var found: [BirthDifference] = []
        func compare(_ path: String, _ recorded: String?, _ declared: String?, live: String? = nil) {
            if recorded != declared || (live != nil && live != declared) {
                found.append(BirthDifference(path: path, declared: declared, recorded: recorded, live: live))
            }
        }
        compare("type", birth.type.rawValue, declared.type.rawValue, live: birth.type.rawValue)
        if let vmid = server.vmid {
            compare("vmid", birth.vmid.description, vmid.description, live: birth.vmid.description)
        }
        guard one.entry != nil || recordedBirth(of: one) != nil else { return found }
        // What a cluster says of all its servers is no wish to build one anew that somebody else made.
        if server.cloudInit != nil || !birth.isOfUnknownMake {
            let user = declared.user == nil ? nil : account.map { $0.user ?? "" }
            compare("cloudInit.user", birth.user, declared.user, live: user)
            compare("cloudInit.passwordFrom", birth.passwordSecret, declared.passwordSecret)
            let keys = declared.sshKeys.isEmpty ? nil : account.map { $0.sshKeys.joined(separator: "\n") }
            compare(
                "cloudInit.sshKeys", birth.sshKeys.joined(separator: "\n"), declared.sshKeys.joined(separator: "\n"),
                live: keys)
        }
        let reference = server.template ?? defaults(of: one)?.template
        switch templates.resolve(reference, server, birth.template?.node ?? birth.node, view.clusters[one.cluster]) {
        // An adopted guest has no template on record, and a template that is gone changes nothing for who came from it.
        case .failed: break
        case .none:
            if birth.template != nil || birth.templateFile != nil { compare("template", birth.templateText, nil) }
        case .guest(let template):
            if let known = birth.template, known.vmid != template.vmid {
                compare("template", known.vmid.description, template.vmid.description)
            }
        case .file(let file):
            if let known = birth.templateFile, known != file { compare("template", known, file) }
        }
        return found
    }

    /// The configuration of a server that is to be made; or why it cannot be.
    mutating func resolveNew(_ one: ServerCase, _ server: Server, vmid: VMID, markID: String) -> Result<
        Resolution, Obstacle
    > {
        let cluster = view.clusters[one.cluster]
        let defaults = defaults(of: one)
        let reference = server.template ?? defaults?.template
        let wished = server.node ?? defaults?.node
        let template = templates.resolve(reference, server, wished, cluster)
        if case .failed(let sentence) = template { return .failure(Obstacle(sentence)) }
        if server.type == .container, case .none = template {
            return .failure(Obstacle(Sentence(.noTemplateFile, one.name.text)))
        }
        var node = wished
        if node == nil, case .guest(let guest) = template { node = guest.node }
        guard let node = node ?? hashedNode(for: one.name, in: cluster) else {
            return .failure(Obstacle(Sentence(.noNode, one.name.text, cluster.name.text)))
        }
        guard let observed = cluster.node(node) else {
            return .failure(Obstacle(Sentence(.nodeUnknown, one.name.text, node.text, cluster.name.text)))
        }
        guard observed.isOnline else {
            return .failure(Obstacle(Sentence(.nodeOffline, one.name.text, node.text), waits: true))
        }
        let description = markedDescription(server.description, one.stack, one.name, markID)
        var settings = resolver.settings(of: server, defaults: defaults, description: description)
        // A guest that is made anew has what it had, as far as its entry still says so.
        settings.keepOptions(of: one.entry?.settings)
        settings.options = one.entry?.settings.options
        if settings.disks.contains(where: \.datastore.isEmpty) {
            return .failure(Obstacle(Sentence(.noDatastore, one.name.text, cluster.name.text)))
        }
        var birth = ServerConfiguration.Birth.declared(server, defaults: defaults, node: observed.name, vmid: vmid)
        birth.take(template)
        return .success(Resolution(configuration: ServerConfiguration(birth: birth, settings: settings)))
    }

    /// Where nothing names a node, the server's name does: stable, whatever else comes and goes.
    private func hashedNode(for name: ServerName, in cluster: ClusterView) -> NodeName? {
        let online = (cluster.inventory?.nodes ?? []).filter(\.isOnline).map(\.name).sorted()
        guard !online.isEmpty else { return nil }
        return online[Int(StableHash.of(name.key) % UInt64(online.count))]
    }
}

/// Why a server cannot be made now.
struct Obstacle: Error {
    let sentence: Sentence
    /// Whether it passes by itself.
    let waits: Bool

    init(_ sentence: Sentence, waits: Bool = false) {
        self.sentence = sentence
        self.waits = waits
    }
}

extension ServerConfiguration.Birth {
    fileprivate var templateText: String? { templateFile ?? template?.vmid.description }
}

/// Remembers templates that were looked up: thousands of servers share a few.
struct TemplateBook {
    private struct Key: Hashable {
        let cluster: ClusterName
        let reference: TemplateReference
        let type: GuestType
        let node: NodeName?
    }

    private var known: [Key: TemplateResolution] = [:]
    private var latest: (key: Key, resolution: TemplateResolution)?

    mutating func resolve(
        _ reference: TemplateReference?, _ server: Server, _ node: NodeName?, _ cluster: ClusterView
    ) -> TemplateResolution {
        guard let reference else { return .none }
        return resolve(reference, server.type, node, in: cluster.name) {
            cluster.resolve(reference, for: server, on: node)
        }
    }

    /// - Parameter found: looks for it where it was not asked for before.
    mutating func resolve(
        _ reference: TemplateReference, _ type: GuestType, _ node: NodeName?, in cluster: ClusterName,
        found: () -> TemplateResolution
    ) -> TemplateResolution {
        let key = Key(cluster: cluster, reference: reference, type: type, node: node)
        if let latest, latest.key == key { return latest.resolution }
        if let resolution = known[key] { return resolution }
        let resolution = found()
        // A failure names the server, so it is not shared.
        if case .failed = resolution { return resolution }
        known[key] = resolution
        latest = (key, resolution)
        return resolution
    }
}
