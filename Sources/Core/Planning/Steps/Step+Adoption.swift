import Model

extension Step {
    /// What an adoption changes of the guest, its mark left out.
    package var changesBeyondMark: [AttributeChange] { changes.filter(\.goesBeyondMark) }
}

extension AttributeChange {
    /// Whether it does more than to set the mark: the tag, and the description's last line.
    package var goesBeyondMark: Bool {
        switch path {
        case Attribute.tags.name:
            let had = Set((before ?? "").split(separator: ";"))
            let has = Set((after ?? "").split(separator: ";"))
            return had.union([OwnershipMark.tag[...]]) != has
        case Attribute.description.name:
            guard let after, let mark = OwnershipMark(readingDescription: after) else { return true }
            return after != mark.appended(to: before)
        default: return true
        }
    }
}

extension ServerConfiguration {
    /// A VM that somebody else made without a cloud-init drive would get one for an account that only a birth can make.
    mutating func forgetAccountWithoutDrive() {
        if birth.type == .vm, !needsCloudInitDrive { birth.forgetAccount() }
    }

    /// Whether the settings have something that a VM gets from its cloud-init drive.
    var needsCloudInitDrive: Bool { settings.dns != nil || settings.networks.contains { $0.address != nil } }
}

extension ServerConfiguration.Birth {
    /// Made by somebody else, as far as it shows: from no template, with no account.
    var isOfUnknownMake: Bool { isFromNoTemplate && user == nil && passwordSecret == nil && sshKeys.isEmpty }

    /// Made by somebody else, or without a template.
    var isFromNoTemplate: Bool { template == nil && templateFile == nil }

    mutating func forgetAccount() {
        user = nil
        passwordSecret = nil
        sshKeys = []
    }
}
