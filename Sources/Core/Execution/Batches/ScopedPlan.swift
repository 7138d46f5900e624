import Model
import Planning

/// A saved Terraform plan that does exactly what its items announced.
///
/// One server that breaks the plan of a batch is set aside, and the others go on.
struct ScopedPlan {
    /// Nil: no item is left to be applied.
    var plan: SavedPlan?
    /// The items that the plan carries out.
    var items: [BatchItem]
    /// Those that were set aside, each with why.
    var outcomes: [StepID: StepOutcome] = [:]

    /// Plans until the scope guard is content with what is left.
    ///
    /// Each round sets at least one item aside. However many are to blame, the whole takes at most ``mostPlans(for:)``
    /// plans: what is left by then fails with what was said last.
    static func settle(_ items: [BatchItem], in stack: StackID, session: any StackSession) async -> ScopedPlan {
        var scoped = ScopedPlan(plan: nil, items: items)
        var plansLeft = mostPlans(for: items.count)
        while !scoped.items.isEmpty {
            plansLeft -= 1
            let attempt = await attempt(scoped.items, in: stack, session: session)
            if let plan = attempt.plan {
                scoped.plan = plan
                return scoped
            }
            var setAside = attempt.setAside
            if setAside.isEmpty, attempt.mayHaveCulprits, scoped.items.count > 1, plansLeft > 0 {
                setAside = await culprits(
                    among: scoped.items, of: attempt.general, plansLeft: &plansLeft, in: stack, session: session)
            }
            if setAside.isEmpty || plansLeft <= 0 {
                // No single server is to blame, or there is no end to them.
                let rest = scoped.items.map { ($0.server, attempt.general) }
                setAside.merge(rest) { named, _ in named }
            }
            for item in scoped.items {
                if let outcome = setAside[item.server] { scoped.outcomes[item.step.id] = outcome }
            }
            let alone = scoped.items.map(\.step).leftAlone(by: scoped.outcomes)
            for item in scoped.items {
                guard let outcome = alone[item.step.id] else { continue }
                scoped.outcomes[item.step.id] = outcome
                setAside[item.server] = outcome
            }
            scoped.items.removeAll { setAside[$0.server] != nil }
            await withdraw(setAside, from: items, session: session)
        }
        return scoped
    }

    /// The most plans for that many items: enough to find one culprit by halves, and a few for those that plans name.
    static func mostPlans(for count: Int) -> Int {
        let halvings = Int.bitWidth - max(0, count - 1).leadingZeroBitCount
        return 2 * halvings + 8
    }

    private struct Attempt {
        var plan: SavedPlan?
        var setAside: [ServerName: StepOutcome] = [:]
        var general: StepOutcome = .failed(StepFailure(Sentence("execution.planFailed", "")))
        /// Whether a plan of fewer servers could do better. Not where it would change something that was not announced:
        /// that stays whoever is set aside.
        var mayHaveCulprits = true
    }

    private static func attempt(_ items: [BatchItem], in stack: StackID, session: any StackSession) async -> Attempt {
        var attempt = Attempt()
        do throws(ProvisioningFailure) {
            let plan = try await session.plan(
                targets: items.map(\.server), dropping: Set(items.filter(\.isRemoval).map(\.server)))
            let announced = Dictionary(items.map { ($0.server, $0.expectation) }) { first, _ in first }
            let vanished = Set(items.filter(\.isRecreation).map(\.server))
            switch ScopeGuard.check(in: stack, announced: announced, vanished: vanished, changes: plan.changes) {
            case .pass:
                attempt.setAside = plan.changes.unannounced(by: items)
                if attempt.setAside.isEmpty { attempt.plan = plan }
            case .setAside(let reasons):
                attempt.setAside = reasons.mapValues { .refused($0) }.filter { announced[$0.key] != nil }
            case .refuse(let reason):
                attempt.general = .refused(reason)
                attempt.mayHaveCulprits = false
            }
            if attempt.plan == nil { await session.discard(plan) }
        } catch {
            let servers = Set(items.map(\.server))
            attempt.setAside = error.byServer.filter { servers.contains($0.key) }.mapValues { .failed($0) }
            if let general = error.general { attempt.general = .failed(general) }
        }
        return attempt
    }

    /// Finds the servers that break a plan by planning halves: about 2·log₂ n plans for a culprit. Where both halves of
    /// the whole fail as the whole did, no server is the reason (a configuration error, a lock, no connection), and
    /// nobody is found.
    private static func culprits(
        among items: [BatchItem], of general: StepOutcome, plansLeft: inout Int, in stack: StackID,
        session: any StackSession
    ) async -> [ServerName: StepOutcome] {
        var found: [ServerName: StepOutcome] = [:]
        var suspects: [ArraySlice<BatchItem>] = []
        var failedAlike = 0
        for half in halves(of: items[...]) {
            plansLeft -= 1
            let attempt = await attempt(Array(half), in: stack, session: session)
            if attempt.plan == nil, attempt.setAside.isEmpty, attempt.general == general { failedAlike += 1 }
            await note(attempt, of: half, &found, &suspects, session: session)
        }
        if failedAlike == 2 { return [:] }
        // One plan is left for those who turn out not to be to blame.
        while let slice = suspects.popLast(), plansLeft > 1 {
            plansLeft -= 1
            let attempt = await attempt(Array(slice), in: stack, session: session)
            await note(attempt, of: slice, &found, &suspects, session: session)
        }
        return found
    }

    private static func note(
        _ attempt: Attempt, of slice: ArraySlice<BatchItem>, _ found: inout [ServerName: StepOutcome],
        _ suspects: inout [ArraySlice<BatchItem>], session: any StackSession
    ) async {
        if let plan = attempt.plan {
            await session.discard(plan)
        } else if !attempt.setAside.isEmpty {
            found.merge(attempt.setAside) { first, _ in first }
        } else if slice.count == 1 || !attempt.mayHaveCulprits {
            for item in slice { found[item.server] = attempt.general }
        } else {
            suspects.append(contentsOf: halves(of: slice))
        }
    }

    private static func halves(of slice: ArraySlice<BatchItem>) -> [ArraySlice<BatchItem>] {
        let middle = slice.startIndex + slice.count / 2
        return [slice[slice.startIndex..<middle], slice[middle...]]
    }

    /// Takes the entries of servers that were set aside back out of the file, so that they cannot break the plan of
    /// the others.
    private static func withdraw(
        _ setAside: [ServerName: StepOutcome], from items: [BatchItem], session: any StackSession
    ) async {
        let texts = items.filter { $0.entry != nil && setAside[$0.server] != nil }.map { ($0.server, $0.previousEntry) }
        guard !texts.isEmpty else { return }
        // A failure here shows in the next plan of the rest, which then fails with the same reason.
        try? await session.restoreEntries(Dictionary(texts) { first, _ in first })
    }
}

extension BatchItem {
    /// Whether the state still holds a guest that is gone.
    var isRecreation: Bool { step.action.verb == .recreate }

    /// What Terraform's plan must show for it.
    var expectation: ExpectedChange {
        switch step.action {
        case .create, .recreate: .create
        case .update: .update
        case .destroy: .delete
        case .adopt, .untaint, .move, .rename, .forget, .power, .restart, .rebuild, .repairEntry, .record, .retire,
            .register,
            .updateRegistration,
            .unregister:
            preconditionFailure("\(step.id) is no step of a Terraform batch")
        }
    }
}
