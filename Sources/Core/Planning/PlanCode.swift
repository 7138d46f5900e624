import Model

/// Every sentence that this target says; each is an entry of ``Catalogue/planning``.
package enum PlanCode: String, CaseIterable, Sendable {
    // Why a step is there.
    case create, recreate, recreateDeletedBy, update, destroy, adopt, follow, followFirst, untaint, move, rename,
        renameMove, renameRow, renameObject,
        forgetGone,
        forgetKept, release
    case leftoverEntry, start, startOnce, startOwed, stop, restart, rebuild, rebuildWithBackup, repairEntry,
        repairMoved, record,
        recordChange, retireGone, retireUndeclared
    case register, reregister, unregister
    // Why nothing can be said of a guest.
    case unreadCluster, offlineNode, unlistedOffline, unlistedNoQuorum, unlistedLostNode, removedNodeListed,
        endUnseeable,
        emptyListing, unreadState,
        lostState,
        lostStateBackup,
        unreadDetail
    // Why a server cannot be planned for.
    case markTwice, markElsewhere, markMoved, markOtherName, foreignGuest, earlierLife, twoServersOneGuest, twoStacks,
        otherCluster,
        undeclaredCluster, becameTemplate
    case vmidTaken, vmidDeclaredTwice, vmidOfUndeclared, vmidMarked, vmidTakenLiving, vmidTakenMoved, nameTaken,
        adoptOtherNumber, vmidOfTemplate, vmidTakenRecorded, vmidOfObserved, formerNameLetGo
    case noFreeVMID, templateUnknown, templateOtherType, templateAmbiguous, noTemplateFile
    case noNode, nodeUnknown, nodeOffline, noDatastore, adoptAmbiguous, adoptType, observeAmbiguous
    case adoptAccountWithoutDrive
    case renameTwice, renameBothInState, renameBothKnown, renameOtherCluster, renameObserved, renameIncomplete,
        renameGone, clusterRenamed
    case dependencyCycle, dependencyMissing, follows
    // Why a step may not run now.
    case protected, endClaimed, endObserved, locked, runningTask, confirmation, detail, identity, budget, incomplete,
        claimed,
        paused,
        diskDetached, unreadRole, unreadPolicy, backOff
    case budgetPerDay, budgetPerDayNever, budgetRecreate, incompleteRecreate, windowClosed, windowNever, windowZone
    case disruptionBusy, disruptionNever, rebuildNothing, rebuildProtected, rebuildBackupPartial,
        rebuildBackupWaits
    case pausedUntil, erroredState, hasDatabases, hostsDatabaseServer, inUse
    // What a person is asked.
    case approveDestroy, approveRecreate, approveManual, approveRelease, approveRestart, approveTakeOver,
        approveUnmarked, approveAdoption, approveOwnRestart, approveRestartBesides, approveRebuild, approveStop,
        approveRenamed, approveHeir, approveReleaseRenamed, approveRecreateRenamed,
        approveLeftOut, approveLeftOutUnread, approveLeftOutBeyond, approveEmptyDirectory
    case approvalMoved, approvalExpired, approvalAhead, approvalsMissing, approvalOwn, approvalAskerUnknown
    // What an operator should know.
    case pauseStands, pauseStandsUntil, pauseEnded, ignoreEnded
    case clusterRests, circuitOpen, circuitClosed
    case needsRebuild, ignored, pendingRestart, missing, observedOther, unmanaged, unrecordedUndeclared, perhapsRenamed
    case perhapsRenamedSome, perhapsRenamedBack, formerNameUnknown, formerNameElsewhere
    case adoptNothing, adoptOtherName
    // What differs, and is not Plumb's to change.
    case growthHeld, noCloudInitDrive, cloudInitDriveLost, diskLarger, diskUndeclared, accountChanged, observedPower,
        guestPaused, rootOptionsOff, pendingForeign, followed, stateBehind, driftLeft
    // Why a policy is not about a server.
    case selectsLabel, selectsNames, selectsRoles
    // A state that is not what it was.
    case stateOlder, stateOther, recreateLost, takeBack, takeBackHalfMade, retireLost, approveLost
    // An address that another guest has.
    case addressTaken, addressHeld, addressUntilRestart, addressRing
    // Guests that bear a mark.
    case markUnknown, taggedUnread
    // Disks that only a guest's own configuration shows.
    case disksUnread
    // A policy that is kept, and one that a label leads away from.
    case policyKept, policyLeft, policyLeftUnknown, policyLeftRole, policyLeftName
    // The scope guard.
    case scopeErrored, scopeForeign, scopeUnannounced, scopeNothing, scopeOther, scopeTwice, scopeReplace
    case scopeForgotten, scopeForgottenOther
    // What is around the servers.
    case recordsLost, registryLost, destroyLeavesHA, rebuildLeavesHA

    package var code: SentenceCode { SentenceCode(rawValue: "plan.\(rawValue)") }
}

extension Sentence {
    package init(_ code: PlanCode, _ arguments: String...) { self.init(code.code, arguments) }
}
