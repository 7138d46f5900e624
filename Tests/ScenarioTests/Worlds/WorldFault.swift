import Chance
import JSONArena

/// What goes wrong in one cluster while Plumb works there.
struct WorldFault: Sendable, CustomStringConvertible {
    let cluster: String
    /// The words of a rule of the simulated cluster; nil: none.
    var rule: [String]?
    /// A node that is offline meanwhile.
    var darkNode: String?

    var description: String {
        if let rule { return "\(cluster): \(rule.joined(separator: " "))" }
        return darkNode.map { "\(cluster): \($0) offline" } ?? "none"
    }

    private static let writes = ProxmoxCall.allCases.filter { $0 != .backup }.map(\.pattern)
    private static let listing = "GET /cluster/resources"
    private static let reads = [listing, "GET /nodes/*/*/*/config", "GET /nodes/*/*/*/status/current"]
    private static let effects = [
        ["effect=delay", "milliseconds=100"], ["effect=error", "text=unexpected status"],
        ["effect=error", "status=595", "text=No route to host"], ["effect=truncate"], ["effect=loseAnswer"],
        ["effect=hang", "milliseconds=200"],
    ]

    static func drawn(for clusters: [String], _ dice: inout Dice) -> WorldFault {
        var fault = WorldFault(cluster: dice.pick(clusters) ?? "east")
        let lot = dice.number(0...99)
        let times = "times=\(dice.number(1...4))"
        switch lot {
        case 0..<12: break
        case 12..<27: fault.darkNode = dice.pick(["pve1", "pve2", "pve3"])
        case 27..<37: fault.rule = ["on=\(listing)", "effect=emptyList", times]
        case 37..<45:
            fault.rule = ["on=\(dice.pick(writes) ?? listing)", "effect=failTask", "text=no space left", times]
        default:
            let calls = dice.chance(0.5) ? reads : writes
            let call = dice.pick(calls) ?? listing
            let chance = "chance=\(dice.pick(["0.3", "1"]) ?? "1")"
            fault.rule = ["on=\(call)", chance, times] + (dice.pick(effects) ?? [])
        }
        return fault
    }

    func strike(_ stage: Stage) async throws {
        if let rule { try await happen(["POST", "/simulation/faults"] + rule, stage) }
        if let darkNode { try await happen(["PUT", Self.path(of: darkNode), "online=0"], stage) }
    }

    /// The same without its place and its numbers, to be counted.
    var kind: String {
        if darkNode != nil { return "node offline" }
        return rule?.first(where: { $0.hasPrefix("effect=") })?.replacing("effect=", with: "") ?? "no fault"
    }

    /// - Returns: how often it struck.
    func lift(_ stage: Stage) async throws -> Int {
        let rules = try await stage.answer(to: "/simulation/faults", as: "root", of: cluster)
        let hits = rules.map { $0.elements.compactMap { $0["hit"]?.int }.reduce(0, +) } ?? 0
        try await happen(["DELETE", "/simulation/faults"], stage)
        guard let darkNode else { return hits }
        try await happen(["PUT", Self.path(of: darkNode), "online=1"], stage)
        return hits + 1
    }

    /// What the cluster does not take would be a fault that never was.
    private func happen(_ words: [String], _ stage: Stage) async throws {
        let said = try await stage.call(["root"] + words, of: cluster)
        guard said.isEmpty else { throw StageFailure("\(words.joined(separator: " ")): \(said)") }
    }

    private static func path(of node: String) -> String { "/simulation/nodes/\(node)" }
}
