import Model

extension FleetPlanner {
    /// Clusters that have trouble: since when, why, and when the daemon looks again; and those that are over it.
    mutating func reportHealth() {
        for (cluster, health) in input.recorded.health.sorted(by: { $0.key < $1.key }) {
            guard let inventory = input.observed.inventories.first(where: { $0.cluster == cluster }) else { continue }
            let subject = Subject.cluster(cluster)
            guard let distrust = inventory.distrust else {
                if health.isOpen {
                    let sentence = Sentence(.circuitClosed, cluster.text, health.since.description)
                    findings.append(Finding(.notice, subject, rule: ClusterHealth.rule, sentence))
                }
                continue
            }
            // Where it was not looked at, that is what its servers say already.
            let isResting = distrust == health.sentence(on: cluster)
            let sentence = isResting ? health.reason : health.sentence(on: cluster)
            findings.append(Finding(.waiting, subject, rule: ClusterHealth.rule, sentence))
        }
    }
}

extension ClusterHealth {
    /// The name of the rule that reports it.
    package static let rule = "clusterHealth"

    /// What the daemon does about it.
    package func sentence(on cluster: ClusterName) -> Sentence {
        Sentence(
            isOpen ? .circuitOpen : .clusterRests, cluster.text, String(failures), since.description,
            nextLook.description)
    }
}
