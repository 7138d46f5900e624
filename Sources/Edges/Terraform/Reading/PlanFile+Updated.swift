import JSONArena
import Model

extension PlanFile.Change {
    /// What an update would do to what the guest is made of, also with its import: disks and network devices that come, go
    /// or become others, the numbers and switches that the YAML has a word for, and a cloud-init drive that comes.
    ///
    /// This is less than what differs. Whatever else stands in a plan of bpg/proxmox may be its own: values that it computes,
    /// fills in or spells in another way, by which no update may be held up.
    var updatedChanges: [AttributeChange] { diskChanges + deviceChanges + plainChanges + cloudInitChanges }

    // MARK: Disks

    /// By their interfaces, because a disk that comes or goes moves the others in the list.
    private var diskChanges: [AttributeChange] {
        guard unknown?["disk"]?.bool != true else { return [] }
        let (old, new) = (Self.disks(before), Self.disks(after))
        var found: [AttributeChange] = []
        for disk in old where disk.mayGo && !new.contains(where: { $0.interface == disk.interface }) {
            found.append(AttributeChange(path: "disks[\(disk.interface)]", before: disk.text, after: nil))
        }
        for disk in new {
            let path = "disks[\(disk.interface)]"
            guard let other = old.first(where: { $0.interface == disk.interface }) else {
                if disk.mayGo { found.append(AttributeChange(path: path, before: nil, after: disk.text)) }
                continue
            }
            let unknown = unknown?["disk"]?[disk.position]
            for (name, word) in [("size", "size"), ("datastore_id", "datastore")] {
                found += Self.change("\(path).\(word)", other.node[name], disk.node[name], unknown?[name])
            }
        }
        return found
    }

    private struct Disk {
        var interface: String
        var position: Int
        var node: JSONNode

        /// A container has its only disk for as long as it lives, also where the provider leaves the block out.
        var mayGo: Bool { interface != Self.ofContainers }
        static let ofContainers = "rootfs"

        var text: String { "\(node["size"]?.word ?? "?")GiB on \(node["datastore_id"]?.word ?? "?")" }
    }

    private static func disks(_ resource: JSONNode?) -> [Disk] {
        let list = resource?["disk"].map { Array($0.elements) } ?? []
        return list.enumerated().map { position, node in
            Disk(interface: node["interface"]?.word ?? Disk.ofContainers, position: position, node: node)
        }
    }

    // MARK: Network devices

    /// By their places. A root that says nothing of them leaves them as they are, and only an empty list takes them away.
    private var deviceChanges: [AttributeChange] {
        ["network_device", "network_interface"].flatMap { name -> [AttributeChange] in
            guard let after = after?[name], !after.isNull, unknown?[name]?.bool != true else { return [] }
            let (old, new) = (before?[name].map { Array($0.elements) } ?? [], Array(after.elements))
            return (0..<max(old.count, new.count)).flatMap { place -> [AttributeChange] in
                let path = "networks[\(place)]"
                guard place < old.count else {
                    return [AttributeChange(path: path, before: nil, after: new[place]["bridge"]?.word ?? "?")]
                }
                guard place < new.count else {
                    return [AttributeChange(path: path, before: old[place]["bridge"]?.word ?? "?", after: nil)]
                }
                let unknown = unknown?[name]?[place]
                return [("bridge", "bridge"), ("vlan_id", "vlan"), ("mac_address", "mac")].flatMap { name, word in
                    Self.change("\(path).\(word)", old[place][name], new[place][name], unknown?[name])
                }
            }
        }
    }

    // MARK: Numbers and switches

    /// Only from one value to another: what is not there on one side is as usual.
    private var plainChanges: [AttributeChange] {
        let places: [(word: String, block: String?, name: String)] = [
            ("cores", "cpu", "cores"), ("sockets", "cpu", "sockets"), ("memory", "memory", "dedicated"),
            ("agent", "agent", "enabled"), ("onBoot", nil, "on_boot"), ("onBoot", nil, "start_on_boot"),
            ("protection", nil, "protection"),
        ]
        return places.flatMap { word, block, name -> [AttributeChange] in
            func value(_ resource: JSONNode?) -> JSONNode? { block.map { resource?[$0]?[0] } ?? resource }
            guard let old = value(before)?[name], let new = value(after)?[name], !old.isNull, !new.isNull else {
                return []
            }
            return Self.change(word, old, new, value(unknown)?[name])
        }
    }

    // MARK: Cloud-init

    /// Where the resource had no `initialization` the provider gives the VM a drive for it, and writes the account to that
    /// which only a birth can make. A container's block, which always says its hostname, has no drive.
    private var cloudInitChanges: [AttributeChange] {
        guard unknown?["initialization"]?.bool != true, before?["initialization"]?[0] == nil,
            let block = after?["initialization"]?[0], block["hostname"]?.word == nil
        else { return [] }
        let account = block["user_account"]?[0]
        let words = [("username", "user"), ("password", "passwordFrom"), ("keys", "sshKeys")]
        return [AttributeChange(path: AttributeChange.cloudInit, before: nil, after: "drive")]
            + words.compactMap { name, word -> AttributeChange? in
                guard let value = account?[name], value.count > 0 || value.word != nil else { return nil }
                return AttributeChange(
                    path: "\(AttributeChange.cloudInit).\(word)", before: nil,
                    after: name == "username" ? value.word : "set")
            }
    }

    private static func change(
        _ path: String, _ before: JSONNode?, _ after: JSONNode?, _ unknown: JSONNode?
    ) -> [AttributeChange] {
        guard unknown?.bool != true, before?.word != after?.word else { return [] }
        return [AttributeChange(path: path, before: before?.word, after: after?.word)]
    }
}

extension JSONNode {
    /// A plain value as a word, in which the case of a hardware address says nothing; nil for what says nothing: null, "" and
    /// the VLAN 0.
    fileprivate var word: String? {
        switch kind {
        case .null, .array, .object: nil
        case .string: string.flatMap { $0.isEmpty ? nil : $0.contains(":") ? $0.uppercased() : $0 }
        case .bool: bool.map(String.init)
        case .number: int.map { $0 == 0 ? nil : String($0) } ?? String(decoding: raw, as: UTF8.self)
        }
    }
}
