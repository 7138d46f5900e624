/// Which cluster answered, as far as a name says it. A node that was separated from its cluster still takes the tokens of
/// before, and an address may come to be another host's.
package enum AnsweringCluster: Hashable, Sendable {
    /// A node that is in no cluster.
    case single
    /// By the name that Proxmox gave the cluster.
    case named(String)

    /// As the registry keeps it.
    package init(text: String) { self = text.isEmpty ? .single : .named(text) }

    package var text: String {
        switch self {
        case .single: ""
        case .named(let name): name
        }
    }

    /// Why what answers for a cluster is not believed, where another one answered before; nil: it is the same one. Case
    /// makes no difference in names.
    package func doubt(about cluster: ClusterName, knownAs known: AnsweringCluster) -> Sentence? {
        switch (known, self) {
        case (.named(let before), .named(let now)):
            before.lowercased() == now.lowercased()
                ? nil : Sentence("proxmox.otherCluster", cluster.text, before, now)
        case (.named(let before), .single): Sentence("proxmox.leftCluster", cluster.text, before)
        case (.single, .named(let now)): Sentence("proxmox.joinedCluster", cluster.text, now)
        case (.single, .single): nil
        }
    }
}
