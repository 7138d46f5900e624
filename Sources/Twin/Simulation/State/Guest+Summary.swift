extension Guest {
    /// The amounts that listings show.
    struct Summary: Hashable, Sendable, Codable {
        var processors: Int
        /// Bytes.
        var memory: Int
        /// Bytes; containers only.
        var swap: Int
        /// Bytes of the disk that it boots from.
        var disk: Int
        var name: String?
        var tags: String?

        init(_ kind: GuestKind, _ configuration: [String: String]) {
            tags = configuration["tags"].flatMap { $0.isEmpty ? nil : $0 }
            switch kind {
            case .qemu:
                name = configuration["name"]
                processors =
                    Int(configuration["vcpus"] ?? "")
                    ?? Self.number(configuration["cores"], 1) * Self.number(configuration["sockets"], 1)
                memory = Self.mebibytes(configuration["memory"]) << 20
                swap = 0
                disk = Self.size(configuration[Self.bootDisk(configuration) ?? ""])
            case .lxc:
                name = configuration["hostname"]
                processors = Self.number(configuration["cores"], 1)
                memory = Self.number(configuration["memory"], 512) << 20
                swap = Self.number(configuration["swap"], 512) << 20
                disk = Self.size(configuration["rootfs"])
            }
        }

        private static func number(_ text: String?, _ fallback: Int) -> Int { text.flatMap { Int($0) } ?? fallback }

        /// `2048` or `current=2048`.
        private static func mebibytes(_ text: String?) -> Int {
            guard let text else { return 512 }
            if let plain = Int(text) { return plain }
            return PropertyString(text).values["current"].flatMap { Int($0) } ?? 512
        }

        private static func bootDisk(_ configuration: [String: String]) -> String? {
            if let order = configuration["boot"], order.hasPrefix("order=") {
                let first = order.dropFirst(6).split(separator: ";").map(String.init).first { key in
                    configuration[key].map { size($0) > 0 && !$0.hasSuffix("media=cdrom") } ?? false
                }
                if let first { return first }
            }
            return ["scsi0", "virtio0", "sata0", "ide0"].first { configuration[$0] != nil }
        }

        private static func size(_ drive: String?) -> Int {
            for part in (drive ?? "").split(separator: ",") where part.hasPrefix("size=") {
                return DiskSize.bytes(part.dropFirst(5)) ?? 0
            }
            return 0
        }
    }
}
