import Model

extension Declarations {
    static let policy = Declaration<Policy>("Policy") { fields in
        fields.field("selector", .selector, default: "everything", "Which servers it is about.") { $0.selector = $1 }
        fields.field(
            "apply", .choice, default: "safe",
            "`manual`: every step waits for approval; `safe`: what destroys, replaces, restarts or stops does; `auto`: only what `restarts` or `recreate` holds, rebuilds, and what may be a slip (a rename, a server that is left out)."
        ) { $0.apply = $1 }
        fields.field("destroyBudget", destroyBudget.type { .init() }, "How much one plan may destroy or replace.") {
            $0.destroyBudget = $1.perPlan
            $0.dailyDestroyBudget = $1.perDay
        }
        fields.field("approvals", approvals.type { .init() }, "Who approves.") {
            $0.requiredApprovals = $1.required
            $0.preventSelfApproval = $1.preventSelf
        }
        fields.field(
            "windows", window.type { .init() }.list(atLeast: 1), default: "always",
            "When steps may run: in any of these; outside of them they wait."
        ) { $0.windows = $1.compactMap(\.window) }
        fields.field("recreate", .choice, default: "approve", "What happens when a guest has vanished.") {
            $0.recreate = $1
        }
        fields.field(
            "absenceConfirmations", .integer(1...100), default: "3",
            "How many inventories must have missed a guest before it counts as gone."
        ) { $0.absenceConfirmations = $1 }
        fields.field("restarts", .choice, default: "approve", "Whether a change may restart a running guest.") {
            $0.restarts = $1
        }
        fields.field(
            "rebuild", rebuild.type { .init() }, default: "nothing is kept",
            "What is kept of a guest before `plumb rebuild` destroys it."
        ) {
            $0.rebuildBackup = $1.backupTo
        }
        fields.field(
            "probeTargets", FieldType<String>.text(.host).uniqueList(), default: "none", unenforced: .probeTargets,
            "Hosts that a test with given credentials may reach."
        ) { $0.probeTargets = $1 }
        fields.field("ignore", ignoreRule.type { .init(path: "") }.list(), default: "none", "Drift that is accepted.") {
            $0.ignore = $1
        }
        fields.field("retry", retry.type { .init() }, "When and how often a step that failed is tried again.") {
            $0.retry = $1
        }
        fields.field("pause", pause.type { .init(reason: "") }, "Nothing is done while this stands.") { $0.pause = $1 }
    }

    private struct Budgets: Sendable {
        var perPlan: Policy.Budget?
        var perDay: Policy.Budget?
    }

    private static let destroyBudget = Declaration<Budgets>("destroyBudget") { fields in
        fields.field(
            "perPlan", .budget, default: "10%, at least 1", "A count, or a percentage of the cluster's servers."
        ) { $0.perPlan = $1 }
        fields.field(
            "perDay", .budget, default: "no limit",
            "The same for any 24 hours: what was destroyed in the 24 hours before now counts with what the plan destroys."
        ) { $0.perDay = $1 }
    }

    private struct Approvals: Sendable {
        var required: Int?
        var preventSelf: Bool?
    }

    private static let approvals = Declaration<Approvals>("approvals") { fields in
        fields.field("required", .integer(1...10), default: "1", "How many different people must approve.") {
            $0.required = $1
        }
        fields.field(
            "preventSelf", .boolean, default: "false",
            "Nobody approves what they asked for: the authors of the commits that brought a step about, the owners of files that nobody committed, and who first planned those. Where nothing says who asked, one more must approve. People are known by the names that git and the operating system give them."
        ) { $0.preventSelf = $1 }
    }

    private struct RebuildFields: Sendable {
        var backupTo: String?
    }

    private static let rebuild = Declaration<RebuildFields>("rebuild") { fields in
        fields.field(
            "backupTo", .text(.datastore), required: true,
            "A storage that takes backups: the guest is shut down and backed up to it by vzdump first, and without that backup nothing is destroyed. A snapshot would be destroyed with the disks that it is of."
        ) { $0.backupTo = $1 }
    }

    private struct WindowFields: Sendable {
        var cron: CronTimes?
        var duration: Duration?
        var zone: String?

        var window: Policy.Window? {
            guard let cron, let duration else { return nil }
            var window = Policy.Window(opening: cron, duration: duration)
            if let zone { window.zone = zone }
            return window
        }
    }

    private static let window = Declaration<WindowFields>("window") { fields in
        fields.field("cron", .text(.cron), required: true, "When it opens: minute, hour, day, month, weekday.") {
            $0.cron = CronTimes($1)
        }
        fields.field(
            "duration", .duration(.seconds(60)...(.seconds(7 * 86_400)), example: "2h"), required: true,
            "How long it is open, also over midnight and over a change of the clock."
        ) { $0.duration = $1 }
        fields.field(
            "timezone", .text("a time zone of the IANA database", example: "Asia/Seoul"), default: "UTC",
            "The time zone of `cron`. An opening that the clock leaves out is the moment at which it is put forward; of one that comes twice the first counts."
        ) { $0.zone = $1 }
    }

    private static let ignoreRule = Declaration<Policy.IgnoreRule>("ignore rule") { fields in
        fields.field("path", .serverPath, required: true, "The attribute.") { $0.path = $1 }
        fields.field("selector", .selector, default: "the policy's", "Which of its servers.") { $0.selector = $1 }
        fields.field("reason", .text(example: "changed by the backup program"), "Why.") { $0.reason = $1 }
        fields.field("until", .timestamp, default: "no end", untilWhen) { $0.until = $1 }
    }

    private static let retry = Declaration<Policy.Retry>("retry") { fields in
        fields.field(
            "backoff", .duration(.seconds(1)...(.seconds(86_400)), example: "30s"), default: "30s",
            "The first pause; it doubles with each failure in a row, and is shortened by chance, at most by half."
        ) { $0.backoff = $1 }
        fields.field(
            "max", .integer(0...100), default: "5",
            "How often a step that failed because of a lock of Proxmox is tried again in the same run, and how often the pause doubles. Whatever else failed the daemon tries again after the pause; `plumb apply` tries it at once."
        ) { $0.max = $1 }
    }

    private static let untilWhen =
        "Until when. A date alone ends at its first moment in UTC: `2026-12-31` is `2026-12-31T00:00:00Z`."

    private static let pause = Declaration<Policy.Pause>("pause") { fields in
        fields.field("reason", .text(example: "the storage is being moved"), required: true, "Why.") { $0.reason = $1 }
        fields.field("until", .timestamp, default: "no end", untilWhen) { $0.until = $1 }
    }
}

extension TextFormat {
    /// Five fields of POSIX `crontab`.
    fileprivate static let cron = TextFormat(
        phrase: "five fields of cron", pattern: #"^(\S+ +){4}\S+$"#, example: "0 2 * * 6", code: "value.cron"
    ) { bytes in
        CronTimes(String(decoding: bytes, as: UTF8.self)) != nil
    }
}
