/// A cluster at full depth, in Proxmox's own words: what a twin of it can be made from.
///
/// It holds what configurations say, user data of cloud-init among it; it never enters a plan, a log or a report.
package struct ClusterPortrait: Sendable, Equatable {
    package var cluster: ClusterName
    package var takenAt: Timestamp
    /// In ascending order of names.
    package var nodes: [Node] = []
    package var storages: [Storage] = []
    /// Container template files as volume ids, ascending.
    package var templateFiles: [String] = []
    package var pools: [String] = []
    /// Guests and templates in ascending order of VMIDs.
    package var guests: [Guest] = []
    /// Tasks that have ended, latest first.
    package var tasks: [ObservedTask] = []
    /// What the token that looked may do, by path; only what holds below the path too.
    package var rights: [Right] = []

    package init(cluster: ClusterName, takenAt: Timestamp) {
        self.cluster = cluster
        self.takenAt = takenAt
    }

    package struct Node: Sendable, Hashable {
        package var name: NodeName
        package var isOnline: Bool
        /// Nil where the node does not answer or the token may not see it.
        package var processors: Int?
        package var memory: ByteCount?

        package init(name: NodeName, isOnline: Bool) {
            self.name = name
            self.isOnline = isOnline
        }
    }

    /// One storage; of one that each node has for itself, the smallest.
    package struct Storage: Sendable, Hashable {
        package var name: String
        /// `dir`, `lvmthin`, `rbd`, …
        package var type: String
        /// `images`, `rootdir`, `vztmpl`, …
        package var content: [String]
        package var isShared: Bool
        /// Nil where no node that answers has it.
        package var size: ByteCount?

        package init(name: String, type: String, content: [String], isShared: Bool) {
            self.name = name
            self.type = type
            self.content = content
            self.isShared = isShared
        }
    }

    package struct Guest: Sendable, Hashable {
        package var listed: ObservedGuest
        /// Its own configuration; nil: it could not be read, as on a node that is offline.
        package var configuration: Configuration?

        package init(listed: ObservedGuest, configuration: Configuration?) {
            self.listed = listed
            self.configuration = configuration
        }
    }

    /// A guest's settings as Proxmox writes them: `scsi0` → `local-lvm:vm-100-disk-0,size=20G`. Neither digest nor lock.
    package struct Configuration: Sendable, Hashable {
        /// What it runs with.
        package var values: [String: String] = [:]
        /// New values that wait for its next start.
        package var pending: [String: String] = [:]
        /// Settings that its next start takes out, ascending.
        package var removed: [String] = []
        package var lock: String?

        package init() {}
    }

    package struct Right: Sendable, Hashable {
        /// `/`, `/vms/100`, `/storage/local`, …
        package var path: String
        /// Ascending.
        package var privileges: [String]

        package init(path: String, privileges: [String]) {
            self.path = path
            self.privileges = privileges
        }
    }
}
