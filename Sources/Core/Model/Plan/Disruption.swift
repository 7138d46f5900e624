/// How many of a group may be down together while a plan is carried out.
///
/// The plan's order keeps to it by what was seen when it was made; just before a step takes a member down it is counted
/// again.
package struct Disruption: Hashable, Sendable, Codable {
    package var scope: Scope
    /// Members that may be down together, whatever took them down; zero: none.
    package var limit: Int
    /// Everyone who should run, in ascending order of names. Where nobody gave a word on it, only those who are taken down
    /// by this plan: who was down before is nobody's whom it left there.
    package var members: [Member]
    /// Servers that run now and are to end or to stop, ascending: they take a place while they go, and are not missed
    /// afterwards.
    package var leaving: [ServerName]

    package init(scope: Scope, limit: Int, members: [Member], leaving: [ServerName] = []) {
        self.scope = scope
        self.limit = limit
        self.members = members
        self.leaving = leaving
    }

    package enum Scope: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
        /// A role, across stacks and clusters.
        case role(RoleName)
        /// What is restarted or rebuilt in one stack and has no role.
        case stack(StackID)

        package var description: String {
            switch self {
            case .role(let role): "Role/\(role)"
            case .stack(let stack): "Stack/\(stack)"
            }
        }

        package static func < (one: Self, other: Self) -> Bool { one.description < other.description }
    }

    package struct Member: Hashable, Sendable, Codable {
        package var server: ServerName
        /// Nil: it has none, or it could not be seen, and counts as down.
        package var guest: GuestReference?

        package init(server: ServerName, guest: GuestReference?) {
            self.server = server
            self.guest = guest
        }
    }
}

extension Step {
    /// Whether a guest that runs is down for a while because of it, and comes back.
    package var interrupts: Bool {
        switch action {
        case .restart, .rebuild: true
        case .update, .adopt: effect == .restart
        case .create, .recreate, .destroy, .untaint, .move, .rename, .forget, .power, .repairEntry, .record, .retire,
            .register, .updateRegistration, .unregister:
            false
        }
    }

    /// Whether a guest that runs ends or stops by it, because somebody wants it so.
    package var endsService: Bool {
        switch action {
        case .destroy: true
        case .power(let change): change.target == .stopped
        case .create, .recreate, .update, .adopt, .untaint, .move, .rename, .forget, .restart, .rebuild, .repairEntry,
            .record, .retire, .register, .updateRegistration, .unregister:
            false
        }
    }
}
