import Model

extension FleetPlanner {
    /// Registers, updates and unregisters what needs no Proxmox.
    mutating func planObjects() {
        guard targets == nil else { return }
        let declared = declaredObjects().sorted { $0.name < $1.name }
        let recorded = Dictionary(input.recorded.objects.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = Set(declared.map(\.name))
        let renamed = renamedObjects(names, recorded)
        for object in declared where broken?.claims.contains(object.name) != true {
            if let former = renamed[object.name], let known = recorded[former] {
                rename(object, known)
            } else {
                register(object, recorded[object.name])
            }
        }
        let former = Set(renamed.values)
        for object in removalOrder(
            input.recorded.objects.filter { !names.contains($0.name) && !former.contains($0.name) })
        {
            unregister(object, names)
        }
    }

    private func declaredObjects() -> [RecordedObject] {
        let desired = input.desired
        return desired.roles.map(RecordedObject.init) + desired.databaseServers.map(RecordedObject.init)
            + desired.databases.map(RecordedObject.init) + desired.fleets.map(RecordedObject.init)
    }

    /// Objects whose registration is still by the name that they had before. Where both names are registered, or two
    /// objects had one name, or a document that cannot be read may declare it, each is what its own document says. So
    /// it is with a role that servers without a document had by its former name: by the new one it would bound none.
    private func renamedObjects(
        _ declared: Set<ObjectName>, _ recorded: [ObjectName: RecordedObject]
    ) -> [ObjectName: ObjectName] {
        guard broken == nil else { return [:] }
        var heirs: [ObjectName: [ObjectName]] = [:]
        for (name, text) in formerNamesOfObjects {
            let former = ObjectName(name.kind, text.lowercased())
            guard !declared.contains(former), recorded[former] != nil, recorded[name] == nil,
                leavingServers(with: former).isEmpty
            else { continue }
            heirs[former, default: []].append(name)
        }
        var renamed: [ObjectName: ObjectName] = [:]
        for (former, names) in heirs where names.count == 1 { renamed[names[0]] = former }
        return renamed
    }

    private var formerNamesOfObjects: [(name: ObjectName, former: String)] {
        let desired = input.desired
        let all: [(ObjectName, String?)] =
            desired.roles.map { (ObjectName(.role, $0.name.key), $0.metadata.formerName) }
            + desired.databaseServers.map { (ObjectName(.databaseServer, $0.name.key), $0.metadata.formerName) }
            + desired.databases.map { (ObjectName(.database, $0.name.key), $0.metadata.formerName) }
            + desired.fleets.map { (ObjectName(.simulatedFleet, $0.name.key), $0.metadata.formerName) }
        return all.compactMap { name, former in former.map { (name, $0) } }
    }

    private mutating func rename(_ object: RecordedObject, _ known: RecordedObject) {
        var step = Step(
            subject: .object(object.name), action: .rename(.object(from: known.name, object)), rule: "renameObject",
            reason: Sentence(.renameObject, object.name.description, known.name.description))
        var facts = StepFacts()
        for field in object.fields { facts.add(.desired, field.path, field.value) }
        facts.add(.record, "formerName", known.name.key)
        step.facts = facts.sorted
        step.changes = Self.changes(known, object)
        drafts.append(DraftStep(step: step, phase: .registrations, consequence: .harmless))
    }

    private mutating func register(_ object: RecordedObject, _ known: RecordedObject?) {
        guard object != known else { return }
        var step = Step(
            subject: .object(object.name), action: known == nil ? .register(object) : .updateRegistration(object),
            rule: known == nil ? "register" : "reregister",
            reason: Sentence(known == nil ? .register : .reregister, object.name.description))
        var facts = StepFacts()
        for field in object.fields { facts.add(.desired, field.path, field.value) }
        facts.add(.record, "isRegistered", String(known != nil))
        step.facts = facts.sorted
        if let known { step.changes = Self.changes(known, object) }
        drafts.append(DraftStep(step: step, phase: .registrations, consequence: .harmless))
    }

    private static func changes(_ old: RecordedObject, _ new: RecordedObject) -> [AttributeChange] {
        let before = Dictionary(old.fields.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.fields.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
        return Set(before.keys).union(after.keys).sorted().compactMap { path in
            before[path] == after[path] ? nil : AttributeChange(path: path, before: before[path], after: after[path])
        }
    }

    /// Databases before their servers, and those before roles.
    private func removalOrder(_ objects: [RecordedObject]) -> [RecordedObject] {
        func rank(_ kind: Kind) -> Int {
            switch kind {
            case .database: 0
            case .databaseServer: 1
            case .simulatedFleet: 2
            case .role, .cluster, .server, .serverSet, .policy: 3
            }
        }
        return objects.sorted { (rank($0.name.kind), $0.name) < (rank($1.name.kind), $1.name) }
    }

    private mutating func unregister(_ object: RecordedObject, _ declared: Set<ObjectName>) {
        guard broken?.claims.contains(object.name) != true else {
            findings.append(
                Finding(
                    .blocked, .object(object.name), rule: "claimed",
                    Sentence(.claimed, object.name.description, brokenDocuments)))
            return
        }
        var step = Step(
            subject: .object(object.name), action: .unregister(object.name), rule: "unregister",
            reason: Sentence(.unregister, object.name.description))
        var facts = StepFacts()
        facts.add(.desired, "isDeclared", "false")
        facts.add(.record, "isRegistered", "true")
        step.facts = facts.sorted
        let undeclared = input.recorded.objects.filter {
            !declared.contains($0.name) && $0.references.contains(object.name)
        }
        // What a broken document names stays as it is, and so still needs what it refers to.
        let staying = undeclared.filter { broken?.claims.contains($0.name) == true }
        let (ends, remaining) = endsOfServers(with: object.name)
        let users = (users(of: object.name) + staying.map(\.name) + remaining).sorted()
        // What goes in the same plan goes first. Of roles that exclude each other none needs another.
        let leaving = undeclared.filter { broken?.claims.contains($0.name) != true && $0.name.kind != .role }
        step.after =
            (leaving.map { StepID(rawValue: "\(Action.Verb.unregister.rawValue) \($0.name)") } + ends).sorted()
        var obstacle: Disposition?
        if !users.isEmpty {
            let list = users.map(\.description).joined(separator: ", ")
            let code: PlanCode = object.name.kind == .databaseServer ? .hasDatabases : .inUse
            obstacle = .blocked(Sentence(code, object.name.description, String(users.count), list))
        }
        drafts.append(
            DraftStep(
                step: step, phase: ends.isEmpty ? .registrations : .retirements, consequence: .harmless,
                isRemoval: true, obstacle: obstacle))
    }

    /// Servers without a document that had a role at their last apply, by position: it bounds how many of them go
    /// together, for as long as they have a row.
    private func leavingServers(with role: ObjectName) -> [Int] {
        guard role.kind == .role else { return [] }
        return view.servers.indices.filter { position in
            guard view.servers[position].declared == nil, let recorded = view.servers[position].recorded else {
                return false
            }
            return input.recorded.servers[recorded].roles.contains { ObjectName(.role, $0.key) == role }
        }
    }

    /// How the servers of a role go that have no document any more.
    ///
    /// - Returns: the steps of this plan that take them away, and those that none does.
    private func endsOfServers(with role: ObjectName) -> (steps: [StepID], remaining: [ObjectName]) {
        let leaving = leavingServers(with: role)
        if leaving.isEmpty { return ([], []) }
        let ends = Dictionary(grouping: drafts.filter { $0.step.action.takesServerAway }, by: \.server)
        let steps = leaving.flatMap { (ends[$0] ?? []).map(\.step.id) }
        let remaining = leaving.filter { ends[$0] == nil }
        return (steps, remaining.map { ObjectName(.server, view.servers[$0].name.key) })
    }

    /// What is declared and still refers to an object that is not.
    private func users(of name: ObjectName) -> [ObjectName] {
        var users = declaredObjects().filter { $0.references.contains(name) }.map(\.name)
        if name.kind == .role {
            users += input.desired.servers.filter { $0.roles.contains { ObjectName(.role, $0.key) == name } }
                .map { ObjectName(.server, $0.name.key) }
        }
        return users.sorted()
    }

    /// A server stays while a declared database server runs on it or a server depends on it that is declared, or stays
    /// without a document.
    mutating func guardHosts() {
        var dependents: [ServerName: [ObjectName]] = [:]
        for server in input.desired.servers {
            for needed in server.dependsOn {
                dependents[needed, default: []].append(ObjectName(.server, server.name.key))
            }
        }
        for (needed, dependent) in needsOfStayingServers() { dependents[needed, default: []].append(dependent) }
        let referring = declaredObjects() + stayingObjects()
        for index in drafts.indices where drafts[index].step.action.takesServerAway {
            guard let server = drafts[index].server, view.servers[server].declared == nil else { continue }
            let name = ObjectName(.server, view.servers[server].name.key)
            let hosted = referring.filter { $0.references.contains(name) }.map(\.name).sorted()
            let needing = dependents[view.servers[server].name] ?? []
            if !hosted.isEmpty || !needing.isEmpty {
                let (code, users): (PlanCode, [ObjectName]) =
                    hosted.isEmpty ? (.inUse, needing.sorted()) : (.hostsDatabaseServer, hosted)
                let subject = hosted.isEmpty ? name.description : view.servers[server].name.text
                let list = users.map(\.description).joined(separator: ", ")
                drafts[index].obstacle = .blocked(Sentence(code, subject, String(users.count), list))
                continue
            }
            for object in input.recorded.objects where object.references.contains(name) {
                guard let before = drafts.first(where: { $0.step.subject == .object(object.name) }) else { continue }
                drafts[index].step.after.append(before.step.id)
                // What follows an unregistration comes after it in the plan too.
                if drafts[index].phase < .registrations { drafts[index].phase = .retirements }
            }
        }
    }

    /// What servers need that have no document any more and that nothing in this plan takes away.
    private func needsOfStayingServers() -> [(needed: ServerName, dependent: ObjectName)] {
        let leaving = Set(drafts.filter { $0.step.action.takesServerAway }.compactMap(\.server))
        if leaving.isEmpty { return [] }
        var needs: [(needed: ServerName, dependent: ObjectName)] = []
        for position in view.servers.indices where !leaving.contains(position) {
            let known = view.servers[position]
            guard known.declared == nil, let recorded = known.recorded else { continue }
            let dependent = ObjectName(.server, known.name.key)
            needs += (input.recorded.servers[recorded].dependsOn ?? []).map { (needed: $0, dependent: dependent) }
        }
        return needs
    }

    /// Registered objects whose removal is held up, and so still need what they refer to.
    private func stayingObjects() -> [RecordedObject] {
        let blocked = Set(drafts.filter { $0.obstacle != nil }.map(\.step.id))
        return input.recorded.objects.filter {
            blocked.contains(StepID(rawValue: "\(Action.Verb.unregister.rawValue) \($0.name)"))
        }
    }

    /// Labels of declared objects, by which policies select.
    var objectLabels: [ObjectName: [Metadata.Label]] {
        var labels: [ObjectName: [Metadata.Label]] = [:]
        for role in input.desired.roles { labels[ObjectName(.role, role.name.key)] = role.metadata.labels }
        for server in input.desired.databaseServers {
            labels[ObjectName(.databaseServer, server.name.key)] = server.metadata.labels
        }
        for database in input.desired.databases {
            labels[ObjectName(.database, database.name.key)] = database.metadata.labels
        }
        for fleet in input.desired.fleets {
            labels[ObjectName(.simulatedFleet, fleet.name.key)] = fleet.metadata.labels
        }
        return labels
    }
}

extension Action {
    var takesServerAway: Bool {
        switch self {
        case .destroy, .forget, .retire: true
        case .create, .recreate, .update, .adopt, .untaint, .move, .rename, .power, .restart, .rebuild, .repairEntry,
            .record, .register,
            .updateRegistration, .unregister:
            false
        }
    }
}
