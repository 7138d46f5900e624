import Model

/// What the provider writes of a container's root disk when that grows, whether it was asked or not.
///
/// It sends `acl`, `quota` and `replicate` along with the size, and takes one that is not written for `false`, whereas
/// Proxmox replicates a disk that says nothing of it. What is written stays as it is. No variable of Terraform's can keep
/// them: the provider has no word for "not written", and any other would be a difference for ever.
extension ServerCase {
    /// The options that are written as `false` to make the guest as these settings say, ascending; none where its root
    /// disk does not grow, or its configuration was not read.
    func rootOptionsSwitchedOff(by settings: GuestSettings) -> [String] {
        guard let detail, detail.type == .container, let found = liveSettings?.disks.first,
            let root = settings.disks.first, root.size > found.size
        else { return [] }
        return detail.unwrittenRootOptions
    }
}

extension GuestSettings {
    /// With these options of a container's root disk as they are afterwards, so that the entry need not follow with the
    /// next plan. Of the three it keeps only `replicate`.
    mutating func switchOffRootOptions(_ names: [String]) {
        guard names.contains("replicate"), let index = disks.indices.first else { return }
        let options = (disks[index].options ?? []) + [GuestOption("replicate", "false")]
        disks[index].options = options.sorted { $0.name < $1.name }
    }
}

extension FleetPlanner {
    func rootOptionChanges(_ one: ServerCase, _ settings: GuestSettings) -> [AttributeChange] {
        one.rootOptionsSwitchedOff(by: settings).map {
            AttributeChange(path: "disks[rootfs].\($0)", before: nil, after: "false")
        }
    }

    /// Says what is lost by that. A disk without `quota` has none anyway.
    mutating func reportRootOptions(_ one: ServerCase, _ settings: GuestSettings) {
        let lost = one.rootOptionsSwitchedOff(by: settings).filter { $0 != "quota" }
        guard !lost.isEmpty, let guest = one.guest else { return }
        let sentence = Sentence(
            .rootOptionsOff, one.name.text, lost.joined(separator: ", "), guest.vmid.description,
            lost.map { "\($0)=1" }.joined(separator: ","))
        find(.notice, one, "rootOptionsOff", sentence)
    }
}
