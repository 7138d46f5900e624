import Model

extension Rule {
    /// How a server is classified. Order is meaning: what is not known stops everything, then what is not certain, then
    /// what is in the way, and only then comes what to do.
    static let table: [Rule] = [
        Rule("claimed", when: "a document that cannot be read names it", .leave) { $0.isClaimed },
        Rule("otherCluster", when: "declared in a cluster that is not its own, or not declared", .blockMisplaced) {
            $0.isMisplaced && ($0.declaration != .no || $0.isInState)
        },
        Rule("renameHeld", when: "renamed, and both names are known, or the former one's guest is gone", .holdRename) {
            $0.isRenameHeld
        },
        Rule("observedGone", when: "undeclared, only observed, not in the state", .retire) {
            $0.declaration == .no && $0.state == .no && $0.isRecordedAsObserved && !$0.hasEntry
        },
        Rule("unknown", when: "the guest or the state cannot be seen", .blockUnknown) {
            $0.live == .unknown || $0.state == .unknown
        },
        Rule("unread", when: "whose guest it is shows only in its own configuration", .awaitDetail) {
            $0.live == .unread
        },
        Rule(
            "forgetUnmarked", when: "to be let go of, and its mark is gone while its VMID, type and name stand",
            .forgetKept
        ) {
            $0.isToBeLetGo && $0.isKnownByName
        },
        Rule("ambiguous", when: "two guests, or two states, have it; or mark and VMID disagree", .blockAmbiguous) {
            $0.live == .ambiguous || $0.state == .twoStacks || ($0.live == .foreign && $0.state != .no)
        },
        Rule("renamed", when: "declared, and known by the name that it had before", .rename) {
            $0.isRenamed && !($0.isHeld && $0.declaration == .full)
        },
        Rule("observed", when: "observed, not in the state", .observe) {
            $0.declaration == .observe && $0.state == .no
        },
        Rule("released", when: "observed, in the state", .release) {
            $0.declaration == .observe && ($0.live != .absent || $0.isAbsenceConfirmed)
        },
        Rule("locked", when: "a lock or a running task holds the guest", .awaitTask) {
            $0.isHeld && ($0.state != .no || $0.declaration == .full)
        },
        Rule("confirmation", when: "known, missed by too few inventories", .awaitConfirmation) {
            $0.isMissing && !$0.isAbsenceConfirmed
        },
        Rule("otherStackGone", when: "declared, in another stack, confirmed absent", .moveGone) {
            $0.declaration == .full && $0.state == .otherStack && $0.live == .absent
        },
        Rule("otherStack", when: "declared, in another stack's state", .move) {
            $0.declaration == .full && $0.state == .otherStack
        },
        Rule("rebuild", when: "declared, in the state, present, and a person asked for its rebuild", .rebuild) {
            $0.declaration == .full && $0.isInState && $0.live == .present && $0.isRebuildWanted
        },
        Rule("tainted", when: "declared, tainted in the state, present", .untaint) {
            $0.declaration == .full && $0.state == .tainted && $0.live == .present
        },
        Rule("compare", when: "declared, in the state, present", .compare) {
            $0.declaration == .full && $0.isInState && $0.live == .present
        },
        Rule("vanished", when: "declared, in the state, confirmed absent", .recreate) {
            $0.declaration == .full && $0.isInState && $0.live == .absent
        },
        Rule("adopt", when: "declared, not in the state, present with our mark, or `adopt: true`", .adopt) {
            $0.declaration == .full && ($0.live == .present || $0.isAdoptable)
        },
        Rule("vmidTaken", when: "declared, not in the state, its VMID is someone else's", .blockVMIDTaken) {
            $0.declaration == .full && $0.live == .foreign
        },
        Rule("nameTaken", when: "declared, not in the state, another guest has the name", .blockNameTaken) {
            $0.declaration == .full && $0.isNameTaken
        },
        Rule("lost", when: "declared, its state lost it, confirmed absent", .recreate) {
            $0.declaration == .full && $0.isLost
        },
        Rule("create", when: "declared, not in the state, absent", .create) { $0.declaration == .full },
        Rule("unrecorded", when: "undeclared and unrecorded, in the state, present", .recordUndeclared) {
            $0.isInState && $0.live == .present && !$0.isRecorded
        },
        Rule("forgetKept", when: "undeclared, in the state, present, `onRemove: forget`", .forgetKept) {
            $0.isInState && $0.live == .present && $0.isToBeForgotten
        },
        Rule("destroy", when: "undeclared, in the state, present", .destroy) {
            $0.isInState && $0.live == .present
        },
        Rule("forget", when: "undeclared, in the state, confirmed absent", .forgetGone) { $0.isInState },
        Rule(
            "followAgain", when: "undeclared container of ours that left the state and is not in it again", .followAgain
        ) {
            $0.isFollowBroken
        },
        Rule("lostUndeclared", when: "undeclared, its state lost it, present with our mark", .takeBack) {
            $0.isLost && $0.live == .present && !$0.isToBeForgotten
        },
        Rule("halfMade", when: "undeclared, never in its state, present with our mark", .takeBack) {
            $0.isHalfMade && $0.live == .present && !$0.isToBeForgotten
        },
        Rule("lostForeign", when: "undeclared, its state lost it, its VMID is someone else's", .retireLost) {
            $0.isLost && $0.live == .foreign && !$0.isToBeForgotten
        },
        Rule("leftover", when: "undeclared, not in the state, an entry in tfvars", .dropEntry) { $0.hasEntry },
        Rule("retired", when: "undeclared, not in the state, recorded", .retire) { $0.isRecorded },
        Rule("unmanaged", when: "undeclared, not in the state, not recorded", .nothing) { _ in true },
    ]

    /// The first rule that applies.
    static func first(for facts: ServerFacts) -> Rule {
        for rule in table where rule.applies(facts) { return rule }
        preconditionFailure("the last rule applies to everything")
    }
}
