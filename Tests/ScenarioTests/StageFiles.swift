/// Files with which many plays begin, as parts of a ``Script``.
enum StageFiles {
    /// A simulated cluster `lab`, its nodes `pve1`, `pve2`, …; servers are born on the first unless they say otherwise.
    static func cluster(nodes: Int = 2) -> String {
        let names = (1...nodes).map { "pve\($0)" }.joined(separator: ", ")
        return file(
            "cluster.yaml",
            """
            apiVersion: plumb/v1
            kind: Cluster
            metadata: {name: lab}
            spec:
              simulated:
                nodes: [\(names)]
                templates: [{name: debian-12, vmid: 9000}]
              defaults: {datastore: local-lvm, bridge: vmbr0, template: debian-12, node: pve1}
            """)
    }

    /// A server in a file of its own name.
    ///
    /// - Parameter own: what it has beside two cores, memory, a disk and a network device.
    static func server(_ name: String, own: String? = nil) -> String {
        let own = own.map { $0 + ", " } ?? ""
        return file(
            "\(name).yaml",
            """
            apiVersion: plumb/v1
            kind: Server
            metadata: {name: \(name)}
            spec: {cluster: lab, \(own)cores: 2, memory: 2GiB, disks: [{size: 20GiB}], networks: [{address: dhcp}]}
            """)
    }

    static func file(_ path: String, _ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }
        return "file \(path)\n" + lines.joined()
    }
}
