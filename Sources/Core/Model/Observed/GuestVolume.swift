/// A volume that is a guest's own, so that it ends with the guest.
package struct GuestVolume: Hashable, Sendable, Codable {
    /// Where it hangs: `scsi1`, `rootfs`, `mp0`; `unused0` where it is detached.
    package var place: String
    /// As Proxmox names it: `local-lvm:vm-101-disk-2`.
    package var name: String
    /// As Proxmox writes it: `32G`; nil where it says none, as of what is detached.
    package var size: String?

    package init(place: String, name: String, size: String? = nil) {
        self.place = place
        self.name = name
        self.size = size
    }

    /// For people: `local-lvm:vm-101-disk-2, 32G`.
    package var text: String { name + (size.map { ", " + $0 } ?? "") }

    /// Whether it is the machine's own memory and nobody's data: EFI variables, or the state of a TPM. No document has a
    /// word for these.
    package var isFirmware: Bool { place.hasPrefix("efidisk") || place.hasPrefix("tpmstate") }
}
