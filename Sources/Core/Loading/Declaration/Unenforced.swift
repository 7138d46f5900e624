/// What is understood but not acted on yet: refused with a diagnostic, never ignored.
///
/// A part that begins to act on one of these takes its line out of ``refused``, and nothing else changes: shape,
/// reader and documentation are there already.
enum Unenforced: String, Sendable, CaseIterable {
    case account = "Account"
    case notifier = "Notifier"
    case storedSecret = "secret reference {stored: …}"
    case vaultSecret = "secret reference {vault: …}"
    case probeTargets = "Policy.probeTargets"
    case firewallGroup = "Role.firewallGroup"
    case ansible = "Role.ansible"
    case ensurePresent = "Database.ensure: present"
    case formerName = "formerName of a Cluster, a ServerSet or a Policy"

    static let refused: Set<Unenforced> = Set(allCases)
}
