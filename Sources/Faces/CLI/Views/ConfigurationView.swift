import JSONArena
import Model

/// What `validate` found. The diagnostics themselves go to standard error in a text.
package struct ConfigurationView: View {
    package var report: ConfigurationReport

    package init(_ report: ConfigurationReport) { self.report = report }

    package func text(in page: Page) -> String {
        let objects = report.objects.filter { $0.count > 0 }.map { "\($0.count) \($0.kind.rawValue)" }.joined(
            separator: ", ")
        let errors = report.remarks.count { $0.severity == .error }
        let warnings = report.remarks.count - errors
        let found = page.what("view.validate.read", String(report.files), objects.isEmpty ? "–" : objects)
        if errors == 0 && warnings == 0 { return found + " " + page.paint(page.what("view.validate.clean"), .green) }
        return found + " "
            + page.paint(
                page.what("view.validate.mistakes", String(errors), String(warnings)), errors > 0 ? .red : .yellow)
    }

    package func json(in language: Language) -> JSONValue {
        [
            "valid": .bool(!report.hasErrors), "files": .int(report.files),
            "objects": .object(report.objects.map { JSONValue.Member($0.kind.rawValue, .int($0.count)) }),
            "commit": report.commit.json, "loadingMicroseconds": .int(Int(report.loadTime / .microseconds(1))),
            "diagnostics": .array(report.remarks.map { $0.json(in: language) }),
        ]
    }
}
