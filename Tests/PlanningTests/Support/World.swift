import Model
import Planning

/// A small fleet in memory: what is declared, what runs, what Terraform and the registry know, and an ideal execution
/// that does exactly what a plan says.
struct World {
    static let cluster: ClusterName = "lab"
    var desired = Desired()
    var inventory: ClusterInventory
    var stacks: [StackID: StackObservation] = [:]
    var recorded = Recorded()
    var now = Timestamp(seconds: 1_800_000_000)
    /// Every guest's own configuration as it really is; `inventory.details` holds what was read of it.
    var configurations: [VMID: GuestConfiguration] = [:]
    /// Servers that a person wants to be rebuilt, until the next plan is carried out.
    var rebuilds: Set<ServerName> = []
    /// What guests that run were started with, beside their configurations: a VM reads those at its start.
    var booted: [VMID: [String]] = [:]
    /// Guests of which nobody can know with what they were started, until they are started anew.
    var unknowable: Set<VMID> = []
    /// Guests whose own configuration does not come.
    var unread: Set<VMID> = []
    /// How many guests plans have destroyed, those among them that they made again.
    private(set) var endedByPlan = 0

    init() {
        var cluster = Cluster(name: Self.cluster, source: .simulated(.init(nodes: ["pve1", "pve2"])))
        cluster.defaults.datastore = "local-lvm"
        cluster.defaults.template = .name("debian-12")
        cluster.defaults.vmidRange = VMID(100)...VMID(999)
        desired.clusters = [cluster]
        inventory = ClusterInventory(cluster: Self.cluster, readAt: Timestamp(seconds: 1_800_000_000))
        inventory.nodes = [ObservedNode(name: "pve1", isOnline: true), ObservedNode(name: "pve2", isOnline: true)]
        var template = ObservedGuest(vmid: 9000, type: .vm, name: "debian-12", node: "pve1", status: .stopped)
        template.isTemplate = true
        inventory.guests = [template]
        recorded.markSeed = 42
    }

    var input: PlanningInput {
        var observed = Observed(inventories: [inventory], stacks: stacks.values.sorted { $0.id < $1.id })
        observed.inventories[0].guests.sort { $0.vmid < $1.vmid }
        var input = PlanningInput(desired: desired, observed: observed, recorded: recorded, now: now)
        input.rebuilds = rebuilds
        return input
    }

    @discardableResult
    mutating func declare(_ name: String, _ change: (inout Server) -> Void = { _ in }) -> ServerName {
        var server = Server(name: ServerName(name), cluster: Self.cluster)
        server.cores = 2
        server.memory = .gibibytes(2)
        var disk = Server.Disk(size: .gibibytes(20))
        disk.ssd = true
        server.disks = [disk]
        change(&server)
        desired.servers.removeAll { $0.name == server.name }
        desired.servers.append(server)
        desired.servers.sort { $0.name < $1.name }
        return server.name
    }

    mutating func edit(_ name: ServerName, _ change: (inout Server) -> Void) {
        guard let position = desired.servers.firstIndex(where: { $0.name == name }) else { return }
        change(&desired.servers[position])
    }

    mutating func undeclare(_ name: ServerName) { desired.servers.removeAll { $0.name == name } }

    func guest(_ name: ServerName) -> ObservedGuest? { inventory.guests.first { $0.name == name.text } }

    mutating func editGuest(_ name: ServerName, _ change: (inout ObservedGuest, inout GuestConfiguration) -> Void) {
        guard let position = inventory.guests.firstIndex(where: { $0.name == name.text }) else { return }
        let vmid = inventory.guests[position].vmid
        guard var configuration = configurations[vmid] else { return }
        change(&inventory.guests[position], &configuration)
        configurations[vmid] = configuration
        if inventory.details[vmid] != nil { inventory.details[vmid] = .present(configuration) }
    }

    mutating func removeGuest(_ name: ServerName) {
        guard let guest = guest(name) else { return }
        remove(guest.vmid)
    }

    private mutating func remove(_ vmid: VMID) {
        inventory.guests.removeAll { $0.vmid == vmid }
        inventory.details[vmid] = nil
        configurations[vmid] = nil
        booted[vmid] = nil
    }

    /// Somebody starts a guest, or starts it anew.
    mutating func restart(_ name: ServerName) {
        guard let at = inventory.guests.firstIndex(where: { $0.name == name.text }) else { return }
        start(at)
    }

    mutating func togglePower(_ name: ServerName) {
        guard let at = inventory.guests.firstIndex(where: { $0.name == name.text }) else { return }
        if inventory.guests[at].status == .running { stop(at) } else { start(at) }
    }

    private mutating func stop(_ at: Int) {
        inventory.guests[at].status = .stopped
        inventory.guests[at].uptime = 0
        booted[inventory.guests[at].vmid] = nil
        unknowable.remove(inventory.guests[at].vmid)
    }

    private mutating func start(_ at: Int) {
        inventory.guests[at].status = .running
        inventory.guests[at].uptime = 1
        let vmid = inventory.guests[at].vmid
        booted[vmid] = configurations[vmid]?.settings.networks.compactMap(\.address)
        unknowable.remove(vmid)
    }

    /// Time passes for everybody.
    private mutating func advance(_ seconds: Int) {
        now = Timestamp(seconds: now.seconds + Int64(seconds))
        inventory.readAt = now
        for index in inventory.guests.indices where booted[inventory.guests[index].vmid] != nil {
            inventory.guests[index].uptime += seconds
        }
    }

    mutating func addForeignGuest(_ vmid: Int, _ name: String) {
        let guest = ObservedGuest(vmid: VMID(vmid), type: .vm, name: name, node: "pve1", status: .running)
        inventory.guests.append(guest)
        configurations[guest.vmid] = GuestConfiguration(
            readAt: now, type: .vm, name: name, settings: GuestSettings(), digest: "")
        configurations[guest.vmid]?.macs = ["by hand \(vmid)"]
    }

    /// A guest that is nobody's, and a document that takes it in and asks for nothing but what it has.
    static func adoptable(_ change: (inout Server) -> Void = { _ in }) -> World {
        var world = World()
        world.addForeignGuest(200, "web-01")
        world.declare("web-01") { server in
            server.vmid = 200
            server.adopt = true
            server.cores = 1
            server.memory = .mebibytes(512)
            server.onBoot = true
            server.disks = []
            server.networks = []
            change(&server)
        }
        return world
    }

    mutating func approveAll() { approve(plan()) }

    private mutating func approve(_ plan: Plan) {
        let steps = plan.steps.map { Approval.ApprovedStep(id: $0.id, facts: $0.facts) }
        recorded.approvals.append(Approval(plan: PlanID(rawValue: "p"), by: "ann", at: now, steps: steps))
    }

    /// Reads what planning asks for until it asks for nothing more.
    func withDetails() -> World { settled().world }

    /// The plan at the depth that it asks for.
    func plan() -> Plan { settled().result.plan }

    /// The world with the details that planning asks for, and what is planned then.
    func settled() -> (world: World, result: PlanningResult) {
        var world = self
        var result = planFleet(world.input)
        for _ in 0..<5 {
            let open = result.detailNeeds.filter { world.inventory.details[$0.vmid] == nil }
            if open.isEmpty { break }
            for need in open {
                world.inventory.details[need.vmid] = world.reading(of: need.vmid)
            }
            result = planFleet(world.input)
        }
        return (world, result)
    }

    private func reading(of vmid: VMID) -> Observation<GuestConfiguration> {
        if unread.contains(vmid) { return .unknown(Sentence("proxmox.noAudit", Self.cluster.text)) }
        return configurations[vmid].map { .present($0) } ?? .absent
    }

    /// With everybody's yes to everything: what is planned then.
    mutating func approvedPlan() -> Plan {
        var (detailed, result) = settled()
        detailed.approve(result.plan)
        recorded.approvals = detailed.recorded.approvals
        return detailed.plan()
    }

    /// `10.0.0.11/24 100 101`: the addresses that two guests of servers have or run with.
    var sharedAddresses: Set<String> {
        let known = Set(recorded.servers.map(\.vmid)).intersection(configurations.keys).sorted()
        var holders: [String: Set<VMID>] = [:]
        for vmid in known {
            let configured = configurations[vmid]?.settings.networks.compactMap(\.address) ?? []
            for address in configured + (unknowable.contains(vmid) ? [] : booted[vmid] ?? [])
            where address.contains("/") {
                holders[address, default: []].insert(vmid)
            }
        }
        return Set(
            holders.filter { $0.value.count > 1 }.map { address, vmids in
                "\(address) \(vmids.sorted().map(\.description).joined(separator: " "))"
            })
    }

    // MARK: - Ideal execution

    /// Carries out every step that is ready, as an executor without faults would.
    ///
    /// - Parameter limit: how many it carries out before it dies; nil: it lives, and closes its books.
    mutating func execute(_ plan: Plan, dyingAfter limit: Int? = nil) {
        var done: Set<StepID> = []
        let inPlan = Set(plan.steps.map(\.id))
        for step in plan.steps where step.disposition == .ready && done.count < limit ?? .max {
            guard step.after.allSatisfy({ done.contains($0) || !inPlan.contains($0) }) else { continue }
            carryOut(step)
            done.insert(step.id)
        }
        inventory.details = [:]
        rebuilds = []
        if limit == nil { closeBooks() }
        advance(60)
    }

    /// What is written down at the end of a run.
    private mutating func closeBooks() {
        for (name, kept) in policiesToKeep(input) {
            guard let row = recorded.servers.firstIndex(where: { $0.name == name }) else { continue }
            recorded.servers[row].policies = kept.isEmpty ? nil : kept
        }
        recorded.note(recorded.newSightings(in: stacks.values.sorted { $0.id < $1.id }))
    }

    private mutating func carryOut(_ step: Step) {
        switch step.action {
        case .create(let creation), .recreate(let creation): bear(step, creation)
        case .update(let change): apply(change.configuration, to: change.guest.vmid, step, change.record)
        case .adopt(let adoption): apply(adoption.configuration, to: adoption.guest.vmid, step, adoption.record)
        case .destroy(let removal):
            endedByPlan += 1
            remove(removal.guest.vmid)
            leave(step)
            recorded.servers.removeAll { $0.name == step.serverName }
        case .untaint: editResource(step) { $0.isTainted = false }
        case .move(let move): self.move(step, move)
        case .forget(let forgetting):
            leave(step)
            if forgetting.remainingGuest == nil { recorded.servers.removeAll { $0.name == step.serverName } }
        case .power(let power):
            guard let at = inventory.guests.firstIndex(where: { $0.vmid == power.guest.vmid }) else { return }
            if power.target == .running { start(at) } else { stop(at) }
        case .restart(let restart):
            guard let pending = configurations[restart.guest.vmid]?.pending else { return }
            configurations[restart.guest.vmid]?.settings = pending
            configurations[restart.guest.vmid]?.pending = nil
            guard let at = inventory.guests.firstIndex(where: { $0.vmid == restart.guest.vmid }) else { return }
            inventory.guests[at].totalCores = pending.cores * pending.sockets
            inventory.guests[at].memory = pending.memory
            start(at)
        case .rebuild(let rebuild):
            endedByPlan += 1
            remove(rebuild.removal.guest.vmid)
            recorded.servers.removeAll { $0.name == step.serverName }
            bear(step, rebuild.creation)
        case .repairEntry(let configuration): write(configuration, step)
        case .record(let row): record(row)
        case .retire(let name): recorded.servers.removeAll { $0.name == name }
        case .register(let object), .updateRegistration(let object):
            recorded.objects.removeAll { $0.name == object.name }
            recorded.objects.append(object)
            recorded.objects.sort { $0.name < $1.name }
        case .unregister(let name): recorded.objects.removeAll { $0.name == name }
        case .rename(.server(let former, let row)):
            recorded.servers.removeAll { $0.name == former }
            record(row)
        case .rename(.object(let former, let object)):
            recorded.objects.removeAll { $0.name == former || $0.name == object.name }
            recorded.objects.append(object)
            recorded.objects.sort { $0.name < $1.name }
        }
    }

    private mutating func bear(_ step: Step, _ creation: Action.Creation) {
        leave(step)
        let birth = creation.configuration.birth
        var guest = ObservedGuest(
            vmid: birth.vmid, type: birth.type, name: step.serverName.text, node: birth.node,
            status: creation.start ? .running : .stopped)
        guest.tags = creation.configuration.settings.tags
        inventory.guests.append(guest)
        configurations[birth.vmid] = GuestConfiguration(
            readAt: now, type: birth.type, name: guest.name, settings: creation.configuration.settings, digest: "")
        configurations[birth.vmid]?.macs = ["\(birth.vmid)/\(now.seconds)"]
        if birth.type == .vm {
            configurations[birth.vmid]?.account = .init(user: birth.user, sshKeys: birth.sshKeys)
        }
        apply(creation.configuration, to: birth.vmid, step, creation.record)
        if creation.start, let at = inventory.guests.firstIndex(where: { $0.vmid == birth.vmid }) { start(at) }
        recorded.births[step.serverName, default: 0] += 1
    }

    private mutating func apply(
        _ configuration: ServerConfiguration, to vmid: VMID, _ step: Step, _ row: RecordedServer
    ) {
        let settings = configuration.settings
        guard let at = inventory.guests.firstIndex(where: { $0.vmid == vmid }) else { return }
        inventory.guests[at].name = step.serverName.text
        inventory.guests[at].tags = settings.tags
        inventory.guests[at].pool = settings.pool
        inventory.guests[at].memory = settings.memory
        inventory.guests[at].totalCores = settings.cores * settings.sockets
        var merged = settings
        if merged.disks.isEmpty { merged.disks = configurations[vmid]?.settings.disks ?? [] }
        if merged.networks.isEmpty { merged.networks = configurations[vmid]?.settings.networks ?? [] }
        configurations[vmid]?.settings = merged
        configurations[vmid]?.pending = nil
        // The provider restarts a container, and a guest that is not there yet runs with nothing.
        if configuration.birth.type == .container, booted[vmid] != nil { start(at) }
        write(configuration, step)
        var resource = StateResource(
            server: step.serverName, address: "module.server[\"\(step.serverName)\"].x", type: configuration.birth.type,
            vmid: vmid, node: configuration.birth.node, settings: merged)
        resource.macs = configurations[vmid]?.macs ?? []
        let stack = step.stack
        var state = stacks[stack]?.state.value ?? TerraformState(serial: 1, lineage: "l")
        state.resources.removeAll { $0.server == step.serverName }
        state.resources.append(resource)
        state.resources.sort { $0.server < $1.server }
        stacks[stack]?.state = .present(state)
        record(row)
    }

    private mutating func write(_ configuration: ServerConfiguration, _ step: Step) {
        var stack = stacks[step.stack] ?? StackObservation(id: step.stack)
        stack.tfvars.entries[step.serverName] = configuration
        stacks[step.stack] = stack
    }

    private mutating func record(_ row: RecordedServer) {
        var row = row
        let known = recorded.servers.first { $0.name == row.name && $0.vmid == row.vmid }
        row.formerAddresses = (row.formerAddresses ?? known?.formerAddresses)?.map {
            FormerAddress(address: $0.address, since: $0.since ?? now, node: $0.node)
        }
        row.owedStart = row.owedStart ?? known?.owedStart
        if row.owedStart?.isSettled == true { row.owedStart = nil }
        if let owed = row.owedStart { row.owedStart?.since = owed.since ?? now }
        recorded.servers.removeAll { $0.name == row.name }
        recorded.servers.append(row)
        recorded.servers.sort { $0.name < $1.name }
    }

    /// Takes the server out of the step's stack: state and tfvars.
    private mutating func leave(_ step: Step) {
        stacks[step.stack]?.tfvars.entries[step.serverName] = nil
        guard var state = stacks[step.stack]?.state.value else { return }
        state.resources.removeAll { $0.server == step.serverName }
        stacks[step.stack]?.state = .present(state)
    }

    private mutating func editResource(_ step: Step, _ change: (inout StateResource) -> Void) {
        guard var state = stacks[step.stack]?.state.value,
            let at = state.resources.firstIndex(where: { $0.server == step.serverName })
        else { return }
        change(&state.resources[at])
        stacks[step.stack]?.state = .present(state)
    }

    private mutating func move(_ step: Step, _ move: Action.Move) {
        let name = move.formerName ?? step.serverName
        guard var old = stacks[move.from]?.state.value,
            var resource = old.resources.first(where: { $0.server == name || $0.server == step.serverName })
        else { return }
        old.resources.removeAll { $0.server == resource.server }
        stacks[move.from]?.state = .present(old)
        stacks[move.from]?.tfvars.entries[name] = nil
        write(move.configuration, step)
        var state = stacks[step.stack]?.state.value ?? TerraformState(serial: 1, lineage: "m")
        resource.server = step.serverName
        recorded.servers.removeAll { $0.name == name }
        state.resources.append(resource)
        state.resources.sort { $0.server < $1.server }
        stacks[step.stack]?.state = .present(state)
        record(move.record)
    }
}

extension Step {
    var serverName: ServerName {
        guard case .server(let name, _) = subject else { return "" }
        return name
    }

    var stack: StackID {
        guard case .server(_, let stack) = subject else { return StackID(cluster: "", name: "") }
        return stack
    }
}

extension VMID: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self.init(value) }
}

extension Plan {
    /// One line for each step: `create Server/web-01 [ready]`.
    var lines: [String] { steps.map { "\($0.id) [\($0.disposition.word)]" } }

    func step(_ id: String) -> Step? { steps.first { $0.id.rawValue == id } }

    func finding(_ rule: String) -> Finding? { findings.first { $0.rule == rule } }
}

extension Disposition {
    /// `blocked protected`: the word and the sentence's code without its area.
    var word: String {
        switch self {
        case .ready: "ready"
        case .needsApproval(let sentence): "approval \(sentence.short)"
        case .blocked(let sentence): "blocked \(sentence.short)"
        case .waiting(let sentence): "waiting \(sentence.short)"
        }
    }
}

extension Sentence {
    var short: String { String(code.rawValue.dropFirst("plan.".count)) }
}
