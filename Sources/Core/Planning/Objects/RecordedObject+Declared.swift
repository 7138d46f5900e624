import Model

extension RecordedObject {
    /// A role as the registry keeps it.
    package init(_ role: Role) {
        var fields = FieldList(role.metadata)
        fields.add("spec.description", role.description)
        fields.add("spec.tags", role.tags)
        fields.add("spec.firewallGroup", role.firewallGroup)
        fields.add("spec.ansible.playbook", role.ansible?.playbook)
        fields.add("spec.ansible.roles", role.ansible?.roles ?? [])
        for variable in role.ansible?.variables ?? [] {
            fields.add("spec.ansible.variables.\(variable.key)", variable.value)
        }
        for service in role.services { fields.add("spec.services[\(service.name)].port", String(service.port)) }
        if let selector = role.appliesTo { fields.add("spec.appliesTo", selector) }
        fields.add(FieldList.maxUnavailable, role.maxUnavailable?.text)
        fields.add("spec.conflictsWith", role.conflictsWith.map(\.key).sorted())
        self.init(
            name: ObjectName(.role, role.name.key), displayedName: role.name.text, fields: fields.sorted,
            references: role.conflictsWith.map { ObjectName(.role, $0.key) }.sorted())
    }

    /// A database server as the registry keeps it; its password only as a reference.
    package init(_ server: DatabaseServer) {
        var fields = FieldList(server.metadata)
        fields.add("spec.engine", server.engine.rawValue)
        fields.add("spec.host", server.host)
        fields.add("spec.port", String(server.port))
        fields.add("spec.defaultDatabase", server.defaultDatabase)
        fields.add("spec.username", server.username)
        fields.add("spec.passwordFrom", server.password?.text)
        fields.add("spec.description", server.description)
        fields.add("spec.dataPath", server.dataPath)
        fields.add("spec.logPath", server.logPath)
        fields.add("spec.tls.mode", server.tls.mode.rawValue)
        fields.add("spec.tls.caFile", server.tls.caFile)
        fields.add("spec.tls.trustServerCertificate", String(server.tls.trustServerCertificate))
        fields.add("spec.timeout", "\(server.timeout.wholeMilliseconds)ms")
        fields.add("spec.probe.interval", "\(server.probe.interval.wholeMilliseconds)ms")
        fields.add("spec.probe.query", server.probe.query)
        fields.add("spec.runsOn", server.runsOn?.key)
        fields.add("spec.driver", server.driver)
        fields.add("spec.active", String(server.active))
        self.init(
            name: ObjectName(.databaseServer, server.name.key), displayedName: server.name.text, fields: fields.sorted,
            references: server.runsOn.map { [ObjectName(.server, $0.key)] } ?? [])
    }

    package init(_ database: Database) {
        var fields = FieldList(database.metadata)
        fields.add("spec.server", database.server.key)
        fields.add("spec.databaseName", database.databaseName)
        fields.add("spec.username", database.username)
        fields.add("spec.company.code", database.company?.code)
        fields.add("spec.company.name", database.company?.name)
        fields.add("spec.company.registrationNumber", database.company?.registrationNumber)
        fields.add("spec.ensure", database.ensure.rawValue)
        self.init(
            name: ObjectName(.database, database.name.key), displayedName: database.name.text, fields: fields.sorted,
            references: [ObjectName(.databaseServer, database.server.key)])
    }

    package init(_ fleet: SimulatedFleet) {
        var fields = FieldList(fleet.metadata)
        fields.add("spec.preset", fleet.preset)
        fields.add("spec.seed", String(fleet.seed))
        fields.add("spec.clock.speed", String(fleet.clockSpeed))
        fields.add("spec.metrics.interval", "\(fleet.metricsInterval.wholeMilliseconds)ms")
        fields.add("spec.metrics.history", "\(fleet.metricsHistory.wholeMilliseconds)ms")
        fields.add("spec.clusterRef", fleet.cluster?.key)
        for (position, group) in fleet.servers.enumerated() { fields.add("spec.servers[\(position)]", group) }
        for (position, wave) in fleet.pace.enumerated() {
            let span = "\(wave.from.wholeMilliseconds)ms–\(wave.to.wholeMilliseconds)ms"
            fields.add("spec.pace[\(position)]", "\(wave.servers) in \(span)")
        }
        for (position, incident) in fleet.scenario.enumerated() {
            let path = "spec.scenario[\(position)]"
            fields.add("\(path).at", "\(incident.at.wholeMilliseconds)ms")
            fields.add("\(path).for", "\(incident.lasts.wholeMilliseconds)ms")
            fields.add("\(path).effect", incident.effect)
            fields.add("\(path).selector", incident.selector)
        }
        self.init(
            name: ObjectName(.simulatedFleet, fleet.name.key), displayedName: fleet.name.text, fields: fields.sorted,
            references: fleet.cluster.map { [ObjectName(.cluster, $0.key)] } ?? [])
    }
}

extension Role {
    /// As much of a registered role as its servers have of it: its tags. Nil for other objects.
    init?(recorded object: RecordedObject) {
        guard object.name.kind == .role else { return nil }
        self.init(name: RoleName(object.displayedName))
        tags = object.fields.filter { $0.path.hasPrefix("spec.tags[") }.map(\.value)
        maxUnavailable = object.fields.first { $0.path == FieldList.maxUnavailable }
            .flatMap { Policy.Budget(text: $0.value) }
    }
}

extension RecordedObject {
    /// As they were registered: a policy that was over the object stays over it when its document is gone.
    var labels: [Metadata.Label] {
        fields.compactMap { field in
            guard field.path.hasPrefix(FieldList.labels) else { return nil }
            return Metadata.Label(String(field.path.dropFirst(FieldList.labels.count)), field.value)
        }
    }
}

/// Fields of a registered object, in the making.
private struct FieldList {
    static let labels = "metadata.labels."
    static let maxUnavailable = "spec.disruption.maxUnavailable"
    private var fields: [RecordedObject.Field] = []

    init(_ metadata: Metadata) {
        add("metadata.displayName", metadata.displayName)
        for label in metadata.labels { add(Self.labels + label.key, label.value) }
        for note in metadata.annotations { add("metadata.annotations.\(note.key)", note.value) }
    }

    var sorted: [RecordedObject.Field] { fields.sorted { ($0.path, $0.value) < ($1.path, $1.value) } }

    mutating func add(_ path: String, _ value: String?) {
        if let value { fields.append(.init(path, value)) }
    }

    mutating func add(_ path: String, _ values: [String]) {
        for (position, value) in values.enumerated() { add("\(path)[\(position)]", value) }
    }

    mutating func add(_ path: String, _ selector: Selector) {
        for label in selector.matchLabels { add("\(path).matchLabels.\(label.key)", label.value) }
        add("\(path).names", selector.names)
        add("\(path).roles", selector.roles.map(\.key))
    }

    mutating func add(_ path: String, _ group: SimulatedFleet.Group) {
        add("\(path).name", group.name)
        add("\(path).count", group.count.map(String.init))
        add("\(path).type", group.type)
        add("\(path).environment", group.environment)
        add("\(path).location", group.location)
        add("\(path).provider", group.provider)
        add("\(path).os", group.os)
        add("\(path).cores", String(group.cores))
        add("\(path).memory", group.memory.description)
        add("\(path).disk", group.disk.description)
        for service in group.services { add("\(path).services[\(service.name)].port", String(service.port)) }
        add("\(path).load.cpu", String(group.load.cpu))
        add("\(path).load.memory", String(group.load.memory))
        add("\(path).load.disk", String(group.load.disk))
        add("\(path).load.peakHours", group.load.peakHours.map(String.init))
        add("\(path).load.businessHours", String(group.load.businessHours))
        add("\(path).load.maintenanceHour", group.load.maintenanceHour.map(String.init))
        add("\(path).load.failureRate", String(group.load.failureRate))
    }
}

extension SecretReference {
    /// Where it comes from, never what it is.
    fileprivate var text: String {
        switch self {
        case .environment(let name): "env:\(name)"
        case .file(let path): "file:\(path)"
        case .stored(let name): "stored:\(name)"
        case .vault(let path, let key): "vault:\(path)#\(key)"
        }
    }
}
