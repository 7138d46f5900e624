import Glibc

extension PresentedCertificate {
    /// `DNS:pve1.example.org, IP Address:10.0.0.1` without what is neither.
    static func names(inAlternativeNames text: String) -> [String] {
        text.split(whereSeparator: { $0 == "," || $0.isNewline }).compactMap { part in
            let part = part.drop { $0 == " " }
            for kind in ["DNS:", "IP Address:"] where part.hasPrefix(kind) {
                return String(part.dropFirst(kind.count).prefix { $0 != " " }).lowercased()
            }
            return nil
        }
    }

    /// Whether a client that checks names, as Go's does, lets the certificate stand for the host of that URL.
    ///
    /// - Returns: nil where the URL names no host.
    package func covers(hostOf url: String) -> Bool? {
        guard let address = WebAddress(url) else { return nil }
        let host = address.host.hasPrefix("[") ? String(address.host.dropFirst().dropLast()) : address.host
        if let wanted = Self.bytes(ofAddress: host) { return names.contains { Self.bytes(ofAddress: $0) == wanted } }
        return names.contains { name in
            guard name.hasPrefix("*.") else { return name == host }
            guard let dot = host.firstIndex(of: ".") else { return false }
            return host[dot...] == name.dropFirst()
        }
    }

    /// An IPv4 or IPv6 address: it is written in many ways.
    private static func bytes(ofAddress text: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }
}
