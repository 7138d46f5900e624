import JSONArena

/// Reads a live VM into its state, as bpg/proxmox refreshes it.
struct VirtualMachineReading {
    /// One drive of a VM.
    struct Disk: Hashable {
        var interface: String
        var volume: String
        var options: OptionList
        /// Whether it is a CD-ROM drive, which the `disk` blocks leave alone.
        var isMedium: Bool { options["media"] == "cdrom" }
    }

    let configuration: GuestConfiguration
    let vmid: Int

    /// - Returns: warnings.
    static func read(
        _ draft: inout StateDraft, vmid: Int, _ client: ClusterClient
    ) async throws(ClientFailure) -> [ProviderDiagnostic] {
        guard let node = try await client.node(of: vmid) else {
            // Not listed is gone, also where the token merely lost the right to see it.
            draft.isGone = true
            return []
        }
        draft.set("node_name", .string(node))
        let guest = GuestHandle(kind: .virtualMachine, client: client, node: node, vmid: vmid)
        let configuration: GuestConfiguration
        do {
            configuration = try await guest.configuration()
        } catch {
            guard error.isMissing else { throw error }
            draft.isGone = true
            return []
        }
        let isRunning = try await guest.isRunning()
        let reading = VirtualMachineReading(configuration: configuration, vmid: vmid)
        if !draft["template"].isTrue { draft.set("started", .bool(isRunning)) }
        reading.readTexts(&draft)
        reading.readProcessors(&draft)
        try await reading.readDisks(&draft, guest)
        reading.readInitialization(&draft)
        reading.readDevices(&draft)
        if let pool = configuration.text("pool"), !pool.isEmpty {
            draft.set("pool_id", .string(pool))
        } else {
            draft.set("pool_id", .string(try await client.pool(of: vmid) ?? ""))
        }
        let warnings = try await reading.readNetworks(&draft, guest, isRunning: isRunning)
        draft.set("vm_id", .int(vmid))
        for attribute in draft.body.attributes {
            // What exists only in the state: an import begins with the provider's defaults.
            guard isOnlyInState(attribute.name), let usual = attribute.defaultValue else { continue }
            draft.setIfNull(attribute.name, usual)
        }
        return warnings
    }

    private static func isOnlyInState(_ name: String) -> Bool {
        name.hasPrefix("timeout_")
            || [
                "migrate", "stop_on_destroy", "purge_on_destroy", "delete_unreferenced_disks_on_destroy", "reboot",
                "reboot_after_update",
            ].contains(name)
    }

    // MARK: Reading a configuration

    /// The drives, by interface.
    static func disks(of configuration: GuestConfiguration) -> [Disk] {
        ["ide", "sata", "scsi", "virtio"].flatMap { bus in
            configuration.numbered(bus).compactMap { _, key in
                guard let options = configuration.options(key) else { return nil }
                return Disk(interface: key, volume: options["file"] ?? options.first ?? "", options: options)
            }
        }
    }

    static func cloudInitDrive(_ configuration: GuestConfiguration, vmid: Int) -> Disk? {
        disks(of: configuration).first { $0.volume.contains("vm-\(vmid)-cloudinit") }
    }

    private func readTexts(_ draft: inout StateDraft) {
        let isClone = draft.isClone
        for (name, key, usual) in [
            ("description", "description", ""), ("name", "name", ""), ("machine", "machine", ""),
            ("kvm_arguments", "args", ""), ("hook_script_file_id", "hookscript", ""), ("bios", "bios", "seabios"),
            ("keyboard_layout", "keyboard", "en-us"),
        ] where !isClone || (draft[name].text ?? "") != (name == "bios" || name == "keyboard_layout" ? usual : "") {
            draft.set(name, .string(configuration.text(key) ?? usual))
        }
        for (name, key, usual) in [
            ("acpi", "acpi", true), ("tablet_device", "tablet", true), ("protection", "protection", false),
            ("template", "template", false),
        ] where !isClone || draft[name] != .bool(usual) {
            draft.set(name, .bool(configuration.flag(key) ?? usual))
        }
        draft.set("on_boot", .bool(configuration.flag("onboot") ?? false))
        let order = configuration.options("boot")?["order"] ?? ""
        draft.set("boot_order", .list(order.split(separator: ";").map { .string(String($0)) }))
        if !isClone || !draft["tags"].elements.isEmpty {
            let tags = (configuration.text("tags") ?? "").split { $0 == ";" || $0 == "," || $0 == " " }
            let sorted = tags.map(String.init).sorted()
            if draft["tags"].elements.map(\.string).sorted() != sorted {
                draft.set("tags", .list(sorted.map(TerraformValue.string)))
            }
        }
        if let hotplug = configuration.text("hotplug") { draft.set("hotplug", .string(hotplug)) }
        if draft["hotplug"].isNull { draft.set("hotplug", .null) }
        if !isClone || (draft["scsi_hardware"].text ?? "virtio-scsi-pci") != "virtio-scsi-pci",
            let hardware = configuration.text("scsihw")
        {
            draft.set("scsi_hardware", .string(hardware))
        }
    }

    private func readProcessors(_ draft: inout StateDraft) {
        let emulation = configuration.options("cpu")
        let type = emulation?["cputype"] ?? emulation?.first ?? "qemu64"
        let flags = (emulation?["flags"] ?? "").split(separator: ";").map { TerraformValue.string(String($0)) }
        draft.set(
            "cpu",
            [
                "architecture": .string(configuration.text("arch") ?? ""),
                "cores": .int(configuration.integer("cores") ?? 1),
                "hotplugged": .int(configuration.integer("vcpus") ?? 0),
                "limit": configuration.text("cpulimit").flatMap(Double.init).map(TerraformValue.number) ?? 0,
                "numa": .bool(configuration.flag("numa") ?? false),
                "sockets": .int(configuration.integer("sockets") ?? 1), "type": .string(type), "flags": .list(flags),
                "units": .int(configuration.integer("cpuunits") ?? 0),
                "affinity": .string(configuration.text("affinity") ?? ""),
            ],
            usual: [
                "architecture": "", "cores": 1, "hotplugged": 0, "limit": 0, "sockets": 1, "type": "qemu64",
                "flags": .list([]), "units": 0,
            ])
        draft.set(
            "memory",
            [
                "dedicated": .int(configuration.integer("memory") ?? 0),
                "floating": .int(configuration.integer("balloon") ?? 0),
                "shared": .int(configuration.options("ivshmem")?.integer("size") ?? 0),
                "hugepages": .string(configuration.text("hugepages") ?? ""),
                "keep_hugepages": .bool(configuration.flag("keephugepages") ?? false),
            ],
            usual: ["dedicated": 512, "floating": 0, "shared": 0, "hugepages": "", "keep_hugepages": false])
        readAgent(&draft)
    }

    private func readAgent(_ draft: inout StateDraft) {
        let before = draft["agent"].block
        guard let options = configuration.options("agent") else {
            if !draft.isClone || !before.isNull { draft.set("agent", blocks: []) }
            return
        }
        let timeout = before["timeout"].string
        draft.set(
            "agent",
            [
                "enabled": .bool(options.flag("enabled") ?? (options.first == "1")),
                "trim": .bool(options.flag("fstrim_cloned_disks") ?? false),
                "type": .string(options["type"] ?? "virtio"), "timeout": .string(timeout.isEmpty ? "15m" : timeout),
                "wait_for_ip": .list(before["wait_for_ip"].elements),
            ],
            usual: ["enabled": false, "trim": false, "type": "virtio", "timeout": "15m"])
    }

    private func readDisks(_ draft: inout StateDraft, _ guest: GuestHandle) async throws(ClientFailure) {
        let before = draft["disk"].elements
        var found: [String: [String: TerraformValue]] = [:]
        for disk in Self.disks(of: configuration) {
            guard disk.volume != "none", !disk.isMedium, !disk.volume.contains("vm-\(vmid)-cloudinit") else { continue }
            let old = before.first { $0["interface"].string == disk.interface } ?? .null
            found[disk.interface] = try await self.disk(disk, old, guest)
        }
        guard !draft.isClone || !before.isEmpty else { return }
        // In the state's order; disks that it does not know follow by name.
        var blocks: [[String: TerraformValue]] = []
        for old in before {
            if let disk = found.removeValue(forKey: old["interface"].string) { blocks.append(disk) }
        }
        if before.isEmpty || !draft.isClone || !found.isEmpty {
            blocks += found.sorted { $0.key < $1.key }.map(\.value)
        }
        draft.set("disk", blocks: blocks)
    }

    private func disk(
        _ disk: Disk, _ old: TerraformValue, _ guest: GuestHandle
    ) async throws(ClientFailure) -> [String: TerraformValue] {
        let options = disk.options
        let parts = disk.volume.split(separator: ":", maxSplits: 1).map(String.init)
        let storage = parts.count == 2 ? parts[0] : ""
        let size = options["size"].flatMap(DiskSize.gibibytes) ?? 0
        var format = options["format"] ?? ""
        if format.isEmpty, let dot = disk.volume.lastIndex(of: ".") {
            format = String(disk.volume[disk.volume.index(after: dot)...])
        }
        if format.isEmpty, !storage.isEmpty {
            do {
                let path = "/nodes/\(guest.node)/storage/\(storage)/content/\(disk.volume)"
                format = try await guest.client.data(path)["format"]?.text ?? ""
            } catch {
                // The volume is gone although the configuration names it.
                guard error.isMissing else { throw error }
                format = old["file_format"].string
            }
        }
        var block: [String: TerraformValue] = [
            "interface": .string(disk.interface), "datastore_id": .string(storage),
            "path_in_datastore": .string(parts.last ?? ""), "file_format": .string(format),
            "size": .int(size == 0 ? old["size"].integer ?? 0 : size), "aio": .string(options["aio"] ?? "io_uring"),
            "backup": .bool(options.flag("backup") ?? true), "cache": .string(options["cache"] ?? "none"),
            "discard": .string(options["discard"] ?? "ignore"), "iothread": .bool(options.flag("iothread") ?? false),
            "queues": .int(options.integer("queues") ?? 0), "replicate": .bool(options.flag("replicate") ?? true),
            "serial": .string(options["serial"] ?? ""), "ssd": .bool(options.flag("ssd") ?? false),
            "file_id": .string(old["file_id"].string), "import_from": .string(old["import_from"].string),
        ]
        let limits = [
            ("iops_read", "iops_rd"), ("iops_read_burstable", "iops_rd_max"), ("iops_write", "iops_wr"),
            ("iops_write_burstable", "iops_wr_max"), ("read", "mbps_rd"), ("read_burstable", "mbps_rd_max"),
            ("write", "mbps_wr"), ("write_burstable", "mbps_wr_max"),
        ]
        if limits.contains(where: { options[$0.1] != nil }) {
            let speed = limits.map { ($0.0, TerraformValue.int(options.integer($0.1) ?? 0)) }
            block["speed"] = .list([.object(Dictionary(uniqueKeysWithValues: speed))])
        }
        return block
    }
}
