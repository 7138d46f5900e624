import JSONArena
import Simulation

/// How a VM is made.
extension GuestWork {
    private var form: VirtualMachineForm { VirtualMachineForm(state: planned) }

    /// A VM from nothing: one request.
    mutating func createVirtualMachine() async throws(ClientFailure) {
        var body: [String: String] = [
            "vmid": String(vmid), "acpi": VirtualMachineForm.flag(planned["acpi"].isTrue), "agent": form.agent,
            "bios": planned["bios"].string, "keyboard": planned["keyboard_layout"].string,
            "onboot": VirtualMachineForm.flag(planned["on_boot"].isTrue),
            "ostype": planned["operating_system"].block["type"].text ?? "other",
            "protection": VirtualMachineForm.flag(planned["protection"].isTrue),
            "scsihw": planned["scsi_hardware"].string,
            "tablet": VirtualMachineForm.flag(planned["tablet_device"].isTrue), "template": "0",
        ]
        for part in [form.cpu, form.memory, form.networks, form.serialPorts, form.cloudInit] {
            body.merge(part) { $1 }
        }
        for (interface, disk) in form.disks { body[interface] = VirtualMachineForm.newDisk(disk) }
        addCloudInitDrive(to: &body, at: "ide2")
        addTexts(to: &body)
        body["boot"] = "order=\(bootOrder.joined(separator: ";"))"
        if bootOrder.isEmpty { body["boot"] = nil }
        try await bear(
            guest.collection, body, node: guest.node, doing: "creating VM", summary: "VM create",
            persistence: ClusterClient.Persistence(acceptsExisting: true))
        try await growImportedDisks()
        try await makeTemplate()
    }

    private var bootOrder: [String] {
        let given = planned["boot_order"].elements.map(\.string)
        guard given.isEmpty else { return given }
        let disks = form.disks
        return ["ide0", "sata0", "scsi0", "virtio0"].filter { disks[$0] != nil }
            + (planned["network_device"].elements.isEmpty ? [] : ["net0"])
    }

    private func addCloudInitDrive(to body: inout [String: String], at usual: String) {
        let block = planned["initialization"].block
        guard !block.isNull else { return }
        let wanted = block["interface"].string
        let format = block["file_format"].string
        body[wanted.isEmpty ? usual : wanted] =
            "file=\(block["datastore_id"].string):cloudinit" + (format.isEmpty ? "" : ",format=\(format)")
    }

    private func addTexts(to body: inout [String: String]) {
        for (key, text) in [
            ("name", planned["name"].string), ("description", planned["description"].string),
            ("tags", VirtualMachineForm.tags(planned)), ("pool", planned["pool_id"].string),
            ("machine", planned["machine"].string), ("args", planned["kvm_arguments"].string),
            ("hookscript", planned["hook_script_file_id"].string), ("hotplug", planned["hotplug"].string),
            ("startup", form.startup ?? ""), ("vga", form.vga ?? ""),
        ] where !text.isEmpty {
            body[key] = text
        }
    }

    private mutating func growImportedDisks() async throws(ClientFailure) {
        for (interface, disk) in form.disks.sorted(by: { $0.key < $1.key }) where !disk["import_from"].string.isEmpty {
            let bytes = (disk["size"].integer ?? 8) << 30
            warnings += try await guest.resize(interface, to: String(bytes), summary: "disk resize")
        }
    }

    private mutating func makeTemplate() async throws(ClientFailure) {
        guard planned["template"].isTrue else { return }
        do {
            if case .string(let upid)? = try await client.request(.post, "\(guest.path)/template") {
                _ = try await client.result(of: upid, node: guest.node)
            }
        } catch {
            throw error.prefixed("error converting VM \(vmid) to template").summarised("VM convert to template")
        }
    }

    /// A VM cloned from a template, then configured, then its disks adjusted.
    mutating func cloneVirtualMachine() async throws(ClientFailure) {
        try await bearClone()
        try await guest.waitUntilUnlocked()
        let configuration = try await guest.configuration()
        var body = cloneSettings
        try await addCloudInit(to: &body, configuration)
        try await guest.update(body)
        let cloned = try await guest.configuration()
        for (interface, disk) in form.disks.sorted(by: { $0.key < $1.key }) {
            try await adjust(interface, disk, cloned)
        }
        try await makeTemplate()
    }

    private mutating func bearClone() async throws(ClientFailure) {
        let clone = planned["clone"].block
        let source = clone["vm_id"].integer ?? 0
        let given = clone["node_name"].string
        let origin = given.isEmpty ? guest.node : given
        var body = ["newid": String(vmid), "full": VirtualMachineForm.flag(clone["full"].isTrue)]
        for (key, text) in [
            ("storage", clone["datastore_id"].string), ("description", planned["description"].string),
            ("name", planned["name"].string), ("pool", planned["pool_id"].string),
        ] where !text.isEmpty {
            body[key] = text
        }
        var template = GuestHandle(kind: kind, client: client, node: origin, vmid: source)
        // Between nodes a clone can only be made at once where every disk is on shared storage.
        var isDirect = origin == guest.node
        if !isDirect { isDirect = try await isOnSharedStorage(template) }
        if isDirect, origin != guest.node { body["target"] = guest.node }
        var persistence = ClusterClient.Persistence(acceptsExisting: true)
        persistence.attempts = max(1, clone["retries"].integer ?? 1)
        persistence.baseDelay = .seconds(10)
        try await bear(
            "\(template.path)/clone", body, node: origin, doing: "cloning VM", summary: "VM clone",
            persistence: persistence)
        guard !isDirect else { return }
        template = GuestHandle(kind: kind, client: client, node: origin, vmid: vmid)
        try await template.waitUntilUnlocked()
        var move = ["target": guest.node, "with-local-disks": "1"]
        if let storage = body["storage"] { move["targetstorage"] = storage }
        warnings += try await template.run(.post, "migrate", move, doing: "migrating VM", summary: "migrate")
    }

    private func isOnSharedStorage(_ template: GuestHandle) async throws(ClientFailure) -> Bool {
        let configuration = try await template.configuration()
        let storages = Set(VirtualMachineReading.disks(of: configuration).map { $0.volume.prefix { $0 != ":" } })
        for storage in storages.sorted() {
            let status = try await client.data("/nodes/\(template.node)/storage/\(storage)/status")
            if let shared = status["shared"], !shared.flag { return false }
        }
        return true
    }

    /// The configuration that a clone is given, but for cloud-init and disks.
    private var cloneSettings: [String: String] {
        var body = ["onboot": VirtualMachineForm.flag(planned["on_boot"].isTrue)]
        if !planned["agent"].elements.isEmpty { body["agent"] = form.agent }
        if !planned["cpu"].elements.isEmpty { body.merge(form.cpu) { $1 } }
        if !planned["memory"].elements.isEmpty { body.merge(form.memory) { $1 } }
        if !planned["acpi"].isTrue { body["acpi"] = "0" }
        if !planned["tablet_device"].isTrue { body["tablet"] = "0" }
        if planned["protection"].isTrue { body["protection"] = "1" }
        for (key, name, usual) in [
            ("bios", "bios", "seabios"), ("scsihw", "scsi_hardware", "virtio-scsi-pci"), ("machine", "machine", ""),
            ("keyboard", "keyboard_layout", "en-us"), ("args", "kvm_arguments", ""), ("hotplug", "hotplug", ""),
            ("hookscript", "hook_script_file_id", ""),
        ] where planned[name].string != usual && !planned[name].string.isEmpty {
            body[key] = planned[name].string
        }
        if let type = planned["operating_system"].block["type"].text { body["ostype"] = type }
        let tags = VirtualMachineForm.tags(planned)
        if !tags.isEmpty { body["tags"] = tags }
        if let startup = form.startup { body["startup"] = startup }
        if let vga = form.vga { body["vga"] = vga }
        let order = planned["boot_order"].elements.map(\.string)
        if !order.isEmpty { body["boot"] = "order=\(order.joined(separator: ";"))" }
        var deleted: [String] = []
        let count = planned["network_device"].elements.count
        if count > 0 {
            let networks = form.networks
            body.merge(networks) { $1 }
            deleted += (0..<32).map { "net\($0)" }.filter { networks[$0] == nil }
        }
        let ports = planned["serial_device"].elements.count
        if ports > 0 {
            body.merge(form.serialPorts) { $1 }
            deleted += (ports..<max(ports, 4)).map { "serial\($0)" }
        }
        if !deleted.isEmpty { body["delete"] = deleted.joined(separator: ",") }
        return body
    }

    private func addCloudInit(
        to body: inout [String: String], _ configuration: GuestConfiguration
    ) async throws(ClientFailure) {
        let block = planned["initialization"].block
        guard !block.isNull else { return }
        body.merge(form.cloudInit) { $1 }
        if let upgrade = block["upgrade"].boolean { body["ciupgrade"] = VirtualMachineForm.flag(upgrade) }
        let existing = VirtualMachineReading.cloudInitDrive(configuration, vmid: vmid)?.interface ?? "ide2"
        let wanted = block["interface"].string
        let interface = wanted.isEmpty ? existing : wanted
        addCloudInitDrive(to: &body, at: interface)
        try await deleteDrives([interface, existing], configuration)
    }

    /// Takes out what is at the places of the cloud-init drive, so that a new one can be put there.
    func deleteDrives(_ interfaces: [String], _ configuration: GuestConfiguration) async throws(ClientFailure) {
        var places: [String] = []
        for place in interfaces where configuration.text(place) != nil && !places.contains(place) {
            places.append(place)
        }
        guard !places.isEmpty else { return }
        try await guest.update(["delete": places.joined(separator: ",")])
    }

    /// Brings one disk of a clone to what is planned.
    private mutating func adjust(
        _ interface: String, _ disk: TerraformValue, _ cloned: GuestConfiguration
    ) async throws(ClientFailure) {
        guard let current = cloned.text(interface) else {
            do {
                try await guest.update([interface: VirtualMachineForm.newDisk(disk)])
            } catch {
                throw error.prefixed("disk update fails")
            }
            return
        }
        let options = OptionList(current)
        let volume = options["file"] ?? options.first ?? ""
        let bytes = (disk["size"].integer ?? 8) << 30
        let size = options["size"].flatMap(DiskSize.bytes) ?? 0
        guard bytes >= size else {
            throw .own(
                "disk resize failure: requested size (\(bytes >> 30)G) is lower than current size "
                    + "(\(options["size"] ?? "0"))")
        }
        do {
            try await guest.update([interface: VirtualMachineForm.disk(disk, volume: volume, bytes: size)])
        } catch {
            throw error.prefixed("disk update fails")
        }
        let storage = disk["datastore_id"].string
        if !storage.isEmpty, volume.prefix(while: { $0 != ":" }) != storage {
            try await move(interface, to: storage, summary: "Disk move")
        }
        guard bytes > size else { return }
        warnings += try await guest.resize(interface, to: String(bytes), summary: "disk resize")
    }

    /// Moves a disk to another storage; that it is there already is fine.
    mutating func move(_ interface: String, to storage: String, summary: String) async throws(ClientFailure) {
        do {
            warnings += try await guest.run(
                .post, "move_disk", ["delete": "1", "disk": interface, "storage": storage], doing: "moving VM disk",
                summary: "disk move")
        } catch {
            guard error.text.contains("you can't move to the same storage with same format") else {
                throw error.summarised(summary)
            }
        }
    }
}
