import Model

extension Declarations {
    static let policy = Declaration<Policy>("Policy") { fields in
        fields.field("selector", .selector, default: "everything", "Which servers it is about.") { $0.selector = $1 }
        fields.field(
            "apply", .choice, default: "safe",
            "`manual`: every step waits for approval; `safe`: what destroys, replaces or restarts does; `auto`: none does."
        ) { $0.apply = $1 }
        fields.field("destroyBudget", destroyBudget.type { nil }, "How much one plan may destroy or replace.") {
            $0.destroyBudget = $1
        }
        fields.field("approvals", approvals.type { .init() }, "Who approves.") {
            $0.preventSelfApproval = $1.preventSelf
        }
        fields.field(
            "windows", window.type { .init() }.list(atLeast: 1), unenforced: .windows, "When steps may run."
        ) { _, _ in }
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
            "probeTargets", FieldType<String>.text(.host).uniqueList(), default: "none",
            "Hosts that a test with given credentials may reach."
        ) { $0.probeTargets = $1 }
        fields.field("ignore", ignoreRule.type { .init(path: "") }.list(), default: "none", "Drift that is accepted.") {
            $0.ignore = $1
        }
        fields.field("retry", retry.type { .init() }, "How failed steps are tried again.") { $0.retry = $1 }
        fields.field("pause", pause.type { .init(reason: "") }, "Nothing is done while this stands.") { $0.pause = $1 }
    }

    private static let destroyBudget = Declaration<Policy.Budget?>("destroyBudget") { fields in
        fields.field(
            "perPlan", .budget, default: "10%, at least 1", "A count, or a percentage of the cluster's servers."
        ) { $0 = $1 }
        fields.field("perDay", .budget, unenforced: .destroyBudgetPerDay, "The same for one day.") { _, _ in }
    }

    private struct Approvals: Sendable {
        var preventSelf: Bool?
    }

    private static let approvals = Declaration<Approvals>("approvals") { fields in
        fields.field("required", .approvalCount, default: "1", "How many people must approve.") { _, _ in }
        fields.field("preventSelf", .boolean, default: "false", "Nobody approves what they asked for.") {
            $0.preventSelf = $1
        }
    }

    private struct Window: Sendable {
        var cron = ""
    }

    private static let window = Declaration<Window>("window") { fields in
        fields.field("cron", .text(.cron), required: true, "When it opens: minute, hour, day, month, weekday.") {
            $0.cron = $1
        }
        fields.field(
            "duration", .duration(.seconds(60)...(.seconds(7 * 86_400)), example: "2h"), required: true,
            "How long it is open."
        ) { _, _ in }
        fields.field(
            "timezone", .text("a time zone", example: "Asia/Seoul"), default: "UTC", "The time zone of `cron`."
        ) {
            _, _ in
        }
    }

    private static let ignoreRule = Declaration<Policy.IgnoreRule>("ignore rule") { fields in
        fields.field("path", .serverPath, required: true, "The attribute.") { $0.path = $1 }
        fields.field("selector", .selector, default: "the policy's", "Which of its servers.") { $0.selector = $1 }
        fields.field("reason", .text(example: "changed by the backup program"), "Why.") { $0.reason = $1 }
        fields.field("until", .timestamp, default: "no end", "Until when.") { $0.until = $1 }
    }

    private static let retry = Declaration<Policy.Retry>("retry") { fields in
        fields.field(
            "backoff", .duration(.seconds(1)...(.seconds(86_400)), example: "30s"), default: "30s",
            "The first wait; it doubles."
        ) { $0.backoff = $1 }
        fields.field("max", .integer(0...100), default: "5", "How often.") { $0.max = $1 }
    }

    private static let pause = Declaration<Policy.Pause>("pause") { fields in
        fields.field("reason", .text(example: "the storage is being moved"), required: true, "Why.") { $0.reason = $1 }
        fields.field("until", .timestamp, default: "no end", "Until when.") { $0.until = $1 }
    }
}

extension FieldType where Value == Int {
    /// One approval is what is enforced; more are understood.
    fileprivate static var approvalCount: FieldType<Int> {
        let count = FieldType<Int>.integer(1...10)
        return FieldType<Int>(count.shape) { reader, node in
            guard let required = count.read(&reader, node) else { return nil }
            return required > 1 && reader.refuses(.moreThanOneApproval, at: node) ? nil : required
        }
    }
}

extension TextFormat {
    /// Five fields of POSIX `crontab`.
    fileprivate static let cron = TextFormat(
        phrase: "five fields of cron", pattern: #"^(\S+ +){4}\S+$"#, example: "0 2 * * 6", code: "value.cron"
    ) { bytes in
        let fields = bytes.split(separator: 0x20)
        let ranges = [0...59, 0...23, 1...31, 1...12, 0...7]
        guard fields.count == ranges.count else { return false }
        return zip(fields, ranges).allSatisfy { field, range in
            field.split(separator: 0x2C, omittingEmptySubsequences: false).allSatisfy { isCronPart($0, range) }
        }
    }

    private static func isCronPart(_ part: Slice<UnsafeBufferPointer<UInt8>>, _ range: ClosedRange<Int>) -> Bool {
        let pieces = part.split(separator: 0x2F, omittingEmptySubsequences: false)
        guard (1...2).contains(pieces.count), !pieces[0].isEmpty else { return false }
        if pieces.count == 2 {
            guard let step = digits(pieces[1]), step > 0, step <= range.upperBound else { return false }
        }
        if pieces[0].elementsEqual("*".utf8) { return true }
        let ends = pieces[0].split(separator: 0x2D, omittingEmptySubsequences: false).map { digits($0) }
        guard (1...2).contains(ends.count), let first = ends[0], range.contains(first) else { return false }
        guard ends.count == 2 else { return true }
        guard let last = ends[1] else { return false }
        return range.contains(last) && first <= last
    }

    private static func digits(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        guard (1...2).contains(text.count), text.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
