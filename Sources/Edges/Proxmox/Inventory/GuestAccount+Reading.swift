import Model

extension GuestConfiguration.Account {
    /// - Parameter values: a VM's configuration as Proxmox writes it. Keys are URL-encoded there, one on each line.
    init(reading values: [String: String]) {
        let lines = Self.decoded(values["sshkeys"] ?? "").split(whereSeparator: \.isNewline)
        self.init(
            user: values["ciuser"].flatMap { $0.isEmpty ? nil : $0 },
            sshKeys: lines.map(Self.trimmed).filter { !$0.isEmpty })
    }

    private static func trimmed(_ line: Substring) -> String {
        var line = line.drop(while: \.isWhitespace)
        while line.last?.isWhitespace ?? false { line.removeLast() }
        return String(line)
    }

    /// `%20` and the like; what is no such code stays as it is.
    private static func decoded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "%"), position + 2 < bytes.count,
                let code = UInt8(String(decoding: bytes[(position + 1)...(position + 2)], as: UTF8.self), radix: 16)
            {
                decoded.append(code)
                position += 3
            } else {
                decoded.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}
