import Chance

/// The one policy of a world, which is over every server of it.
struct WorldPolicy: Hashable, Sendable {
    var apply = "safe"
    var restarts = "approve"
    var recreate = "approve"
    /// How many guests a plan may end in each cluster; nil: all.
    var budget: Int?
    var confirmations = 3
    var isPaused = false

    init(apply: String) { self.apply = apply }

    init(drawnWith dice: inout Dice) {
        apply = dice.pick(["manual", "safe", "safe", "auto", "auto"]) ?? "safe"
        restarts = dice.pick(["approve", "allow"]) ?? "approve"
        recreate = dice.pick(["approve", "auto"]) ?? "approve"
        budget = dice.pick([1, 2, 3, nil, nil]) ?? nil
        confirmations = dice.number(1...3)
    }

    /// Whether a guest may end without anybody's yes.
    var endsUnasked: Bool { apply == "auto" }
    /// Whether one may be restarted without.
    var restartsUnasked: Bool { restarts == "allow" && apply != "manual" }
    /// Whether one may be shut down because its document says that it is to stand still.
    var stopsUnasked: Bool { apply == "auto" }

    var text: String {
        let limit = budget.map { "\($0)" } ?? "100%"
        let pause = isPaused ? ", pause: {reason: the storage is being moved}" : ""
        return """
            apiVersion: plumb/v1
            kind: Policy
            metadata: {name: all}
            spec:
              {apply: \(apply), restarts: \(restarts), recreate: \(recreate), destroyBudget: {perPlan: \(limit)},
               absenceConfirmations: \(confirmations), retry: {backoff: 1s, max: 1}\(pause)}

            """
    }
}
