import Foundation

extension WorldFleet {
    static let image = "local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst"

    /// Every file of the configuration, as it lies there now.
    var files: [String: String] {
        if isEmptied { return [:] }
        var files = ["policy.yaml": policy.text]
        for cluster in clusters { files["cluster-\(cluster).yaml"] = Self.text(ofCluster: cluster) }
        return files.merging(serverFiles) { $1 }.merging(spoiled) { $1 }
    }

    /// Those that declare servers, as they are meant.
    var serverFiles: [String: String] {
        var files: [String: String] = [:]
        for server in servers { files["\(server.name).yaml"] = Self.text(of: server) }
        for group in groups { files["\(group.name).yaml"] = Self.text(of: group) }
        return files
    }

    /// Puts the directory into the state that the book says.
    func write(on stage: Stage) throws {
        let present = try FileManager.default.contentsOfDirectory(atPath: stage.fleet)
        let files = files
        for name in present where name.hasSuffix(".yaml") && files[name] == nil {
            try FileManager.default.removeItem(atPath: "\(stage.fleet)/\(name)")
        }
        for (name, text) in files { try stage.write(text, to: name) }
    }

    private static func text(ofCluster name: String) -> String {
        """
        apiVersion: plumb/v1
        kind: Cluster
        metadata: {name: \(name)}
        spec:
          simulated:
            nodes: [pve1, pve2, pve3]
            templates: [{name: debian-12, vmid: 9000}]
          terraform: {stacks: {byLabel: env}}
          defaults: {datastore: local-lvm, bridge: vmbr0, template: debian-12, node: pve1, vmidRange: 100-149}

        """
    }

    private static func text(of server: Declared) -> String {
        let former = server.formerName.map { ", formerName: \($0)" } ?? ""
        return """
            apiVersion: plumb/v1
            kind: Server
            metadata: {name: \(server.name)\(former), labels: {env: \(server.env)}}
            spec: {\(spec(of: server))}

            """
    }

    private static func text(of group: Group) -> String {
        let excluded = group.excluded.isEmpty ? "" : "\n  exclude: [\(group.excluded.sorted().joined(separator: ", "))]"
        return """
            apiVersion: plumb/v1
            kind: ServerSet
            metadata: {name: \(group.name), labels: {env: \(group.model.env)}}
            spec:
              names: \(group.name)-{1..\(group.size)}
              template: {\(spec(of: group.model))}\(excluded)

            """
    }

    private static func spec(of server: Declared) -> String {
        var fields = ["cluster: \(server.cluster)"]
        if let vmid = server.vmid { fields.append("vmid: \(vmid)") }
        if server.isObserved { return (fields + ["manage: observe"]).joined(separator: ", ") }
        let network = server.address.map { "address: \($0), gateway: 10.0.0.1" } ?? "address: dhcp"
        fields += [
            "cores: \(server.cores)", "memory: \(server.memory)", "disks: [{size: 8GiB}]", "networks: [{\(network)}]",
        ]
        if server.isContainer { fields.append("type: container, template: \"\(image)\"") }
        if let node = server.node { fields.append("node: \(node)") }
        if server.isProtected { fields.append("protect: true") }
        if server.isForgotten { fields.append("onRemove: forget") }
        if let power = server.power { fields.append("power: \(power)") }
        return fields.joined(separator: ", ")
    }
}
