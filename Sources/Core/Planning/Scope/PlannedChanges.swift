import Model

/// What `terraform show -json PLAN` says that Terraform would do, as far as the scope guard looks at it. The Terraform
/// edge fills it in.
package struct PlannedChanges: Hashable, Sendable {
    package var resources: [ResourceChange]
    /// `resource_drift`: what the refresh found changed behind Terraform's back.
    package var drift: [ResourceDrift]
    /// The plan failed; its file exists all the same.
    package var isErrored: Bool

    package init(resources: [ResourceChange] = [], drift: [ResourceDrift] = [], isErrored: Bool = false) {
        self.resources = resources
        self.drift = drift
        self.isErrored = isErrored
    }

    package struct ResourceChange: Hashable, Sendable {
        package var address: String
        /// From `module.server["NAME"]`; nil: the address is no server of Plumb's.
        package var server: ServerName?
        package var kind: ChangeKind
        /// The attributes that force a replacement, as paths.
        package var replacePaths: [String]

        package init(address: String, server: ServerName?, kind: ChangeKind, replacePaths: [String] = []) {
            self.address = address
            self.server = server
            self.kind = kind
            self.replacePaths = replacePaths
        }
    }

    package struct ResourceDrift: Hashable, Sendable {
        package var address: String
        package var server: ServerName?
        package var kind: ChangeKind

        package init(address: String, server: ServerName?, kind: ChangeKind) {
            self.address = address
            self.server = server
            self.kind = kind
        }
    }

    /// Terraform's `actions`, each combination as one word.
    package enum ChangeKind: String, Hashable, Sendable, CaseIterable {
        case noChange, create, read, update, delete, replace, forget

        /// - Parameter actions: as in the JSON; nil for a combination that Terraform does not have today.
        package init?(actions: [String]) {
            switch actions {
            case ["no-op"]: self = .noChange
            case ["create"]: self = .create
            case ["read"]: self = .read
            case ["update"]: self = .update
            case ["delete"]: self = .delete
            case ["delete", "create"], ["create", "delete"]: self = .replace
            case ["forget"]: self = .forget
            default: return nil
            }
        }
    }
}

/// What a batch announces of one server.
package enum ExpectedChange: String, Hashable, Sendable, CaseIterable {
    case create, update, delete, noChange
    /// Import: nothing, or an update of what differs.
    case adopt

    func allows(_ kind: PlannedChanges.ChangeKind) -> Bool {
        switch self {
        case .create: kind == .create
        case .update: kind == .update
        case .delete: kind == .delete
        case .noChange: kind == .noChange
        case .adopt: kind == .noChange || kind == .update
        }
    }
}
