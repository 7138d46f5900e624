import JSONArena
import Simulation

/// How a VM is changed in place.
extension GuestWork {
    private var form: VirtualMachineForm { VirtualMachineForm(state: planned) }

    mutating func updateVirtualMachine() async throws(ClientFailure) {
        try await updatePool()
        if hasChange("node_name") { try await migrate() }
        let configuration = try await guest.configuration()
        var body: [String: String] = [:]
        var deleted: [String] = []
        var needsRestart = addTexts(to: &body, &deleted)
        if addProcessors(to: &body, &deleted) { needsRestart = true }
        if addMemory(to: &body, &deleted) { needsRestart = true }
        if try addDisks(to: &body, &deleted, configuration) { needsRestart = true }
        addNetworks(to: &body, &deleted, configuration)
        addDevices(to: &body, &deleted, &needsRestart)
        if hasChange("initialization") {
            try await addCloudInit(to: &body, configuration)
            needsRestart = true
        }
        if !deleted.isEmpty { body["delete"] = deleted.joined(separator: ",") }
        if !body.isEmpty { try await guest.update(body) }
        if hasChange("template") { try await convert() }
        if hasChange("initialization"), !planned["template"].isTrue {
            do {
                try await client.request(.put, "\(guest.path)/cloudinit")
            } catch {
                throw error.prefixed("error rebuilding cloud-init drive")
            }
        }
        try await finish(needsRestart: needsRestart)
    }

    /// Texts and switches. Returns whether one of them takes effect only after a restart.
    private func addTexts(to body: inout [String: String], _ deleted: inout [String]) -> Bool {
        var needsRestart = false
        for (key, name, restarts) in [
            ("description", "description", false), ("args", "kvm_arguments", true), ("bios", "bios", true),
            ("keyboard", "keyboard_layout", true), ("machine", "machine", true),
        ] where hasChange(name) {
            body[key] = planned[name].string
            needsRestart = needsRestart || restarts
        }
        for (key, name, restarts) in [
            ("acpi", "acpi", true), ("onboot", "on_boot", false), ("protection", "protection", false),
            ("tablet", "tablet_device", true),
        ] where hasChange(name) {
            body[key] = VirtualMachineForm.flag(planned[name].isTrue)
            needsRestart = needsRestart || restarts
        }
        for (key, name) in [("hotplug", "hotplug"), ("hookscript", "hook_script_file_id")] where hasChange(name) {
            if planned[name].string.isEmpty { deleted.append(key) } else { body[key] = planned[name].string }
        }
        if hasChange("tags") { body["tags"] = VirtualMachineForm.tags(planned) }
        // The name is sent with every update.
        if planned["name"].string.isEmpty { deleted.append("name") } else { body["name"] = planned["name"].string }
        return needsRestart
    }

    private func addProcessors(to body: inout [String: String], _ deleted: inout [String]) -> Bool {
        guard hasChange("cpu") else { return false }
        var settings = form.cpu
        if !hasChange("affinity", in: "cpu") {
            settings["affinity"] = nil
        } else if settings["affinity"] == nil {
            deleted.append("affinity")
        }
        for key in ["vcpus", "cpulimit"] where settings[key] == nil { deleted.append(key) }
        body.merge(settings) { $1 }
        let isOnlyHotplugged = [
            "cores", "sockets", "type", "architecture", "numa", "flags", "affinity", "limit", "units",
        ]
        .allSatisfy { !hasChange($0, in: "cpu") }
        return !(isOnlyHotplugged && hasChange("hotplugged", in: "cpu") && canHotplug("cpu"))
    }

    private func addMemory(to body: inout [String: String], _ deleted: inout [String]) -> Bool {
        guard hasChange("memory") else { return false }
        body.merge(form.memory) { $1 }
        for (name, key) in [("hugepages", "hugepages"), ("keep_hugepages", "keephugepages")]
        where hasChange(name, in: "memory") && body[key] == nil {
            deleted.append(key)
        }
        let (new, old) = (planned["memory"].block, prior["memory"].block)
        let grows = ["dedicated", "floating", "shared"].allSatisfy { (new[$0].integer ?? 0) >= (old[$0].integer ?? 0) }
        let isHotplug = grows && !hasChange("hugepages", in: "memory") && !hasChange("keep_hugepages", in: "memory")
        return !(isHotplug && canHotplug("memory"))
    }

    private func canHotplug(_ feature: String) -> Bool {
        let setting = planned["hotplug"].string
        if setting == "1" { return true }
        return setting.split(separator: ",").contains(feature[...])
    }

    /// New disks, changed settings, and disks that are to go. Sizes and places are changed later.
    private func addDisks(
        to body: inout [String: String], _ deleted: inout [String], _ configuration: GuestConfiguration
    ) throws(ClientFailure) -> Bool {
        guard hasChange("disk") else { return false }
        let (new, old) = (form.disks, VirtualMachineForm(state: prior).disks)
        let boot = planned["boot_order"].elements.map(\.string)
        for disk in VirtualMachineReading.disks(of: configuration) where new[disk.interface] == nil {
            if disk.isMedium || disk.volume.contains("vm-\(vmid)-cloudinit") { continue }
            guard !boot.contains(disk.interface) else {
                throw .own(
                    "cannot delete boot disk \"\(disk.interface)\". Please remove it from boot order first or change "
                        + "boot order before deleting")
            }
            deleted.append(disk.interface)
        }
        var needsRestart = false
        for (interface, disk) in new {
            guard let current = configuration.options(interface) else {
                body[interface] = VirtualMachineForm.newDisk(disk)
                continue
            }
            guard let before = old[interface], before != disk else { continue }
            var same = disk
            for name in ["size", "datastore_id", "path_in_datastore", "file_format"] { same[name] = before[name] }
            guard same != before else { continue }
            let volume = current["file"] ?? current.first ?? ""
            body[interface] = VirtualMachineForm.disk(disk, volume: volume)
            if disk["aio"] != before["aio"] || disk["queues"] != before["queues"] { needsRestart = true }
        }
        return needsRestart
    }

    private func addNetworks(
        to body: inout [String: String], _ deleted: inout [String], _ configuration: GuestConfiguration
    ) {
        guard hasChange("network_device") else { return }
        let networks = form.networks
        body.merge(networks) { $1 }
        deleted += configuration.numbered("net").map(\.key).filter { networks[$0] == nil }
    }

    private func addDevices(to body: inout [String: String], _ deleted: inout [String], _ needsRestart: inout Bool) {
        if hasChange("agent") {
            body["agent"] = form.agent
            needsRestart = true
        }
        if hasChange("boot_order") {
            body["boot"] = "order=\(planned["boot_order"].elements.map(\.string).joined(separator: ";"))"
            needsRestart = true
        }
        if hasChange("operating_system") {
            body["ostype"] = planned["operating_system"].block["type"].text ?? "other"
            needsRestart = true
        }
        if hasChange("scsi_hardware") {
            body["scsihw"] = planned["scsi_hardware"].string
            needsRestart = true
        }
        if hasChange("vga") {
            if let vga = form.vga { body["vga"] = vga } else { deleted.append("vga") }
            needsRestart = true
        }
        if hasChange("serial_device") {
            let ports = form.serialPorts
            body.merge(ports) { $1 }
            deleted += (0..<4).map { "serial\($0)" }.filter { ports[$0] == nil }
            needsRestart = true
        }
        if hasChange("startup") {
            if let startup = form.startup { body["startup"] = startup } else { deleted.append("startup") }
        }
    }

    private mutating func addCloudInit(
        to body: inout [String: String], _ configuration: GuestConfiguration
    ) async throws(ClientFailure) {
        let block = planned["initialization"].block
        guard !block.isNull else { return }
        body.merge(form.cloudInit) { $1 }
        if hasChange("upgrade", in: "initialization"), let upgrade = block["upgrade"].boolean {
            body["ciupgrade"] = VirtualMachineForm.flag(upgrade)
        }
        let existing = VirtualMachineReading.cloudInitDrive(configuration, vmid: vmid)?.interface
        let wanted = block["interface"].string
        let interface = wanted.isEmpty ? existing ?? "ide2" : wanted
        let old = prior["initialization"].block
        let isMoved =
            existing != interface
            || (!old.isNull
                && (hasChange("datastore_id", in: "initialization") || hasChange("file_format", in: "initialization")))
        guard isMoved else { return }
        try await powerOff(for: "move the Cloud-Init drive")
        try await deleteDrives([interface] + (existing.map { [$0] } ?? []), configuration)
        let format = block["file_format"].string
        body[interface] =
            "file=\(block["datastore_id"].string):cloudinit" + (format.isEmpty ? "" : ",format=\(format)")
    }

    private mutating func updatePool() async throws(ClientFailure) {
        let (old, new) = (prior["pool_id"].string, planned["pool_id"].string)
        guard old != new, !new.isEmpty else { return }
        if !old.isEmpty {
            try await client.request(.put, "/pools/\(old)", ["vms": String(vmid), "delete": "1"])
        }
        try await client.request(.put, "/pools/\(new)", ["vms": String(vmid)])
    }

    private mutating func migrate() async throws(ClientFailure) {
        var source = guest
        source.node = prior["node_name"].string
        let move = ["target": guest.node, "with-local-disks": "1", "online": "1"]
        warnings += try await source.run(.post, "migrate", move, doing: "migrating VM", summary: "migrate")
    }

    private mutating func convert() async throws(ClientFailure) {
        guard planned["template"].isTrue else { throw .own("Cannot convert a template back to a regular VM") }
        try await powerOff(for: "convert the VM to a template")
        if case .string(let upid)? = try await client.request(.post, "\(guest.path)/template") {
            _ = try await client.result(of: upid, node: guest.node)
        }
    }

    /// Powers a running VM off where a change cannot be made otherwise, if the configuration allows it.
    private mutating func powerOff(for operation: String) async throws(ClientFailure) {
        guard try await guest.status()["status"]?.text != "stopped" else { return }
        guard planned["reboot_after_update"].isTrue else {
            throw .own(
                "cannot \(operation) while the VM is running because this change requires the VM to be powered off, "
                    + "but automatic power-offs/reboots are disabled by 'reboot_after_update = false'")
        }
        try await ensureStopped()
    }
}
