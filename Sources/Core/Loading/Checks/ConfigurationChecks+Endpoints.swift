import Model

extension ConfigurationChecks {
    /// One Proxmox belongs to one cluster: two of them would give one VMID to two servers, and each would take the
    /// other's guests for strangers. Neither is worked on until it is said which is meant.
    mutating func checkEndpoints() {
        var owners: [String: Int] = [:]
        for (position, cluster) in draft.clusters.values.enumerated() {
            guard case .proxmox(let endpoint) = cluster.source else { continue }
            if endpoint.trust == .insecure { warnOfTrust(in: position) }
            let address = Self.address(of: endpoint.url)
            guard let first = owners[address] else {
                owners[address] = position
                continue
            }
            draft.clusters.refused.formUnion([first, position])
            // Two documents of one name were reported already, and of course they agree.
            guard draft.clusters.keys[first] != draft.clusters.keys[position] else { continue }
            report(
                "conflict.endpoint", [address, draft.clusters.values[first].name.text, cluster.name.text],
                at: span(draft.clusters.places[position], "spec.proxmox.endpoint"),
                first: span(draft.clusters.places[first], "spec.proxmox.endpoint"))
        }
    }

    /// A token that is shown to whoever answers is said at every look, because it is set for an hour and stays for years.
    private mutating func warnOfTrust(in position: Int) {
        guard mayShow("cluster.insecure") else { return }
        let sentence = Sentence("cluster.insecure", draft.clusters.values[position].name.text)
        let span = span(draft.clusters.places[position], "spec.proxmox.tls.insecure")
        draft.diagnostics.append(Diagnostic(.warning, sentence, at: span))
    }

    /// Case says nothing in a host's name, a slash at the end nothing either; without a port it is Proxmox's own.
    private static func address(of url: String) -> String {
        var host = url.lowercased()
        while host.hasSuffix("/") { host.removeLast() }
        let tail = host.dropFirst("https://".count)
        let afterBrackets = tail.lastIndex(of: "]").map { tail[$0...] } ?? tail
        return afterBrackets.contains(":") ? host : host + ":8006"
    }
}
