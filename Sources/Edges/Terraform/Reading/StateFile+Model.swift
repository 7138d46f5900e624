import JSONArena
import Model

/// The provider's types of a guest.
package enum GuestResource {
    package static let vm = "proxmox_virtual_environment_vm"
    package static let container = "proxmox_virtual_environment_container"

    static func type(of resource: String) -> GuestType? {
        switch resource {
        case vm: .vm
        case container: .container
        default: nil
        }
    }
}

extension TerraformState {
    private static let names: [StaticString] = [
        "vm_id", "id", "node_name", "clone", "operating_system", "mac_addresses",
    ]

    /// What the state says of Plumb's servers; everything else is listed as foreign.
    ///
    /// - Throws: where a server cannot be told: two resources of one server, or one without a VMID or a node.
    package init(_ file: StateFile) throws(Tfvars.Malformed) {
        var resources: [StateResource] = []
        var foreign: [String] = []
        var known: Set<ServerName> = []
        resources.reserveCapacity(file.instances.count)
        for instance in file.instances {
            guard let address = instance.server, let type = GuestResource.type(of: instance.type) else {
                foreign.append(instance.address)
                continue
            }
            let attributes = instance.attributes
            let values = attributes.values(named: Self.names)
            // A create that failed half-way can leave `vm_id` null, though never `id`, which is the same number.
            guard let vmid = values[0]?.int ?? values[1]?.wholeNumber, let node = values[2]?.string
            else { throw Tfvars.Malformed(reason: "\(instance.address) has no VMID or no node") }
            guard known.insert(address.server).inserted else {
                throw Tfvars.Malformed(reason: "two resources stand for the server \"\(address.key)\"")
            }
            var resource = StateResource(
                server: address.server, address: instance.address, type: type, vmid: VMID(vmid), node: NodeName(node),
                isTainted: instance.isTainted, settings: GuestSettings(attributes: attributes, of: type))
            if let clone = values[3]?[0], let template = clone["vm_id"]?.int {
                resource.template = ServerConfiguration.Template(
                    vmid: VMID(template), node: clone["node_name"]?.string.map { NodeName($0) } ?? NodeName(node))
            }
            if let file = values[4]?[0]?["template_file_id"]?.string, !file.isEmpty {
                resource.templateFile = file
            }
            if resource.settings.networks.allSatisfy({ $0.mac == nil }) {
                // The guest's own agent names its loopback too, which has none.
                resource.macs = (values[5]?.elements.compactMap(\.string) ?? []).map { $0.uppercased() }
                    .filter { !$0.isEmpty && $0 != "00:00:00:00:00:00" }
            }
            resources.append(resource)
        }
        resources.sort { $0.server < $1.server }
        self.init(serial: file.serial, lineage: file.lineage, resources: resources, foreign: foreign.sorted())
    }
}
