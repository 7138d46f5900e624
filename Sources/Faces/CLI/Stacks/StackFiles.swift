import Execution
import Foundation
import Model
import Terraform

/// The stacks as their files on disk show them, without their locks.
struct StackFiles: Sendable {
    /// The directory of all stacks: `STATE/stacks/CLUSTER/STACK`.
    let directory: String
    /// What was read of them already.
    let ahead: StacksAhead

    /// Every stack of these clusters that has a directory, in ascending order.
    func ids(of clusters: [ClusterName]) -> [StackID] {
        clusters.sorted().flatMap { cluster in
            StackDirectory.names(in: "\(directory)/\(cluster.key)").map { StackID(cluster: cluster, name: $0) }
        }
    }

    /// The clusters that have stacks here and are none of these.
    func clusters(besides declared: [ClusterName]) -> [ClusterName] {
        let declared = Set(declared)
        return StackDirectory.clusters(below: directory).filter { !declared.contains($0) }
    }

    /// Those stacks with what is in them.
    func stacks(of clusters: [ClusterName]) async -> [StackObservation] {
        // States are megabytes of JSON: each is a piece of work for one core. There are never more under way than there
        // are cores, so that the listing, which is waited for on the same threads, has its turn between two of them.
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return await sideBySide(ids(of: clusters), atMost: cores) { id in self.observe(id) }
    }

    private func observe(_ id: StackID) -> StackObservation {
        do throws(TerraformFailure) {
            let directory = try StackDirectory(of: id, below: directory)
            var observation: StackObservation
            if let known = ahead.take(directory, as: id) {
                observation = known
            } else {
                observation = try directory.observe(id)
            }
            if let run = directory.liveApply { observation.state = .unknown(TerraformFailure.left(run: run).sentence) }
            return observation
        } catch {
            return StackObservation(id: id, state: .unknown(error.sentence))
        }
    }
}
