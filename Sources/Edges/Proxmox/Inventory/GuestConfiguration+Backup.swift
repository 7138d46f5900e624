import Model

extension GuestConfiguration {
    /// Places of volumes that end with the guest and are in no backup of it, ascending.
    ///
    /// vzdump takes a VM's disk unless it says `backup=0`, its TPM state always, and what is detached (`unusedN`) never; of
    /// a container it takes the root file system always, and a mount point only with `backup=1`. What is not the guest's
    /// own stays where it is when the guest ends: a CD, a host's directory or device, another guest's volume. Cloud-init's
    /// drive is made from the configuration, and an EFI disk without OVMF, which vzdump leaves out, has no use.
    ///
    /// - Parameter values: the configuration as Proxmox writes it, every value as text.
    static func leftOutOfBackups(_ values: [String: String], of vmid: VMID, _ type: GuestType) -> [String] {
        values.compactMap { key, text in
            let stem = String(key.prefix { !("0"..."9").contains($0) })
            let parts = PropertyString(text)
            let isTaken: Bool
            switch (type, stem) {
            case (_, "unused"): isTaken = false
            case (.vm, "scsi"), (.vm, "virtio"), (.vm, "sata"), (.vm, "ide"):
                isTaken = parts["backup"] == nil || parts.flag("backup")
            case (.container, "mp"): isTaken = parts.flag("backup")
            case (.vm, _), (.container, _): return nil
            }
            guard !isTaken, key.count > stem.count, isOwn(parts, of: vmid) else { return nil }
            return key
        }.sorted()
    }

    /// Places of volumes that vzdump leaves out now and takes after the next start, ascending: it goes by what the
    /// guest runs with. A volume that another one takes the place of will be detached, and is left out then as well.
    ///
    /// - Parameters:
    ///   - running: as of ``leftOutOfBackups(_:of:_:)``, what counts now.
    ///   - next: what counts after the next start.
    static func backedUpFromNextStart(
        _ running: [String: String], _ next: [String: String], of vmid: VMID, _ type: GuestType
    ) -> [String] {
        let leftOutThen = leftOutOfBackups(next, of: vmid, type)
        return leftOutOfBackups(running, of: vmid, type).filter { key in
            guard let now = running[key], let then = next[key], !leftOutThen.contains(key) else { return false }
            return volumeName(PropertyString(now)) == volumeName(PropertyString(then))
        }
    }

    private static func volumeName(_ parts: PropertyString) -> String? {
        parts.bare ?? parts["volume"] ?? parts["file"]
    }

    /// Whether a volume ends with the guest. On a storage of files the last directory that is a number says whose it is
    /// (`nfs:101/vm-200-disk-0.qcow2`), elsewhere its name; one that says nothing may be its own. Source: `parse_volname` of
    /// Proxmox's storage plugins.
    static func isOwn(_ parts: PropertyString, of vmid: VMID) -> Bool {
        guard parts["media"] != "cdrom", let volume = volumeName(parts),
            !volume.hasPrefix("/"), let colon = volume.firstIndex(of: ":")
        else { return false }
        let path = volume[volume.index(after: colon)...].split(separator: "/")
        guard let name = path.last else { return false }
        if name.contains("cloudinit") { return false }
        if let owner = path.dropLast().compactMap({ Int($0) }).last { return owner == vmid.rawValue }
        let words = name.split(separator: "-", maxSplits: 2)
        guard words.count > 1, ["vm", "base", "subvol", "basevol"].contains(words[0]), let owner = Int(words[1]) else {
            return true
        }
        return owner == vmid.rawValue
    }
}
