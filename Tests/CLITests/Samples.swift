import Execution
import Model
import Planning

@testable import CLI
@testable import Reconciliation

/// Values of the model for views to show; nothing here was planned by the planner.
enum Samples {
    static let stack = StackID(cluster: "lab", name: "default")
    static let noon = Timestamp(seconds: 1_795_260_000)

    static func reference(_ name: String, _ vmid: Int) -> GuestReference {
        GuestReference(
            cluster: "lab", vmid: VMID(vmid), type: .vm, node: "pve1",
            mark: OwnershipMark(stack: stack, server: ServerName(name), id: "0123456789abcdef"))
    }

    static func record(_ name: String, _ vmid: Int) -> RecordedServer {
        var record = RecordedServer(
            name: ServerName(name), stack: stack, type: .vm, vmid: VMID(vmid), node: "pve1")
        record.roles = ["web"]
        record.addresses = ["10.0.0.\(vmid % 256)/24"]
        return record
    }

    static func configuration(_ vmid: Int) -> ServerConfiguration {
        var birth = ServerConfiguration.Birth(type: .vm, node: "pve1", vmid: VMID(vmid))
        birth.template = ServerConfiguration.Template(vmid: VMID(9000), node: "pve1")
        var settings = GuestSettings()
        settings.cores = 2
        settings.memory = 2048
        settings.disks = [GuestSettings.Disk(interface: "scsi0", datastore: "local-lvm", size: 20)]
        var network = GuestSettings.Network(bridge: "vmbr0")
        network.vlan = 12
        network.address = "10.0.0.11/24"
        settings.networks = [network]
        settings.tags = ["plumb", "web"]
        return ServerConfiguration(birth: birth, settings: settings)
    }

    static func subject(_ name: String) -> Subject { .server(ServerName(name), stack) }

    static func create(_ name: String, _ vmid: Int) -> Step {
        Step(
            subject: subject(name),
            action: .create(
                Action.Creation(
                    configuration: configuration(vmid),
                    mark: OwnershipMark(stack: stack, server: ServerName(name), id: "0123456789abcdef"), start: true,
                    record: record(name, vmid))),
            rule: "create", reason: Sentence("view.plan.nothing"))
    }

    static func update(_ name: String, _ vmid: Int) -> Step {
        var step = Step(
            subject: subject(name),
            action: .update(
                Action.Change(
                    guest: reference(name, vmid), configuration: configuration(vmid), record: record(name, vmid))),
            rule: "update", reason: Sentence("view.effect.pendingRestart"))
        step.changes = [
            AttributeChange(path: "cores", before: "1", after: "2", effect: .pendingRestart),
            AttributeChange(path: "tags", before: "old", after: nil, effect: .hotplug),
            AttributeChange(path: "pool", before: nil, after: "web", effect: .none),
        ]
        step.effect = .pendingRestart
        return step
    }

    static func destroy(_ name: String, _ vmid: Int, approved: Bool = false) -> Step {
        var step = Step(
            subject: subject(name),
            action: .destroy(Action.Removal(guest: reference(name, vmid), isRunning: true)), rule: "destroy",
            reason: Sentence("view.effect.destroy"))
        step.effect = .destroy
        if !approved { step.disposition = .needsApproval(Sentence("view.disposition.needsApproval")) }
        return step
    }

    static func restart(_ name: String, _ vmid: Int) -> Step {
        var step = Step(
            subject: subject(name), action: .restart(Action.Restart(guest: reference(name, vmid))),
            rule: "pendingRestart", reason: Sentence("view.effect.restart"))
        step.effect = .restart
        step.disposition = .needsApproval(Sentence("view.disposition.needsApproval"))
        return step
    }

    static func rebuild(_ name: String, _ vmid: Int) -> Step {
        var step = Step(
            subject: subject(name),
            action: .rebuild(
                Action.Rebuild(
                    removal: Action.Removal(guest: reference(name, vmid), isRunning: true),
                    creation: Action.Creation(
                        configuration: configuration(vmid),
                        mark: OwnershipMark(stack: stack, server: ServerName(name), id: "fedcba9876543210"),
                        start: true, record: record(name, vmid)))),
            rule: "rebuild", reason: Sentence("view.effect.destroy"))
        step.effect = .destroy
        step.disposition = .needsApproval(Sentence("view.disposition.needsApproval"))
        return step
    }

    static func finding(_ kind: Finding.Kind, _ subject: Subject, rule: String) -> Finding {
        Finding(kind, subject, rule: rule, Sentence("cli.noSuchServer", subject.description))
    }

    static func pass(_ plan: Plan, inventory: ClusterInventory? = nil) -> PlannedPass {
        let observed = Observed(inventories: inventory.map { [$0] } ?? [])
        let survey = Survey(desired: Desired(), observed: observed, recorded: Recorded(), now: noon, ownUsers: [:])
        return PlannedPass(
            id: PlanID(rawValue: String(repeating: "3f9a1c22b0de77aa", count: 4)), plan: plan, survey: survey,
            targets: nil, commit: "abc1234")
    }

    static func applied(_ plan: Plan, _ outcomes: [StepOutcome]) -> AppliedPass {
        let pairs = zip(plan.steps.map(\.id), outcomes).map { ($0, $1) }
        return AppliedPass(
            run: RunID(rawValue: "7"), pass: pass(plan), outcomes: Dictionary(pairs) { first, _ in first })
    }
}
