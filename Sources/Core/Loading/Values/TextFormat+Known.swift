import Model

extension TextFormat {
    /// Text of characters of a set, the first one of a narrower set.
    private static func word(
        _ phrase: String, first: ByteSet, rest: ByteSet, last: ByteSet? = nil, limit: Int, pattern: String,
        example: String,
        _ code: SentenceCode
    ) -> TextFormat {
        TextFormat(phrase: phrase, pattern: pattern, example: example, code: code) { bytes in
            guard let start = bytes.first, let end = bytes.last, bytes.count <= limit, first.contains(start) else {
                return false
            }
            for byte in bytes where !rest.contains(byte) { return false }
            return last?.contains(end) ?? true
        }
    }

    /// RFC 1123: letters, digits and hyphens, 1 to 63, no hyphen at either end.
    static let name = word(
        "a DNS label", first: "a-zA-Z0-9", rest: "a-zA-Z0-9-", last: "a-zA-Z0-9", limit: 63,
        pattern: "^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$", example: "web-01", "value.name")

    static let node = word(
        "a node's name", first: "a-zA-Z0-9", rest: "a-zA-Z0-9-", last: "a-zA-Z0-9", limit: 63,
        pattern: "^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$", example: "pve1", "value.name")

    /// Proxmox's `pve-storage-id`.
    static let datastore = word(
        "a storage's id", first: "a-zA-Z", rest: "a-zA-Z0-9_.-", last: "a-zA-Z0-9", limit: 100,
        pattern: "^[A-Za-z][A-Za-z0-9_.-]*[A-Za-z0-9]$", example: "local-lvm", "value.word")

    /// An interface name of Linux: at most 15 characters.
    static let bridge = word(
        "a bridge's name", first: "a-zA-Z", rest: "a-zA-Z0-9_.-", limit: 15, pattern: "^[A-Za-z][A-Za-z0-9_.-]{0,14}$",
        example: "vmbr0", "value.word")

    static let pool = word(
        "a pool's id", first: "a-zA-Z0-9", rest: "a-zA-Z0-9_./-", limit: 100, pattern: "^[A-Za-z0-9][A-Za-z0-9_./-]*$",
        example: "production", "value.word")

    /// Proxmox: `[a-z0-9_][a-z0-9_+.-]*`, compared without case, so that Plumb takes lower case only.
    static let tag = word(
        "a tag in lower case", first: "a-z0-9_", rest: "a-z0-9_+.-", limit: 124, pattern: "^[a-z0-9_][a-z0-9_+.-]*$",
        example: "production", "value.tag")

    static let userName = word(
        "a user's name", first: "a-z_A-Z0-9", rest: "a-zA-Z0-9_.@$-", limit: 128,
        pattern: "^[A-Za-z0-9_][A-Za-z0-9_.@$-]*$",
        example: "debian", "value.word")

    /// POSIX: the name of an environment variable.
    static let environmentName = word(
        "an environment variable", first: "a-zA-Z_", rest: "a-zA-Z0-9_", limit: 256,
        pattern: "^[A-Za-z_][A-Za-z0-9_]*$",
        example: "PROXMOX_TOKEN", "value.word")

    static let labelKey = word(
        "a label's key", first: "a-zA-Z0-9_", rest: "a-zA-Z0-9_./-", last: "a-zA-Z0-9_", limit: 253,
        pattern: "^[A-Za-z0-9_]([A-Za-z0-9_./-]*[A-Za-z0-9_])?$", example: "env", "value.labelKey")

    static let companyCode = word(
        "at least 3 letters or digits", first: "a-zA-Z0-9", rest: "a-zA-Z0-9", limit: 64, pattern: "^[A-Za-z0-9]{3,}$",
        example: "ACME", "value.companyCode"
    ).atLeast(3)

    private func atLeast(_ count: Int) -> TextFormat {
        var stricter = self
        let isValid = isValid
        stricter.isValid = { $0.count >= count && isValid($0) }
        return stricter
    }

    /// A glob: names with `*` and `?`.
    static let glob = word(
        "a name with `*` and `?`", first: "a-zA-Z0-9*?", rest: "a-zA-Z0-9*?-", limit: 63,
        pattern: "^[A-Za-z0-9*?-]{1,63}$",
        example: "web-*", "value.glob")

    static let host = TextFormat(
        phrase: "a host name or address", pattern: "^[A-Za-z0-9.:_-]+$", example: "db1.example.org", code: "value.host"
    ) { bytes in
        if IPAddress(bytes) != nil { return true }
        guard bytes.count <= 253, let last = bytes.last, last != 0x2E else { return false }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // Digits and dots alone are an address that is wrong.
        let isNumeric = bytes.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
        return !isNumeric
            && labels.allSatisfy { label in
                guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
                return first != 0x2D && last != 0x2D && label.allSatisfy { hostSet.contains($0) }
            }
    }

    private static let hostSet: ByteSet = "a-zA-Z0-9_-"

    static let address = TextFormat(
        phrase: "an IPv4 or IPv6 address", pattern: "^[0-9A-Fa-f.:]+$", example: "10.0.0.1", code: "value.address"
    ) { IPAddress($0) != nil }

    static let mac = TextFormat(
        phrase: "a MAC address", pattern: "^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$", example: "BC:24:11:00:00:01",
        code: "value.mac"
    ) { bytes in
        guard bytes.count == 17, let first = hexDigit(bytes[1]), first & 1 == 0 else { return false }
        for (index, byte) in bytes.enumerated() {
            guard index % 3 == 2 ? byte == 0x3A : hexDigit(byte) != nil else { return false }
        }
        return true
    }

    /// SHA-256 of a certificate, as Proxmox prints it.
    static let fingerprint = TextFormat(
        phrase: "a SHA-256 fingerprint", pattern: "^([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$",
        example: "AB:CD:EF:…", code: "value.fingerprint"
    ) { bytes in
        guard bytes.count == 95 else { return false }
        for (index, byte) in bytes.enumerated() {
            guard index % 3 == 2 ? byte == 0x3A : hexDigit(byte) != nil else { return false }
        }
        return true
    }

    /// `https://HOST:PORT`.
    static let endpoint = TextFormat(
        phrase: "an https address", pattern: "^https://[^/ ]+/?$", example: "https://pve1.example.org:8006",
        code: "value.endpoint"
    ) { bytes in
        guard bytes.starts(with: "https://".utf8), !bytes.contains(0x40), !bytes.contains(0x20) else { return false }
        var rest = bytes[8...]
        if rest.last == 0x2F { rest = rest.dropLast() }
        var host = rest
        if let colon = rest.lastIndex(of: 0x3A), rest.last != 0x5D {
            guard let port = decimal(UnsafeBufferPointer(rebasing: rest[(colon + 1)...])), (1...65535).contains(port)
            else { return false }
            host = rest[..<colon]
        }
        if host.first == 0x5B, host.last == 0x5D { host = host.dropFirst().dropLast() }
        return TextFormat.host.isValid(UnsafeBufferPointer(rebasing: host))
    }

    /// Proxmox's names of disks.
    static let diskInterface = TextFormat(
        phrase: "a disk's interface",
        pattern: "^(scsi([0-9]|[12][0-9]|30)|virtio([0-9]|1[0-5])|sata[0-5]|ide[0-3]|rootfs)$",
        example: "scsi0", code: "value.diskInterface"
    ) { bytes in
        if bytes.elementsEqual("rootfs".utf8) { return true }
        let buses: [(String, Int)] = [("scsi", 30), ("virtio", 15), ("sata", 5), ("ide", 3)]
        for (bus, most) in buses where bytes.starts(with: bus.utf8) {
            let number = decimal(UnsafeBufferPointer(rebasing: bytes[bus.utf8.count...]))
            return number.map { (0...most).contains($0) } ?? false
        }
        return false
    }

    /// One line of an `authorized_keys` file.
    static let sshKey = TextFormat(
        phrase: "an OpenSSH public key", pattern: "^(ssh-|ecdsa-|sk-)[A-Za-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?$",
        example: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI… me@example.org", code: "value.sshKey"
    ) { bytes in
        let parts = bytes.split(separator: 0x20, maxSplits: 2)
        guard parts.count >= 2, parts[1].count >= 16 else { return false }
        let isKnown = ["ssh-", "ecdsa-", "sk-"].contains { parts[0].starts(with: $0.utf8) }
        return isKnown && parts[1].allSatisfy { base64.contains($0) } && !bytes.contains(0x0A)
    }

    private static let base64: ByteSet = "A-Za-z0-9+/="
}
