import JSONArena
import Model
import Planning

/// What holds for one server, and who says so.
package struct PolicyView: View {
    package var explanation: PolicyExplanation
    /// `FILE:LINE` of a field of an object.
    package var place: @Sendable (_ object: ObjectName, _ field: String) -> String?

    package init(
        _ explanation: PolicyExplanation, place: @escaping @Sendable (_ object: ObjectName, _ field: String) -> String?
    ) {
        self.explanation = explanation
        self.place = place
    }

    package func text(in page: Page) -> String {
        var lines = self.lines(of: explanation.settings, in: page)
        if !explanation.ofRebuild.isEmpty {
            lines += ["", page.what("view.policy.rebuild", explanation.server.text)]
            lines += self.lines(of: explanation.ofRebuild, indent: 2, in: page)
        }
        if !explanation.others.isEmpty {
            lines += ["", page.what("view.policy.others", explanation.server.text)]
            var others = TextTable(indent: 2)
            for other in explanation.others {
                let at = place(ObjectName(.policy, other.policy.text), "spec.selector") ?? ""
                others.add([
                    TextTable.Cell(other.policy.text), TextTable.Cell(at), TextTable.Cell(page.what(other.reason)),
                ])
            }
            lines += others.lines(page.paint)
        }
        // What the server's own document says is no policy's word.
        if explanation.settings.allSatisfy({ $0.words.allSatisfy { $0.policy == nil } }) {
            lines += ["", page.what("view.policy.none", explanation.server.text)]
        }
        return lines.joined(separator: "\n")
    }

    private func lines(of settings: [PolicyExplanation.Setting], indent: Int = 0, in page: Page) -> [String] {
        var table = TextTable(indent: indent)
        for setting in settings {
            var head = [TextTable.Cell(setting.name, .bold), TextTable.Cell(setting.value)]
            guard !setting.words.isEmpty else {
                table.add(head + [TextTable.Cell(page.what("view.policy.default"), .faint)])
                continue
            }
            for word in setting.words {
                let author = word.policy?.text ?? page.what("view.policy.own", word.field)
                let origin = word.isKept ? page.what("view.policy.kept") : place(word)
                let said = [author, origin].compactMap(\.self).joined(separator: " ")
                let own = word.value == setting.value ? "" : " \(word.value)"
                let omitted = word.omissions.map { page.what($0.sentence) }.joined(separator: ", ")
                let lack = omitted.isEmpty ? "" : " (\(omitted))"
                table.add(
                    head + [
                        TextTable.Cell(said + own + lack),
                        TextTable.Cell(page.what(word.standing.sentence), word.standing.colour),
                    ])
                head = [TextTable.Cell(""), TextTable.Cell("")]
            }
            if let opening = setting.opening {
                table.add(head + [TextTable.Cell(page.what(opening.sentence), opening.colour)])
            }
        }
        return table.lines(page.paint)
    }

    private func place(_ word: PolicyExplanation.Word) -> String? {
        // What was kept stands in no file, or says something else there now.
        if word.isKept { return nil }
        let object = word.policy.map { ObjectName(.policy, $0.text) } ?? ObjectName(.server, explanation.server.text)
        return place(object, word.field)
    }

    /// Without what to do, which is nothing where all is as it should be.
    private static func short(_ sentence: Sentence, _ language: Language) -> JSONValue {
        ["code": .string(sentence.code.rawValue), "text": .string(Catalogue.text(of: sentence, in: language).what)]
    }

    private func json(_ setting: PolicyExplanation.Setting, _ language: Language) -> JSONValue {
        [
            "name": .string(setting.name), "value": .string(setting.value), "isDefault": .bool(setting.words.isEmpty),
            "words": .array(setting.words.map { json($0, language) }),
            "opening": json(setting.opening, language),
        ]
    }

    private func json(_ word: PolicyExplanation.Word, _ language: Language) -> JSONValue {
        [
            "policy": (word.policy?.text).json, "isOwn": .bool(word.policy == nil), "field": .string(word.field),
            "value": .string(word.value), "place": place(word).json, "holds": .bool(word.standing == .holds),
            "isKept": .bool(word.isKept),
            "omissions": .array(word.omissions.map { Self.short($0.sentence, language) }),
            "standing": Self.short(word.standing.sentence, language),
        ]
    }

    private func json(_ opening: PolicyExplanation.Opening?, _ language: Language) -> JSONValue {
        guard let opening else { return .null }
        return [
            "isOpen": .bool(opening == .open), "opensAt": (opening.next?.description).json,
            "standing": Self.short(opening.sentence, language),
        ]
    }

    package func json(in language: Language) -> JSONValue {
        [
            "server": .string(explanation.server.text),
            "settings": .array(explanation.settings.map { json($0, language) }),
            "ofRebuild": .array(explanation.ofRebuild.map { json($0, language) }),
            "others": .array(
                explanation.others.map { other in
                    [
                        "policy": .string(other.policy.text),
                        "place": place(ObjectName(.policy, other.policy.text), "spec.selector").json,
                        "reason": Self.short(other.reason, language),
                    ]
                }),
        ]
    }
}

extension PolicyExplanation.Opening {
    /// When it opens; nil: it is open, or nobody can say.
    fileprivate var next: Timestamp? {
        switch self {
        case .opens(let at, _): at
        case .open, .never, .unknownZone: nil
        }
    }

    fileprivate var sentence: Sentence {
        switch self {
        case .open: Sentence("view.policy.windowOpen")
        case .opens(let at, let window): Sentence("view.policy.windowOpens", at.description, window)
        case .never: Sentence("view.policy.windowNever")
        case .unknownZone(let zone): Sentence("view.policy.windowZone", zone)
        }
    }

    fileprivate var colour: Paint.Colour { self == .open ? .green : .yellow }
}

extension PolicyExplanation.Omission {
    fileprivate var sentence: Sentence {
        switch self {
        case .reason: Sentence("view.policy.noReason")
        case .end: Sentence("view.policy.noEnd")
        }
    }
}

extension PolicyExplanation.Standing {
    fileprivate var sentence: Sentence {
        switch self {
        case .holds: Sentence("view.policy.holds")
        case .lessCareful: Sentence("view.policy.lessCareful")
        case .ended(let moment): Sentence("view.policy.ended", moment.description)
        }
    }

    fileprivate var colour: Paint.Colour {
        switch self {
        case .holds: .green
        case .lessCareful: .faint
        case .ended: .yellow
        }
    }
}
