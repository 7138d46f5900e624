import JSONArena
import Model

extension PlanFile.Change {
    /// What applying the import would change of the guest, attribute by attribute. What only the provider keeps for
    /// itself (its time-outs, how it would destroy) is no change of the guest; what only an apply can tell is computed by
    /// the provider, because nothing in the root refers to another resource.
    var importedChanges: [AttributeChange] {
        var found: [AttributeChange] = []
        compare("", before, after, unknown, &found)
        return found
    }

    private func compare(
        _ path: String, _ before: JSONNode?, _ after: JSONNode?, _ unknown: JSONNode?, _ found: inout [AttributeChange]
    ) {
        if unknown?.bool == true || Self.isProvidersOwn(path) { return }
        let old = before.flatMap { $0.isVoid ? nil : $0 }
        let new = after.flatMap { $0.isVoid ? nil : $0 }
        switch (old?.kind, new?.kind) {
        case (nil, nil): return
        case (.object?, .object?), (.object?, nil), (nil, .object?):
            var names = (old.map { $0.members.map(\.name) } ?? [])
            names += (new.map { $0.members.map(\.name) } ?? []).filter { !names.contains($0) }
            for name in names {
                let inner = path.isEmpty ? name : "\(path).\(name)"
                compare(inner, old?[name], new?[name], unknown?[name], &found)
            }
        case (.array?, .array?) where !(old?.isOfTexts ?? false) && !(new?.isOfTexts ?? false),
            (.array?, nil) where !(old?.isOfTexts ?? false), (nil, .array?) where !(new?.isOfTexts ?? false):
            for index in 0..<max(old?.count ?? 0, new?.count ?? 0) {
                compare("\(path)[\(index)]", old?[index], new?[index], unknown?[index], &found)
            }
        default:
            let (was, becomes) = (old?.plainText, new?.plainText)
            guard was != becomes else { return }
            // To say nothing is to say what is usual.
            if was == nil || becomes == nil, Self.usual[Self.plain(path)] == was ?? becomes { return }
            let isSecret = path.contains("password") || path.contains("user_account")
            found.append(
                AttributeChange(
                    path: Self.declaredName(of: path), before: isSecret ? nil : was, after: isSecret ? nil : becomes))
        }
    }

    /// Attributes of bpg/proxmox that no guest has.
    private static func isProvidersOwn(_ path: String) -> Bool {
        path.hasPrefix("timeout_")
            || [
                "reboot", "reboot_after_update", "stop_on_destroy", "purge_on_destroy", "migrate",
                "delete_unreferenced_disks_on_destroy", "agent[0].timeout", "agent[0].wait_for_ip",
            ].contains(path)
    }

    /// `disk.size` of `disk[0].size`.
    private static func plain(_ path: String) -> String { path.replacing(/\[\d+\]/, with: "") }

    /// What Proxmox does where a guest's configuration is silent (qm.conf(5), pct.conf(5)), in the provider's words. Its
    /// import leaves such an attribute, or its whole block, out.
    private static let usual: [String: String] = [
        "agent.enabled": "false", "agent.trim": "false", "agent.type": "virtio",
        "cpu.cores": "1", "cpu.sockets": "1", "cpu.limit": "0", "cpu.hotplugged": "0", "cpu.numa": "false",
        "cpu.units": "1024", "cpu.architecture": "amd64",
        "memory.dedicated": "512", "memory.swap": "512", "memory.floating": "0", "memory.shared": "0",
        "memory.keep_hugepages": "false",
        "on_boot": "false", "start_on_boot": "false", "protection": "false", "template": "false",
        "network_device.enabled": "true", "network_device.disconnected": "false", "network_device.firewall": "false",
        "network_device.mtu": "0", "network_device.queues": "0", "network_device.rate_limit": "0",
        "network_device.vlan_id": "0", "network_device.model": "virtio",
        "network_interface.enabled": "true", "network_interface.firewall": "false", "network_interface.mtu": "0",
        "network_interface.rate_limit": "0", "network_interface.vlan_id": "0",
        "disk.ssd": "false", "disk.replicate": "true", "disk.backup": "true", "disk.discard": "ignore",
        "disk.iothread": "false", "disk.cache": "none", "disk.aio": "io_uring",
        "disk.speed.read": "0", "disk.speed.read_burstable": "0", "disk.speed.write": "0",
        "disk.speed.write_burstable": "0", "disk.speed.iops_read": "0", "disk.speed.iops_read_burstable": "0",
        "disk.speed.iops_write": "0", "disk.speed.iops_write_burstable": "0",
    ]

    /// The provider's path in the words of the YAML; what the YAML cannot say keeps the provider's name.
    private static func declaredName(of path: String) -> String {
        let plain = plain(path)
        let index = path.firstMatch(of: /\[\d+\]/).map { String($0.output) } ?? ""
        return switch plain {
        case "cpu.cores": "cores"
        case "cpu.sockets": "sockets"
        case "memory.dedicated": "memory"
        case "disk.interface", "disk.datastore_id", "disk.size", "disk.file_format", "disk.ssd":
            "disks\(index).\(plain.dropFirst("disk.".count))"
        case "network_device.bridge", "network_interface.bridge": "networks\(index).bridge"
        case "network_device.vlan_id", "network_interface.vlan_id": "networks\(index).vlan"
        case "network_device.mac_address", "network_interface.mac_address": "networks\(index).mac"
        // Where the cloud-init drive is: it comes with the first address or name server.
        case "initialization.datastore_id": AttributeChange.cloudInit
        case "initialization.ip_config.ipv4.address": "networks.address"
        case "initialization.ip_config.ipv4.gateway": "networks.gateway"
        case "initialization.dns.servers", "initialization.dns.domain": "dns"
        case "initialization.hostname", "name": "name"
        case "agent.enabled": "agent"
        case "on_boot", "start_on_boot": "onBoot"
        case "pool_id": "pool"
        case "tags", "description", "protection": plain
        default: path
        }
    }
}

extension JSONNode {
    /// Null, "", [] and {} are ways to say nothing, and the provider's import writes one where its plan writes another.
    fileprivate var isVoid: Bool {
        switch kind {
        case .null: true
        case .string: string?.isEmpty ?? true
        case .array, .object: count == 0
        case .bool, .number: false
        }
    }

    fileprivate var isOfTexts: Bool { kind == .array && elements.allSatisfy { $0.kind == .string } }

    /// A line break at the end is the provider's own; the order of a list of words says nothing.
    fileprivate var plainText: String {
        switch kind {
        case .string: (string ?? "").trimmingSuffix(while: \.isNewline)
        case .array where isOfTexts: elements.compactMap(\.string).sorted().joined(separator: ";")
        case .array, .object, .null, .bool, .number: String(decoding: raw, as: UTF8.self)
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, predicate(last) { text.removeLast() }
        return String(text)
    }
}
