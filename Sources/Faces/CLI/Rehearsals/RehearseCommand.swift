import ArgumentParser
import Daemon
import Model

struct RehearseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract:
            "Carries a plan out on a twin of the fleet, and says what would happen; the live clusters are only read.",
        discussion: """
            Faults: lock-timeout=CHANCE, lose-answer=CHANCE, task-fails=TYPE or CHANCE, node-down=NODE, slow=DURATION. A \
            chance is above 0 and at most 1.
            Exit codes are those that apply would end with: 0 all would be done; 1 something would fail or a document is \
            bad; 3 nothing would fail, but something is blocked, waits or is left out of the plan.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "A file of plan --out, or a plan's id; left out: a fresh plan.", completion: .file())
    var plan: String?

    @Option(
        name: .long,
        help: "Only this server (name, display name or VMID); * and ? stand for any text and any character. Repeatable."
    )
    var target: [String] = []

    @Option(name: .long, help: "Something that goes wrong: NAME=VALUE. Repeatable.")
    var fault: [String] = []

    @Option(help: "Decides which calls a fault with a chance hits; the same seed hits the same ones.")
    var seed: UInt64 = 1

    @Option(help: "How many steps are let fail, each on a twin of its own, to see what that leaves behind.")
    var failures = 5

    @Flag(help: "Let every step fail once.")
    var eachFailure = false

    @Flag(help: "Keep the twin's files, which hold what the states hold, and say where they are.")
    var keep = false

    func validate() throws {
        if plan != nil && !target.isEmpty { throw ValidationError("A saved plan has its targets already.") }
        if failures < 0 { throw ValidationError("--failures is a number of steps.") }
    }

    func run() async throws {
        try await common.perform { console in
            let request = try request()
            let report = try await endingGently(
                signals: await endSignals(), allowance: .zero,
                onFirst: { console.notice(Sentence("rehearse.stopping")) }
            ) { _ in
                try await Wiring.required.rehearse(common.place, Person.current, request) { $0.say(on: console) }
            }
            console.show(RehearsalView(report))
            return report.exit
        }
    }

    private func request() throws -> RehearsalRequest {
        var request = RehearsalRequest()
        request.plan = try plan.map { text throws(CommandFailure) in try PlanReference(text) }
        request.targets = target
        request.faults = try fault.map { text throws(CommandFailure) in try RehearsalFault(text) }
        request.seed = seed
        request.failures = eachFailure ? nil : failures
        request.isKept = keep
        return request
    }
}

extension RehearsalProgress {
    fileprivate func say(on console: Console) {
        switch self {
        case .loaded(let report): report.remark(on: console)
        case .reading(let cluster): console.notice(Sentence("rehearse.reading", cluster.text))
        case .carryingOut(let steps): console.notice(Sentence("rehearse.carryingOut", String(steps)))
        case .failing(let step, let number, let total):
            console.notice(Sentence("rehearse.failing", step.description, String(number), String(total)))
        }
    }
}
