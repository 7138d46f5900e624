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
    /// What its guest was born with: its entry says it, or else the registry, which keeps it by its mark, or else the
    /// state. Its declaration stands for what none of them knows of its account.
    func birth(
        of one: ServerCase, _ guest: ObservedGuest, _ declared: ServerConfiguration.Birth
    ) -> ServerConfiguration.Birth {
        var birth = one.entry?.birth ?? declared
        if one.entry == nil {
            if let recorded = recordedBirth(of: one) {
                birth.take(recorded)
            } else {
                birth.template = one.resource?.template
                birth.templateFile = one.resource?.templateFile
            }
        }
        birth.node = guest.node
        birth.vmid = guest.vmid
        birth.type = guest.type
        return birth
    }

    /// What the registry knows of the birth of the guest that bears the server's mark.
    func recordedBirth(of one: ServerCase) -> RecordedBirth? {
        (one.detail?.mark?.id ?? one.match.markID).flatMap { input.recorded.bornWith[$0] }
    }

    /// Whether Plumb's own making of a VM broke off before the state had it: it was cloned and never started, and reads its
    /// account at its first start. A container is made with all that it is born with.
    func isUnfinishedBirth(_ one: ServerCase, _ guest: ObservedGuest) -> Bool {
        guard one.resource == nil, one.entry == nil, guest.type == .vm, guest.status == .stopped,
            let mark = one.detail?.mark, mark.server == one.name
        else { return false }
        if isUnrecordedBirth(one, guest) { return true }
        guard let row = one.recorded, row.mark == mark.id, row.vmid == guest.vmid, !row.wasStarted else { return false }
        return input.recorded.unstated.contains(one.name) && !wasStartedByTasks(one, guest)
    }

    /// What a guest whose birth broke off has of its account, and gets.
    func accountChanges(to birth: ServerConfiguration.Birth, _ one: ServerCase) -> [AttributeChange] {
        let account = one.detail?.account
        let keys = { (keys: [String]) in keys.isEmpty ? nil : keys.joined(separator: "\n") }
        return [
            AttributeChange(path: "\(AttributeChange.cloudInit).user", before: account?.user, after: birth.user),
            AttributeChange(
                path: "\(AttributeChange.cloudInit).sshKeys", before: keys(account?.sshKeys ?? []),
                after: keys(birth.sshKeys)),
        ].filter { $0.after != nil && $0.before != $0.after }
    }

    /// The account that the guest has, of one that Plumb cloned: of one that somebody else made, which has no template on
    /// record, it was never Plumb's to set.
    func knownAccount(_ one: ServerCase, _ birth: ServerConfiguration.Birth) -> GuestConfiguration.Account? {
        birth.template == nil ? nil : one.detail?.account
    }
}

extension ServerConfiguration.Birth {
    /// Gets the account that is declared now.
    mutating func takeAccount(of declared: Self) {
        user = declared.user
        passwordSecret = declared.passwordSecret
        sshKeys = declared.sshKeys
    }

    /// Takes over what the guest has where it was changed to what is declared now: nothing is left to bring about.
    mutating func follow(_ account: GuestConfiguration.Account?, where declared: Self) {
        guard let account else { return }
        if let user = account.user, user == declared.user { self.user = user }
        if !declared.sshKeys.isEmpty, account.sshKeys == declared.sshKeys { sshKeys = declared.sshKeys }
    }
}
