import JSONArena
import Model

/// One entry of `terraform.tfvars.json`, as the variable `servers` of the root module declares it. Everything is
/// always written, with null where there is nothing, so that an entry's shape never depends on its values; only the
/// options of a guest, a disk or a network device, which few have, are left out where there are none.
extension ServerConfiguration {
    /// The entry.
    package var tfvars: JSONValue {
        let options = GuestOption.members(settings.options)
        guard !options.isEmpty, case .object(let members) = members else { return members }
        return .object(members + options)
    }

    /// What every entry has.
    private var members: JSONValue {
        [
            "type": .string(birth.type.rawValue),
            "node": .string(birth.node.text),
            "vmid": .int(birth.vmid.rawValue),
            "template": birth.template.map { ["vmid": .int($0.vmid.rawValue), "node": .string($0.node.text)] } ?? nil,
            "template_file": .text(birth.templateFile),
            "user": .text(birth.user),
            "password_secret": .text(birth.passwordSecret),
            "ssh_keys": .texts(birth.sshKeys),
            "cores": .int(settings.cores),
            "sockets": .int(settings.sockets),
            "memory": .int(settings.memory),
            "disks": .array(settings.disks.map(\.tfvars)),
            "networks": .array(settings.networks.map(\.tfvars)),
            "dns": settings.dns.map { ["servers": .texts($0.servers), "domain": .text($0.domain)] } ?? nil,
            "agent": .bool(settings.agent),
            "on_boot": .bool(settings.onBoot),
            "tags": .texts(settings.tags),
            "pool": .text(settings.pool),
            "description": .text(settings.description),
            "protection": .bool(settings.protection),
        ]
    }

    /// Reads an entry; nil where it does not have exactly the members that ``tfvars`` writes, of the same types.
    package init?(tfvars node: JSONNode) {
        guard let options = GuestOption.found(in: node), node.count == (options.list == nil ? 20 : 21),
            let type = node["type"]?.string.flatMap(GuestType.init),
            let guest = node["node"]?.string,
            let vmid = node["vmid"]?.int, let keys = node["ssh_keys"]?.texts, let template = node["template"],
            let templateFile = node.optionalText("template_file"), let user = node.optionalText("user"),
            let secret = node.optionalText("password_secret"), var settings = GuestSettings(tfvars: node)
        else { return nil }
        settings.options = options.list
        var birth = Birth(type: type, node: NodeName(guest), vmid: VMID(vmid))
        if !template.isNull {
            guard template.count == 2, let vmid = template["vmid"]?.int, let node = template["node"]?.string else {
                return nil
            }
            birth.template = Template(vmid: VMID(vmid), node: NodeName(node))
        }
        birth.templateFile = templateFile.text
        birth.user = user.text
        birth.passwordSecret = secret.text
        birth.sshKeys = keys
        self.init(birth: birth, settings: settings)
    }
}

extension GuestSettings {
    fileprivate init?(tfvars node: JSONNode) {
        guard let cores = node["cores"]?.int, let sockets = node["sockets"]?.int, let memory = node["memory"]?.int,
            let disks = node["disks"], disks.kind == .array, let networks = node["networks"], networks.kind == .array,
            let dns = node["dns"], let agent = node["agent"]?.bool, let onBoot = node["on_boot"]?.bool,
            let tags = node["tags"]?.texts, let pool = node.optionalText("pool"),
            let description = node.optionalText("description"), let protection = node["protection"]?.bool
        else { return nil }
        self.init()
        (self.cores, self.sockets, self.memory) = (cores, sockets, memory)
        (self.agent, self.onBoot, self.protection) = (agent, onBoot, protection)
        (self.tags, self.pool, self.description) = (tags, pool.text, description.text)
        for disk in disks.elements {
            guard let disk = Disk(tfvars: disk) else { return nil }
            self.disks.append(disk)
        }
        for network in networks.elements {
            guard let network = Network(tfvars: network) else { return nil }
            self.networks.append(network)
        }
        guard !dns.isNull else { return }
        guard dns.count == 2, let servers = dns["servers"]?.texts, let domain = dns.optionalText("domain") else {
            return nil
        }
        var names = DNS()
        (names.servers, names.domain) = (servers, domain.text)
        self.dns = names
    }
}

extension GuestSettings.Disk {
    fileprivate var tfvars: JSONValue {
        .object(
            [
                JSONValue.Member("interface", .string(interface)), JSONValue.Member("datastore", .string(datastore)),
                JSONValue.Member("size", .int(size)), JSONValue.Member("format", .text(format)),
                JSONValue.Member("ssd", .bool(ssd)),
            ] + GuestOption.members(options))
    }

    fileprivate init?(tfvars node: JSONNode) {
        guard let options = GuestOption.found(in: node), node.count == (options.list == nil ? 5 : 6),
            let interface = node["interface"]?.string, let datastore = node["datastore"]?.string,
            let size = node["size"]?.int, let format = node.optionalText("format"), let ssd = node["ssd"]?.bool
        else { return nil }
        self.init(interface: interface, datastore: datastore, size: size, format: format.text, ssd: ssd)
        self.options = options.list
    }
}

extension GuestSettings.Network {
    fileprivate var tfvars: JSONValue {
        .object(
            [
                JSONValue.Member("bridge", .string(bridge)), JSONValue.Member("vlan", vlan.map(JSONValue.int) ?? .null),
                JSONValue.Member("mac", .text(mac)), JSONValue.Member("address", .text(address)),
                JSONValue.Member("gateway", .text(gateway)),
            ] + GuestOption.members(options))
    }

    fileprivate init?(tfvars node: JSONNode) {
        guard let options = GuestOption.found(in: node), node.count == (options.list == nil ? 5 : 6),
            let bridge = node["bridge"]?.string, let vlan = node["vlan"],
            vlan.isNull || vlan.int != nil,
            let mac = node.optionalText("mac"), let address = node.optionalText("address"),
            let gateway = node.optionalText("gateway")
        else { return nil }
        self.init(bridge: bridge)
        self.vlan = vlan.int
        (self.mac, self.address, self.gateway) = (mac.text, address.text, gateway.text)
        self.options = options.list
    }
}

extension GuestOption {
    /// Options, or that there are none.
    fileprivate struct Found {
        var list: [GuestOption]?
    }

    /// `options`, where there are any.
    fileprivate static func members(_ options: [GuestOption]?) -> [JSONValue.Member] {
        guard let options, !options.isEmpty else { return [] }
        return [
            JSONValue.Member("options", .object(options.map { JSONValue.Member($0.name, .string($0.value)) }))
        ]
    }

    /// - Returns: nil where the member is there, and is not texts by name, at least one.
    fileprivate static func found(in node: JSONNode) -> Found? {
        guard let member = node["options"] else { return Found(list: nil) }
        guard member.kind == .object, member.count > 0 else { return nil }
        var options: [GuestOption] = []
        for (name, value) in member.members {
            guard let text = value.string else { return nil }
            options.append(GuestOption(name, text))
        }
        return Found(list: options)
    }
}

/// A string or null that is there, as against a member that is not.
private struct OptionalText {
    var text: String?
}

extension JSONNode {
    fileprivate func optionalText(_ name: String) -> OptionalText? {
        guard let node = self[name], node.isNull || node.kind == .string else { return nil }
        return OptionalText(text: node.string)
    }

    /// An array of nothing but strings.
    fileprivate var texts: [String]? {
        guard kind == .array else { return nil }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string else { return nil }
            texts.append(text)
        }
        return texts
    }
}

extension JSONValue {
    fileprivate static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
    fileprivate static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
