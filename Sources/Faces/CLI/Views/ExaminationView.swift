import JSONArena
import Model

/// What the doctor found.
package struct ExaminationView: View {
    package var examinations: [Examination]

    package init(_ examinations: [Examination]) { self.examinations = examinations }

    package func text(in page: Page) -> String {
        var table = TextTable()
        for examination in examinations {
            table.add([
                TextTable.Cell(
                    page.what(Sentence(SentenceCode(rawValue: "view.verdict.\(examination.verdict.rawValue)"))),
                    examination.verdict.colour),
                TextTable.Cell(examination.topic), TextTable.Cell(page.whole(examination.sentence)),
            ])
        }
        return table.lines(page.paint).joined(separator: "\n")
    }

    package func json(in language: Language) -> JSONValue {
        [
            "healthy": .bool(!examinations.contains { $0.verdict == .failure }),
            "examinations": .array(
                examinations.map { examination in
                    [
                        "topic": .string(examination.topic), "verdict": .string(examination.verdict.rawValue),
                        "finding": examination.sentence.json(in: language),
                    ]
                }),
        ]
    }
}

extension Examination.Verdict {
    var colour: Paint.Colour {
        switch self {
        case .well: .green
        case .warning: .yellow
        case .failure: .red
        }
    }
}
