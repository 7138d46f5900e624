import ArgumentParser

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Shows what was done: who, which commit, what, how long.")

    @OptionGroup var common: CommonOptions

    @Option(help: "How many runs, and how many decisions on stacks, latest first.")
    var limit = 20

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is at least 1.") }
    }

    func run() async throws {
        try await common.withSession(looks: true) { session, console in
            let runs = try await session.ledger.history(limit)
            console.show(HistoryView(runs, decisions: try await session.ledger.decisions(limit)))
            return .success
        }
    }
}
