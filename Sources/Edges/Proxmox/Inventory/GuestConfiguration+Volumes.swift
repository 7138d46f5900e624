import Model

extension GuestConfiguration {
    /// The volumes that end with the guest, by their places: disks, mount points, what is detached, EFI variables and
    /// the state of a TPM. What ``isOwn(_:of:)`` says is not its own stays where it is.
    ///
    /// - Parameter configurations: what the guest runs with, and what it will run with after its next start, as Proxmox
    ///   writes them, every value as text. A volume that changes its place has the first one.
    static func volumes(_ configurations: [[String: String]], of vmid: VMID, _ type: GuestType) -> [GuestVolume] {
        var found: [String: GuestVolume] = [:]
        for values in configurations {
            for (place, text) in values.sorted(by: { $0.key < $1.key }) where holdsVolume(place, type) {
                let parts = PropertyString(text)
                guard isOwn(parts, of: vmid), let name = parts.bare ?? parts["volume"] ?? parts["file"],
                    found[name] == nil
                else { continue }
                found[name] = GuestVolume(place: place, name: name, size: parts["size"])
            }
        }
        return found.values.sorted { order($0.place) < order($1.place) }
    }

    private static func holdsVolume(_ place: String, _ type: GuestType) -> Bool {
        let (stem, number) = order(place)
        return switch type {
        case .vm: number >= 0 && places.contains(stem)
        case .container: place == "rootfs" || (number >= 0 && ["mp", "unused"].contains(stem))
        }
    }

    private static let places: Set<String> = [
        "scsi", "virtio", "sata", "ide", "efidisk", "tpmstate", "unused",
    ]

    /// `scsi2` before `scsi10`; without a number: -1.
    private static func order(_ place: String) -> (String, Int) {
        let stem = place.prefix { !("0"..."9").contains($0) }
        return (String(stem), Int(place.dropFirst(stem.count)) ?? -1)
    }
}
