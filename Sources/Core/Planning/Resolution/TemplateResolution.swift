import Model

/// What a declared template turns out to be.
enum TemplateResolution {
    case none
    case guest(ServerConfiguration.Template)
    /// A volume that a container is unpacked from.
    case file(String)
    case failed(Sentence)
}

extension ClusterView {
    /// Templates are guests of the inventory; a container may also name a volume (`local:vztmpl/debian-12.tar.zst`).
    func resolve(_ reference: TemplateReference?, for server: Server, on node: NodeName?) -> TemplateResolution {
        guard let reference else { return .none }
        switch reference {
        case .vmid(let vmid):
            guard let position = position(of: vmid), guests[position].isTemplate else {
                return .failed(Sentence(.templateUnknown, server.name.text, vmid.description, name.text))
            }
            guard guests[position].type == server.type else {
                return .failed(otherType(guests[position].type, of: vmid.description, for: server))
            }
            return .guest(.init(vmid: vmid, node: guests[position].node))
        case .name(let text):
            if server.type == .container, text.contains(":") { return .file(text) }
            let key = text.lowercased()
            let named = guests.filter { $0.isTemplate && $0.name.lowercased() == key }
            let found = named.filter { $0.type == server.type }
            let near = found.filter { $0.node == node }
            guard let template = near.count == 1 ? near.first : found.first else {
                if let other = named.first { return .failed(otherType(other.type, of: text, for: server)) }
                return .failed(Sentence(.templateUnknown, server.name.text, text, name.text))
            }
            guard found.count == 1 || near.count == 1 else {
                let numbers = found.map(\.vmid.description).joined(separator: ", ")
                return .failed(Sentence(.templateAmbiguous, server.name.text, text, numbers))
            }
            return .guest(.init(vmid: template.vmid, node: template.node))
        }
    }

    private func otherType(_ type: GuestType, of template: String, for server: Server) -> Sentence {
        Sentence(
            .templateOtherType, server.name.text, template, name.text, type.rawValue, server.type.rawValue)
    }
}
