import Foundation
import Model
import Simulation
import SimulationServer
import Terraform
import Testing

/// Holds the double of Terraform, on which the thousands of random worlds rest, against the real program with the real
/// root and the simulated provider: same changes planned, same servers in the state, same guests alive.
@Suite struct TerraformDoubleTests {
    @Test("the double plans and applies as the real Terraform does, in a hundred random rounds", arguments: [11, 12])
    func agreesWithTheRealProgram(seed: UInt64) async throws {
        try await Laboratory.with { laboratory in
            var rounds = RandomRounds(seed: seed, laboratory: laboratory)
            for round in 1...50 { try await rounds.play(round) }
            let seen = rounds.actionsSeen
            for action in [PlannedChanges.ResourceAction.create, .update, .delete] {
                #expect((seen[action] ?? 0) > 5, "seed \(seed): hardly any \(action): \(seen)")
            }
            #expect(rounds.vanishedSeen > 0, "seed \(seed): no guest vanished")
        }
    }
}

/// One chain of rounds: something is declared, something happens, something is planned and applied.
private struct RandomRounds {
    let seed: UInt64
    let laboratory: Laboratory
    var random: SplitMix
    var double = TerraformDouble()
    var pool = GuestPool()
    var actionsSeen: [PlannedChanges.ResourceAction: Int] = [:]
    var vanishedSeen = 0
    private let names: [ServerName] = ["a-1", "a-2", "a-3", "a-4", "a-5"]

    init(seed: UInt64, laboratory: Laboratory) {
        self.seed = seed
        self.laboratory = laboratory
        random = SplitMix(state: seed)
    }

    mutating func play(_ round: Int) async throws {
        try await declare()
        try await happen()
        let targets = names.filter { _ in random.chance(0.6) }.filter {
            double.entries[$0] != nil || double.resources[$0] != nil
        }
        guard !targets.isEmpty else { return }
        let dropping = Set(targets.filter { double.resources[$0] != nil && random.chance(0.2) })
        let expected = double.plan(targets: targets, dropping: dropping, pool: pool)
        let plan = try await laboratory.stack.plan(targets: targets, dropping: dropping)
        let real = plan.changes
        let shown = try await laboratory.stack.runner.read(plan: plan.path).plannedChanges
        let place = "seed \(seed), round \(round), targets \(targets), dropping \(dropping.sorted())"
        #expect(Self.actions(expected.changes) == Self.actions(real), "\(place)")
        #expect(Set(expected.vanished) == Set(real.vanished.compactMap(\.server)), "\(place): vanished")
        // What is known without having the plan printed is what is printed.
        #expect(Self.actions(real) == Self.actions(shown), "\(place): events")
        #expect(real.vanished == shown.vanished && real.isErrored == shown.isErrored, "\(place): events")
        #expect(real.isApplyable == shown.isApplyable, "\(place): events")
        for change in expected.changes.resources { actionsSeen[change.action, default: 0] += 1 }
        vanishedSeen += expected.vanished.count
        if real.isApplyable {
            let outcome = try await laboratory.stack.apply(plan: plan.path, run: "round-\(round)")
            #expect(outcome.errored.isEmpty && outcome.general.isEmpty, "\(place): \(outcome)")
            _ = double.apply(expected, to: &pool, failing: { _ in nil })
        }
        laboratory.stack.discard(plan: plan.path)
        for server in dropping where double.resources[server] == nil { try forget(server) }
        try await compare(place)
    }

    private static func actions(_ changes: PlannedChanges) -> [String] {
        changes.resources.filter { $0.action != .none && $0.action != .read }
            .map { "\($0.server?.text ?? $0.address) \($0.action)" }.sorted()
    }

    /// Entries come, go (without a plan that drops them: the mistake that `-target` does not confine) and change.
    private mutating func declare() async throws {
        for name in names where random.chance(0.3) {
            if double.entries[name] == nil {
                try set(configuration(name, cores: 1), for: name)
            } else if random.chance(0.15) {
                try forget(name)
            } else if var entry = double.entries[name] {
                entry.settings.cores = 1 + Int(random.next() % 4)
                try set(entry, for: name)
            }
        }
    }

    private mutating func set(_ entry: ServerConfiguration, for name: ServerName) throws {
        double.entries[name] = entry
        try laboratory.stack.writeEntries([name: entry])
    }

    private mutating func forget(_ name: ServerName) throws {
        double.entries[name] = nil
        try laboratory.stack.restoreEntries([name: nil])
    }

    private func configuration(_ name: ServerName, cores: Int) -> ServerConfiguration {
        let vmid = VMID(200 + (names.firstIndex(of: name) ?? 0))
        var birth = ServerConfiguration.Birth(type: .vm, node: "pve1", vmid: vmid)
        birth.template = ServerConfiguration.Template(vmid: VMID(9000), node: "pve1")
        var settings = GuestSettings()
        settings.cores = cores
        settings.disks = [GuestSettings.Disk(interface: "scsi0", datastore: "local-lvm", size: 8)]
        settings.networks = [GuestSettings.Network(bridge: "vmbr0")]
        settings.tags = ["plumb"]
        settings.description = "plumb: lab/main/\(name) 0123456789abcdef"
        return ServerConfiguration(birth: birth, settings: settings)
    }

    /// People change and delete guests by hand.
    private mutating func happen() async throws {
        for vmid in pool.guests.keys.sorted() where random.chance(0.15) {
            let path = "/nodes/pve1/qemu/\(vmid)"
            if random.chance(0.5) {
                pool.guests[vmid] = nil
                try await laboratory.call(.delete, path)
            } else {
                let cores = 1 + Int(random.next() % 8)
                pool.guests[vmid]?.settings.cores = cores
                try await laboratory.call(.put, path + "/config", ["cores": String(cores)])
            }
        }
    }

    private func compare(_ place: String) async throws {
        let state = try laboratory.stack.observe().state.value
        let real = (state?.resources ?? []).map { "\($0.server) \($0.vmid) \($0.isTainted)" }
        #expect(real == double.state.resources.map { "\($0.server) \($0.vmid) \($0.isTainted)" }, "\(place): state")
        let living = await laboratory.host.read { cluster in
            cluster.guests.values.filter { !$0.isTemplate }.map(\.vmid).sorted()
        }
        #expect(living == pool.guests.keys.map(\.rawValue).sorted(), "\(place): guests")
    }
}

/// SplitMix64: the same seed gives the same numbers on every machine.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func chance(_ probability: Double) -> Bool { Double(next() >> 11) / Double(1 << 53) < probability }
}
