import Model

extension ServerConfiguration.Birth {
    /// What the declaration says of a birth; node, VMID and template are added by whoever knows them.
    static func declared(_ server: Server, defaults: Cluster.Defaults?, node: NodeName, vmid: VMID) -> Self {
        var birth = Self(type: server.type, node: node, vmid: vmid)
        birth.user = server.cloudInit?.user ?? (server.type == .vm ? defaults?.user : nil)
        if server.cloudInit?.password != nil { birth.passwordSecret = "\(server.name)/cloudInit.password" }
        let keys = server.cloudInit?.sshKeys ?? []
        birth.sshKeys = keys.isEmpty ? defaults?.sshKeys ?? [] : keys
        return birth
    }

    mutating func take(_ template: TemplateResolution) {
        switch template {
        case .none, .failed: break
        case .guest(let guest): self.template = guest
        case .file(let file): templateFile = file
        }
    }
}
