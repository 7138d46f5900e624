import JSONArena

/// What people said yes to in a world. A yes is to what a step rests on, so that one that was not used may still hold
/// in a later round.
struct WorldOrders: Sendable {
    /// Servers whose end somebody agreed to.
    var ended: Set<String> = []
    /// Those that may be restarted or shut down.
    var downed: Set<String> = []
    /// Those whose rebuild somebody asked for and agreed to.
    var rebuilt: Set<String> = []
    /// How many ends the present run was given a yes for, whoever they are; nil: none by number.
    var number: Int?

    /// A yes is to one end, and to one shutdown.
    mutating func spend(ended servers: [String], downed: Set<String>) {
        ended.subtract(servers)
        rebuilt.subtract(servers)
        self.downed.subtract(downed)
    }
}

/// What a plan asks people about, as `plumb plan --output json` has it.
struct AskedPlan: Sendable {
    let id: String
    /// Servers whose end waits for a yes, and those that would be restarted or shut down.
    private(set) var ended: Set<String> = []
    private(set) var downed: Set<String> = []
    /// Whether anything waits for a yes.
    private(set) var isAsking = false
    /// How many guests may end by it once somebody says yes.
    private(set) var ends = 0

    /// Nil: no plan was printed.
    init?(_ said: String) {
        let lines = said.split(separator: "\n").filter { !$0.hasPrefix("! ") && !$0.hasPrefix("exit ") }
        guard let root = try? JSONDocument(parsing: lines.joined(separator: "\n")).root, let id = root["plan"]?.string
        else { return nil }
        self.id = String(id.prefix(12))
        for step in root["steps"].map({ Array($0.elements) }) ?? [] {
            let disposition = step["disposition"]?["is"]?.string
            let (isAsked, effect) = (disposition == "needsApproval", step["effect"]?.string)
            if effect == "destroy", isAsked || disposition == "ready" { ends += 1 }
            guard isAsked else { continue }
            isAsking = true
            guard let name = step["subject"]?["name"]?.string else { continue }
            if effect == "destroy" { ended.insert(name) }
            if effect == "restart" || effect == "stop" { downed.insert(name) }
        }
    }
}
