import JSONArena
import Model

/// One line of what `terraform plan -json` and `apply -json` print.
package enum TerraformEvent: Hashable, Sendable {
    /// What is done to a resource.
    package struct Hook: Hashable, Sendable {
        package var address: String
        /// `create`, `update`, `delete`, `read`, `noop`, …
        package var action: String

        package init(address: String, action: String) {
            self.address = address
            self.action = action
        }

        package var server: ServerName? { ServerAddress(resource: address)?.server }
    }

    case version(terraform: String, ui: String)
    case plannedChange(Hook)
    case drift(Hook)
    case started(Hook)
    case progressed(Hook, seconds: Int)
    case completed(Hook, seconds: Int)
    case errored(Hook, seconds: Int)
    case diagnostic(TerraformDiagnostic)
    case summary(add: Int, change: Int, remove: Int, operation: String)
    /// A type that says nothing here, or that came with a later version.
    case other(type: String)

    /// Reads a line; nil for what is no event: half a line, or a word of the program loader.
    package init?(line: [UInt8]) {
        guard let root = try? JSONDocument(parsing: line).root, let type = root["type"]?.string else { return nil }
        switch type {
        case "version":
            self = .version(
                terraform: root["terraform"]?.string ?? root["tofu"]?.string ?? "", ui: root["ui"]?.string ?? "")
        case "diagnostic":
            guard let diagnostic = root["diagnostic"] else { return nil }
            self = .diagnostic(
                TerraformDiagnostic(
                    severity: diagnostic["severity"]?.string == "warning" ? .warning : .error,
                    summary: diagnostic["summary"]?.string ?? root["@message"]?.string ?? "",
                    detail: diagnostic["detail"]?.string ?? "", address: diagnostic["address"]?.string))
        case "change_summary":
            let changes = root["changes"]
            self = .summary(
                add: changes?["add"]?.int ?? 0, change: changes?["change"]?.int ?? 0,
                remove: changes?["remove"]?.int ?? 0, operation: changes?["operation"]?.string ?? "")
        default:
            let detail = root["hook"] ?? root["change"]
            guard let detail, let address = detail["resource"]?["addr"]?.string else {
                self = .other(type: type)
                return
            }
            let hook = Hook(address: address, action: detail["action"]?.string ?? "")
            let seconds = detail["elapsed_seconds"]?.int ?? 0
            switch type {
            case "planned_change": self = .plannedChange(hook)
            case "resource_drift": self = .drift(hook)
            case "apply_start": self = .started(hook)
            case "apply_progress": self = .progressed(hook, seconds: seconds)
            case "apply_complete": self = .completed(hook, seconds: seconds)
            case "apply_errored": self = .errored(hook, seconds: seconds)
            default: self = .other(type: type)
            }
        }
    }
}
