import Model

/// Something that is set at a birth, and is not as it is declared.
struct BirthDifference {
    /// `template`, `cloudInit.user`.
    var path: String
    var declared: String?
    /// What the guest was born with, as the entry says.
    var recorded: String?
    /// What the guest has, empty where it has nothing; nil: that cannot be read.
    var live: String?

    /// Whether it was born as it is declared, and changed afterwards.
    var isByHand: Bool { recorded == declared && live != nil && live != declared }

    var change: AttributeChange {
        let has = live ?? recorded
        return AttributeChange(path: path, before: has.flatMap { $0.isEmpty ? nil : $0 }, after: declared)
    }
}

extension FleetPlanner {
    /// The account that the guest has, of one that Plumb cloned: of one that somebody else made, which has no template on
    /// record, it was never Plumb's to set.
    func knownAccount(_ one: ServerCase, _ birth: ServerConfiguration.Birth) -> GuestConfiguration.Account? {
        birth.template == nil ? nil : one.detail?.account
    }
}

extension ServerConfiguration.Birth {
    /// Takes over what the guest has where it was changed to what is declared now: nothing is left to bring about.
    mutating func follow(_ account: GuestConfiguration.Account?, where declared: Self) {
        guard let account else { return }
        if let user = account.user, user == declared.user { self.user = user }
        if !declared.sshKeys.isEmpty, account.sshKeys == declared.sshKeys { sshKeys = declared.sshKeys }
    }
}
