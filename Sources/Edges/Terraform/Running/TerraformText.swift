/// What is read from Terraform's words, where it gives nothing else. All of it is here, and is tested on the real
/// program.
enum TerraformText {
    /// The state moved between plan and apply.
    static func saysStale(_ diagnostic: TerraformDiagnostic) -> Bool { diagnostic.summary == "Saved plan is stale" }

    /// The messages of a command that has no `-json`: blocks of `Error: SUMMARY`, framed by `╷`, `│` and `╵`.
    static func diagnostics(in text: String) -> [TerraformDiagnostic] {
        var found: [TerraformDiagnostic] = []
        var block: [Substring]?
        func close() {
            guard let lines = block else { return }
            block = nil
            for severity in [TerraformDiagnostic.Severity.error, .warning] {
                let start = severity == .error ? "Error: " : "Warning: "
                guard let first = lines.first, first.hasPrefix(start) else { continue }
                let detail = lines.dropFirst().joined(separator: "\n")
                found.append(
                    TerraformDiagnostic(
                        severity: severity, summary: String(first.dropFirst(start.count)),
                        detail: String(detail.trimmingPrefix { $0 == "\n" })))
            }
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            switch line.first {
            case "╷":
                close()
                block = []
            case "╵": close()
            case "│": block?.append(line.dropFirst().trimmingPrefix { $0 == " " })
            default:
                if line.hasPrefix("Error: ") {
                    close()
                    block = [line]
                } else {
                    block?.append(line)
                }
            }
        }
        close()
        return found
    }
}
