import Model

/// Where a guest is reached: its node, its kind and its number.
package struct GuestAddress: Hashable, Sendable, CustomStringConvertible {
    package var node: NodeName
    package var type: GuestType
    package var vmid: VMID

    package init(node: NodeName, type: GuestType, vmid: VMID) {
        self.node = node
        self.type = type
        self.vmid = vmid
    }

    package init(_ guest: ObservedGuest) {
        self.init(node: guest.node, type: guest.type, vmid: guest.vmid)
    }

    /// The parts of the path up to the guest.
    var path: [String] { ["nodes", node.text, type.pathSegment, String(vmid.rawValue)] }

    package var description: String { "\(node)/\(type.pathSegment)/\(vmid)" }
}

extension GuestType {
    /// Proxmox's word in paths and listings.
    var pathSegment: String {
        switch self {
        case .vm: "qemu"
        case .container: "lxc"
        }
    }

    init?(pathSegment: String) {
        switch pathSegment {
        case "qemu": self = .vm
        case "lxc": self = .container
        default: return nil
        }
    }
}
