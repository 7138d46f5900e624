import Chance
import Foundation
import Testing

/// Rounds that are played one after another on one stage: what an earlier one left is what a later one begins with.
struct KillChain: Sendable, CustomTestStringConvertible {
    let name: String
    let seed: UInt64
    let rounds: [KillRound]

    var testDescription: String { name }

    /// For each round, and for the fleet before the first.
    private static let patience = Duration.seconds(120)

    /// Plays all rounds; the first that fails ends the chain, because its fleet is no longer what the book says.
    func play(reportingTo tally: KillTally) async throws {
        let limit = StageLimit(Self.patience * (1 + rounds.count))
        let place = "kill-" + name.replacing(" ", with: "-")
        try await Stage.perform(place, within: limit) { [self] stage in
            var fleet = KillFleet(on: stage)
            try await tally.timing(.settling) { try await fleet.settle() }
            var span = Duration.milliseconds(2500)
            for (index, round) in rounds.enumerated() {
                do {
                    let hasStruck = try await round.play(on: &fleet, span: &span, reportingTo: tally)
                    tally.count(round, hasStruck: hasStruck)
                } catch {
                    tally.countFailure()
                    let words = (try? String(contentsOfFile: stage.lastWords, encoding: .utf8)) ?? ""
                    throw StageFailure("\(name), seed \(seed), round \(index): \(error)\n--- said before:\n\(words)")
                }
                tally.show("\(name): \(index + 1) of \(rounds.count), \(round)")
            }
        }
    }
}

/// What is played: a few rounds at every `make test`, and at `make soak` the whole.
enum KillSchedule {
    static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    static let seed = UInt64(number("PLUMB_SEED") ?? 1)
    /// How many random moments; nil: the few rounds of `make test`.
    static let moments = number("PLUMB_KILLS")
    /// How many plans meet random faults.
    static let faultyPlans = number("PLUMB_FAULTY_PLANS") ?? 4
    static let isSoak = moments != nil
    private static let lanes = isSoak ? 4 : 2

    static let kills: [KillChain] = isSoak ? atBoundaries + atMoments : few
    static let faults: [KillChain] = inLanes("faults", [lostGrowth] + randomFaults(faultyPlans))

    /// The narrowest places, each with the plan that it hurts most.
    private static let few: [KillChain] = inLanes(
        "few",
        [
            round(.create, .write(.tfvarsWritten), .plumb), round(.create, .call(.clone), .both),
            round(.mixed, .command(.apply, .before), .plumb), round(.destroy, .write(.rolledBack), .plumb),
            round(.rename, .write(.row), .plumb), round(.adopt, .command(.apply, .after), .both),
            round(.destroy, .call(.deletion), .terraform), round(.move, .command(.state, .after), .both),
            round(.update, .call(.configuration), .both), round(.mixed, .write(.outcome), .plumb),
            round(.restart, .call(.shutdown), .plumb), round(.rebuild, .write(.rolledBack), .plumb),
            round(.rebuild, .call(.backup), .plumb), round(.rebuild, .call(.clone), .both),
            round(.create, .call(.creation), .both), round(.rebuild, .call(.creation), .terraform),
            round(.mixed, .writing(.apply), .both), round(.move, .writing(.state), .terraform),
            round(.growth, .call(.resize), .terraform),
        ])

    private static let atBoundaries = inLanes(
        "boundaries",
        KillPoint.boundaries.flatMap { point in
            point.victims.flatMap { victim in KillKind.allCases.map { round($0, point, victim) } }
        })

    private static let atMoments: [KillChain] = {
        var dice = Dice(seed: seed)
        let rounds = (0..<(moments ?? 0)).map { _ in
            let kind = KillKind.allCases.randomElement(using: &dice) ?? .mixed
            let victim = KillVictim.allCases.randomElement(using: &dice) ?? .both
            return round(kind, .moment(permille: Int.random(in: 0..<1000, using: &dice)), victim)
        }
        return inLanes("moments", rounds)
    }()

    private static func round(_ kind: KillKind, _ point: KillPoint, _ victim: KillVictim) -> KillRound {
        // Every other kind of plan goes on with the next apply, as an operator would who does not know of the verb.
        let asks = KillKind.allCases.firstIndex(of: kind).map { $0.isMultiple(of: 2) } ?? false
        // What grew is looked at in between: the next apply mends an entry that fell behind.
        return KillRound(kind: kind, cause: .cut(point, victim), asksToRecover: asks || kind == .growth)
    }

    /// A VM's and a container's disk grow, and nobody hears that they did.
    private static let lostGrowth = KillRound(
        kind: .growth,
        cause: .faults(["qemu", "lxc"].map { "\"on=PUT /nodes/*/\($0)/*/resize\" effect=loseAnswer times=1" }),
        asksToRecover: true)

    private static func randomFaults(_ count: Int) -> [KillRound] {
        var dice = Dice(seed: seed ^ 0xFA17)
        let calls = ProxmoxCall.allCases.map(\.pattern) + ["GET /cluster/resources", "GET /nodes/*/*/*/config"]
        let effects = [
            "effect=loseAnswer", "effect=truncate", "effect=error \"text=unexpected status\"",
            "effect=error status=595 \"text=No route to host\"", "effect=hang milliseconds=200",
            "effect=failTask \"text=no space left\"", "effect=delay milliseconds=100",
        ]
        return (0..<count).map { _ in
            let rules = (0..<Int.random(in: 1...3, using: &dice)).map { _ in
                let call = calls.randomElement(using: &dice) ?? calls[0]
                let chance = ["0.2", "0.5", "1"].randomElement(using: &dice) ?? "1"
                let times = Int.random(in: 1...4, using: &dice)
                return "\"on=\(call)\" chance=\(chance) times=\(times) " + (effects.randomElement(using: &dice) ?? "")
            }
            let kind = KillKind.allCases.randomElement(using: &dice) ?? .mixed
            return KillRound(kind: kind, cause: .faults(rules), asksToRecover: false)
        }
    }

    private static func inLanes(_ name: String, _ rounds: [KillRound]) -> [KillChain] {
        (0..<lanes).map { lane in
            let own = stride(from: lane, to: rounds.count, by: lanes).map { rounds[$0] }
            return KillChain(name: "\(name) \(lane + 1) of \(lanes)", seed: seed, rounds: own)
        }
    }
}
