import Model

extension ServerSetDraft {
    /// Members of one set: more than a large cluster has.
    static let mostMembers = 10_000
    /// Servers of a whole configuration: a set is a few lines, so that a file of 100 KB could ask for millions.
    static let mostServers = 120_000
}

/// Spreads a set into its members.
struct ServerSetReader {
    let name: String
    let metadata: Metadata
    /// How many servers the configuration may still have.
    let room: Int

    /// - Parameter claims: gets the set's and its members' names, as far as they can be read.
    func members(of spec: Int, _ reader: inout DocumentReader, claims: inout [ObjectName]) -> [Server] {
        let errors = reader.errors
        var draft = ServerSetDraft()
        reader.fill(&draft, from: spec, by: Declarations.serverSet)
        guard let names = memberNames(draft, spec, &reader) else {
            claims = [ObjectName(.serverSet, name)]
            return []
        }
        var members = members(named: names, draft, spec, &reader)
        checkExclusions(draft, names, spec, &reader)
        let excluded = Set(draft.exclude.map { $0.lowercased() })
        if !excluded.isEmpty { members.removeAll { excluded.contains($0.name.key) } }
        if reader.errors > errors {
            claims = [ObjectName(.serverSet, name)] + names.map { ObjectName(.server, $0) }
        }
        return members
    }

    /// All names in the order of the pattern, the excluded ones too: positions decide addresses and nodes, so that
    /// leaving one out moves no other.
    private func memberNames(_ draft: ServerSetDraft, _ spec: Int, _ reader: inout DocumentReader) -> [String]? {
        let isUnreadable = draft.names == nil && (name.isEmpty || reader.firstKey(named: "names", in: spec) != nil)
        let text = draft.names ?? "\(name)-{01..}"
        guard !isUnreadable, let pattern = NamePattern(text) else { return nil }
        let count: Int
        switch (pattern.last, draft.count) {
        case (let last?, nil): count = last - pattern.first + 1
        case (nil, let wanted?): count = wanted
        case (let last?, let wanted?):
            guard last - pattern.first + 1 == wanted else {
                reader.reportSet(
                    "set.countDisagrees", field: "count", in: spec, [String(last - pattern.first + 1), String(wanted)])
                return nil
            }
            count = wanted
        case (nil, nil):
            reader.reportSet("set.noCount", field: "names", in: spec, [text])
            return nil
        }
        guard count <= ServerSetDraft.mostMembers else {
            reader.reportSet(
                "set.tooMany", field: "names", in: spec, [String(count), String(ServerSetDraft.mostMembers)])
            return nil
        }
        guard count <= room else {
            reader.reportSet("server.tooMany", field: "names", in: spec, [String(ServerSetDraft.mostServers)])
            return nil
        }
        return (0..<count).map { pattern.name($0) }
    }

    private func members(
        named names: [String], _ draft: ServerSetDraft, _ spec: Int, _ reader: inout DocumentReader
    ) -> [Server] {
        guard let template = draft.template else { return [] }
        var common = Server(name: "", cluster: "")
        common.metadata.labels = metadata.labels
        common.metadata.annotations = metadata.annotations
        common.set = name
        reader.fill(&common, from: template, by: Declarations.server)
        checkShared(common, template, draft, count: names.count, &reader)
        let overrides = overrides(draft, names, &reader)
        var members: [Server] = []
        members.reserveCapacity(names.count)
        for (position, name) in names.enumerated() {
            var server = common.named(ServerName(name))
            if !draft.spread.isEmpty { server.node = draft.spread[position % draft.spread.count] }
            if let first = draft.addresses {
                guard let address = first.advanced(by: position) else {
                    reader.reportSet("set.addresses", field: "addresses", in: spec, [first.text, name])
                    return members
                }
                if server.networks.isEmpty { server.networks = [Server.Network()] }
                server.networks[0].address = address.text
            }
            if let node = overrides[server.name.key] {
                reader.isPartial = true
                reader.fill(&server, from: node, by: Declarations.server)
                reader.isPartial = false
            }
            members.append(server)
        }
        return members
    }

    /// What only one server can have does not belong into a template.
    private func checkShared(
        _ common: Server, _ template: Int, _ draft: ServerSetDraft, count: Int, _ reader: inout DocumentReader
    ) {
        guard count > 1 else { return }
        if common.vmid != nil, let key = reader.firstKey(named: "vmid", in: template) {
            reader.add(Diagnostic(.error, Sentence("set.memberOnly", ["vmid"]), at: reader.span(key)))
        }
        let shared: [(String, Bool)] = [
            (
                "address",
                draft.addresses == nil && common.networks.contains { $0.address.map { $0 != "dhcp" } ?? false }
            ),
            ("mac", common.networks.contains { $0.mac != nil }),
        ]
        for (field, isShared) in shared where isShared {
            guard let key = reader.firstKey(named: "networks", in: template) else { continue }
            reader.add(Diagnostic(.error, Sentence("set.memberOnly", [field]), at: reader.span(key)))
        }
    }

    private func overrides(_ draft: ServerSetDraft, _ names: [String], _ reader: inout DocumentReader) -> [String: Int]
    {
        guard let node = draft.overrides else { return [:] }
        let known = Set(names.map { $0.lowercased() })
        var found: [String: Int] = [:]
        var key = node + 1
        while key < Int(reader.document.nodes[node].end) {
            let current = key
            let value = Int(reader.document.nodes[key].end)
            key = Int(reader.document.nodes[value].end)
            let member = reader.document.resolved(current)
            guard reader.expectScalar(member, "yaml.keyNotText") else { continue }
            let name = reader.text(member)
            let target = reader.document.resolved(value)
            if found[name.lowercased()] != nil {
                let first = reader.isFull ? nil : reader.firstKey(named: name, in: node)
                reader.reportDuplicate(current, first: first)
            } else if !known.contains(name.lowercased()) {
                reader.report("set.noSuchMember", at: current, fix: reader.nearest(to: name, among: names))
            } else if reader.isNull(target) {
                reader.report("field.noValue", at: target)
            } else if reader.expectMapping(target) {
                found[name.lowercased()] = target
            }
        }
        return found
    }

    private func checkExclusions(
        _ draft: ServerSetDraft, _ names: [String], _ spec: Int, _ reader: inout DocumentReader
    ) {
        guard !draft.exclude.isEmpty, let key = reader.firstKey(named: "exclude", in: spec) else { return }
        let known = Set(names.map { $0.lowercased() })
        // Names and elements are walked side by side: to look for each from the list's beginning takes hours for a million.
        var element = reader.document.resolved(key + 1) + 1
        for name in draft.exclude {
            let node = reader.document.resolved(element)
            element = Int(reader.document.nodes[element].end)
            guard !known.contains(name.lowercased()) else { continue }
            reader.report("set.noSuchMember", at: node, fix: reader.nearest(to: name, among: names))
        }
    }
}

extension Server {
    /// The same under another name, which is fixed when a server is made.
    fileprivate func named(_ name: ServerName) -> Server {
        var copy = self
        copy.name = name
        return copy
    }
}

extension DocumentReader {
    /// Reports at a field's key, or where it would stand.
    fileprivate mutating func reportSet(_ code: SentenceCode, field: String, in node: Int, _ arguments: [String]) {
        let span = firstKey(named: field, in: node).map { self.span($0) } ?? headSpan(node)
        add(Diagnostic(.error, Sentence(code, arguments), at: span))
    }
}
