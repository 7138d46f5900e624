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
        if explanation.settings.allSatisfy(\.words.isEmpty) {
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
                let origin = word.isKept ? page.what("view.policy.kept") : place(word)
                let said = [word.policy.text, origin].compactMap(\.self).joined(separator: " ")
                let own = word.value == setting.value ? "" : " \(word.value)"
                table.add(
                    head + [
                        TextTable.Cell(said + own),
                        TextTable.Cell(page.what(word.standing.sentence), word.standing.colour),
                    ])
                head = [TextTable.Cell(""), TextTable.Cell("")]
            }
        }
        return table.lines(page.paint)
    }

    private func place(_ word: PolicyExplanation.Word) -> String? {
        // What was kept stands in no file, or says something else there now.
        word.isKept ? nil : place(ObjectName(.policy, word.policy.text), word.field)
    }

    /// Without what to do, which is nothing where all is as it should be.
    private static func short(_ sentence: Sentence, _ language: Language) -> JSONValue {
        ["code": .string(sentence.code.rawValue), "text": .string(Catalogue.text(of: sentence, in: language).what)]
    }

    private func json(_ setting: PolicyExplanation.Setting, _ language: Language) -> JSONValue {
        [
            "name": .string(setting.name), "value": .string(setting.value), "isDefault": .bool(setting.words.isEmpty),
            "words": .array(
                setting.words.map { word in
                    [
                        "policy": .string(word.policy.text), "field": .string(word.field),
                        "value": .string(word.value), "place": place(word).json,
                        "holds": .bool(word.standing == .holds), "isKept": .bool(word.isKept),
                        "standing": Self.short(word.standing.sentence, language),
                    ]
                }),
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
