import JSONArena
import Model

/// A Terraform state of format version 4, read from its file. Attributes stay where they are in the text until they
/// are asked for.
package struct StateFile: Sendable {
    package var serial: Int
    package var lineage: String
    package var terraformVersion: String
    /// Managed resources, one for each instance, in the file's order.
    package var instances: [Instance]

    package struct Instance: Sendable {
        /// `module.server["web-01"].proxmox_virtual_environment_vm.this`, with its index and, for what a replacement
        /// left over, its deposed key.
        package var address: String
        /// The key below `module.server`; nil for anything that is not the present object of a resource there.
        package var server: ServerAddress?
        package var type: String
        package var name: String
        package var isTainted: Bool
        package var attributes: JSONNode
    }

    /// - Throws: what is wrong, for an operator who knows Terraform.
    package init(parsing bytes: [UInt8]) throws(Tfvars.Malformed) {
        let root: JSONNode
        do throws(JSONFailure) {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw Tfvars.Malformed(reason: error.description)
        }
        guard root["version"]?.int == 4 else { throw Tfvars.Malformed(reason: "its format version is not 4") }
        guard let serial = root["serial"]?.int, let lineage = root["lineage"]?.string,
            let resources = root["resources"], resources.kind == .array || resources.isNull
        else { throw Tfvars.Malformed(reason: "its serial, lineage or resources are missing") }
        self.serial = serial
        self.lineage = lineage
        terraformVersion = root["terraform_version"]?.string ?? ""
        instances = []
        for resource in resources.elements where resource["mode"]?.string == "managed" {
            try read(resource)
        }
    }

    private mutating func read(_ resource: JSONNode) throws(Tfvars.Malformed) {
        guard let type = resource["type"]?.string, let name = resource["name"]?.string,
            let found = resource["instances"], found.kind == .array
        else { throw Tfvars.Malformed(reason: "a resource has no type, name or instances") }
        let module = resource["module"]?.string
        let server = module.flatMap { ServerAddress(module: $0) }
        let base = (module.map { $0 + "." } ?? "") + type + "." + name
        for instance in found.elements {
            let deposed = instance["deposed"]?.string
            var address = base
            if let index = instance["index_key"], !index.isNull {
                address += "[" + String(decoding: index.raw, as: UTF8.self) + "]"
            }
            if let deposed { address += " (deposed object \(deposed))" }
            instances.append(
                Instance(
                    address: address, server: deposed == nil ? server : nil, type: type, name: name,
                    isTainted: instance["status"]?.string == "tainted", attributes: instance["attributes"] ?? instance))
        }
    }
}
