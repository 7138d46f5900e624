/// What Terraform says that a saved plan would do: the scope guard's evidence.
package struct PlannedChanges: Sendable, Equatable {
    /// Every resource of the plan that it would not leave alone, and those that it would.
    package var resources: [ResourceChange]
    /// Resources that the refresh found gone, by their address and server.
    package var vanished: [ResourceChange]
    /// The plan could not be finished.
    package var isErrored: Bool
    package var isApplyable: Bool

    package init(
        resources: [ResourceChange] = [], vanished: [ResourceChange] = [], isErrored: Bool = false,
        isApplyable: Bool = true
    ) {
        self.resources = resources
        self.vanished = vanished
        self.isErrored = isErrored
        self.isApplyable = isApplyable
    }

    package struct ResourceChange: Sendable, Equatable {
        package var address: String
        /// Nil: the address is not below `module.server["NAME"]`.
        package var server: ServerName?
        package var action: ResourceAction
        /// Terraform's own reason (`delete_because_no_module`); empty where it gives none.
        package var actionReason: String
        /// The attributes that force a replacement: `disk[0].interface`.
        package var replacePaths: [String]
        /// Of a resource that the plan imports: every attribute of the guest that it would change, by the name that the
        /// YAML has for it (`cores`), or where it has none by the provider's (`network_device[0].firewall`).
        package var imported: [AttributeChange]
        /// Of a resource that the plan updates, also with its import: what comes, goes or changes of its disks and network
        /// devices, and of the numbers and switches that the YAML has a word for, by the YAML's names (`disks[scsi1]`,
        /// `networks[0].vlan`, `cores`), and the cloud-init drive and account of a VM that it knows of none (`cloudInit`,
        /// `cloudInit.user`). What the provider computes for itself is not among them.
        package var updated: [AttributeChange]

        package init(
            address: String, server: ServerName?, action: ResourceAction, actionReason: String = "",
            replacePaths: [String] = [], imported: [AttributeChange] = [], updated: [AttributeChange] = []
        ) {
            self.address = address
            self.server = server
            self.action = action
            self.actionReason = actionReason
            self.replacePaths = replacePaths
            self.imported = imported
            self.updated = updated
        }
    }

    /// Terraform's `actions`, as one value.
    package enum ResourceAction: String, Hashable, Sendable, Codable, CaseIterable {
        case none, create, read, update, delete, replace, forget
    }
}
