import JSONArena

/// Reads a live container into its state, as bpg/proxmox refreshes it.
struct ContainerReading {
    private let configuration: GuestConfiguration

    /// - Returns: warnings.
    static func read(
        _ draft: inout StateDraft, vmid: Int, _ client: ClusterClient
    ) async throws(ClientFailure) -> [ProviderDiagnostic] {
        let guest = GuestHandle(kind: .container, client: client, node: draft["node_name"].string, vmid: vmid)
        let configuration: GuestConfiguration
        do {
            configuration = try await guest.configuration()
        } catch {
            guard error.isMissing else { throw error }
            draft.isGone = true
            return []
        }
        let reading = ContainerReading(configuration: configuration)
        reading.readTexts(&draft)
        reading.readResources(&draft)
        reading.readNetworks(&draft)
        let isRunning = try await guest.isRunning()
        draft.set("started", .bool(isRunning))
        try await reading.readAddresses(&draft, guest, isRunning: isRunning)
        if draft["vm_id"].isNull { draft.set("vm_id", .int(vmid)) }
        return []
    }

    private func readTexts(_ draft: inout StateDraft) {
        let isClone = draft.isClone
        for (name, key) in [("description", "description"), ("hook_script_file_id", "hookscript")]
        where !isClone || !draft[name].string.isEmpty {
            draft.set(name, .string(configuration.text(key) ?? ""))
        }
        for (name, key, usual) in [
            ("unprivileged", "unprivileged", false), ("protection", "protection", false),
            ("template", "template", false),
        ] where !isClone || draft[name] != .bool(usual) {
            draft.set(name, .bool(configuration.flag(key) ?? usual))
        }
        if !isClone || !draft["start_on_boot"].isTrue {
            draft.set("start_on_boot", .bool(configuration.flag("onboot") ?? false))
        }
        if !isClone || !draft["tags"].elements.isEmpty {
            let tags = (configuration.text("tags") ?? "").split { $0 == ";" || $0 == "," || $0 == " " }
            let sorted = tags.map(String.init).sorted()
            if draft["tags"].elements.map(\.string).sorted() != sorted {
                draft.set("tags", .list(sorted.map(TerraformValue.string)))
            }
        }
        draft.set(
            "console",
            [
                "enabled": .bool(configuration.flag("console") ?? true),
                "type": .string(configuration.text("cmode") ?? "tty"),
                "tty_count": .int(configuration.integer("tty") ?? 2),
            ],
            usual: ["enabled": true, "type": "tty", "tty_count": 2])
        draft.set(
            "operating_system",
            [
                "type": .string(configuration.text("ostype") ?? ""),
                "template_file_id": .string(draft["operating_system"].block["template_file_id"].string),
            ],
            usual: ["type": "unmanaged"])
    }

    private func readResources(_ draft: inout StateDraft) {
        draft.set(
            "cpu",
            [
                "architecture": .string(configuration.text("arch") ?? "amd64"),
                "cores": .int(configuration.integer("cores") ?? 1),
                "limit": configuration.text("cpulimit").flatMap(Double.init).map(TerraformValue.number) ?? 0,
                "units": .int(configuration.integer("cpuunits") ?? 0),
            ],
            usual: ["architecture": "amd64", "cores": 1, "limit": 0, "units": 0])
        draft.set(
            "memory",
            [
                "dedicated": .int(configuration.integer("memory") ?? 0),
                "swap": .int(configuration.integer("swap") ?? 0),
            ],
            usual: ["dedicated": 512, "swap": 0])
        readDisk(&draft)
        let features = configuration.options("features")
        let mounts = (features?["mount"] ?? "").split(separator: ";").map { TerraformValue.string(String($0)) }
        draft.set(
            "features",
            [
                "nesting": .bool(features?.flag("nesting") ?? false),
                "keyctl": .bool(features?.flag("keyctl") ?? false),
                "fuse": .bool(features?.flag("fuse") ?? false), "mknod": .bool(features?.flag("mknod") ?? false),
                "mount": .list(mounts),
            ],
            usual: ["nesting": false, "keyctl": false, "fuse": false, "mknod": false, "mount": .list([])])
        if let startup = configuration.options("startup") {
            let block: [String: TerraformValue] = [
                "order": .int(startup.integer("order") ?? -1), "up_delay": .int(startup.integer("up") ?? -1),
                "down_delay": .int(startup.integer("down") ?? -1),
            ]
            if !draft.isClone || !draft["startup"].elements.isEmpty { draft.set("startup", blocks: [block]) }
        } else {
            draft.set("startup", blocks: [])
        }
    }

    private func readDisk(_ draft: inout StateDraft) {
        let options = configuration.options("rootfs") ?? OptionList("")
        let volume = options["volume"] ?? options.first ?? ""
        var size = options["size"].flatMap(DiskSize.gibibytes) ?? 4
        // The provider does not look at the size of a clone whose state has the usual one.
        if draft.isClone, draft["disk"].block["size"].integer == 4 { size = 4 }
        let mounts = (options["mountoptions"] ?? "").split(separator: ";").map { TerraformValue.string(String($0)) }
        draft.set(
            "disk",
            [
                "acl": .bool(options.flag("acl") ?? false), "quota": .bool(options.flag("quota") ?? false),
                "replicate": .bool(options.flag("replicate") ?? false),
                "datastore_id": .string(String(volume.prefix { $0 != ":" })), "path_in_datastore": .string(volume),
                "size": .int(size), "mount_options": .list(mounts),
            ],
            usual: [
                "acl": false, "quota": false, "replicate": false, "datastore_id": "local", "mount_options": .list([]),
            ])
    }

    private func readNetworks(_ draft: inout StateDraft) {
        let before = draft["initialization"].block
        var interfaces: [[String: TerraformValue]] = []
        var configs: [TerraformValue] = []
        for (_, key) in configuration.numbered("net") {
            guard let options = configuration.options(key) else { continue }
            interfaces.append([
                "name": .string(options["name"] ?? ""), "enabled": true, "bridge": .string(options["bridge"] ?? ""),
                "firewall": .bool(options.flag("firewall") ?? false),
                "host_managed": .bool(options.flag("host-managed") ?? false),
                "mac_address": .string(options["hwaddr"] ?? ""),
                "rate_limit": options["rate"].flatMap(Double.init).map(TerraformValue.number) ?? 0,
                "vlan_id": .int(options.integer("tag") ?? 0), "mtu": .int(options.integer("mtu") ?? 0),
            ])
            let sides = [("ipv4", "ip", "gw"), ("ipv6", "ip6", "gw6")].map { name, address, gateway in
                (name, Self.side(options[address], options[gateway]))
            }
            if sides.contains(where: { !$0.1.elements.isEmpty }) {
                configs.append(.object(Dictionary(uniqueKeysWithValues: sides)))
            }
        }
        if !draft.isClone || !draft["network_interface"].elements.isEmpty {
            draft.set("network_interface", blocks: interfaces)
        }
        guard !draft.isClone || !before.isNull else { return }
        var block: [String: TerraformValue] = [
            "hostname": .string(configuration.text("hostname") ?? ""),
            "entrypoint": .string(configuration.text("entrypoint") ?? ""),
            "user_account": .list(before["user_account"].elements),
        ]
        if !draft.isClone || !before["ip_config"].elements.isEmpty { block["ip_config"] = .list(configs) }
        if !draft.isClone || !before["dns"].elements.isEmpty { block["dns"] = dns(before["dns"].block) }
        draft.set("initialization", blocks: [block])
    }

    private static func side(_ address: String?, _ gateway: String?) -> TerraformValue {
        guard address != nil || gateway != nil else { return .list([]) }
        return .list([.object(["address": .string(address ?? ""), "gateway": .string(gateway ?? "")])])
    }

    private func dns(_ before: TerraformValue) -> TerraformValue {
        let (domain, server) = (configuration.text("searchdomain"), configuration.text("nameserver"))
        guard domain != nil || server != nil else { return .list([]) }
        var block: [String: TerraformValue] = ["domain": .string(domain ?? "")]
        if !before["server"].string.isEmpty {
            block["server"] = .string(server ?? "")
        } else {
            block["servers"] = .list((server ?? "").split(separator: " ").map { .string(String($0)) })
        }
        return .list([.object(block)])
    }

    /// The first address of each interface of a running container.
    private func readAddresses(
        _ draft: inout StateDraft, _ guest: GuestHandle, isRunning: Bool
    ) async throws(ClientFailure) {
        var (v4, v6): ([String: TerraformValue], [String: TerraformValue]) = ([:], [:])
        if isRunning, !configuration.numbered("net").isEmpty,
            let interfaces = try? await guest.client.data("\(guest.path)/interfaces").elements
        {
            for interface in interfaces {
                guard let name = interface["name"]?.text, name != "lo" else { continue }
                for address in interface["ip-addresses"]?.elements ?? [] {
                    let text = TerraformValue.string(address["ip-address"]?.text ?? "")
                    switch address["ip-address-type"]?.text {
                    case "inet": if v4[name] == nil { v4[name] = text }
                    case "inet6": if v6[name] == nil { v6[name] = text }
                    case nil, .some: continue
                    }
                }
            }
        }
        draft.set("ipv4", .object(v4))
        draft.set("ipv6", .object(v6))
    }
}
