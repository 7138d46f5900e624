import Model

extension Declarations {
    static let server = Declaration<Server>("Server") { fields in
        fields.field("cluster", .reference(to: .cluster), required: true, "The cluster that it belongs to.") {
            $0.cluster = $1
        }
        fields.field("type", .choice, default: "vm", "A virtual machine or a container.") { $0.type = $1 }
        fields.field(
            "node", FieldType<String>.text(.node).map { NodeName($0) }, default: "the cluster's",
            "Where it is born; a guest that moves later is followed."
        ) { $0.node = $1 }
        fields.field("vmid", .vmid, default: "the lowest free one", "Its number in the cluster.") { $0.vmid = $1 }
        fields.field("template", .template, default: "the cluster's", "What it is made from.") { $0.template = $1 }
        declareHardware(&fields)
        fields.field("cloudInit", cloudInit.type { .init() }, "What cloud-init does at the first start.") {
            $0.cloudInit = $1
        }
        fields.field("agent", .boolean, default: "false", "Whether the QEMU guest agent runs inside.") { $0.agent = $1 }
        fields.field("onBoot", .boolean, default: "true", "Started when its node starts.") { $0.onBoot = $1 }
        fields.field("tags", FieldType<String>.text(.tag).uniqueList(), default: "none", "Tags in Proxmox.") {
            $0.tags = $1
        }
        fields.field("pool", .text(.pool), "The resource pool.") { $0.pool = $1 }
        fields.field("description", .text(example: "the shop's front"), "Shown in Proxmox.") { $0.description = $1 }
        fields.field("roles", FieldType<RoleName>.reference(to: .role).uniqueList(), default: "none", "What it is for.")
        {
            $0.roles = $1
        }
        fields.field(
            "power", .choice, default: "unmanaged", "`unmanaged`: started once after creation, then left alone."
        ) { $0.power = $1 }
        fields.field(
            "manage", .choice, default: "full",
            "`observe`: recorded and listed, drift is reported; never created, changed or destroyed."
        ) { $0.manage = $1 }
        fields.field("protect", .boolean, default: "false", "Never destroyed while this is true.") { $0.protect = $1 }
        fields.field("adopt", .boolean, default: "false", "Take over a guest that is already there.") { $0.adopt = $1 }
        fields.field(
            "onRemove", .choice, default: "destroy",
            "What happens to the guest when the document goes: `forget` leaves it running."
        ) { $0.onRemove = $1 }
        fields.field(
            "ignore", FieldType<String>.serverPath.uniqueList(), default: "none", "Attributes whose live value is kept."
        ) { $0.ignore = $1 }
        fields.field(
            "dependsOn", FieldType<ServerName>.reference(to: .server).uniqueList(), default: "none",
            "Servers that are created before it and removed after it."
        ) { $0.dependsOn = $1 }
        fields.afterwards(checkServer)
    }

    private static func declareHardware(_ fields: inout Declaration<Server>.Fields) {
        fields.field("cores", .integer(1...8192), default: "1", "Cores of each socket.") { $0.cores = $1 }
        fields.field("sockets", .integer(1...4), default: "1", "Sockets.") { $0.sockets = $1 }
        fields.field("memory", .memory(from: .mebibytes(16)), default: "1GiB", "Main memory; a bare number is MiB.") {
            $0.memory = $1
        }
        fields.field(
            "disks", disk.type { Server.Disk(size: .gibibytes(1)) }.list(), default: "the template's",
            "Disks, the first one to boot from."
        ) { $0.disks = $1 }
        fields.field("networks", network.type { .init() }.list(), default: "the template's", "Network devices.") {
            $0.networks = $1
        }
        fields.field("dns", dns.type { .init() }, "Name servers.") { $0.dns = $1 }
    }

    private static let disk = Declaration<Server.Disk>("disk") { fields in
        fields.field("size", .diskSize, required: true, "Its size; a bare number is GiB. Disks grow and never shrink.")
        {
            $0.size = $1
        }
        fields.field("datastore", .text(.datastore), default: "the cluster's", "The storage.") { $0.datastore = $1 }
        fields.field("interface", .text(.diskInterface), default: "by its position", "`scsi0`, `virtio1`, `rootfs`, ….")
        {
            $0.interface = $1
        }
        fields.field(
            "format", .choice(["raw", "qcow2", "vmdk"]) { ["raw", "qcow2", "vmdk"].contains($0) ? $0 : nil },
            default: "what the storage prefers", "The image's format."
        ) { $0.format = $1 }
        fields.field("ssd", .boolean, default: "false", "Shown to the guest as an SSD.") { $0.ssd = $1 }
    }

    private static let network = Declaration<Server.Network>("network") { fields in
        fields.field("bridge", .text(.bridge), default: "the cluster's", "The bridge.") { $0.bridge = $1 }
        fields.field("vlan", .integer(1...4094), "The VLAN's tag.") { $0.vlan = $1 }
        fields.field("address", .addressOrDHCP, "An IPv4 address with its prefix, or `dhcp`.") { $0.address = $1 }
        fields.field("gateway", .gateway, default: "the cluster's", "The gateway.") { $0.gateway = $1 }
        fields.field("mac", .text(.mac), default: "made by Proxmox", "The hardware address.") {
            $0.mac = $1.uppercased()
        }
        fields.afterwards(checkGateway)
    }

    private static let dns = Declaration<Server.DNS>("dns") { fields in
        fields.field("servers", FieldType<String>.text(.address).uniqueList(), default: "the node's", "Addresses.") {
            $0.servers = $1
        }
        fields.field("domain", .text(.host), "The search domain.") { $0.domain = $1 }
    }

    private static let cloudInit = Declaration<Server.CloudInit>("cloudInit") { fields in
        fields.field("user", .text(.userName), default: "the cluster's", "The user that is made.") { $0.user = $1 }
        fields.field("passwordFrom", .secret, "The user's password.") { $0.password = $1 }
        fields.field("sshKeys", FieldType<String>.text(.sshKey).uniqueList(), default: "the cluster's", "Its keys.") {
            $0.sshKeys = $1
        }
    }

    /// A gateway must be reachable from the address that it is given with.
    @Sendable private static func checkGateway(
        _ network: inout Server.Network, _ context: Declaration<Server.Network>.Context, _ reader: inout DocumentReader
    ) {
        guard let gateway = network.gateway, context.isGiven("gateway"),
            let key = reader.firstKey(named: "gateway", in: context.node)
        else { return }
        let value = reader.document.resolved(key + 1)
        guard let text = network.address, text != "dhcp" else {
            if !reader.isPartial { reader.report("network.gatewayWithoutAddress", at: value) }
            return
        }
        guard let cidr = CIDR(text), let address = IPAddress(gateway) else { return }
        if !cidr.contains(address) {
            reader.report("network.gatewayOutside", at: value, [text])
        } else if address == cidr.address {
            reader.report("network.gatewayIsItself", at: value)
        }
    }

    @Sendable private static func checkServer(
        _ server: inout Server, _ context: Declaration<Server>.Context, _ reader: inout DocumentReader
    ) {
        if server.disks.contains(where: { $0.interface != nil }) { checkInterfaces(server, context.node, &reader) }
        guard server.type == .container else { return }
        if server.disks.count > 1 { reportMountPoint(in: context.node, &reader) }
        for name in ["agent", "sockets"] where context.isGiven(name) {
            guard let key = reader.firstKey(named: name, in: context.node) else { continue }
            let sentence = Sentence("server.notOfContainer", [name])
            reader.add(Diagnostic(.error, sentence, at: reader.span(key)))
        }
    }

    /// A disk without an interface has the one of its position, which another one may name.
    private static func checkInterfaces(_ server: Server, _ node: Int, _ reader: inout DocumentReader) {
        var holders: [String: Int] = [:]
        for (index, disk) in server.disks.enumerated() {
            if let interface = disk.interface, (interface == "rootfs") != (server.type == .container) {
                report("disk.wrongInterface", disk: index, in: node, type: server.type, &reader)
            }
            guard server.type == .vm else { continue }
            let other = holders.updateValue(index, forKey: disk.interface ?? "scsi\(index)")
            guard let other else { continue }
            let named = disk.interface == nil ? other : index
            report("disk.sameInterface", disk: named, in: node, type: server.type, &reader)
        }
    }

    /// The root module makes containers with their root disk alone, and one entry that it refuses would stop its stack.
    private static func reportMountPoint(in node: Int, _ reader: inout DocumentReader) {
        guard let disks = reader.firstKey(named: "disks", in: node) else { return }
        reader.report("disk.ofContainer", at: reader.element(1, of: reader.document.resolved(disks + 1)))
    }

    private static func report(
        _ code: SentenceCode, disk: Int, in node: Int, type: GuestType, _ reader: inout DocumentReader
    ) {
        guard let disks = reader.firstKey(named: "disks", in: node) else { return }
        let element = reader.document.resolved(reader.element(disk, of: reader.document.resolved(disks + 1)))
        guard let key = reader.firstKey(named: "interface", in: element) else { return }
        reader.report(code, at: reader.document.resolved(key + 1), [type.rawValue])
    }
}

extension FieldType where Value == String {
    /// A path to a declared attribute of a server: `spec.networks[0].mac`.
    static var serverPath: FieldType<String> {
        let shape = Shape.text(
            phrase: "a path to an attribute", pattern: #"^spec\.[A-Za-z]+(\[[0-9]+\])?(\.[A-Za-z]+)?$"#,
            example: "spec.networks[0].mac")
        return FieldType<String>(shape) { reader, node in
            guard reader.expectScalar(node, "type.text") else { return nil }
            let path = reader.text(node)
            guard isIgnorable(path) else {
                let head = path.dropFirst("spec.".count).prefix { $0 != "[" && $0 != "." }
                let rest = path.dropFirst("spec.".count + head.count)
                let near = path.hasPrefix("spec.") ? Suggestion.nearest(to: String(head), among: ignorableNames) : nil
                let fixed = near.map { "spec." + $0 + rest }
                reader.report("value.path", at: node, fix: fixed.flatMap { isIgnorable($0) ? $0 : nil })
                return nil
            }
            return path
        }
    }
}

/// What an ignore path can name. It stands apart from the declaration, which has such a path in itself; a test compares
/// the two. Roles are not among it: no guest has a value of them that could be kept.
let ignorableFields: [(name: String, isList: Bool, parts: [String])] = [
    ("type", false, []), ("node", false, []), ("vmid", false, []), ("template", false, []), ("cores", false, []),
    ("sockets", false, []), ("memory", false, []), ("disks", true, ["size", "datastore", "format", "ssd"]),
    ("networks", true, ["bridge", "vlan", "address", "gateway", "mac"]), ("dns", false, []),
    ("cloudInit", false, ["user", "passwordFrom", "sshKeys"]), ("agent", false, []), ("onBoot", false, []),
    ("tags", false, []), ("pool", false, []), ("description", false, []), ("power", false, []), ("protect", false, []),
]

private let ignorableNames = ignorableFields.map(\.name)

/// Whether a path leads to something that is left alone by naming it: `spec.tags`, `spec.networks`,
/// `spec.networks[0].mac`.
private func isIgnorable(_ path: String) -> Bool {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts[0] == "spec",
        let field = ignorableFields.first(where: { $0.name == parts[1].prefix { $0 != "[" } })
    else { return false }
    let index = parts[1].dropFirst(field.name.count)
    let hasIndex = !index.isEmpty
    let isNumber = index.first == "[" && index.last == "]" && Int(index.dropFirst().dropLast()).map { $0 >= 0 } ?? false
    guard !hasIndex || (field.isList && isNumber) else { return false }
    guard parts.count == 3 else { return true }
    return field.isList == hasIndex && field.parts.contains(String(parts[2]))
}
