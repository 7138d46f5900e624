import Model
import Testing

@testable import Simulation

/// What holds after any requests at any moments.
@Suite struct InvariantTests {
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func theClusterAgreesWithItself(_ seed: UInt64) {
        var cluster = Laboratory(
            latency: .seconds(3),
            faults: [FaultRule(on: "POST /nodes/*/qemu/*/clone", chance: 0.2, effect: .failTask("no"))], seed: seed
        ).cluster
        for (request, moment) in RandomRequests.some(300, seed: seed) {
            _ = cluster.handle(request, at: moment)
            check(cluster, "seed \(seed), after \(request.method.rawValue) \(request.path)")
        }
    }

    private func check(_ cluster: SimulatedCluster, _ place: String) {
        var owned = 0
        for (vmid, guest) in cluster.guests {
            #expect(guest.vmid == vmid, "\(place)")
            #expect(guest.summary == Guest.Summary(guest.kind, guest.configuration), "\(place)")
            #expect(!(guest.isRunning && guest.isTemplate), "\(place)")
            #expect(!(guest.isRunning && !cluster.isOnline(node: guest.node)), "\(place)")
            #expect(guest.isRunning || !guest.hasPending, "\(place)")
            // A lock has a task that will take it away, unless that task's node was lost: then it stays, as in life.
            if let lock = guest.lock, guest.busyUntil < cluster.now.milliseconds {
                let wasLost = cluster.tasks.contains { $0.exitStatus == "unexpected status" }
                #expect(wasLost, "\(place): \(lock)")
            }
            for (key, value) in guest.desiredConfiguration where ConfigurationKey.isVolume(key, of: guest.kind) {
                let drive = PropertyString(value)
                let volume = cluster.volumes[drive.bare ?? "", node: guest.node]
                #expect(volume?.owner == vmid, "\(place): \(value)")
                if let size = drive.values["size"] { #expect(DiskSize.bytes(size) == volume?.size, "\(place)") }
            }
            owned += cluster.volumes.volumes(of: vmid).count
        }
        var total = 0
        for storage in cluster.blueprint.storages {
            for node in storage.isShared ? [nil] : cluster.nodes.map({ Optional($0.name) }) {
                let listed = cluster.volumes.listing(storage: storage.name, node: node ?? "")
                let sum = listed.filter { $0.node == node }.reduce(0) { $0 + $1.size }
                #expect(sum == cluster.volumes.used(storage: storage.name, node: node), "\(place)")
                total += listed.count { $0.owner.map { cluster.guests[$0] != nil } ?? false }
            }
        }
        #expect(total == owned, "\(place)")
        for task in cluster.tasks {
            #expect(task.isRunning == (task.endsAt > cluster.now.milliseconds), "\(place): \(task.upid)")
        }
    }
}
