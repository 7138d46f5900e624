import Model

/// Tasks of Proxmox that an earlier process started and that go on by themselves.
struct GuestTasks: Sendable {
    let inventory: any GuestInventory
    let cluster: ClusterName
    let pause: @Sendable () async -> Void

    /// A guest that was to be made.
    struct Birth: Hashable, Sendable {
        var vmid: VMID
        /// What it is cloned from: Proxmox files the task of a clone under its source.
        var template: VMID?
    }

    /// Why nothing can be said of these guests yet. Tasks that make, change or end one of them are waited for.
    ///
    /// - Parameters:
    ///   - births: guests that may be in the making: listed, locked, and without the description that says whose they
    ///     are until their first disk is copied.
    ///   - withBackups: whether a backup counts, which changes nothing and can take hours.
    func obstacle(of vmids: Set<VMID>, births: [Birth] = [], withBackups: Bool = false) async -> Sentence? {
        await obstacle(births: births) { task in
            (task.vmid.map(vmids.contains) ?? false) && (task.changesGuest || (withBackups && task.type == "vzdump"))
        }
    }

    /// The same for tasks of a caller's choice.
    fileprivate func obstacle(births: [Birth], _ counts: (ObservedTask) -> Bool) async -> Sentence? {
        var obstacle: Sentence?
        for round in 0..<Self.looks {
            if round > 0 { await pause() }
            let now = await inventory.inventory(of: cluster, details: [])
            if let distrust = now.distrust { return distrust }
            let task = now.runningTasks.first(where: counts) ?? births.lazy.compactMap { now.task(making: $0) }.first
            guard let task else { return nil }
            obstacle = task.stillRuns
        }
        return obstacle
    }

    /// With the product's pause about a minute; afterwards the next pass looks again.
    private static var looks: Int { 200 }

    /// Between two looks.
    static var pause: Duration { .milliseconds(300) }
}

extension ExecutionPorts {
    /// Why it cannot be said yet what became of what Terraform gave up on: Proxmox may be at work on it still. Only tasks
    /// such as the step itself starts count, or somebody who moves one guest would hold its whole stack up.
    func obstacle(to items: [BatchItem], _ result: ApplyResult, in cluster: ClusterName) async -> Sentence? {
        let unfinished = items.filter { !result.completed.contains($0.server) }
        let births = unfinished.compactMap(\.unfinishedBirth)
        let ending = Set(unfinished.filter(\.isRemoval).map(\.vmid))
        let growing = Set(unfinished.filter(\.changesDisks).map(\.vmid))
        if births.isEmpty, ending.isEmpty, growing.isEmpty { return nil }
        let pace = pace
        let tasks = GuestTasks(inventory: inventory, cluster: cluster) { await pace.sleep(GuestTasks.pause) }
        return await tasks.obstacle(births: births) { task in
            guard let vmid = task.vmid else { return false }
            return (task.destroysGuest && ending.contains(vmid)) || (task.growsDisk && growing.contains(vmid))
        }
    }
}

extension ClusterInventory {
    /// The task that is about to end a guest, which is listed as long as that runs.
    func task(ending vmid: VMID) -> ObservedTask? {
        runningTasks.first { $0.vmid == vmid && $0.destroysGuest }
    }

    /// The task that makes a guest which is listed and locked by its making.
    fileprivate func task(making birth: GuestTasks.Birth) -> ObservedTask? {
        guard let guest = guest(birth.vmid), GuestLock.isOfBirth(guest.lock) else { return nil }
        return runningTasks.first { task in
            task.makesGuest && (task.vmid == birth.vmid || (task.vmid != nil && task.vmid == birth.template))
        }
    }
}

/// What stands in a guest's `lock`.
enum GuestLock {
    /// Whether the guest is not whole yet.
    static func isOfBirth(_ lock: String?) -> Bool { lock == "clone" || lock == "create" }
}

extension ObservedTask {
    /// What is said of what it is at work on.
    var stillRuns: Sentence { Sentence("recovery.taskRuns", type, vmid?.description ?? "", upid) }

    fileprivate var growsDisk: Bool { type == "resize" }

    fileprivate var makesGuest: Bool { ["qmclone", "qmcreate", "vzclone", "vzcreate"].contains(type) }

    /// Whether a guest is not what it was when the task has ended (Proxmox's task types).
    fileprivate var changesGuest: Bool { Self.changing.contains(type) }

    private static let changing: Set<String> = [
        "qmcreate", "qmclone", "qmrestore", "qmdestroy", "qmstart", "qmstop", "qmshutdown", "qmreboot", "qmreset",
        "qmconfig", "qmmove", "qmmigrate", "qmtemplate", "qmrollback", "resize", "vzcreate", "vzclone", "vzrestore",
        "vzdestroy", "vzstart", "vzstop", "vzshutdown", "vzreboot", "vzmigrate", "vztemplate", "vzrollback",
        "move_volume",
    ]
}

extension BatchItem {
    /// The guest that the step makes; nil: it makes none.
    var unfinishedBirth: GuestTasks.Birth? {
        switch step.action {
        case .create(let creation), .recreate(let creation):
            GuestTasks.Birth(vmid: vmid, template: creation.configuration.birth.template?.vmid)
        case .update, .destroy, .adopt, .untaint, .move, .rename, .forget, .power, .restart, .rebuild, .repairEntry,
            .record, .retire, .register, .updateRegistration, .unregister:
            nil
        }
    }
}
