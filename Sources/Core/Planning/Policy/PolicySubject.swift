import Model

/// By what policies select one server, told in one place for whoever merges them and whoever explains them.
///
/// Until its rename is done a server is also the one that it was: no new name takes it from under a pause. It must not
/// know whether a rename can be carried out; who asks says what the server was.
struct PolicySubject {
    /// As its document says it, or else its row.
    let present: Side
    /// As its row says it, or else its document; nil: no rename of it is left to do.
    let former: Side?

    /// - Parameters:
    ///   - row: the server's own, or the one that its rename gives it.
    ///   - formerName: what it is known by until its rename is done; nil: there is none to do.
    init(_ name: ServerName, _ server: Server?, _ row: RecordedServer?, formerName: ServerName?) {
        let declared = server.map { Side($0) }
        let recorded = row.map { Side($0, beside: server) }
        present = Side(
            name: name, labels: declared?.labels ?? recorded?.labels, roles: declared?.roles ?? recorded?.roles ?? [])
        former = formerName.map {
            Side(
                name: $0, labels: recorded?.labels ?? declared?.labels, roles: recorded?.roles ?? declared?.roles ?? [])
        }
    }

    func isUnder(_ policy: Policy) -> Bool { present.isUnder(policy) || (former?.isUnder(policy) ?? false) }

    /// The server by one of its names.
    struct Side {
        let name: ServerName
        /// Nil: nobody recorded them.
        let labels: [Metadata.Label]?
        let roles: [RoleName]

        func isUnder(_ policy: Policy) -> Bool { isSelected(by: policy.selector) }

        func isSelected(by selector: Selector) -> Bool {
            selector.matches(name: name.text, labels: labels, roles: roles)
        }

        /// The first label that a policy asks for and the server has not, and what it has by that key.
        func missingLabel(of selector: Selector) -> (asked: Metadata.Label, own: Metadata.Label?)? {
            let held = labels ?? []
            guard let asked = selector.matchLabels.first(where: { !held.contains($0) }) else { return nil }
            return (asked, held.first { $0.key == asked.key })
        }
    }
}

extension PolicySubject.Side {
    /// A server as it is declared.
    init(_ server: Server) {
        self.init(name: server.name, labels: server.metadata.labels, roles: server.roles)
    }

    /// A server as it was at its last apply. Of a row without labels nobody knows which it had, and those that are
    /// declared stand for them.
    init(_ row: RecordedServer, beside server: Server?) {
        self.init(name: row.name, labels: row.labels ?? server?.metadata.labels, roles: row.roles)
    }
}

extension PolicyBook {
    /// What all policies over a server say together: on each matter the more careful of what holds by what it is and by
    /// what it was.
    mutating func merged(over subject: PolicySubject) -> MergedPolicy {
        let now = merged(over: subject.present)
        guard let former = subject.former else { return now }
        return now.moreCareful(with: merged(over: former))
    }

    private mutating func merged(over side: PolicySubject.Side) -> MergedPolicy {
        merged(name: side.name.text, labels: side.labels, roles: side.roles)
    }
}
