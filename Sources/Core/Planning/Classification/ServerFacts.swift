import Model

/// What is known of one server, in the words of the rule table. Small, without references: it is made for every server
/// in every pass.
struct ServerFacts {
    enum Declaration { case no, observe, full }
    enum State { case no, here, tainted, otherStack, twoStacks, unknown }

    var declaration = Declaration.no
    var state = State.no
    var live = LiveMatch.Presence.absent
    /// Whether enough inventories missed the guest.
    var isAbsenceConfirmed = false
    var isRecorded = false
    /// Whether a document that could not be read claims it.
    var isClaimed = false
    /// Whether it is declared in one cluster and lives in another, or its cluster is not declared at all.
    var isMisplaced = false
    /// Whether a lock or a running task holds the guest.
    var isHeld = false
    /// Whether `adopt: true` points at exactly one guest that nobody owns.
    var isAdoptable = false
    /// Whether another guest of the cluster has the name.
    var isNameTaken = false
    /// Whether removal of the document means that the guest stays.
    var isToBeForgotten = false
    /// Whether it was renamed, and its resource, its row or both are still known by the former name.
    var isRenamed = false
    /// Whether it is one of two names of a rename that cannot be carried out as things are.
    var isRenameHeld = false
    var hasEntry = false
    /// Whether the registry's row is of a server that Plumb only observes.
    var isRecordedAsObserved = false

    /// Whether a person asked for its rebuild.
    var isRebuildWanted = false
    /// Whether it was in its stack's state and is in none any more, although nobody let go of it through Plumb.
    var isLost = false
    /// Whether Plumb made it or took it over, and that broke off before a state was ever seen to hold it.
    var isHalfMade = false
    /// Whether its import broke off after the old resource had left the state.
    var isFollowBroken = false
    /// Whether the guest on the state's VMID bears no mark, and its type and name, or a person, say that it is the server.
    var isKnownByName = false

    /// Whether the state is to let go of it while its guest stays.
    var isToBeLetGo: Bool { isInState && declaration == .no && isRecorded && isToBeForgotten }
    var isInState: Bool { state == .here || state == .tainted }
    /// What was once there and cannot be seen any more.
    var isMissing: Bool { live == .absent && (isInState || state == .otherStack || isRecorded) }
}

/// What a rule leads to; the planner has one short function for each.
enum Decision {
    case leave, blockMisplaced, blockUnknown, awaitDetail, blockAmbiguous, observe, release, awaitTask, moveGone, move
    case untaint, rebuild, compare, awaitConfirmation, recreate, blockVMIDTaken, blockNameTaken, adopt, create,
        holdRename,
        rename
    case recordUndeclared, forgetKept, followAgain, destroy, forgetGone, dropEntry, retire, nothing
    case takeBack, retireLost
}

/// One line of the table: the first whose predicate holds decides.
struct Rule: Sendable {
    let name: String
    /// When it holds, as the documentation prints it.
    let when: String
    let applies: @Sendable (ServerFacts) -> Bool
    let decision: Decision

    init(
        _ name: String, when: String, _ decision: Decision, _ applies: @escaping @Sendable (ServerFacts) -> Bool
    ) {
        self.name = name
        self.when = when
        self.applies = applies
        self.decision = decision
    }
}
