/// One cluster as Proxmox's API showed it at one moment.
package struct ClusterInventory: Sendable, Equatable {
    package var cluster: ClusterName
    /// When the listing was asked for.
    package var readAt: Timestamp
    /// Nil: the listing can be trusted. Otherwise why it cannot, and then nothing can be said of any guest.
    package var distrust: Sentence?
    package var isQuorate: Bool
    /// Which cluster answered; nil: nothing was read of it.
    package var identity: AnsweringCluster?
    /// In ascending order of names.
    package var nodes: [ObservedNode]
    /// Nodes that the cluster does not have any more and on which guests were last seen that are not listed, in ascending
    /// order. Nobody said that they are gone for good.
    package var lostNodes: [NodeName]
    /// Guests and templates in ascending order of VMIDs.
    package var guests: [ObservedGuest]
    /// Tasks that were running.
    package var runningTasks: [ObservedTask]
    /// Tasks that ended in the time that was asked for, latest first; they say who changed what.
    package var pastTasks: [ObservedTask]
    /// From when on ``pastTasks`` has all tasks of all nodes; nil: of some node they were not read.
    package var tasksAreWholeSince: Timestamp?
    /// The guests whose own configuration was read; a VMID that is not a key was not read.
    package var details: [VMID: Observation<GuestConfiguration>]

    package init(cluster: ClusterName, readAt: Timestamp) {
        self.cluster = cluster
        self.readAt = readAt
        distrust = nil
        isQuorate = true
        nodes = []
        lostNodes = []
        guests = []
        runningTasks = []
        pastTasks = []
        tasksAreWholeSince = nil
        details = [:]
    }

    /// An inventory that says nothing but why.
    package static func unreadable(_ cluster: ClusterName, at moment: Timestamp, because reason: Sentence) -> Self {
        var inventory = ClusterInventory(cluster: cluster, readAt: moment)
        inventory.distrust = reason
        inventory.isQuorate = false
        return inventory
    }
}

package struct ObservedNode: Hashable, Sendable, Codable {
    package var name: NodeName
    package var isOnline: Bool

    package init(name: NodeName, isOnline: Bool) {
        self.name = name
        self.isOnline = isOnline
    }
}

/// A guest at depth `listed`: what one call says of every guest of the cluster.
package struct ObservedGuest: Hashable, Sendable {
    package var vmid: VMID
    package var type: GuestType
    /// Not unique in a cluster; empty where the listing gave none.
    package var name: String
    package var node: NodeName
    package var status: Status
    package var isTemplate = false
    /// Lower case, ascending.
    package var tags: [String] = []
    /// Proxmox's `lock`: `backup`, `clone`, `migrate`, …
    package var lock: String?
    package var pool: String?
    /// Cores times sockets; nil where the listing has none (a guest on an offline node).
    package var totalCores: Int?
    /// In MiB.
    package var memory: Int?
    /// What Proxmox's HA says of it (`started`, `stopped`, `error`, …); nil: HA does not manage it.
    package var haState: String?
    /// In seconds; zero for a stopped guest.
    package var uptime = 0

    package init(vmid: VMID, type: GuestType, name: String, node: NodeName, status: Status) {
        self.vmid = vmid
        self.type = type
        self.name = name
        self.node = node
        self.status = status
    }

    package enum Status: String, Hashable, Sendable, Codable, CaseIterable { case running, stopped, paused, unknown }
}

/// A guest at depth `detailed`: its own configuration.
package struct GuestConfiguration: Hashable, Sendable {
    package var readAt: Timestamp
    package var type: GuestType
    package var name: String
    /// What the guest runs with.
    package var settings: GuestSettings
    /// What it will run with after its next start; nil: nothing is pending.
    package var pending: GuestSettings?
    /// Guards an update of the configuration.
    package var digest: String
    package var lock: String?
    /// The account that cloud-init makes; nil: it cannot be read from the configuration, as a container's.
    package var account: Account?
    /// The UUID that a VM was given when it was made (SMBIOS), which no later change of it touches; nil: a container, or
    /// not known.
    package var machineID: String?
    /// The MAC addresses of its network devices, now or after the next start, in upper case, ascending.
    package var macs: [String] = []
    /// Names of settings that the model has no word for (`hostpci0`, `startup`), ascending: they stay as they are.
    package var others: [String] = []
    /// Whether a VM has the drive that cloud-init's data are written to, now or after the next start; nil: a container, or
    /// not known.
    package var hasCloudInitDrive: Bool?
    /// Whether a VM has values for cloud-init, on a drive or without one: an account, addresses, name servers.
    package var hasCloudInitValues = false
    /// What a take-over has to tell Terraform, because the provider's own would be another: ``GuestSettings/options``.
    package var options: [GuestOption]?
    /// Whether it is a container that may use all cores of its node, for which neither the YAML nor the provider has a
    /// word.
    package var hasNoLimitOfCores = false
    /// Those of them with another value after the next start, ascending: somebody else's doing.
    package var othersPending: [String] = []
    /// Those of `acl`, `quota` and `replicate` that a container's configuration does not have of its root disk, as it is
    /// after the next start, ascending.
    package var unwrittenRootOptions: [String] = []
    /// Places of volumes that are the guest's own, so that they end with it, and that vzdump leaves out (`scsi1`, `mp0`,
    /// `unused0`), now or after the next start, ascending.
    package var leftOutOfBackups: [String] = []
    /// Those of them that vzdump takes after the next start, because Backup is ticked on them and waits for it.
    package var backedUpFromNextStart: [String] = []
    /// All volumes that end with the guest, whatever it has them for, now or after the next start, by their places.
    package var volumes: [GuestVolume] = []

    package init(readAt: Timestamp, type: GuestType, name: String, settings: GuestSettings, digest: String) {
        self.readAt = readAt
        self.type = type
        self.name = name
        self.settings = settings
        self.digest = digest
        pending = nil
        lock = nil
    }

    /// What Proxmox says of the account; its password it never says.
    package struct Account: Hashable, Sendable {
        package var user: String?
        /// In their order, without white space around them.
        package var sshKeys: [String]

        package init(user: String?, sshKeys: [String]) {
            self.user = user
            self.sshKeys = sshKeys
        }
    }

    /// Whether cloud-init is told of an account, as far as Proxmox says it: a password it never says.
    package var hasAccount: Bool { account.map { $0.user != nil || !$0.sshKeys.isEmpty } ?? false }

    /// What the description says about who owns it; a pending description counts, because Plumb wrote it.
    package var mark: OwnershipMark? {
        (pending ?? settings).description.flatMap { OwnershipMark(readingDescription: $0) }
    }
}

/// One task of Proxmox's log.
package struct ObservedTask: Hashable, Sendable, Codable {
    package var upid: String
    package var node: NodeName
    /// `qmstart`, `qmclone`, `vzdestroy`, …
    package var type: String
    /// The guest that it was about; nil for tasks about something else.
    package var vmid: VMID?
    /// `USER@REALM`, with `!TOKEN` where a token did it.
    package var user: String
    package var startedAt: Timestamp
    /// Nil while it runs.
    package var endedAt: Timestamp?
    /// `OK`, `WARNINGS: n`, or the error's text; nil while it runs.
    package var exitStatus: String?

    package init(upid: String, node: NodeName, type: String, vmid: VMID?, user: String, startedAt: Timestamp) {
        self.upid = upid
        self.node = node
        self.type = type
        self.vmid = vmid
        self.user = user
        self.startedAt = startedAt
    }
}
