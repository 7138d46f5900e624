import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Synchronization
import Testing

/// While a run waits for another process it says so, once, and for whom.
@Suite struct WaitNoticeTests {
    /// Lanes that are full for the first three who ask.
    private actor BusyLanes: LaneKeeper {
        let others: Set<Int32>
        private var asked = 0

        init(others: Set<Int32>) { self.others = others }

        func take(_ demand: LaneDemand, for batch: BatchID?) async throws(StepFailure) -> LaneGrant? {
            asked += 1
            return asked > 3 ? LaneGrant(id: "", width: max(1, demand.count)) : nil
        }
        func giveBack(_ grant: LaneGrant) async {}
        func giveBack(of batch: BatchID) async {}
        func roomMayBeFree() async {}
        func otherHolders(in cluster: ClusterName) async -> Set<Int32> { others }
    }

    /// Stacks of which another process holds each.
    private struct HeldStacks: Provisioner {
        let base: World

        func open(_ stack: StackID) async throws(StepFailure) -> any StackSession { try await base.open(stack) }
        func otherHolder(of stack: StackID) async -> StackHolder? {
            StackHolder(pid: 4711, command: "daemon", since: Timestamp(seconds: 1_790_000_000))
        }
    }

    private func waits(_ world: World, _ ports: ExecutionPorts) async throws -> [Sentence] {
        let plan = try await Reconciler(world).plan(.fleet(["a", "b"]), by: "test").plan
        let heard = Mutex<[Sentence]>([])
        let outcomes = await PlanExecutor(ports: ports).execute(
            plan,
            report: { event in
                guard case .waiting(let steps, let sentence) = event else { return }
                #expect(!steps.isEmpty)
                heard.withLock { $0.append(sentence) }
            })
        #expect(outcomes.values.allSatisfy { $0 == .done })
        return heard.withLock { $0 }
    }

    @Test("a lane that others hold is said with their processes, and one that this process fills itself is not said")
    func lane() async throws {
        let cases: [(others: Set<Int32>, said: [Sentence])] = [
            ([4711, 12], [Sentence("execution.waitsForLane", "lab", "12, 4711")]), ([], []),
        ]
        for (others, said) in cases {
            let world = World(markSeed: 7)
            var ports = ExecutionPorts(world)
            ports.lanes = BusyLanes(others: others)
            #expect(try await waits(world, ports) == said)
        }
    }

    @Test("a stack whose lock another process holds is said with that process")
    func lock() async throws {
        let world = World(markSeed: 7)
        var ports = ExecutionPorts(world)
        ports.provisioner = HeldStacks(base: world)
        let said = try await waits(world, ports)
        #expect(Set(said.map(\.code)) == ["execution.waitsForStack"])
        #expect(said.first?.arguments.contains("4711") == true)
    }
}
