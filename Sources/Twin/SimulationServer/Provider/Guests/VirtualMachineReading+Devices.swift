import JSONArena
import Model

extension VirtualMachineReading {
    func readInitialization(_ draft: inout StateDraft) {
        let before = draft["initialization"].block
        guard !draft.isClone || !before.isNull else { return }
        var block: [String: TerraformValue] = [:]
        if let drive = Self.cloudInitDrive(configuration, vmid: vmid) {
            block["interface"] = .string(drive.interface)
            block["datastore_id"] = .string(String(drive.volume.prefix { $0 != ":" }))
            let format = drive.volume.lastIndex(of: ".").map { String(drive.volume[$0...].dropFirst()) }
            block["file_format"] = .string(drive.options["format"] ?? format ?? "")
        }
        let isClone = draft.isClone
        let wants = { (name: String) in !isClone || !before[name].elements.isEmpty }
        if wants("dns"), configuration.text("searchdomain") != nil || configuration.text("nameserver") != nil {
            let servers = (configuration.text("nameserver") ?? "").split(separator: " ")
            let dns: [String: TerraformValue] = [
                "domain": .string(configuration.text("searchdomain") ?? ""),
                "servers": .list(servers.map { .string(String($0)) }),
            ]
            block["dns"] = .list([.object(dns)])
        }
        if wants("ip_config"), let last = configuration.numbered("ipconfig").last?.number {
            block["ip_config"] = .list((0...last).map { addresses(configuration.options("ipconfig\($0)")) })
        }
        let (keys, user) = (configuration.text("sshkeys"), configuration.text("ciuser"))
        if wants("user_account"), keys != nil || user != nil || configuration.text("cipassword") != nil {
            let list = (keys ?? "").percentDecoded.split(separator: "\n").map { TerraformValue.string(String($0)) }
            // A password is told as asterisks, and that is what the state then holds.
            let password = TerraformValue.string(configuration.text("cipassword") ?? "")
            block["user_account"] = .list([
                .object(["keys": .list(list), "password": password, "username": .string(user ?? "")])
            ])
        }
        guard !block.isEmpty else {
            draft.set("initialization", blocks: [])
            return
        }
        let files = configuration.options("cicustom")
        for (name, key) in [
            ("user_data_file_id", "user"), ("vendor_data_file_id", "vendor"), ("network_data_file_id", "network"),
            ("meta_data_file_id", "meta"),
        ] {
            block[name] = .string(files?[key] ?? "")
        }
        block["type"] = .string(configuration.text("citype") ?? "")
        block["upgrade"] = .bool(configuration.flag("ciupgrade") ?? true)
        draft.set("initialization", blocks: [block])
    }

    private func addresses(_ options: OptionList?) -> TerraformValue {
        func side(_ address: String, _ gateway: String) -> TerraformValue {
            guard let options, options[address] != nil || options[gateway] != nil else { return .list([]) }
            let block: [String: TerraformValue] = [
                "address": .string(options[address] ?? ""), "gateway": .string(options[gateway] ?? ""),
            ]
            return .list([.object(block)])
        }
        return .object(["ipv4": side("ip", "gw"), "ipv6": side("ip6", "gw6")])
    }

    func readDevices(_ draft: inout StateDraft) {
        draft.set(
            "operating_system", ["type": .string(configuration.text("ostype") ?? "")],
            usual: ["type": "other"])
        if !draft.isClone || !draft["serial_device"].elements.isEmpty {
            draft.set(
                "serial_device",
                blocks: configuration.numbered("serial").map { ["device": .string(configuration.text($0.key) ?? "")] })
        }
        if let startup = configuration.options("startup") {
            let block: [String: TerraformValue] = [
                "order": .int(startup.integer("order") ?? -1), "up_delay": .int(startup.integer("up") ?? -1),
                "down_delay": .int(startup.integer("down") ?? -1),
            ]
            if !draft.isClone || !draft["startup"].elements.isEmpty { draft.set("startup", blocks: [block]) }
        } else if !draft.isClone {
            draft.set("startup", blocks: [])
        }
        let vga = configuration.options("vga")
        let type = vga?["type"] ?? vga?.first ?? "std"
        let memory = vga?.integer("memory") ?? 16
        let isUsual = type == "std" && memory == 16 && vga?["clipboard"] == nil
        if draft["vga"].elements.isEmpty, isUsual {
            draft.set("vga", blocks: [])
        } else {
            draft.set(
                "vga",
                blocks: [
                    ["clipboard": .string(vga?["clipboard"] ?? ""), "memory": .int(memory), "type": .string(type)]
                ])
        }
    }

    func readNetworks(
        _ draft: inout StateDraft, _ guest: GuestHandle, isRunning: Bool
    ) async throws(ClientFailure) -> [ProviderDiagnostic] {
        var devices: [TerraformValue] = []
        var addresses: [TerraformValue] = []
        let numbers = configuration.numbered("net")
        for number in 0..<((numbers.last?.number ?? -1) + 1) {
            let options = configuration.options("net\(number)") ?? OptionList("")
            // `virtio=MAC,…`, or `model=virtio,macaddr=MAC,…`.
            let models = ["virtio", "e1000", "e1000e", "rtl8139", "vmxnet3"]
            let model = options["model"] ?? models.first { options[$0] != nil } ?? options.first ?? "virtio"
            let mac = options["macaddr"] ?? options[model] ?? ""
            let trunks = TerraformValue.string(options["trunks"] ?? "")
            devices.append(
                .object([
                    "bridge": .string(options["bridge"] ?? ""), "enabled": true,
                    "disconnected": .bool(options.flag("link_down") ?? false),
                    "firewall": .bool(options.flag("firewall") ?? false), "mac_address": .string(mac),
                    "model": .string(model), "queues": .int(options.integer("queues") ?? 0),
                    "rate_limit": options["rate"].flatMap(Double.init).map(TerraformValue.number) ?? 0,
                    "vlan_id": .int(options.integer("tag") ?? 0), "mtu": .int(options.integer("mtu") ?? 0),
                    "trunks": trunks,
                ]))
            addresses.append(.string(mac))
        }
        draft.set("network_device", .list(devices.map { Self.emptyTextAsNull($0, "trunks") }))
        draft.set("mac_addresses", .list(addresses))
        return try await readAgentAddresses(&draft, guest, isRunning: isRunning)
    }

    private static func emptyTextAsNull(_ value: TerraformValue, _ name: String) -> TerraformValue {
        var value = value
        if value[name] == "" { value[name] = .null }
        return value
    }

    /// What the guest's agent says of its addresses; nothing of a VM that is off or has no agent.
    private func readAgentAddresses(
        _ draft: inout StateDraft, _ guest: GuestHandle, isRunning: Bool
    ) async throws(ClientFailure) -> [ProviderDiagnostic] {
        var interfaces: [JSONValue] = []
        var warnings: [ProviderDiagnostic] = []
        let agent = configuration.options("agent")
        let isSkipped = draft["agent"].block["wait_for_ip"].block["disabled"].isTrue
        if isRunning, !isSkipped, agent?.flag("enabled") ?? (agent?.first == "1") {
            do {
                interfaces = try await agentInterfaces(draft["agent"].block["timeout"].string, guest)
                let macs = interfaces.map { TerraformValue.string(($0["hardware-address"]?.text ?? "").uppercased()) }
                draft.set("mac_addresses", .list(macs))
            } catch {
                guard error.kind != .cancelled else { throw error }
                let summary = "error waiting for network interfaces from QEMU agent"
                warnings.append(ProviderDiagnostic(summary, detail: error.text, isWarning: true))
            }
        }
        func addresses(_ type: String) -> TerraformValue {
            .list(
                interfaces.map { interface in
                    .list(
                        (interface["ip-addresses"]?.elements ?? []).filter { $0["ip-address-type"]?.text == type }
                            .map { .string($0["ip-address"]?.text ?? "") })
                })
        }
        draft.setComputed("ipv4_addresses", addresses("ipv4"))
        draft.setComputed("ipv6_addresses", addresses("ipv6"))
        draft.setComputed("network_interface_names", .list(interfaces.map { .string($0["name"]?.text ?? "") }))
        draft.setComputed("mac_addresses", draft["mac_addresses"])
        draft.setComputed("boot_order", draft["boot_order"])
        return warnings
    }

    /// Asks the agent until it tells an address, for as long as the state's `agent.timeout` says.
    private func agentInterfaces(
        _ timeout: String, _ guest: GuestHandle
    ) async throws(ClientFailure) -> [JSONValue] {
        let deadline = guest.client.clock.now() + GoDuration.parse(timeout, usual: .seconds(900))
        while true {
            do {
                let answer = try await guest.client.data("\(guest.path)/agent/network-get-interfaces")
                let interfaces = answer["result"]?.elements ?? []
                let isUp = interfaces.contains { interface in
                    (interface["ip-addresses"]?.elements ?? []).contains {
                        let address = $0["ip-address"]?.text ?? ""
                        return !address.hasPrefix("127.") && address != "::1" && !address.hasPrefix("fe80")
                    }
                }
                if isUp { return interfaces }
            } catch {
                // "QEMU guest agent is not running" passes; other refusals do not.
                guard error.text.contains("not running") else { throw error }
            }
            guard guest.client.clock.now() < deadline else {
                throw .own(
                    "timeout while waiting for the QEMU agent on VM \"\(vmid)\" to publish the network interfaces")
            }
            try await guest.client.pause(.milliseconds(200))
        }
    }
}
