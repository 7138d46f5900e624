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
    /// Each round sets at least one item aside, so that there are at most as many rounds as items.
    static func settle(_ items: [BatchItem], session: any StackSession) async -> ScopedPlan {
        var scoped = ScopedPlan(plan: nil, items: items)
        while !scoped.items.isEmpty {
            let attempt = await attempt(scoped.items, session: session)
            if let plan = attempt.plan {
                scoped.plan = plan
                return scoped
            }
            var setAside = attempt.setAside
            if setAside.isEmpty { setAside = await culprits(among: scoped.items, session: session) }
            if setAside.isEmpty {
                // Each half can be planned, and the whole cannot: no single server is to blame.
                setAside = Dictionary(scoped.items.map { ($0.server, attempt.general) }) { first, _ in first }
            }
            for item in scoped.items {
                if let outcome = setAside[item.server] { scoped.outcomes[item.step.id] = outcome }
            }
            scoped.items.removeAll { setAside[$0.server] != nil }
            await withdraw(setAside, from: items, session: session)
        }
        return scoped
    }

    private struct Attempt {
        var plan: SavedPlan?
        var setAside: [ServerName: StepOutcome] = [:]
        var general: StepOutcome = .failed(StepFailure(Sentence("execution.planFailed", "")))
    }

    private static func attempt(_ items: [BatchItem], session: any StackSession) async -> Attempt {
        var attempt = Attempt()
        do throws(ProvisioningFailure) {
            let plan = try await session.plan(
                targets: items.map(\.server), dropping: Set(items.filter(\.isRemoval).map(\.server)))
            let announced = Dictionary(items.map { ($0.server, $0.expectation) }) { first, _ in first }
            let vanished = Set(items.filter(\.isRecreation).map(\.server))
            switch ScopeGuard.check(announced: announced, vanished: vanished, changes: plan.changes) {
            case .pass: attempt.plan = plan
            case .setAside(let reasons):
                attempt.setAside = reasons.mapValues { .refused($0) }.filter { announced[$0.key] != nil }
            case .refuse(let reason): attempt.general = .refused(reason)
            }
            if attempt.plan == nil { await session.discard(plan) }
        } catch {
            let servers = Set(items.map(\.server))
            attempt.setAside = error.byServer.filter { servers.contains($0.key) }.mapValues { .failed($0) }
            if let general = error.general { attempt.general = .failed(general) }
        }
        return attempt
    }

    /// Finds the servers that break a plan by planning halves; what names no server is found in about 2·log₂ n plans
    /// for each culprit.
    private static func culprits(
        among items: [BatchItem], session: any StackSession
    ) async -> [ServerName: StepOutcome] {
        var found: [ServerName: StepOutcome] = [:]
        var suspects = [items[...]]
        while let slice = suspects.popLast() {
            if slice.count == items.count, slice.count > 1 {
                suspects.append(contentsOf: halves(of: slice))
                continue
            }
            let attempt = await attempt(Array(slice), session: session)
            if let plan = attempt.plan {
                await session.discard(plan)
            } else if !attempt.setAside.isEmpty {
                found.merge(attempt.setAside) { first, _ in first }
            } else if let only = slice.first, slice.count == 1 {
                found[only.server] = attempt.general
            } else {
                suspects.append(contentsOf: halves(of: slice))
            }
        }
        return found
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
        case .adopt, .untaint, .move, .forget, .power, .repairEntry, .record, .retire, .register, .updateRegistration,
            .unregister:
            preconditionFailure("\(step.id) is no step of a Terraform batch")
        }
    }
}
