/// Proxmox's way of writing a record into one value: `virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=10`, with at most one
/// part without a name, which comes first (`local-lvm:vm-100-disk-0,size=8G`).
struct PropertyString {
    private let parts: [(name: Substring, value: Substring)]

    init(_ text: String) {
        parts = text.split(separator: ",").map { part in
            guard let equals = part.firstIndex(of: "=") else { return ("", part) }
            return (part[..<equals], part[part.index(after: equals)...])
        }
    }

    /// The value of that name.
    subscript(name: String) -> String? { parts.first { $0.name == name }.map { String($0.value) } }

    /// The part without a name.
    var bare: String? { self[""] }

    /// The first part, with its name where it has one.
    var first: (name: String, value: String)? { parts.first.map { (String($0.name), String($0.value)) } }

    /// 1, `yes`, `on` and `true` as Proxmox reads them.
    func flag(_ name: String) -> Bool { self[name].map { ["1", "yes", "on", "true"].contains($0) } ?? false }
}
