import Model

/// Findings that say the same of several subjects, such as a cluster that does not answer: said once.
struct SharedFinding: Sendable {
    var kind: Finding.Kind
    /// In the order in which they were found, each once; at least one.
    private(set) var subjects: [Subject]
    /// How often it was found: several times of one subject where it holds several of its steps.
    private(set) var count = 1
    private var known: Set<Subject>
    var sentence: Sentence
    var changes: [AttributeChange]

    /// Notices whose remedy is worth more than their brevity.
    private static let callsForAHand: Set<SentenceCode> = [
        "plan.perhapsRenamed", "plan.perhapsRenamedSome", "plan.perhapsRenamedBack", "plan.formerNameElsewhere",
        "plan.adoptNothing", "plan.adoptOtherName",
        "plan.markUnknown", "plan.policyKept", "plan.policyLeftUnknown", "plan.taggedUnread", "plan.disksUnread",
        "plan.diskLarger", "plan.diskUndeclared", "plan.noCloudInitDrive", "plan.cloudInitDriveLost",
        "plan.rootOptionsOff", "plan.pendingForeign",
        "plan.accountChanged", "plan.needsRebuild", "plan.recordsLost",
        "plan.registryLost", "terraform.foreignFiles", "plan.rebuildLeavesHA",
    ]

    /// Names that a text gives before it only counts the rest.
    static let namesShown = 3

    init(_ finding: Finding) {
        kind = finding.kind
        subjects = [finding.subject]
        known = [finding.subject]
        sentence = finding.sentence
        changes = finding.changes
    }

    /// Brings together what reads the same; notices stay apart, because each is about its own subject.
    static func groups(of findings: [Finding], in language: Language) -> [SharedFinding] {
        var groups: [SharedFinding] = []
        var places: [String: Int] = [:]
        for finding in findings {
            guard finding.kind != .notice, finding.changes.isEmpty else {
                groups.append(SharedFinding(finding))
                continue
            }
            let key = "\(finding.kind.rawValue) " + Catalogue.paragraph(of: finding.sentence, in: language)
            if let place = places[key] {
                groups[place].add(finding.subject)
            } else {
                places[key] = groups.count
                groups.append(SharedFinding(finding))
            }
        }
        return groups
    }

    private mutating func add(_ subject: Subject) {
        count += 1
        if known.insert(subject).inserted { subjects.append(subject) }
    }

    var first: Subject { subjects.first ?? .cluster("") }

    func reads(as other: Sentence, in language: Language) -> Bool {
        sentence == other
            || Catalogue.paragraph(of: sentence, in: language) == Catalogue.paragraph(of: other, in: language)
    }

    /// Whom it is about: an address, or how many there are.
    func address(in page: Page) -> String {
        if subjects.count == 1 { return first.description }
        let code: SentenceCode = subjects.allSatisfy(\.isServer) ? "view.group.servers" : "view.group.others"
        return page.what(code, String(subjects.count))
    }

    /// What is so, why and what to do, with the first names where it is about several.
    /// - Parameter isBrief: of a notice, only what is so, unless a person should do something about it before applying.
    func text(in page: Page, isBrief: Bool) -> String {
        let whole =
            isBrief && kind == .notice && !Self.callsForAHand.contains(sentence.code)
            ? page.what(sentence) : page.whole(sentence)
        guard subjects.count > 1 else { return whole }
        let names = subjects.map { subject in
            if case .server(let name, _) = subject { name.text } else { subject.description }
        }
        return whole + " " + page.what("view.group.names", Self.list(names, in: page))
    }

    /// The first names, and how many more there are.
    static func list(_ names: [String], in page: Page) -> String {
        // One that is left over takes no more room than saying so.
        guard names.count > namesShown + 1 else { return names.joined(separator: ", ") }
        return page.what(
            "view.group.more", names.prefix(namesShown).joined(separator: ", "), String(names.count - namesShown))
    }

    func cells(in page: Page, isBrief: Bool) -> [TextTable.Cell] {
        [
            TextTable.Cell(kind.symbol, kind.colour), TextTable.Cell(address(in: page)),
            TextTable.Cell(page.what(Sentence(kind.label)), kind.colour),
            TextTable.Cell(text(in: page, isBrief: isBrief)),
        ]
    }
}
