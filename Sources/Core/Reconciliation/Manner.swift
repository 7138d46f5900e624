/// On whose behalf a pass is made, and so what it waits for.
package enum Manner: Sendable, Hashable {
    /// A person asks for it: what failed is tried at once, and every cluster is looked at.
    case asked
    /// A person wants to see what is going on: every cluster is looked at, and what the daemon waits for is shown.
    case shown
    /// The daemon's own: what failed waits until its back-off is over, and a cluster that has trouble is left in peace.
    case unattended
}
