import Model

/// Compares the documents with one another: names, references, and what only one can own.
///
/// An object that breaks a rule is refused, and stays as it is; the others go on.
struct ConfigurationChecks {
    var draft: ConfigurationDraft
    private var lookup: DocumentLookup
    /// What broken documents claim: a reference to such a name is not dangling.
    private(set) var claimed: Set<ObjectName>
    /// Names that the registry holds, declared or not.
    let recorded: Set<ObjectName>
    private(set) var names: [Kind: [String: Int32]] = [:]
    private var missing: [MissingName: MissingReference] = [:]
    var suggestions = SuggestionBudget()

    /// Diagnostics of one rule that are shown; a mistake in a template can hit ten thousand members.
    static let mostOfOneRule = 100
    private var shownOfRule: [SentenceCode: Int] = [:]

    struct MissingName: Hashable {
        var kind: Kind
        var key: String
    }

    struct MissingReference {
        var text: String
        var span: SourceSpan
        var count: Int
        /// Whether the span is that of the reference itself, and not only of its document.
        var isShown: Bool
    }

    init(draft: ConfigurationDraft, files: [SourceFile], recorded: Set<ObjectName>) {
        self.draft = draft
        self.recorded = recorded
        lookup = DocumentLookup(files: files)
        claimed = Set(draft.broken.flatMap(\.claims))
    }

    /// What was referred to and is nowhere.
    var dangling: Set<ObjectName> { Set(missing.keys.map { ObjectName($0.kind, $0.key) }) }

    mutating func run() {
        checkNames()
        giveRoles()
        checkEndpoints()
        checkServers()
        checkRoles()
        checkDependencies()
        checkOthers()
        reportMissing()
    }

    // MARK: Reports

    /// Whether another diagnostic of a rule is still shown; finding places costs reading a document again.
    mutating func mayShow(_ code: SentenceCode) -> Bool {
        let shown = shownOfRule[code, default: 0]
        shownOfRule[code] = shown + 1
        return shown < Self.mostOfOneRule
    }

    mutating func span(_ place: SourceSpan, member: String = "", _ field: String) -> SourceSpan {
        lookup.span(in: place, member: member, field: field)
    }

    mutating func report(_ code: SentenceCode, _ arguments: [String], at span: SourceSpan, first: SourceSpan? = nil) {
        let related = first.map { [Diagnostic.Related(span: $0, note: Sentence("note.firstHere"))] }
        draft.diagnostics.append(Diagnostic(.error, Sentence(code, arguments), at: span, related: related ?? []))
    }

    // MARK: References

    func isDeclared(_ kind: Kind, _ key: String) -> Bool { names[kind]?[key] != nil }

    func isClaimed(_ kind: Kind, _ key: String) -> Bool { !claimed.isEmpty && claimed.contains(ObjectName(kind, key)) }

    /// Whether a name is only the registry's: removed from the documents while something still refers to it.
    func isOnlyRecorded(_ kind: Kind, _ key: String) -> Bool {
        !recorded.isEmpty && !isDeclared(kind, key) && !isClaimed(kind, key)
            && recorded.contains(ObjectName(kind, key))
    }

    /// False where a name stands for nothing; it is reported once, at the first place.
    ///
    /// - Parameters:
    ///   - mayStay: whether the planner keeps what the reference is to, where only the registry knows it.
    ///   - times: how many objects refer to it by this one list.
    mutating func check<Identity>(
        _ name: Identifier<Identity>, is kind: Kind, in place: SourceSpan, member: String = "",
        _ field: @autoclosure () -> String, mayStay: Bool = false, times: Int = 1
    ) -> Bool {
        if isDeclared(kind, name.key) || isClaimed(kind, name.key) { return true }
        if mayStay, isOnlyRecorded(kind, name.key) { return true }
        let id = MissingName(kind: kind, key: name.key)
        if missing[id] == nil {
            let isShown = missing.count < Self.mostOfOneRule
            let span = isShown ? span(place, member: member, field()) : place
            missing[id] = MissingReference(text: name.text, span: span, count: 0, isShown: isShown)
        }
        missing[id]?.count += times
        return false
    }

    private mutating func reportMissing() {
        let all = missing.sorted { one, other in
            if one.value.isShown != other.value.isShown { return one.value.isShown }
            return (one.value.span.file, one.value.span.offset) < (other.value.span.file, other.value.span.offset)
        }
        var candidates: [Kind: [String]] = [:]
        for (id, reference) in all.prefix(Self.mostOfOneRule) {
            let known = candidates[id.kind] ?? names[id.kind].map { Array($0.keys).sorted() } ?? []
            candidates[id.kind] = known
            let near = suggestions.nearest(to: reference.text, among: known)
            let fixIts = near.map { [Diagnostic.FixIt(span: reference.span, replacement: text(of: id.kind, key: $0))] }
            let code: SentenceCode = reference.count > 1 ? "reference.danglingMany" : "reference.dangling"
            let sentence = Sentence(code, [id.kind.rawValue, reference.text, String(reference.count)])
            draft.diagnostics.append(Diagnostic(.error, sentence, at: reference.span, fixIts: fixIts ?? []))
        }
        if all.count > Self.mostOfOneRule, let last = all.last {
            let sentence = Sentence("file.moreDiagnostics", [String(all.count - Self.mostOfOneRule)])
            draft.diagnostics.append(Diagnostic(.warning, sentence, at: last.value.span))
        }
    }

    /// A name as its owner writes it.
    private func text(of kind: Kind, key: String) -> String {
        guard let index = names[kind]?[key].map(Int.init) else { return key }
        switch kind {
        case .cluster: return draft.clusters.values[index].name.text
        case .server: return draft.servers.values[index].name.text
        case .serverSet: return draft.sets.values[index].name
        case .role: return draft.roles.values[index].name.text
        case .policy: return draft.policies.values[index].name.text
        case .databaseServer: return draft.databaseServers.values[index].name.text
        case .database: return draft.databases.values[index].name.text
        case .simulatedFleet: return draft.fleets.values[index].name.text
        }
    }

    // MARK: Names

    private mutating func checkNames() {
        index(.cluster, \.clusters)
        index(.server, \.servers)
        index(.serverSet, \.sets)
        index(.role, \.roles)
        index(.policy, \.policies)
        index(.databaseServer, \.databaseServers)
        index(.database, \.databases)
        index(.simulatedFleet, \.fleets)
    }

    private mutating func index<Value>(
        _ kind: Kind, _ path: WritableKeyPath<ConfigurationDraft, PlacedObjects<Value>>
    ) {
        let keys = draft[keyPath: path].keys
        let places = draft[keyPath: path].places
        var seen: [String: Int32] = [:]
        seen.reserveCapacity(keys.count)
        var refused: Set<Int> = []
        for position in keys.indices {
            guard let first = seen.updateValue(Int32(position), forKey: keys[position]) else { continue }
            refused.formUnion([position, Int(first)])
            guard mayShow("conflict.name") else { continue }
            let name = keys[position]
            report(
                "conflict.name", [kind.rawValue, name], at: nameSpan(places[position], kind, name),
                first: nameSpan(places[Int(first)], kind, name))
        }
        names[kind] = seen
        checkOtherNames(kind, draft[keyPath: path].otherNames, places, seen, &refused)
        draft[keyPath: path].refused.formUnion(refused)
    }

    /// Of a member of a set, the pattern that gives its name.
    private mutating func nameSpan(_ place: SourceSpan, _ kind: Kind, _ name: String) -> SourceSpan {
        let isMember = kind == .server && lookup.text(in: place, field: "kind") == Kind.serverSet.rawValue
        return span(place, member: name, isMember ? "spec.names" : "metadata.name")
    }

    private mutating func checkOtherNames(
        _ kind: Kind, _ others: [(position: Int, displayName: String?, formerName: String?)], _ places: [SourceSpan],
        _ seen: [String: Int32], _ refused: inout Set<Int>
    ) {
        var displayNames: [String: Int] = [:]
        for (position, displayName, formerName) in others {
            if let displayName {
                let folded = displayName.lowercased()
                let owner = displayNames.updateValue(position, forKey: folded) ?? seen[folded].map(Int.init)
                if let owner, owner != position {
                    refused.formUnion([position, owner])
                    if mayShow("conflict.displayName") {
                        report(
                            "conflict.displayName", [kind.rawValue, displayName],
                            at: span(places[position], "metadata.displayName"),
                            first: span(places[owner], "metadata.name"))
                    }
                }
            }
            if let formerName, let owner = seen[formerName.lowercased()].map(Int.init) {
                refused.insert(position)
                let isOwn = owner == position
                let code: SentenceCode = isOwn ? "conflict.ownFormerName" : "conflict.formerName"
                if mayShow(code) {
                    report(
                        code, [kind.rawValue, formerName], at: span(places[position], "metadata.formerName"),
                        first: isOwn ? nil : span(places[owner], "metadata.name"))
                }
            }
        }
    }
}
