import JSONArena
import Simulation

/// How a container is made and changed.
extension GuestWork {
    private func flag(_ value: TerraformValue) -> String { value.isTrue ? "1" : "0" }

    private var cpuForm: [String: String] {
        let block = planned["cpu"].block
        var form = ["arch": block["architecture"].text ?? "amd64", "cores": String(block["cores"].integer ?? 1)]
        if let limit = block["limit"].decimal, limit != "0" { form["cpulimit"] = limit }
        if let units = block["units"].integer, units > 0 { form["cpuunits"] = String(units) }
        return form
    }

    private var memoryForm: [String: String] {
        let block = planned["memory"].block
        return ["memory": String(block["dedicated"].integer ?? 512), "swap": String(block["swap"].integer ?? 0)]
    }

    private var consoleForm: [String: String] {
        let block = planned["console"].block
        return [
            "console": block.isNull || block["enabled"].isTrue ? "1" : "0", "cmode": block["type"].text ?? "tty",
            "tty": String(block["tty_count"].integer ?? 2),
        ]
    }

    private var features: String? {
        let block = planned["features"].block
        guard !block.isNull else { return nil }
        var words: [String] = []
        for name in ["fuse", "keyctl", "nesting", "mknod"] where block[name].isTrue { words.append("\(name)=1") }
        let mounts = block["mount"].elements.map(\.string)
        if !mounts.isEmpty { words.append("mount=\(mounts.joined(separator: ";"))") }
        return words.isEmpty ? nil : words.joined(separator: ",")
    }

    /// `net0`, `net1`, … with the addresses of `initialization.ip_config` at the same place.
    private func networks(withFirewall always: Bool) -> [String: String] {
        let configs = planned["initialization"].block["ip_config"].elements
        var form: [String: String] = [:]
        for (index, interface) in planned["network_interface"].elements.enumerated() {
            var words: [String] = []
            if !interface["bridge"].string.isEmpty { words.append("bridge=\(interface["bridge"].string)") }
            if always || interface["firewall"].isTrue { words.append("firewall=\(flag(interface["firewall"]))") }
            words.append("host-managed=\(flag(interface["host_managed"]))")
            words += VirtualMachineForm.addresses(configs[safe: index] ?? .null)
            if !interface["mac_address"].string.isEmpty { words.append("hwaddr=\(interface["mac_address"].string)") }
            if let mtu = interface["mtu"].integer, mtu != 0 { words.append("mtu=\(mtu)") }
            words.append("name=\(interface["name"].string)")
            if let rate = interface["rate_limit"].decimal, rate != "0" { words.append("rate=\(rate)") }
            if let tag = interface["vlan_id"].integer, tag != 0 { words.append("tag=\(tag)") }
            form["net\(index)"] = words.joined(separator: ",")
        }
        return form
    }

    /// Name, DNS and entry point.
    private var initializationForm: [String: String] {
        let block = planned["initialization"].block
        let dns = block["dns"].block
        let servers = dns["servers"].elements.map(\.string).joined(separator: " ")
        var form: [String: String] = [:]
        for (key, text) in [
            ("hostname", block["hostname"].string), ("entrypoint", block["entrypoint"].string),
            ("searchdomain", dns["domain"].string), ("nameserver", servers.isEmpty ? dns["server"].string : servers),
        ] where !text.isEmpty {
            form[key] = text
        }
        return form
    }

    private var accountForm: [String: String] {
        let account = planned["initialization"].block["user_account"].block
        var form: [String: String] = [:]
        let keys = account["keys"].elements.map(\.string)
        if !keys.isEmpty { form["ssh-public-keys"] = keys.joined(separator: "\n") }
        if !account["password"].string.isEmpty { form["password"] = account["password"].string }
        return form
    }

    /// A container from a template file: one request, which may also start it.
    mutating func createContainer() async throws(ClientFailure) {
        let system = planned["operating_system"].block
        guard !system.isNull else { throw .own("\"operating_system\": required field is not set") }
        // Since 9.1 Proxmox knows `host-managed`; the provider asks for the version first.
        try await client.get("/version")
        let disk = planned["disk"].block
        let storage = disk["datastore_id"].text ?? "local"
        var body = [
            "vmid": String(vmid), "ostemplate": system["template_file_id"].string,
            "ostype": system["type"].text ?? "unmanaged", "storage": storage,
            "onboot": flag(planned["start_on_boot"]), "protection": flag(planned["protection"]),
            "start": flag(planned["started"]), "template": flag(planned["template"]),
            "unprivileged": flag(planned["unprivileged"]), "cpulimit": "0",
        ]
        for part in [cpuForm, memoryForm, consoleForm, networks(withFirewall: false), initializationForm, accountForm] {
            body.merge(part) { $1 }
        }
        if let size = disk["size"].integer, size != 4 { body["rootfs"] = "volume=\(storage):\(size)" }
        for (key, text) in [
            ("description", planned["description"].string), ("tags", VirtualMachineForm.tags(planned)),
            ("pool", planned["pool_id"].string), ("hookscript", planned["hook_script_file_id"].string),
            ("features", features ?? ""), ("startup", VirtualMachineForm(state: planned).startup ?? ""),
        ] where !text.isEmpty {
            body[key] = text
        }
        try await bear(
            guest.collection, body, node: guest.node, doing: "creating container", summary: "Container create",
            persistence: ClusterClient.Persistence(acceptsExisting: true))
        try await guest.waitUntilUnlocked()
    }

    mutating func cloneContainer() async throws(ClientFailure) {
        let clone = planned["clone"].block
        let given = clone["node_name"].string
        let origin = given.isEmpty ? guest.node : given
        let source = GuestHandle(kind: kind, client: client, node: origin, vmid: clone["vm_id"].integer ?? 0)
        var body = ["newid": String(vmid), "full": flag(clone["full"])]
        if origin != guest.node { body["target"] = guest.node }
        for (key, text) in [
            ("storage", clone["datastore_id"].string), ("description", planned["description"].string),
            ("hostname", planned["initialization"].block["hostname"].string), ("pool", planned["pool_id"].string),
        ] where !text.isEmpty {
            body[key] = text
        }
        try await bear(
            "\(source.path)/clone", body, node: origin, doing: "cloning container", summary: "Container clone",
            persistence: ClusterClient.Persistence(baseDelay: .seconds(10), acceptsExisting: true))
        var settings = ["onboot": flag(planned["start_on_boot"]), "protection": flag(planned["protection"])]
        if let features { settings["features"] = features }
        if let startup = VirtualMachineForm(state: planned).startup { settings["startup"] = startup }
        if !planned["cpu"].elements.isEmpty { settings.merge(cpuForm) { $1 } }
        if !planned["memory"].elements.isEmpty { settings.merge(memoryForm) { $1 } }
        if !planned["console"].elements.isEmpty { settings.merge(consoleForm) { $1 } }
        settings.merge(initializationForm) { $1 }
        settings.merge(accountForm) { $1 }
        if let type = planned["operating_system"].block["type"].text {
            settings["ostype"] = type
            settings["ostemplate"] = planned["operating_system"].block["template_file_id"].string
        }
        let tags = VirtualMachineForm.tags(planned)
        if !tags.isEmpty { settings["tags"] = tags }
        addNetworks(to: &settings, limit: 10)
        try await guest.update(settings)
        try await guest.waitUntilUnlocked()
    }

    private func addNetworks(to body: inout [String: String], limit: Int) {
        let interfaces = planned["network_interface"].elements
        guard !interfaces.isEmpty || !prior.isNull else { return }
        let networks = networks(withFirewall: true)
        body.merge(networks) { $1 }
        var deleted = (body["delete"] ?? "").split(separator: ",").map(String.init)
        for index in 0..<limit where !(interfaces[safe: index]?["enabled"].isTrue ?? false) {
            body["net\(index)"] = nil
            deleted.append("net\(index)")
        }
        if !deleted.isEmpty { body["delete"] = deleted.joined(separator: ",") }
    }

    mutating func updateContainer() async throws(ClientFailure) {
        var body: [String: String] = [:]
        var deleted: [String] = []
        var needsRestart = false
        for (key, name) in [
            ("onboot", "start_on_boot"), ("protection", "protection"), ("template", "template"),
        ] where hasChange(name) {
            body[key] = flag(planned[name])
        }
        if hasChange("description") { body["description"] = planned["description"].string }
        if hasChange("tags") { body["tags"] = VirtualMachineForm.tags(planned) }
        if hasChange("hook_script_file_id") {
            let script = planned["hook_script_file_id"].string
            if script.isEmpty { deleted.append("hookscript") } else { body["hookscript"] = script }
        }
        if hasChange("startup") {
            if let startup = VirtualMachineForm(state: planned).startup {
                body["startup"] = startup
            } else {
                deleted.append("startup")
            }
        }
        if hasChange("features"), let features { body["features"] = features }
        if hasChange("cpu") {
            body.merge(cpuForm) { $1 }
            if body["cpulimit"] == nil { deleted.append("cpulimit") }
        }
        for (name, form) in [("memory", memoryForm), ("console", consoleForm)] where hasChange(name) {
            body.merge(form) { $1 }
            needsRestart = true
        }
        if try await changeDisk(&body) { needsRestart = true }
        if hasChange("operating_system") {
            body["ostype"] = planned["operating_system"].block["type"].text ?? "unmanaged"
            needsRestart = true
        }
        if changeInitialization(&body, &deleted) { needsRestart = true }
        if !deleted.isEmpty { body["delete"] = ([body["delete"]].compactMap(\.self) + deleted).joined(separator: ",") }
        if !body.isEmpty { try await guest.update(body) }
        try await guest.waitUntilUnlocked()
        try await settleContainerPower(needsRestart: needsRestart)
    }

    /// Grows the root disk and sends its options. Returns whether they need a restart.
    private mutating func changeDisk(_ body: inout [String: String]) async throws(ClientFailure) -> Bool {
        guard hasChange("disk") else { return false }
        let disk = planned["disk"].block
        let options = try await guest.configuration().options("rootfs") ?? OptionList("")
        let bytes = (disk["size"].integer ?? 4) << 30
        let current = options["size"].flatMap(DiskSize.bytes) ?? 0
        guard bytes >= current else {
            throw .own(
                "new disk size (\(bytes >> 30)G) has to be greater than the current disk (\(options["size"] ?? "0"))")
        }
        if bytes > current {
            warnings += try await guest.resize("rootfs", to: "\(bytes >> 30)G", summary: "disk resize")
        }
        let volume = options["volume"] ?? options.first ?? ""
        let mounts = disk["mount_options"].elements.map(\.string).sorted()
        var words = ["acl=\(flag(disk["acl"]))", "size=\(bytes)"]
        if !mounts.isEmpty { words.append("mountoptions=\(mounts.joined(separator: ";"))") }
        words += ["quota=\(flag(disk["quota"]))", "replicate=\(flag(disk["replicate"]))", "volume=\(volume)"]
        body["rootfs"] = words.joined(separator: ",")
        return mounts != (options["mountoptions"] ?? "").split(separator: ";").map(String.init).sorted()
    }

    private func changeInitialization(_ body: inout [String: String], _ deleted: inout [String]) -> Bool {
        var isChanged = false
        let form = initializationForm
        if hasChange("dns", in: "initialization") {
            for key in ["searchdomain", "nameserver"] {
                if let text = form[key] { body[key] = text } else { deleted.append(key) }
            }
            isChanged = true
        }
        if hasChange("hostname", in: "initialization") {
            body["hostname"] = form["hostname"] ?? ""
            isChanged = true
        }
        if hasChange("entrypoint", in: "initialization") {
            if let text = form["entrypoint"] { body["entrypoint"] = text } else { deleted.append("entrypoint") }
            isChanged = true
        }
        if hasChange("ip_config", in: "initialization") || hasChange("network_interface") {
            addNetworks(to: &body, limit: 10)
            isChanged = true
        }
        return isChanged
    }

    private mutating func settleContainerPower(needsRestart: Bool) async throws(ClientFailure) {
        guard !planned["template"].isTrue else { return }
        let isWanted = planned["started"].isTrue
        if hasChange("started") {
            if isWanted {
                if try await !guest.isRunning() { warnings += try await guest.start(timeout: 300) }
            } else {
                let timeout = max(1, (planned["timeout_delete"].integer ?? 60) - 5)
                warnings += try await guest.shutdown(timeout: timeout)
            }
        } else if isWanted, needsRestart {
            // The provider reboots a container for most changes, and has no setting against it.
            warnings += try await guest.run(
                .post, "status/reboot", ["timeout": "300"], doing: "rebooting container", summary: "reboot")
        }
    }
}
