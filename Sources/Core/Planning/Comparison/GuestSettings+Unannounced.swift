import Model

extension GuestSettings {
    /// What would change of a guest, to be made as these settings say, beyond what a plan says of it.
    ///
    /// - Parameters:
    ///   - actual: what the guest has or will have after its next start, which is what Terraform compares with.
    ///   - announced: the changes that the plan shows.
    package func changes(
        of type: GuestType, having actual: GuestSettings, besides announced: [AttributeChange]
    ) -> [AttributeChange] {
        differences(from: actual, type: type).map { $0.change(isRunning: false) }.filter { !announced.announce($0) }
    }
}

extension [AttributeChange] {
    /// Whether one of these is that change, or of the whole that it is a part of: `disks[scsi1]` of `disks[scsi1].size`. What
    /// becomes of the whole is never announced by a part: a disk that is to grow is not one that may come or go.
    ///
    /// A cloud-init drive comes with the address or the name server that it carries; an account on it comes with nothing.
    package func announce(_ change: AttributeChange) -> Bool {
        contains { change.path == $0.path || change.path.hasPrefix($0.path + ".") }
            || (change.path == AttributeChange.cloudInit && contains(where: \.isWrittenToCloudInit))
    }

    /// For people: what each value was and becomes.
    package var inWords: String {
        map { "\($0.path): \($0.before ?? "–") → \($0.after ?? "–")" }.joined(separator: "; ")
    }
}

extension AttributeChange {
    fileprivate var isWrittenToCloudInit: Bool {
        let path = SettingPath(path)
        switch path.root {
        case "dns": return true
        case "networks": return path.leaf == nil || path.leaf == "address" || path.leaf == "gateway"
        default: return false
        }
    }
}
