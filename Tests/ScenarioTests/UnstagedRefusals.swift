import Model

/// Refusals that no transcript shows: why, and which suite has each of them instead.
struct UnstagedRefusals {
    let codes: [SentenceCode]
    let why: String
    /// Nil: none has them, for the reason that is given.
    let suite: String?
    /// What the suite's file has where it does not name each of them; nil: it names them.
    let proof: String?

    init(_ codes: SentenceCode..., because why: String, in suite: String?, by proof: String? = nil) {
        self.codes = codes
        self.why = why
        self.suite = suite
        self.proof = proof
    }

    static let all: [UnstagedRefusals] =
        planning + scope + execution + otherPlumbs + registry + terraform + clusters + rest

    private static let planning: [UnstagedRefusals] = [
        .init(
            "plan.approveLeftOutBeyond", because: "takes a hundred thousand names behind one line", in: "PolicyTests"),
        .init(
            "plan.detail", because: "only while a plan is made: the guest is read before it is shown",
            in: "LiveGuestTests"),
        .init(
            "plan.unreadCluster", because: "a cluster that was never asked; a failed answer has its own words",
            in: "LiveGuestTests"),
        .init("plan.unreadState", because: "what is wrong with the file has its own words", in: "ClassificationTests"),
        .init(
            "plan.unlistedNoQuorum", because: "the listing itself is not trusted then, which is said first",
            in: "LiveGuestTests"),
        .init(
            "plan.templateUnknown", because: "of a simulated cluster the loader knows the templates",
            in: "ResolutionTests"),
        .init(
            "plan.adoptAccountWithoutDrive", "plan.vmidOfTemplate",
            because: "of the roads of an adoption, which transcripts have, only the refusal is another",
            in: "AdoptionTests"),
        .init("plan.noTemplateFile", because: "the loader says it first", in: "ResolutionTests"),
        .init("plan.dependencyCycle", because: "the loader says it first", in: "ResolutionTests"),
        .init("plan.runningTask", because: "a simulated task ends within moments", in: "ClassificationTests"),
        .init("plan.approvalAhead", because: "takes a clock that was put back after the yes", in: "ApprovalTests"),
        .init(
            "plan.guestPaused", because: "the simulated cluster lists a paused guest as running, as Proxmox 8 does",
            in: "DriftPresenceTests"),
        .init(
            "plan.driftLeft", because: "what is planned for a difference says the same plan first",
            in: "DriftAgreementTests"),
        .init(
            "plan.taggedUnread", because: "takes more guests with the tag than one plan reads in detail",
            in: "UnknownMarkTests"),
        .init("plan.disksUnread", because: "takes more guests than one plan reads in detail", in: "UndeclaredTests"),
        .init("plan.clusterRests", because: "of the daemon alone, after failures for minutes", in: "CircuitTests"),
        .init("plan.noNode", because: "a guard: where no node is online nothing is born, which is said first", in: nil),
        .init(
            "plan.twoServersOneGuest", because: "a guard: two servers recorded as one guest, which no command writes",
            in: "ClassificationTests"),
    ]

    private static let scope: [UnstagedRefusals] = [
        .init("plan.scopeErrored", because: "the stack takes no such plan for one before", in: "ScopeGuardTests"),
        .init(
            "plan.scopeForeign", "plan.scopeNothing", "plan.scopeOther", "plan.scopeTwice", "plan.scopeReplace",
            "plan.scopeForgottenOther",
            because: "takes a provider that plans otherwise than what was read just before, or another root",
            in: "ScopeGuardTests"),
    ]

    private static let execution: [UnstagedRefusals] = [
        .init(
            "execution.erroredState", because: "the plan says the same first, unless it came between",
            in: "PolicyTests"),
        .init(
            "execution.unsettled", because: "takes a disk that fills up while Terraform works",
            in: "ErroredStateTests"),
        .init(
            "execution.endUnsettled", because: "takes a disk that fills up between an end and what is written of it",
            in: "UnsettledEndTests"),
        .init(
            "execution.afterMissing", because: "takes a plan that somebody took steps out of",
            in: "StrayReferenceTests"),
        .init(
            "execution.yesTakenBack", because: "takes a yes that runs out of time while a run is under way",
            in: "StandingOrdersTests"),
        .init(
            "execution.undeclaredMeanwhile", "execution.redeclaredMeanwhile",
            because: "takes a run of many seconds: what ends nobody goes by documents that were read five seconds ago",
            in: "OrdersAtWorkTests"),
        .init(
            "execution.daySpent", because: "takes two runs whose plans were made before either ended anybody",
            in: "DayBudgetAtWorkTests"),
        .init("execution.powerCut", because: "takes a death in the moment of one call", in: "CutRunTests"),
        .init(
            "execution.notRestarted", "execution.stillPending",
            because: "takes a start that is reported and does not happen, or a change right after it",
            in: "RestartBatchTests"),
        .init(
            "pass.goneOutstanding", because: "takes a row that is lost between plan and apply", in: "RestartBatchTests"),
        .init(
            "recovery.rebuiltUnrecorded", because: "takes a Terraform that dies over its writing", in: "DisasterTests",
            by: "no server is on record in it"),
        .init("recovery.unreadable", because: "takes a journal that another version wrote", in: "RecoveryTests"),
    ]

    /// Each names a process, and takes another Plumb that is at work at that moment.
    private static let otherPlumbs: [UnstagedRefusals] = [
        .init(
            "cli.waitsForOther", "cli.otherStillAtWork", "cli.rebuiltMeanwhile", "cli.declaredMeanwhile",
            "cli.endsMeanwhile", "cli.doneByOther", because: "takes another Plumb that works while this one waits",
            in: "HolderWaitTests"),
        .init(
            "execution.waitsForLane", "execution.waitsForStack",
            because: "takes another Plumb that holds what this one needs", in: "WaitNoticeTests"),
        .init("execution.goesOn", because: "takes an end in the middle of an apply", in: "RunViewTests"),
    ]

    private static let registry: [UnstagedRefusals] = [
        .init(
            "registry.missing", "registry.olderSchema", "registry.notWritable",
            because: "takes a registry that cannot be written, which is then read alone; root can write any",
            in: "FailureTests"),
        .init(
            "registry.moved", "registry.diskFull",
            because: "takes a file that goes, or a disk that fills up, in the middle of a command", in: "FailureTests"),
        .init(
            "registry.locked", "registry.lockedByUnknown",
            because: "takes a process that holds the file at that moment",
            in: "FailureTests", by: ".locked(\"p\", by: [])"),
        .init(
            "registry.vmidTaken", "registry.stillReferenced", "registry.ambiguousPlan", "registry.noSuchRun",
            "registry.noSuchBatch", "registry.batchMovedOn", "registry.batchIsAnother",
            because: "the planner or the journal keeps anybody from coming that far", in: "FailureTests"),
        .init(
            "edge.lookOnly", "cli.planNotKept", because: "takes a registry that cannot be written; root can write any",
            in: "LookedAtRegistryTests", by: "unwritable"),
    ]

    private static let terraform: [UnstagedRefusals] = [
        .init(
            "terraform.stateMended", "terraform.cutStateAside",
            because: "takes a Terraform that dies over its writing", in: "CutStateTests"),
        .init(
            "terraform.locked", because: "takes another Plumb, and a minute for which this one waits",
            in: "FailureSentenceTests"),
        .init(
            "terraform.program", "terraform.vanished", "terraform.left", "terraform.stalePlan",
            because: "takes a Terraform that dies, or another that works, at that moment",
            in: "FailureSentenceTests"),
        .init("terraform.overdue", because: "takes an hour", in: "LeftoverTests"),
        .init("terraform.stackName", because: "no label gives such a name", in: "StackDirectoryTests"),
    ]

    private static let clusters: [UnstagedRefusals] = [
        .init(
            "proxmox.collision", "proxmox.protected",
            because: "guests are made and ended by Terraform, which says what Proxmox said", in: "SentenceTests"),
        .init(
            "proxmox.notRunning", "proxmox.alreadyRunning",
            because: "what a guest is already is no failure of a start or a shutdown", in: "SentenceTests"),
        .init(
            "proxmox.untrusted", "proxmox.deadline", "proxmox.cancelled", "proxmox.unreadable",
            "proxmox.goneSinceListing", because: "takes a moment, or another server at the address",
            in: "SentenceTests"),
        .init(
            "proxmox.leftCluster", "proxmox.joinedCluster", because: "a simulated cluster is never a single node",
            in: "RememberedFleetTests"),
        .init(
            "edge.endpoint", "edge.fingerprint", because: "the loader refuses it at its line", in: "ConnectionTests"),
        .init(
            "edge.certificateOther", because: "takes the port of a cluster that serves", in: "TrustTests",
            by: "does not show the certificate that is named for cluster"),
        .init(
            "doctor.certificateName",
            because: "a simulated cluster's certificate names every address that it answers at",
            in: "SimulationLauncherTests"),
        .init("doctor.clockFar", because: "a simulated cluster has this machine's clock", in: "DoctorTests"),
        .init(
            "edge.clusterUndeclared", because: "a guard: the planner blocks what belongs to such a cluster",
            in: "ConnectionTests"),
        .init(
            "edge.simulationUnchanged", "rehearse.noTwin",
            because: "takes a simulated cluster that dies or refuses at that moment", in: "SimulationLauncherTests"),
    ]

    private static let rest: [UnstagedRefusals] = [
        .init(
            "terraform.noRoom", because: "takes a disk that fills up while Terraform works", in: "FailureSentenceTests"),
        .init(
            "registry.planSettled", because: "a guard: nothing writes down that a plan is settled yet",
            in: "FailureTests"),
        .init(
            "cli.planReplaced", because: "takes a registry in which the later plan is not found", in: "PlanFateTests"),
        .init(
            "cli.endNotNamed", because: "takes an end that comes free between two looks of one apply",
            in: "ConsentTests"),
        .init(
            "edge.secretUnsupported", because: "a guard: the loader refuses such a secret first",
            in: "CommandEndTests"),
        .init(
            "import.unread", "import.otherStep", "import.fileChanged",
            because: "takes a change in the moments between two looks of one import", in: "EnrolmentTests"),
        .init(
            "import.keptRecorded", "import.keptInState", "import.keptMarked", "import.keptAtWork", "import.keptUnseen",
            because: "takes another Plumb that takes the guest over between two looks of one import",
            in: "GuestTiesTests"),
        .init(
            "cli.cancelled", because: "takes an end by hand in the middle of a command that is no run",
            in: "CommandEndTests"),
        .init("cli.outputLost", "rehearse.room", because: "takes a disk that is full", in: "CommandEndTests"),
        .init(
            "rehearse.kept", because: "names a directory that differs in every run", in: "RehearsalViewTests",
            by: "report.keptAt = "),
        .init(
            "doctor.stateForeign", because: "takes a directory of another user, and root may write in any",
            in: "DoctorTests"),
        .init(
            "doctor.unreadable", because: "a guard: what keeps a configuration from being read has its own words",
            in: nil),
        .init(
            "edge.noRun", "pass.planRefused", because: "a guard against mistakes of Plumb's own",
            in: "CommandEndTests"),
        .init("edge.noProcessIdentity", because: "takes a machine without /proc", in: nil),
    ]
}
