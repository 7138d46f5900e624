/// Values as Proxmox writes them into a configuration file, whatever spelling they came in.
extension SimulatedCluster {
    /// For whom a value is made canonical.
    struct Place {
        let vmid: Int
        let kind: GuestKind
        let node: String
        /// The value that the key has now.
        var old: String?
    }

    /// Checks a value's form without changing anything.
    func check(_ key: String, _ value: String, _ kind: GuestKind) throws(Refusal) {
        switch ConfigurationKey.form(of: key, kind) {
        case nil:
            throw .parameter(
                key, "property is not defined in schema and the schema does not allow additional properties")
        case .flag:
            if Call.flag(value) == nil { throw .parameter(key, "type check ('boolean') failed - got '\(value)'") }
        case .integer(let range):
            guard let number = Int(value) else {
                throw .parameter(key, "type check ('integer') failed - got '\(value)'")
            }
            if number < range.lowerBound {
                throw .parameter(key, "value must have a minimum value of \(range.lowerBound)")
            }
            if number > range.upperBound {
                throw .parameter(key, "value must have a maximum value of \(range.upperBound)")
            }
        case .number(let range):
            guard let number = Double(value), range.contains(number) else {
                throw .parameter(key, "type check ('number') failed - got '\(value)'")
            }
        case .text: try check(text: key, value, kind)
        }
    }

    private func check(text key: String, _ value: String, _ kind: GuestKind) throws(Refusal) {
        switch key {
        case "name", "hostname":
            guard Self.isHostName(value) else {
                throw .parameter(key, "invalid format - value does not look like a valid DNS name\n")
            }
        case "tags":
            for tag in Self.tags(value) where !Self.isTag(tag) {
                throw .parameter(key, "invalid format - invalid characters in tag\n")
            }
        case "sshkeys":
            let plain = value.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "-%_.!~*'()".utf8.contains(byte)
            }
            if !plain { throw .parameter(key, "invalid format - invalid urlencoded string: \(value)\n") }
        case "memory" where kind == .qemu:
            let amount = Int(value) ?? PropertyString(value).values["current"].flatMap { Int($0) }
            guard let amount else { throw .parameter(key, "invalid format - value does not look like a number\n") }
            if amount < 16 {
                throw .parameter(key, "invalid format - format error\ncurrent: value must have a minimum value of 16\n")
            }
        default: break
        }
    }

    /// A letter or digit at both ends of each label, hyphens inside; at most 63 characters a label.
    static func isHostName(_ name: String) -> Bool {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            guard let first = label.utf8.first, let last = label.utf8.last, label.utf8.count <= 63 else { return false }
            let isPlain = { (byte: UInt8) in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            }
            return isPlain(first) && isPlain(last) && label.utf8.allSatisfy { isPlain($0) || $0 == 0x2D }
        }
    }

    private static func isTag(_ tag: String) -> Bool {
        guard let first = tag.utf8.first else { return false }
        let isPlain = { (byte: UInt8) in (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F }
        return isPlain(first) && tag.utf8.allSatisfy { isPlain($0) || "+.-".utf8.contains($0) }
    }

    /// The tags of a list that commas, semicolons or white space separate, in lower case, sorted, each once.
    static func tags(_ text: String) -> [String] {
        Set(text.lowercased().split { ",; \t\n".contains($0) }.map(String.init)).sorted()
    }

    /// The value as the configuration keeps it; makes the volumes that it asks for.
    mutating func canonical(_ key: String, _ value: String, _ place: Place) throws(Refusal) -> String {
        if ConfigurationKey.isVolume(key, of: place.kind) { return try canonicalVolume(key, value, place) }
        if ConfigurationKey.isNetwork(key) {
            return place.kind == .qemu
                ? try canonicalVirtualNetwork(key, value, place) : try canonicalContainerNetwork(key, value, place)
        }
        if ConfigurationKey.form(of: key, place.kind) == .flag { return Call.flag(value) == true ? "1" : "0" }
        switch key {
        case "tags": return Self.tags(value).joined(separator: ";")
        case "cipassword": return "**********"
        case "description" where place.kind == .lxc:
            return value.hasSuffix("\n") || value.isEmpty ? value : value + "\n"
        default: return value
        }
    }

    private static let models: Set = [
        "e1000", "e1000-82540em", "e1000-82544gc", "e1000-82545em", "e1000e", "i82551", "i82557b", "i82559er",
        "ne2k_isa", "ne2k_pci", "pcnet", "rtl8139", "virtio", "vmxnet3",
    ]

    /// `virtio=BC:24:11:…,bridge=vmbr0`, whether it came as that, as `virtio,bridge=…` or as `model=virtio,…`.
    private mutating func canonicalVirtualNetwork(
        _ key: String, _ value: String, _ place: Place
    ) throws(Refusal) -> String {
        var net = PropertyString(value)
        var address = net.values.removeValue(forKey: "macaddr")
        var model = net.take("model")
        if let named = net.values.keys.first(where: { Self.models.contains($0) }) {
            model = named
            address = net.values.removeValue(forKey: named)
        }
        guard let model, Self.models.contains(model) else {
            throw .parameter(key, "invalid format - format error\nmodel: property is missing and it is not optional\n")
        }
        let kept = place.old.flatMap { old in
            PropertyString(old).values.first { Self.models.contains($0.key) }?.value
        }
        let chosen = address?.uppercased() ?? kept ?? random.hardwareAddress()
        for name in ["firewall", "link_down"] {
            if let flag = net.values[name].flatMap(Call.flag) { net.values[name] = flag ? "1" : "0" }
        }
        return net.text(first: "\(model)=\(chosen)")
    }

    /// `name=eth0,bridge=vmbr0,hwaddr=BC:24:11:…,ip=dhcp,type=veth`
    private mutating func canonicalContainerNetwork(
        _ key: String, _ value: String, _ place: Place
    ) throws(Refusal) -> String {
        var net = PropertyString(value)
        guard let name = net.values.removeValue(forKey: "name") else {
            throw .parameter(key, "invalid format - format error\nname: property is missing and it is not optional\n")
        }
        let kept = place.old.flatMap { PropertyString($0).values["hwaddr"] }
        net.values["hwaddr"] = net.values["hwaddr"]?.uppercased() ?? kept ?? random.hardwareAddress()
        net.values["type"] = "veth"
        // What is off is not written.
        if net.values["host-managed"] == "0" { net.values["host-managed"] = nil }
        return net.text(first: "name=\(name)")
    }

    private mutating func canonicalVolume(_ key: String, _ value: String, _ place: Place) throws(Refusal) -> String {
        var drive = PropertyString(value)
        guard let file = drive.take(place.kind == .qemu ? "file" : "volume") else {
            throw .parameter(key, "invalid format - format error\nfile: property is missing and it is not optional\n")
        }
        if place.kind == .lxc, key != "rootfs", drive.values["mp"] == nil {
            throw .parameter(key, "invalid format - format error\nmp: property is missing and it is not optional\n")
        }
        drive.values["size"] = nil
        guard let colon = file.firstIndex(of: ":") else { return drive.text(first: file) }
        let name = String(file[..<colon])
        let rest = String(file[file.index(after: colon)...])
        guard storage(name) != nil else { throw .failed("storage '\(name)' does not exist") }
        if rest == "cloudinit" { return try makeCloudInitDrive(storage: name, place) }
        if let amount = Double(rest) {
            return try makeVolume(key, storage: name, gibibytes: amount, drive: drive, place)
        }
        guard let volume = volumes[file, node: place.node] else { throw .failed("volume '\(file)' does not exist") }
        if let owner = volume.owner, owner != place.vmid, volume.content != "iso" {
            throw .failed("volume '\(file)' is owned by another guest (\(owner))")
        }
        // A cloud-init drive is written without its size.
        if !file.hasSuffix("-cloudinit") { drive.values["size"] = DiskSize.text(bytes: volume.size) }
        return drive.text(first: file)
    }

    private mutating func makeCloudInitDrive(storage: String, _ place: Place) throws(Refusal) -> String {
        try checkSpace(storage, node: place.node, bytes: 4 << 20)
        return cloudInitDrive(owner: place.vmid, storage: storage, node: place.node)
    }

    private mutating func makeVolume(
        _ key: String, storage name: String, gibibytes: Double, drive: PropertyString, _ place: Place
    ) throws(Refusal) -> String {
        let content = place.kind == .qemu ? "images" : "rootdir"
        guard storage(name)?.content.contains(content) == true else {
            throw .failed("storage '\(name)' does not support content-type '\(content)'")
        }
        var drive = drive
        let format = drive.values.removeValue(forKey: "format")
        var size = Int(gibibytes * Double(1 << 30))
        if let source = drive.values.removeValue(forKey: "import-from") {
            guard let volume = volumes[source, node: place.node] else {
                throw .failed("volume '\(source)' does not exist")
            }
            size = volume.size
        }
        if size <= 0 { throw .parameter(key, "invalid format - unable to parse volume size\n") }
        try checkSpace(name, node: place.node, bytes: size)
        let identifier = allocate(
            owner: place.vmid, storage: name, node: place.node, size: size, content: content, format: format)
        drive.values["size"] = DiskSize.text(bytes: size)
        return drive.text(first: identifier)
    }
}
