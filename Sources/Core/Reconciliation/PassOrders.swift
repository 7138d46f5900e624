import Execution
import Model
import Planning

/// What people say about a pass while it is carried out. Whether a no came is looked for each time, and noes are read
/// where one did; what is declared and recorded is read anew where the last reading is older than a few seconds.
actor PassOrders: StandingOrders {
    private let pass: PlannedPass
    private let reconciler: Reconciler
    private var input: PlanningInput
    private var changes: ChangedDeclarations
    private var readAt: Timestamp
    /// Of the pass, those that had the yes that they needed.
    private let agreed: Set<StepID>
    /// Those that policies let through by themselves.
    private let free: Set<StepID>
    private let ends: PlannedEnds
    /// Nil: they were not read yet.
    private var noes: StandingNoes?

    /// How long what was read is believed.
    private static var freshness: Duration { .seconds(5) }

    /// - Parameter run: the one that carries it out.
    init(_ pass: PlannedPass, _ reconciler: Reconciler, run: RunID) {
        self.pass = pass
        self.reconciler = reconciler
        let input = pass.survey.planningInput(targets: pass.targets)
        self.input = input
        changes = ChangedDeclarations(from: input.desired, to: input.desired)
        readAt = pass.survey.now
        let ready = pass.plan.steps.filter { $0.disposition == .ready }
        agreed = agreedSteps(of: ready, input)
        free = freeSteps(of: ready, input)
        ends = PlannedEnds(of: pass.plan, by: run, input)
    }

    func objections(to steps: [Step], areBorn: Bool) async -> [StepID: StepOutcome] {
        let refused: [StepID: StepOutcome]
        do throws(StepFailure) {
            let standing = try await StandingNoes.standing(
                over: (id: pass.id, plan: pass.plan), in: reconciler.ledger, since: noes)
            noes = standing
            refused = standing.refusals(of: steps)
        } catch {
            return Self.failed(steps, error)
        }
        let steps = steps.filter { refused[$0.id] == nil }
        let asked = steps.filter(\.action.touchesGuest)
        if asked.isEmpty { return refused }
        do throws(StepFailure) {
            try await readAgain(atOnce: asked.contains { $0.action.verb.endsGuest })
            return Planning.objections(
                to: asked, areBorn: areBorn, agreed: agreed, free: free, changes: changes, ends: ends, input
            ).mapValues(StepOutcome.skipped).merging(refused) { $1 }
        } catch {
            return Self.failed(asked, error).merging(refused) { $1 }
        }
    }

    /// Nobody knows what was said meanwhile.
    private static func failed(_ steps: [Step], _ failure: StepFailure) -> [StepID: StepOutcome] {
        Dictionary(steps.map { ($0.id, StepOutcome.failed(failure)) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Parameter atOnce: however fresh the last reading is: what ends cannot be taken back.
    private func readAgain(atOnce: Bool) async throws(StepFailure) {
        input.now = reconciler.clock()
        // A clock that was put back says nothing of how long ago that was.
        guard atOnce || input.now < readAt || input.now - readAt > Self.freshness else { return }
        input.recorded = try await reconciler.ledger.recorded()
        if let declared = reconciler.declared {
            input.desired = await declared() ?? pass.survey.desired.unreadable
            let known = Set(input.desired.policies.map(\.name))
            // A policy that cannot be read says what it said.
            let unread = input.desired.completeness == .complete ? [] : pass.survey.desired.policies
            input.desired.policies += unread.filter { !known.contains($0.name) }
            changes = ChangedDeclarations(from: pass.survey.desired, to: input.desired)
        }
        let zones = input.zoneNames
        if !zones.isEmpty { input.zones = reconciler.zones(zones, input.now) }
        readAt = input.now
    }
}

extension Desired {
    /// The same where nothing of it can be read now: it says what it said, and nobody ends by it.
    fileprivate var unreadable: Desired {
        var desired = self
        switch completeness {
        case .complete: desired.completeness = .broken(.init(documents: ["."], claims: []))
        case .broken: break
        }
        return desired
    }
}
