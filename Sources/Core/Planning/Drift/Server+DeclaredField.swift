import Model

extension Server {
    /// Where the YAML says what a path of the guest's settings should be: in the server's own document, or in the
    /// cluster's defaults where it leaves the word to them.
    func declaredField(_ text: String, settings: GuestSettings, _ defaults: Cluster.Defaults?) -> DeclaredField {
        let path = SettingPath(text)
        switch path.root {
        case "disks": return diskField(path, settings, defaults)
        case "networks": return networkField(path, settings, defaults)
        case "protection": return own("spec.protect")
        case "template":
            return template == nil && defaults?.template != nil ? ofCluster("template") : own("spec.template")
        case "cloudInit": return accountField(path, defaults)
        default: return own("spec.\(text)")
        }
    }

    private func own(_ field: String) -> DeclaredField { DeclaredField(ObjectName(.server, name.key), field) }

    private func ofCluster(_ field: String) -> DeclaredField {
        DeclaredField(ObjectName(.cluster, cluster.key), "spec.defaults.\(field)")
    }

    private func diskField(
        _ path: SettingPath, _ settings: GuestSettings, _ defaults: Cluster.Defaults?
    ) -> DeclaredField {
        guard let position = settings.disks.firstIndex(where: { $0.interface == path.key ?? "" }),
            disks.indices.contains(position)
        else { return own("spec.disks") }
        if path.leaf == "datastore", disks[position].datastore == nil, defaults?.datastore != nil {
            return ofCluster("datastore")
        }
        return own("spec.disks[\(position)]" + (path.leaf.map { ".\($0)" } ?? ""))
    }

    private func networkField(
        _ path: SettingPath, _ settings: GuestSettings, _ defaults: Cluster.Defaults?
    ) -> DeclaredField {
        guard let position = path.key.flatMap({ Int($0) }), networks.indices.contains(position) else {
            return own("spec.networks")
        }
        if path.leaf == "bridge", networks[position].bridge == nil, defaults?.bridge != nil {
            return ofCluster("bridge")
        }
        if path.leaf == "gateway", networks[position].gateway == nil, settings.networks[position].gateway != nil {
            return ofCluster("gateway")
        }
        return own("spec.networks[\(position)]" + (path.leaf.map { ".\($0)" } ?? ""))
    }

    private func accountField(_ path: SettingPath, _ defaults: Cluster.Defaults?) -> DeclaredField {
        if path.leaf == "user", cloudInit?.user == nil, defaults?.user != nil { return ofCluster("user") }
        if path.leaf == "sshKeys", cloudInit?.sshKeys.isEmpty ?? true, defaults?.sshKeys.isEmpty == false {
            return ofCluster("sshKeys")
        }
        return own("spec.cloudInit" + (path.leaf.map { ".\($0)" } ?? ""))
    }
}
