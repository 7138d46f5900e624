import Testing

/// What is played for each of a table's faults, and what its transcript tells: runs while the fault is in force, two
/// runs without it, and a look at what is left.
protocol FaultStory {
    /// Where a line stands for each of its faults.
    static var table: FaultTable { get }
    static var stageName: String { get }
    /// Lines of `guests` that no run may change.
    static var bystanders: [String] { get }
    /// The server that is made, and that must never be there twice.
    static var newborn: String { get }
    /// Whom the state has in the end, and no others.
    static var members: [String] { get }

    static func script(of fault: FaultCase) -> String

    init(chapters: FaultChapters)

    var chapters: FaultChapters { get }
    /// What the fault, or what was done about it, did to its own servers that it should not.
    var harmToServers: [String] { get }
    /// The cells of its line in the table after the first two.
    var cells: [String] { get }
}

extension FaultStory {
    /// Plays it, and holds what came of it against what may come of a fault and against its line.
    static func tell(_ fault: FaultCase) async throws {
        let text = script(of: fault)
        let transcript = try await Stage.perform(stageName) { stage in try await stage.play(Script(text)) }
        let story = Self(chapters: FaultChapters(transcript))
        let harm = story.harmToOthers + story.harmToServers
        #expect(harm == [], "\(transcript)")
        #expect(story.chapters.unrest(with: members) == [], "\(transcript)")
        #expect(story.chapters.idle(of: fault) == [], "\(transcript)")
        try table.compare(story.cells, of: fault, transcript)
    }

    static func expectWholeTable() throws {
        #expect(Set(try table.lines().keys) == Set(table.cases.map(\.key)))
    }

    /// Lines of a script: the fault is in force during `runs`; then its rules are shown and taken away, and what they
    /// leave behind with them.
    static func scenes(during runs: [String], mending mends: [String] = []) -> String {
        var commands = runs
        commands += ["as root GET /simulation/faults", "as root DELETE /simulation/faults"]
        commands += mends
        commands.append("guests")
        let fault = commands.map { "$ \($0)\n" }.joined()
        return "\n# the fault\n" + fault
            + """
            # one run
            $ plumb apply --yes
            # two runs
            $ plumb apply --yes
            # at rest
            $ plumb plan --detailed-exit-code
            $ guests
            $ state lab/main
            $ inside lab/main plan -detailed-exitcode
            """
    }

    func guests(_ chapter: String) -> [String] { chapters.output("\(chapter)/guests") }

    /// What happened to whom no run was to touch: who stands by, and a stranger who came to a server's place. And
    /// whether there are two in the place of one.
    private var harmToOthers: [String] {
        var harm: [String] = []
        for chapter in ["the fault", "at rest"] {
            let guests = guests(chapter)
            harm += Self.bystanders.filter { !guests.contains($0) }.map { "\(chapter): no \($0)" }
            if guests.count(where: { $0.contains(" \(Self.newborn) ") }) > 1 {
                harm.append("\(chapter): \(Self.newborn) twice")
            }
        }
        let hadRival = guests("the fault").contains { $0.contains(" rival ") }
        if hadRival, !guests("at rest").contains(where: { $0.contains(" rival ") }) {
            harm.append("the foreign guest is gone")
        }
        return harm
    }
}
