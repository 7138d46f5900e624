import JSONArena
import Model

/// A saved plan as `terraform show -json` prints it (format version 1.x).
package struct PlanFile: Sendable {
    package var formatVersion: String
    package var terraformVersion: String
    package var isErrored: Bool
    /// False also for a plan without changes.
    package var isApplyable: Bool
    /// False for every plan with targets.
    package var isComplete: Bool
    package var changes: [Change]
    /// What the refresh found different from the state.
    package var drift: [Change]

    package struct Change: Sendable {
        package var address: String
        package var server: ServerAddress?
        package var action: PlannedChanges.ResourceAction
        /// `delete_because_no_module`, `replace_because_tainted`, …; empty where there is none.
        package var actionReason: String
        /// `disk[0].interface`.
        package var replacePaths: [String]
        package var before: JSONNode?
        package var after: JSONNode?
        /// What is known only when the plan has been applied.
        package var unknown: JSONNode?
        /// An `import` block takes it into the state.
        package var isImport: Bool
    }

    package init(parsing bytes: [UInt8]) throws(Tfvars.Malformed) {
        let root: JSONNode
        do throws(JSONFailure) {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw Tfvars.Malformed(reason: error.description)
        }
        guard let version = root["format_version"]?.string, version.hasPrefix("1.") else {
            throw Tfvars.Malformed(reason: "its format version is not 1.x")
        }
        formatVersion = version
        terraformVersion = root["terraform_version"]?.string ?? ""
        // Since Terraform 1.8; OpenTofu leaves `applyable` out. A missing `errored` must not read as "fine".
        isErrored = root["errored"]?.bool ?? true
        isComplete = root["complete"]?.bool ?? false
        changes = []
        drift = []
        if let list = root["resource_changes"] {
            for change in list.elements where change["mode"]?.string != "data" { changes.append(try Change(change)) }
        }
        if let list = root["resource_drift"] {
            for change in list.elements { drift.append(try Change(change)) }
        }
        isApplyable = root["applyable"]?.bool ?? changes.contains { $0.action != .none || $0.isImport }
    }

    /// Addresses of what it destroys on another node than the refresh found it on. Terraform (1.11 measured) hands the
    /// provider a resource that has left the configuration as the state had it before the refresh, and the provider asks
    /// the node that it stood on then.
    package var endsElsewhere: [String] {
        changes.filter { $0.action == .delete }.compactMap { end in
            let now = drift.first { $0.address == end.address }?.after?["node_name"]?.string
            return now.map { $0 != end.before?["node_name"]?.string } ?? false ? end.address : nil
        }
    }

    /// The scope guard's evidence.
    package var plannedChanges: PlannedChanges {
        PlannedChanges(
            resources: changes.map(\.resourceChange),
            vanished: drift.filter { $0.action == .delete }.map(\.resourceChange), isErrored: isErrored,
            isApplyable: isApplyable)
    }
}

extension PlanFile.Change {
    init(_ node: JSONNode) throws(Tfvars.Malformed) {
        guard let address = node["address"]?.string, let change = node["change"], let actions = change["actions"] else {
            throw Tfvars.Malformed(reason: "a resource change has no address or no actions")
        }
        switch actions.elements.map({ $0.string ?? "" }) {
        case ["no-op"]: action = .none
        case ["create"]: action = .create
        case ["read"]: action = .read
        case ["update"]: action = .update
        case ["delete"]: action = .delete
        case ["delete", "create"], ["create", "delete"]: action = .replace
        case ["forget"]: action = .forget
        // An action that is not known cannot be shown to be harmless.
        case let other: throw Tfvars.Malformed(reason: "\(address) has unknown actions \(other)")
        }
        self.address = address
        server = ServerAddress(resource: address)
        actionReason = node["action_reason"]?.string ?? ""
        // A deposed object is no longer the server, and its deletion must not pass for one of the server.
        if let deposed = node["deposed"]?.string {
            self.address += " (deposed object \(deposed))"
            server = nil
        }
        replacePaths = (change["replace_paths"]?.elements).map { $0.map(Self.path) } ?? []
        before = change["before"]
        after = change["after"]
        unknown = change["after_unknown"]
        isImport = change["importing"].map { !$0.isNull } ?? false
    }

    fileprivate var resourceChange: PlannedChanges.ResourceChange {
        PlannedChanges.ResourceChange(
            address: address, server: server?.server, action: action, actionReason: actionReason,
            replacePaths: replacePaths, imported: isImport ? importedChanges : [],
            updated: action == .update ? updatedChanges : [])
    }

    private static func path(_ node: JSONNode) -> String {
        var path = ""
        for part in node.elements {
            if let name = part.string {
                path += path.isEmpty ? name : "." + name
            } else {
                path += "[" + String(decoding: part.raw, as: UTF8.self) + "]"
            }
        }
        return path
    }
}
