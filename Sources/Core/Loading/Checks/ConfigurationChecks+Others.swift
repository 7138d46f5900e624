import Model

extension ConfigurationChecks {
    mutating func checkOthers() {
        checkRoleReferences()
        checkDatabases()
        for (position, fleet) in draft.fleets.values.enumerated() {
            guard let name = fleet.cluster else { continue }
            let span = span(draft.fleets.places[position], "spec.clusterRef")
            guard check(name, is: .cluster, in: draft.fleets.places[position], "spec.clusterRef") else {
                draft.fleets.refused.insert(position)
                continue
            }
            guard let index = names[.cluster]?[name.key], case .proxmox = draft.clusters.values[Int(index)].source
            else {
                continue
            }
            draft.fleets.refused.insert(position)
            report("fleet.realCluster", [fleet.name.text, name.text], at: span)
        }
        for (position, policy) in draft.policies.values.enumerated() {
            let rules = policy.ignore.enumerated().map {
                ("spec.ignore[\($0.offset)].selector.roles", $0.element.selector)
            }
            for (field, selector) in [("spec.selector.roles", policy.selector)] + rules {
                for (index, role) in selector.roles.enumerated() {
                    let place = draft.policies.places[position]
                    if !check(role, is: .role, in: place, "\(field)[\(index)]") {
                        draft.policies.refused.insert(position)
                    }
                }
            }
        }
    }

    private mutating func checkRoleReferences() {
        for (position, role) in draft.roles.values.enumerated() {
            let place = draft.roles.places[position]
            for (index, other) in role.conflictsWith.enumerated() {
                let field = "spec.conflictsWith[\(index)]"
                if other == role.name {
                    draft.roles.refused.insert(position)
                    report("reference.itself", [other.text], at: span(place, field))
                } else if !check(other, is: .role, in: place, field, mayStay: true) {
                    draft.roles.refused.insert(position)
                }
            }
            for (index, other) in (role.appliesTo?.roles ?? []).enumerated() {
                if !check(other, is: .role, in: place, "spec.appliesTo.roles[\(index)]") {
                    draft.roles.refused.insert(position)
                }
            }
        }
        guard !draft.roles.refused.isEmpty else { return }
        let refused = Set(draft.roles.refused.map { draft.roles.values[$0].name })
        for (position, server) in draft.servers.values.enumerated() where !refused.isDisjoint(with: server.roles) {
            draft.servers.refused.insert(position)
        }
    }

    private mutating func checkDatabases() {
        for (position, server) in draft.databaseServers.values.enumerated() {
            guard let host = server.runsOn else { continue }
            let place = draft.databaseServers.places[position]
            if !check(host, is: .server, in: place, "spec.runsOn", mayStay: true) {
                draft.databaseServers.refused.insert(position)
            }
        }
        var codes: [String: Int] = [:]
        var owned: [String: Int] = [:]
        for (position, database) in draft.databases.values.enumerated() {
            let place = draft.databases.places[position]
            let isKnown = check(database.server, is: .databaseServer, in: place, "spec.server", mayStay: true)
            let server = names[.databaseServer]?[database.server.key].map(Int.init)
            let isWhole =
                server.map { !draft.databaseServers.refused.contains($0) }
                ?? isOnlyRecorded(.databaseServer, database.server.key)
            if !isKnown || !isWhole {
                draft.databases.refused.insert(position)
            }
            let target = database.server.key + "/" + database.databaseName
            if let first = owned.updateValue(position, forKey: target) {
                reportDatabases("conflict.database", target, first, position, "spec.databaseName")
            }
            guard let company = database.company else { continue }
            if let first = codes.updateValue(position, forKey: company.code.lowercased()) {
                reportDatabases("conflict.companyCode", company.code, first, position, "spec.company.code")
            }
        }
    }

    private mutating func reportDatabases(
        _ code: SentenceCode, _ value: String, _ first: Int, _ second: Int, _ field: String
    ) {
        draft.databases.refused.formUnion([first, second])
        guard mayShow(code) else { return }
        let (one, other) = (draft.databases.values[first], draft.databases.values[second])
        report(
            code, [value, one.name.text, other.name.text], at: span(draft.databases.places[second], field),
            first: span(draft.databases.places[first], field))
    }
}
