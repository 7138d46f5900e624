import Model

/// A path of ``GuestSettings/differences(from:type:)`` in its parts: `disks[scsi0].size`, `networks[1]`, `cores`.
package struct SettingPath {
    package let root: Substring
    /// `scsi0` of a disk, `1` of a network device.
    package let key: Substring?
    package let leaf: Substring?

    package init(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1)
        let head = parts.first ?? ""
        leaf = parts.dropFirst().first
        if let open = head.firstIndex(of: "["), head.last == "]" {
            root = head[..<open]
            key = head[head.index(after: open)...].dropLast()
        } else {
            root = head
            key = nil
        }
    }
}

extension GuestSettings {
    /// What these settings say at a path, as text; nil: nothing is there.
    func text(at path: SettingPath) -> String? {
        switch path.root {
        case "cores": String(cores)
        case "sockets": String(sockets)
        case "memory": "\(memory)MiB"
        case "disks": disks.first { $0.interface == path.key ?? "" }?.text(at: path.leaf)
        case "networks": network(path.key)?.text(at: path.leaf)
        case "dns": dns?.text
        case "agent": String(agent)
        case "onBoot": String(onBoot)
        case "tags": tags.joined(separator: ";")
        case "pool": pool
        case "description": description
        case "protection": String(protection)
        default: nil
        }
    }

    private func network(_ key: Substring?) -> Network? {
        guard let position = key.flatMap({ Int($0) }), networks.indices.contains(position) else { return nil }
        return networks[position]
    }

    /// Whether these desired settings have a word on the path; where they have none, they agree with anything.
    func declares(_ path: SettingPath) -> Bool {
        switch path.root {
        case "disks":
            guard let disk = disks.first(where: { $0.interface == path.key ?? "" }) else { return !disks.isEmpty }
            if path.leaf == "datastore" { return !disk.datastore.isEmpty }
            return path.leaf != "format" || disk.format != nil
        case "networks":
            if networks.isEmpty { return false }
            return path.leaf != "mac" || network(path.key)?.mac != nil
        case "dns": return dns != nil
        default: return true
        }
    }
}

extension GuestSettings.Disk {
    fileprivate func text(at leaf: Substring?) -> String? {
        switch leaf {
        case "size": "\(size)GiB"
        case "datastore": datastore
        case "format": format
        case "ssd": String(ssd)
        default: text
        }
    }
}

extension GuestSettings.Network {
    fileprivate func text(at leaf: Substring?) -> String? {
        switch leaf {
        case "bridge": bridge
        case "vlan": vlan.map(String.init)
        case "mac": mac
        case "address": address
        case "gateway": gateway
        default: text
        }
    }
}

extension IgnoredPath {
    /// Whether a difference at that path is one of those that it names.
    ///
    /// - Parameter position: of the disk or network device in the declaration; nil: it has none there.
    func covers(_ path: SettingPath, position: Int?) -> Bool {
        guard root == path.root || (root == "protect" && path.root == "protection") else { return false }
        guard let index else { return root != "cloudInit" || leaf == nil || leaf == path.leaf.map(String.init) }
        return index == position && (leaf == nil || leaf == path.leaf.map(String.init))
    }
}
