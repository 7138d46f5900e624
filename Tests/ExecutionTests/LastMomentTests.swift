import Execution
import Foundation
import Model
import Reconciliation
import Simulation
import Testing

/// What an operator reads when the world moves between the plan and the deed. Such moments cannot be staged line by line, so
/// that the sentences are a transcript of their own beside the scenarios': `at-the-last-moment.expected`;
/// `PLUMB_ACCEPT=1` writes it.
@Suite struct LastMomentTests {
    /// One server changes, one goes, one is born; what happens is what the last look or the read-back finds.
    private static let moments:
        [(what: String, call: World.Call, happen: @Sendable (isolated World, Action.Creation) -> Void)] = [
            ("the guest is gone", .opened, { world, _ in world.remove("a") }),
            ("its VMID is a container's", .opened, { world, _ in world.change("a") { $0.type = .container } }),
            (
                "its description was edited", .opened,
                { world, _ in world.change("a") { $0.settings.description = "mine" } }
            ),
            ("a backup locks it", .opened, { world, _ in world.change("a") { $0.lock = "backup" } }),
            ("its configuration does not come", .opened, { world, _ in world.unread = Set(world.pool.guests.keys) }),
            (
                "it was protected in Proxmox", .opened,
                { world, _ in world.change("b") { $0.settings.protection = true } }
            ),
            (
                "somebody started it again while it was shut down", .shutDown,
                { world, _ in world.change("b") { $0.isRunning = true } }
            ),
            (
                "somebody took the VMID", .opened,
                { world, creation in
                    world.pool.guests[creation.configuration.birth.vmid] = GuestPool.PooledGuest(
                        type: .vm, name: "rival", node: "pve2", settings: GuestSettings(), isRunning: true)
                }
            ),
            (
                "a guest with its mark turned up", .opened,
                { world, creation in
                    world.pool.guests[VMID(139)] = GuestPool.PooledGuest(
                        type: .vm, name: "c", node: "pve2", settings: creation.configuration.settings, isRunning: true)
                }
            ),
            (
                "it was protected after its shutdown", .shutDown,
                { world, _ in world.change("b") { $0.settings.protection = true } }
            ),
            (
                "a backup locks it after its shutdown", .shutDown,
                { world, _ in world.change("b") { $0.lock = "backup" } }
            ),
            (
                "its mark was taken off after its shutdown", .shutDown,
                { world, _ in world.change("b") { $0.settings.description = "mine" } }
            ),
            (
                "somebody attached a disk", .opened,
                { world, _ in
                    world.change("a") { guest in
                        guest.settings.disks.append(.init(interface: "scsi1", datastore: "ceph", size: 100))
                    }
                }
            ),
            ("somebody gave it the cores", .opened, { world, _ in world.change("a") { $0.settings.cores = 2 } }),
            (
                "another run made it", .opened,
                { world, creation in
                    world.pool.guests[creation.configuration.birth.vmid] = GuestPool.PooledGuest(
                        type: .vm, name: "c", node: "pve1", settings: creation.configuration.settings, isRunning: false)
                }
            ),
            ("nobody is listed", .opened, { world, _ in world.blindness = .empty }),
            (
                "its clone broke off", .applied,
                { world, creation in
                    let vmid = creation.configuration.birth.vmid
                    world.pool.guests[vmid]?.lock = "clone"
                    world.pool.guests[vmid]?.settings.description = " qmclone temporary file"
                }
            ),
            ("a node is gone", .opened, { world, _ in world.offline = ["pve3"] }),
            ("a node is gone while Terraform works", .applied, { world, _ in world.offline = ["pve3"] }),
            (
                "Terraform cannot plan", .opened,
                { world, _ in
                    world.planFailure = { servers in
                        ProvisioningFailure(general: StepFailure(Sentence("execution.planFailed", servers[0].text)))
                    }
                }
            ),
            ("Terraform says nothing of it", .opened, { world, _ in world.failures = ["a": .refused] }),
        ]

    private static func fleet(_ names: [ServerName], coresOfA: Int = 1) -> Desired {
        Desired.fleet(names) { server in
            server.disks = [Server.Disk(size: .gibibytes(8))]
            if server.name == "a" { server.cores = coresOfA }
        }
    }

    private func settled() async throws -> (World, Reconciler, PlannedPass) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let first = try await reconciler.plan(Self.fleet(["a", "b"]), by: "test")
        let applied = try await reconciler.apply(first, by: "test")
        try #require(applied.outcomes.values.allSatisfy { $0 == .done })
        let pass = try await reconciler.plan(Self.fleet(["a", "c"], coresOfA: 2), by: "test")
        return (world, reconciler, try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test"))
    }

    /// A guest whose description was edited is planned for without its mark; somebody else's machine comes in its place.
    private func replaced() async throws -> [String] {
        var text: [String] = []
        for (what, call) in [
            ("an unmarked guest was made anew", World.Call.opened),
            ("an unmarked guest was made anew while Terraform worked", .applied),
        ] {
            let (world, reconciler, _) = try await settled()
            await world.edit { $0.change("a") { $0.settings.description = "mine" } }
            let pass = try await reconciler.plan(Self.fleet(["a", "b"]), by: "test")
            await world.edit { world in
                world.interruptions[call] = { world in
                    world.change("a") { guest in
                        guest.machineID = "another"
                        guest.settings.tags = ["alice"]
                    }
                }
            }
            text.append("# " + what)
            text += Self.lines(try await reconciler.apply(pass, by: "test").outcomes)
        }
        return text
    }

    /// Ends of which it cannot be seen whether they came, and what is said until it can.
    private func unseenEnds() async throws -> [String] {
        let cases: [(what: String, rebuilds: Set<ServerName>, happen: @Sendable (isolated World) -> Void)] = [
            ("a node is gone when Terraform has ended it", [], { $0.offline = ["pve3"] }),
            ("a node is gone between the end of a rebuild and its birth", ["a"], { $0.offline = ["pve3"] }),
            (
                "Terraform says nothing of an end, a node is gone, and it is not listed", [],
                { world in
                    world.offline = ["pve3"]
                    world.blindness = .empty
                }
            ),
            ("Terraform says nothing of an end, and nobody is listed", [], { $0.blindness = .empty }),
        ]
        var text: [String] = []
        for (index, one) in cases.enumerated() {
            let (world, reconciler) = try await World.settled(["a", "b"])
            // Who stood still is owed nothing, so that only the end is spoken of.
            await world.edit { $0.change("b") { $0.isRunning = false } }
            let request = PlanRequest(rebuilds: one.rebuilds)
            let desired = Desired.fleet(one.rebuilds.isEmpty ? ["a"] : ["a", "b"])
            var pass = try await reconciler.plan(
                desired, targets: one.rebuilds.isEmpty ? ["b"] : ["a"], request: request, by: "test")
            pass = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
            await world.edit { world in
                if index > 1 { world.failures = ["b": .refused] }
                world.interruptions[.applied] = one.happen
            }
            text.append("# " + one.what)
            text += Self.lines(try await reconciler.apply(pass, by: "test").outcomes)
            text += try await reasons(reconciler)
        }
        return text
    }

    private static func lines(_ outcomes: [StepID: StepOutcome]) -> [String] {
        outcomes.sorted { $0.key < $1.key }.compactMap { step, outcome in
            let sentence: Sentence
            switch outcome {
            case .done: return nil
            case .stale(let reason), .refused(let reason), .skipped(let reason): sentence = reason
            case .failed(let failure): sentence = failure.sentence
            }
            return "    \(step.rawValue): \(Catalogue.paragraph(of: sentence, in: .english))"
        }
    }

    private func transcript() async throws -> String {
        var text = ["# Said where the world moves between the plan and the deed (LastMomentTests)."]
        for moment in Self.moments {
            let (world, reconciler, pass) = try await settled()
            let born = try #require(pass.plan.steps.compactMap(\.action.creation).first)
            await world.edit { world in world.interruptions[moment.call] = { moment.happen($0, born) } }
            text.append("# " + moment.what)
            text += Self.lines(try await reconciler.apply(pass, by: "test").outcomes)
        }
        text += try await replaced()
        text += try await unseenEnds()
        let (world, reconciler, pass) = try await settled()
        text.append("# asked to stop before it began")
        text += Self.lines(try await reconciler.apply(pass, by: "test", shouldStop: { true }).outcomes)
        text += try await whileOpen(world, reconciler, pass)
        return text.joined(separator: "\n") + "\n"
    }

    /// A batch that was left open by a process that died, and what is said until it can be closed.
    private func whileOpen(_ world: World, _ reconciler: Reconciler, _ pass: PlannedPass) async throws -> [String] {
        await world.edit { world in
            world.callsUntilCrash = 6
            world.terraformOutlivesCrash = true
        }
        do throws(StepFailure) { _ = try await reconciler.apply(pass, by: "test") } catch {}
        await world.edit { $0.callsUntilCrash = nil }
        let batch = try #require(await world.openBatches.first)
        let vmid = try #require(batch.intent.steps.first?.step.action.creation).configuration.birth.vmid
        var text = ["# a batch is open in the stack"]
        text += Self.lines(try await reconciler.apply(pass, by: "test").outcomes)
        text.append("# its task still runs")
        await world.edit { world in
            world.tasks = [
                ObservedTask(
                    upid: "UPID:1", node: "pve1", type: "qmconfig", vmid: vmid, user: "root@pam", startedAt: world.now)
            ]
        }
        text += try await reasons(reconciler)
        text.append("# another process works on it")
        await world.edit { $0.owner = ProcessStamp(pid: 4711, startTicks: 1, bootID: "boot") }
        text += try await reasons(reconciler)
        return text
    }

    private func reasons(_ reconciler: Reconciler) async throws -> [String] {
        try await reconciler.recover().stillOpen.compactMap { batch in
            guard case .open(let reason) = batch.end else { return nil }
            return "    " + Catalogue.paragraph(of: reason, in: .english)
        }
    }

    @Test("what moves at the last moment is refused with what, why and what to do")
    func lastMoment() async throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Scenarios/at-the-last-moment.expected")
        let text = try await transcript()
        if Environment["PLUMB_ACCEPT"] == "1" { try text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(text == (try String(contentsOf: file, encoding: .utf8)))
    }
}

extension Action {
    fileprivate var creation: Creation? { if case .create(let creation) = self { creation } else { nil } }
}

extension World {
    private func vmid(of name: ServerName) -> VMID? { recorded.servers.first { $0.name == name }?.vmid }

    func remove(_ name: ServerName) {
        if let vmid = vmid(of: name) { pool.guests[vmid] = nil }
    }

    func change(_ name: ServerName, _ body: (inout GuestPool.PooledGuest) -> Void) {
        guard let vmid = vmid(of: name), var guest = pool.guests[vmid] else { return }
        body(&guest)
        pool.guests[vmid] = guest
    }
}
