import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Synchronization
import Testing

/// A cluster that has trouble, as the daemon and as a person sees it, through its port and in virtual time.
@Suite("Clusters that have trouble")
struct CircuitTests {
    private static let start = Timestamp(seconds: 1_790_000_000)

    /// An inventory that fails on demand and counts how often it was asked.
    private final class Fragile: GuestInventory {
        private let world: World
        private let state = Mutex<(trouble: Sentence?, looks: Int)>((nil, 0))

        init(_ world: World) { self.world = world }

        var looks: Int { state.withLock(\.looks) }

        func fail(_ trouble: Sentence?) { state.withLock { $0.trouble = trouble } }

        func inventory(of cluster: ClusterName, details: Set<VMID>) async -> ClusterInventory {
            let trouble = state.withLock { state in
                state.looks += 1
                return state.trouble
            }
            if let trouble { return .unreadable(cluster, at: CircuitTests.start, because: trouble) }
            return await world.inventory(of: cluster, details: details)
        }

        func detailed(_ inventory: ClusterInventory, guests: Set<VMID>) async -> ClusterInventory {
            inventory.distrust == nil ? await world.detailed(inventory, guests: guests) : inventory
        }

        func withHistory(_ inventory: ClusterInventory, since moment: Timestamp) async -> ClusterInventory { inventory }
    }

    private static let unreachable = Sentence("proxmox.unreachable", "lab", "connection refused")

    private struct Laboratory {
        let world = World(markSeed: 7)
        let pace = Pace.virtual(from: CircuitTests.start, seed: 11)
        let inventory: Fragile
        let desired = Desired.fleet(["a"])

        init() { inventory = Fragile(world) }

        /// Made anew for every use, as after a restart.
        ///
        /// - Parameter ahead: how far its clock is ahead.
        func reconciler(_ manner: Manner, ahead: Duration = .zero) -> Reconciler {
            var ports = ExecutionPorts(world)
            ports.inventory = inventory
            ports.pace = pace
            let now = pace.now
            var reconciler = Reconciler(
                ports: ports, stacks: world, ledger: world, clock: { now() + ahead }, pause: {})
            reconciler.manner = manner
            return reconciler
        }

        func plan(_ manner: Manner, ahead: Duration = .zero) async throws -> Plan {
            try await reconciler(manner, ahead: ahead).plan(desired, by: "test").plan
        }
    }

    @Test("The daemon looks later and later, opens the circuit after five failures, and a success closes it")
    func opensAndCloses() async throws {
        let lab = Laboratory()
        lab.inventory.fail(Self.unreachable)
        var looksAt: [Timestamp] = []
        var plans: [Plan] = []
        // A pass every 30 seconds for half an hour.
        for _ in 0..<60 {
            let before = lab.inventory.looks
            plans.append(try await lab.plan(.unattended))
            if lab.inventory.looks > before { looksAt.append(lab.pace.now()) }
            await lab.pace.sleep(.seconds(30))
        }
        let pauses = zip(looksAt.dropFirst(), looksAt).map { $0 - $1 }
        #expect(looksAt.count >= 5 && looksAt.count <= 9)
        #expect((pauses.last ?? .zero) > (pauses.first ?? .zero) * 4)
        let health = try #require(await lab.world.recorded.health["lab"])
        #expect(health.isOpen && health.since == Self.start && health.reason == Self.unreachable)
        #expect(plans.first?.findings.contains { $0.sentence.code == PlanCode.clusterRests.code } == true)
        #expect(plans.last?.findings.contains { $0.sentence.code == PlanCode.circuitOpen.code } == true)
        #expect(plans.allSatisfy { plan in !plan.steps.contains { $0.disposition == .ready } })
        // Recovery does not ask it either.
        let before = lab.inventory.looks
        _ = try await lab.reconciler(.unattended).recover()
        #expect(lab.inventory.looks == before)
        // It answers again: the next look, when its time comes, closes the circuit and the fleet is made.
        lab.inventory.fail(nil)
        #expect(try await lab.plan(.unattended).steps.isEmpty || lab.inventory.looks > before)
        await lab.pace.sleep(.seconds(1800))
        let healed = try await lab.plan(.unattended)
        #expect(healed.findings.contains { $0.sentence.code == PlanCode.circuitClosed.code })
        #expect(healed.steps.contains { $0.disposition == .ready })
        #expect(await lab.world.recorded.health.isEmpty)
        #expect(try await lab.plan(.unattended).findings.isEmpty)
    }

    @Test(
        "A person's look is made whatever the circuit says, says what it says, and does not make the daemon wait longer"
    )
    func personLooks() async throws {
        let lab = Laboratory()
        lab.inventory.fail(Self.unreachable)
        for _ in 0..<8 {
            _ = try await lab.plan(.unattended)
            await lab.pace.sleep(.seconds(1800))
        }
        _ = try await lab.plan(.unattended)
        let health = try #require(await lab.world.recorded.health["lab"])
        #expect(health.isOpen)
        for manner in [Manner.asked, .shown] {
            let before = lab.inventory.looks
            let plan = try await lab.plan(manner)
            #expect(lab.inventory.looks > before)
            #expect(plan.findings.contains { $0.sentence == health.sentence(on: "lab") })
            #expect(plan.findings.contains { $0.sentence == Self.unreachable })
            #expect(await lab.world.recorded.health["lab"] == health)
        }
        lab.inventory.fail(nil)
        _ = try await lab.plan(.asked)
        #expect(await lab.world.recorded.health.isEmpty)
    }

    private static let month = Duration.seconds(30 * 86_400)

    @Test("A clock that was a month ahead for one look keeps the daemon away for no month once it is right")
    func clockAhead() async throws {
        let lab = Laboratory()
        lab.inventory.fail(Self.unreachable)
        _ = try await lab.plan(.unattended)
        _ = try await lab.plan(.unattended, ahead: Self.month)
        let health = try #require(await lab.world.recorded.health["lab"])
        #expect(health.failures == 2 && health.since == Self.start && health.nextLook > Self.start + Self.month)
        lab.inventory.fail(nil)
        #expect(try await lab.plan(.unattended).steps.contains { $0.disposition == .ready })
        #expect(await lab.world.recorded.health.isEmpty)
    }

    @Test("A trouble that began while the clock was ahead leaves the cluster in peace as any other, once it is right")
    func clockAheadAtFirst() async throws {
        let lab = Laboratory()
        lab.inventory.fail(Self.unreachable)
        _ = try await lab.plan(.unattended, ahead: Self.month)
        _ = try await lab.plan(.unattended)
        let health = try #require(await lab.world.recorded.health["lab"])
        #expect(health.failures == 2 && health.since == Self.start)
        let before = lab.inventory.looks
        _ = try await lab.plan(.unattended)
        #expect(lab.inventory.looks == before)
    }

    @Test("No pause is taken for a clock's jump", arguments: [1, 30, 449, 450, 3600, 86_400])
    func pausesAreKept(seconds: Int) {
        let interval = Duration.seconds(seconds)
        for seed: UInt64 in 0..<20 {
            var health: ClusterHealth?
            for _ in 0..<20 {
                let next = ClusterHealth.failed(
                    "lab", after: health, because: Self.unreachable, at: Self.start, interval: interval, seed: seed)
                #expect(next.isResting(at: Self.start, interval: interval))
                #expect(!next.isResting(at: next.nextLook, interval: interval))
                health = next
            }
        }
    }

    @Test("Missing rights are no trouble of the cluster's, and one cluster's trouble leaves others alone")
    func othersGoOn() async throws {
        let lab = Laboratory()
        lab.inventory.fail(Sentence("proxmox.partialAudit", "lab"))
        for _ in 0..<10 { _ = try await lab.plan(.unattended) }
        #expect(await lab.world.recorded.health.isEmpty)
        let other = ClusterHealth.failed(
            "other", after: nil, because: Self.unreachable, at: lab.pace.now(), interval: .seconds(30), seed: 1)
        await lab.world.edit { $0.recorded.health["other"] = other }
        lab.inventory.fail(nil)
        #expect(try await lab.plan(.unattended).steps.contains { $0.disposition == .ready })
        #expect(await lab.world.recorded.health["other"] == other)
    }

    @Test(
        "What failed is not tried again by the daemon before its time, is by a person, and at once when something moved"
    )
    func failedStepsWait() async throws {
        let lab = Laboratory()
        await lab.world.edit { $0.failures = ["a": .refused] }
        let create = StepID(rawValue: "create Server/a")
        func pass(_ manner: Manner) async throws -> (Reconciler, PlannedPass) {
            let reconciler = lab.reconciler(manner)
            return (reconciler, try await reconciler.plan(lab.desired, by: "test"))
        }
        var (reconciler, first) = try await pass(.unattended)
        _ = try await reconciler.apply(first, by: "test")
        let setback = try #require(await lab.world.recorded.setbacks[create])
        #expect(setback.failures == 1 && setback.until > lab.pace.now())
        guard case .waiting(let sentence)? = try await pass(.unattended).1.plan.steps.first?.disposition else {
            Issue.record("it does not wait")
            return
        }
        #expect(sentence.code == PlanCode.backOff.code && sentence.arguments.contains(setback.until.description))
        #expect(try await pass(.asked).1.plan.steps.first?.disposition == .ready)
        guard case .waiting? = try await pass(.shown).1.plan.steps.first?.disposition else {
            Issue.record("it is not shown as waiting")
            return
        }
        // Another try is another failure in a row, and a longer pause.
        await lab.world.edit { $0.failures = ["a": .refused] }
        (reconciler, first) = try await pass(.asked)
        _ = try await reconciler.apply(first, by: "test")
        #expect(await lab.world.recorded.setbacks[create]?.failures == 2)
        // Its time has come.
        await lab.pace.sleep(.seconds(120))
        (reconciler, first) = try await pass(.unattended)
        #expect(first.plan.steps.first?.disposition == .ready)
        _ = try await reconciler.apply(first, by: "test")
        #expect(await lab.world.recorded.setbacks.isEmpty)
    }
}
