/// Where a cluster's API is: `https://HOST:8006`.
package struct ProxmoxEndpoint: Hashable, Sendable, CustomStringConvertible {
    /// Scheme, host and port, without a slash at the end.
    package let origin: String

    /// Reads `https://HOST[:PORT]`, also with `/api2/json` behind it, as scripts have it; nil for anything else.
    /// Without a port it is 8006, Proxmox's own. `http` is read too, for tests against a loopback server.
    package init?(_ url: String) {
        var text = url[...]
        while text.hasSuffix("/") { text = text.dropLast() }
        if text.hasSuffix("/api2/json") { text = text.dropLast("/api2/json".count) }
        guard let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }) else { return nil }
        let authority = text.dropFirst(scheme.count)
        let isPlain = authority.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#@\\%".utf8.contains($0) }
        guard !authority.isEmpty, isPlain else { return nil }
        // A colon inside the brackets of an IPv6 address is none before a port.
        let tail = authority.lastIndex(of: "]").map { authority[$0...] } ?? authority
        if let colon = tail.firstIndex(of: ":") {
            guard let port = UInt16(tail[tail.index(after: colon)...]), port > 0, colon > authority.startIndex else {
                return nil
            }
            origin = String(text)
        } else {
            origin = text + ":8006"
        }
    }

    package var description: String { origin }
}
