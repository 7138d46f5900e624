/// One stack as its directory shows it.
package struct StackObservation: Sendable, Equatable {
    package var id: StackID
    package var tfvars: Tfvars
    package var state: Observation<TerraformState>
    /// Terraform left an `errored.tfstate`: nothing may be done in this stack until a person has looked at it.
    package var hasErroredState: Bool
    /// Absolute paths of files in its directory that Terraform reads and Plumb did not write, ascending.
    package var foreignFiles: [String] = []
    /// Looked for only where the state is not there or cannot be read.
    package var backup: StateBackup?

    package init(id: StackID, tfvars: Tfvars = Tfvars(), state: Observation<TerraformState> = .absent) {
        self.id = id
        self.tfvars = tfvars
        self.state = state
        hasErroredState = false
    }

    /// The stack's `terraform.tfvars.json`.
    package struct Tfvars: Sendable, Equatable {
        /// An entry that does not have the form that Plumb writes is in `unreadable`.
        package var entries = ServerEntries()
        package var unreadable: [ServerName] = []
        /// Hexadecimal SHA-256 of the file; empty where there is none.
        package var digest = ""

        package init() {}
    }
}

/// What a stack's state says.
package struct TerraformState: Sendable, Equatable {
    package var serial: Int
    package var lineage: String
    /// In ascending order of servers.
    package var resources: [StateResource]
    /// Addresses that are no server of Plumb's.
    package var foreign: [String]

    /// A file that Terraform made and wrote nothing into: what it writes has a lineage.
    package static let unwritten = TerraformState(serial: 0, lineage: "")

    package init(serial: Int, lineage: String, resources: [StateResource] = [], foreign: [String] = []) {
        self.serial = serial
        self.lineage = lineage
        self.resources = resources
        self.foreign = foreign
    }
}

/// One server in a state: the resource below `module.server["NAME"]`.
package struct StateResource: Sendable, Hashable {
    package var server: ServerName
    /// The whole address of the resource.
    package var address: String
    package var type: GuestType
    package var vmid: VMID
    package var node: NodeName
    package var isTainted: Bool
    package var settings: GuestSettings
    package var template: ServerConfiguration.Template?
    package var templateFile: String?
    /// The MAC addresses that the provider read of the guest, in upper case, where its ``settings`` show none: after an
    /// update that failed they are what was asked for.
    package var macs: [String] = []

    package init(
        server: ServerName, address: String, type: GuestType, vmid: VMID, node: NodeName, isTainted: Bool = false,
        settings: GuestSettings
    ) {
        self.server = server
        self.address = address
        self.type = type
        self.vmid = vmid
        self.node = node
        self.isTainted = isTainted
        self.settings = settings
    }

    /// All MAC addresses that the state knows the guest by.
    package var knownMACs: Set<String> { Set(macs + settings.networks.compactMap(\.mac)) }
}
