import Model

/// One stack as Terraform and the provider bpg/proxmox treat it, in memory: tfvars, state, and what `plan` and `apply`
/// make of them, as measured on Terraform 1.11.
///
/// It is held against the real program by a test. It must not know Plumb's planner, so that one mistake cannot hide in
/// both.
package struct TerraformDouble: Sendable, Equatable {
    package var entries: [ServerName: ServerConfiguration] = [:]
    package private(set) var serial = 0
    package var resources: [ServerName: StateResource] = [:]

    package init() {}

    package var state: TerraformState {
        TerraformState(
            serial: serial, lineage: "double", resources: resources.values.sorted { $0.server < $1.server })
    }

    /// What would be done, bound to the state's serial.
    package struct SavedPlan: Sendable, Equatable {
        package var serial: Int
        package var actions: [ServerName: PlannedChanges.ResourceAction]
        package var vanished: Set<ServerName>
        /// What each update would change of disks, network devices, numbers and switches.
        package var updates: [ServerName: [AttributeChange]] = [:]
        fileprivate var targets: Set<ServerName>
        fileprivate var variables: [ServerName: ServerConfiguration]
    }

    /// How the provider fails at one server.
    package enum Failure: Sendable, Hashable, CaseIterable {
        /// Refused; nothing was done.
        case refused
        /// Done, and the answer was lost: Terraform does not know. Of a clone: made, and nothing came after that.
        case lostAnswer
        /// A create that failed after the guest was made: the resource is tainted. For other actions like `refused`.
        case halfDone
    }

    // MARK: Plan

    /// `terraform plan -target=… -var-file=candidate`.
    ///
    /// `-target` does not confine: resources whose key is missing from the variables are planned to be destroyed whatever
    /// the targets.
    package func plan(targets: [ServerName], dropping: Set<ServerName>, pool: GuestPool) -> SavedPlan {
        let variables = entries.filter { !dropping.contains($0.key) }
        var plan = SavedPlan(
            serial: serial, actions: [:], vanished: [], targets: Set(targets), variables: variables)
        let orphans = resources.keys.filter { variables[$0] == nil }
        for server in Set(targets).union(orphans) {
            let prior = resources[server].flatMap { refreshed($0, in: pool) }
            if resources[server] != nil, prior == nil { plan.vanished.insert(server) }
            plan.actions[server] = action(server, desired: variables[server], prior: prior, in: pool)
            guard plan.actions[server] == .update, let prior, let desired = variables[server] else { continue }
            plan.updates[server] = Self.changes(of: prior.type, from: prior.settings, to: desired.settings)
            if let user = desired.birth.user, pool.guests[prior.vmid]?.hasCloudInitDrive == false {
                let path = "\(AttributeChange.cloudInit).user"
                plan.updates[server]?.append(AttributeChange(path: path, before: nil, after: user))
            }
        }
        return plan
    }

    private func refreshed(_ resource: StateResource, in pool: GuestPool) -> StateResource? {
        guard let guest = pool.guests[resource.vmid], guest.type == resource.type else { return nil }
        // A VM is read wherever it is, a container only where it was: one that moved is taken for gone.
        if guest.type == .container, guest.node != resource.node { return nil }
        var now = resource
        now.settings = guest.settings
        now.node = guest.node
        return now
    }

    private func action(
        _ server: ServerName, desired: ServerConfiguration?, prior: StateResource?, in pool: GuestPool
    ) -> PlannedChanges.ResourceAction {
        switch (desired, prior) {
        case (nil, nil): .none
        case (.some, nil): .create
        case (nil, .some): .delete
        case (.some(let desired), .some(let prior)):
            if prior.isTainted || desired.birth.vmid != prior.vmid || desired.birth.type != prior.type {
                .replace
            } else {
                // A guest's name is its key, which a move in the state changes.
                Self.agrees(desired.settings, with: prior.settings) && pool.guests[prior.vmid]?.name == server.text
                    ? .none : .update
            }
        }
    }

    /// Whether what is there is what is wanted; what is not declared agrees with anything.
    static func agrees(_ wanted: GuestSettings, with actual: GuestSettings) -> Bool {
        let disksAgree =
            wanted.disks.isEmpty
            || wanted.disks.allSatisfy { disk in
                actual.disks.contains {
                    $0.interface == disk.interface && $0.size == disk.size && $0.datastore == disk.datastore
                }
            }
        let networksAgree =
            wanted.networks.isEmpty
            || (wanted.networks.count == actual.networks.count
                && zip(wanted.networks, actual.networks).allSatisfy { want, have in
                    want.bridge == have.bridge && want.vlan == have.vlan && want.address == have.address
                        && want.gateway == have.gateway && (want.mac == nil || want.mac == have.mac)
                })
        return disksAgree && networksAgree && wanted.cores == actual.cores && wanted.sockets == actual.sockets
            && wanted.memory == actual.memory && wanted.agent == actual.agent && wanted.onBoot == actual.onBoot
            && wanted.tags == actual.tags && wanted.pool == actual.pool && wanted.description == actual.description
            && wanted.protection == actual.protection && (wanted.dns == nil || wanted.dns == actual.dns)
    }

    // MARK: Apply

    /// Servers that were completed and servers that failed; nil where the plan is stale.
    package mutating func apply(
        _ plan: SavedPlan, to pool: inout GuestPool, failing: (ServerName) -> Failure?
    ) -> (completed: Set<ServerName>, errored: Set<ServerName>)? {
        guard plan.serial == serial else { return nil }
        serial += 1
        var completed: Set<ServerName> = []
        var errored: Set<ServerName> = []
        for server in plan.vanished { resources[server] = nil }
        for (server, action) in plan.actions.sorted(by: { $0.key < $1.key }) {
            // Terraform 1.11 plans the destruction of what is not targeted, and then leaves it out of the apply. Others may
            // not, so that the plan is what counts.
            guard plan.targets.contains(server) else { continue }
            let isDone: Bool
            switch action {
            case .none, .read, .forget: continue
            case .create: isDone = create(server, plan.variables[server], in: &pool, failing(server))
            case .update: isDone = update(server, plan.variables[server], in: &pool, failing(server))
            case .delete: isDone = delete(server, in: &pool, failing(server))
            case .replace:
                isDone =
                    delete(server, in: &pool, failing(server)) && create(server, plan.variables[server], in: &pool, nil)
            }
            if isDone { completed.insert(server) } else { errored.insert(server) }
        }
        return (completed, errored)
    }

    private mutating func create(
        _ server: ServerName, _ configuration: ServerConfiguration?, in pool: inout GuestPool, _ failure: Failure?
    ) -> Bool {
        guard let configuration, failure != .refused else { return false }
        let birth = configuration.birth
        if let stranger = pool.guests[birth.vmid] {
            // A clone is tried once, because the root says so.
            if birth.template != nil { return false }
            // The provider retries, and counts "already exists" as success: the stranger is in the state.
            resources[server] = resource(server, birth, stranger, node: stranger.node)
            return true
        }
        var guest = GuestPool.PooledGuest(
            type: birth.type, name: server.text, node: birth.node, settings: configuration.settings, isRunning: false)
        if birth.type == .vm { guest.machineID = "\(birth.vmid)/\(serial)" }
        guest.macs = ["\(birth.vmid)/\(serial)"]
        if failure != nil, let template = birth.template {
            // A clone bears its name and its description at once, and is configured afterwards.
            guest.settings = pool.guests[template.vmid]?.settings ?? GuestSettings()
            guest.settings.description = configuration.settings.description
        }
        pool.guests[birth.vmid] = guest
        if failure == .lostAnswer { return false }
        resources[server] = resource(server, birth, guest, node: birth.node)
        resources[server]?.settings = configuration.settings
        resources[server]?.isTainted = failure == .halfDone
        return failure == nil
    }

    private mutating func update(
        _ server: ServerName, _ configuration: ServerConfiguration?, in pool: inout GuestPool, _ failure: Failure?
    ) -> Bool {
        guard let configuration, var resource = resources[server], var guest = pool.guests[resource.vmid] else {
            return false
        }
        // After a failed update the state holds what was asked for, not what is.
        resource.settings = configuration.settings
        resources[server] = resource
        if failure == .refused || failure == .halfDone { return false }
        let before = guest.runningSettings ?? guest.settings
        let written = guest
        guest.settings = Self.merged(configuration.settings, onto: guest.settings)
        let isGrowthRefused = Self.refusesGrowth(of: guest, since: written)
        if isGrowthRefused { guest.settings.disks = written.settings.disks }
        guest.runningSettings = Self.running(guest, before)
        guest.name = server.text
        pool.guests[resource.vmid] = guest
        if Self.isRebooted(guest, since: written) { pool.reboots.append(resource.vmid) }
        return failure == nil && !isGrowthRefused
    }

    /// A disk of a VM that runs does not grow in one go with what waits for the next start; that is written before.
    private static func refusesGrowth(
        of guest: GuestPool.PooledGuest, since written: GuestPool.PooledGuest
    ) -> Bool {
        guard guest.isRunning, guest.type == .vm else { return false }
        let (now, before) = (guest.settings, written.settings)
        let grows = now.disks.contains { disk in
            before.disks.contains { $0.interface == disk.interface && $0.size < disk.size }
        }
        let waits =
            now.cores != before.cores || now.sockets != before.sockets || now.memory != before.memory
            || now.agent != before.agent || now.dns != before.dns
            || now.networks.map(\.address) != before.networks.map(\.address)
            || now.networks.map(\.gateway) != before.networks.map(\.gateway)
        return grows && waits
    }

    /// Whether the provider restarts a guest for what it wrote of it.
    private static func isRebooted(_ guest: GuestPool.PooledGuest, since written: GuestPool.PooledGuest) -> Bool {
        guard guest.isRunning, guest.type == .container else { return false }
        let (now, before) = (guest.settings, written.settings)
        return now.memory != before.memory || now.dns != before.dns || now.networks != before.networks
            || guest.name != written.name
    }

    /// What a VM runs with until its next start, where that differs from what is written: cores and memory wait for it.
    private static func running(_ guest: GuestPool.PooledGuest, _ before: GuestSettings) -> GuestSettings? {
        guard guest.isRunning, guest.type == .vm else { return nil }
        var running = guest.settings
        running.cores = before.cores
        running.sockets = before.sockets
        running.memory = before.memory
        return running == guest.settings ? nil : running
    }

    private mutating func delete(_ server: ServerName, in pool: inout GuestPool, _ failure: Failure?) -> Bool {
        guard let resource = resources[server] else { return false }
        // It is stopped before anything can refuse its end.
        if pool.guests[resource.vmid]?.isRunning == true {
            pool.powerCuts.append(resource.vmid)
            pool.guests[resource.vmid]?.isRunning = false
        }
        if failure == .refused || failure == .halfDone { return false }
        if pool.guests[resource.vmid]?.settings.protection == true { return false }
        pool.guests[resource.vmid] = nil
        if failure == .lostAnswer { return false }
        resources[server] = nil
        return true
    }

    /// The settings after an update: what is not declared stays as it is.
    private static func merged(_ wanted: GuestSettings, onto actual: GuestSettings) -> GuestSettings {
        var merged = wanted
        if wanted.disks.isEmpty { merged.disks = actual.disks }
        if wanted.networks.isEmpty { merged.networks = actual.networks }
        if wanted.dns == nil { merged.dns = actual.dns }
        return merged
    }

    private func resource(
        _ server: ServerName, _ birth: ServerConfiguration.Birth, _ guest: GuestPool.PooledGuest, node: NodeName
    ) -> StateResource {
        let leaf =
            birth.type == .vm
            ? "proxmox_virtual_environment_vm.vm[0]" : "proxmox_virtual_environment_container.container[0]"
        var resource = StateResource(
            server: server, address: "module.server[\"\(server)\"].\(leaf)", type: birth.type, vmid: birth.vmid,
            node: node, settings: guest.settings)
        resource.macs = guest.macs
        return resource
    }

    // MARK: State commands

    package mutating func removeFromState(_ server: ServerName) {
        if resources.removeValue(forKey: server) != nil { serial += 1 }
    }

    package mutating func untaint(_ server: ServerName) {
        guard resources[server] != nil else { return }
        resources[server]?.isTainted = false
        serial += 1
    }

    /// The first half of `terraform state mv`: the resource leaves this state; nil where there is none.
    package mutating func give(_ server: ServerName) -> StateResource? {
        guard let resource = resources.removeValue(forKey: server) else { return nil }
        serial += 1
        return resource
    }

    /// The second half: a resource that a state gave away is in this one under that name; false, and nothing is done,
    /// where that is taken.
    package mutating func receive(_ given: StateResource, as server: ServerName) -> Bool {
        guard resources[server] == nil else { return false }
        let leaf = given.address.split(separator: ".").dropFirst(2).joined(separator: ".")
        var resource = given
        resource.server = server
        resource.address = "module.server[\"\(server)\"].\(leaf)"
        resources[server] = resource
        serial += 1
        return true
    }

    /// `terraform import`: false where there is no such guest, or the state has that server already.
    package mutating func importGuest(_ vmid: VMID, as server: ServerName, from pool: GuestPool) -> Bool {
        guard let guest = pool.guests[vmid], resources[server] == nil else { return false }
        let birth = ServerConfiguration.Birth(type: guest.type, node: guest.node, vmid: vmid)
        resources[server] = resource(server, birth, guest, node: guest.node)
        serial += 1
        return true
    }
}

extension TerraformDouble.SavedPlan {
    /// The plan as the scope guard reads it.
    package var changes: PlannedChanges {
        func change(_ server: ServerName, _ action: PlannedChanges.ResourceAction) -> PlannedChanges.ResourceChange {
            PlannedChanges.ResourceChange(
                address: "module.server[\"\(server)\"]", server: server, action: action,
                actionReason: action == .delete ? "delete_because_no_module" : "",
                replacePaths: action == .replace ? ["vm_id"] : [], updated: updates[server] ?? [])
        }
        return PlannedChanges(
            resources: actions.sorted { $0.key < $1.key }.map { change($0.key, $0.value) },
            vanished: vanished.sorted().map { change($0, .delete) },
            isApplyable: actions.values.contains { $0 != .none })
    }
}
