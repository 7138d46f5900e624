import Model

/// Something in a plan that must never be in one: a bug of the planner. A plan that has any is refused.
package struct PlanViolation: Hashable, Sendable, CustomStringConvertible {
    package enum Invariant: String, Hashable, Sendable, CaseIterable {
        case uniqueIDs, order, facts, unknownFollowed, undeclaredUnrecorded, protected, unknownGuest, uniqueVMID
        case budget, incomplete, observed, unprovenDestroy, declaredDestroy, selfAfter, conflicting, lostState
        case sharedAddress, disruption, paused, window, approval, foreignFiles
    }

    package var invariant: Invariant
    package var step: StepID?
    package var detail: String

    package var description: String { "\(invariant.rawValue): \(step?.rawValue ?? "plan"): \(detail)" }
}

/// Proves a finished plan harmless from the input alone: it decides nothing with what the planner decides with. What
/// the two share are the words of the model, and how a registry draws the id of a mark.
///
/// - Returns: what is wrong, in the order of the steps; empty for a plan that may be carried out.
package func checkPlan(_ plan: Plan, _ input: PlanningInput) -> [PlanViolation] {
    // Every invariant is about a step: what does nothing does no harm.
    if plan.steps.isEmpty { return [] }
    var check = PlanCheck(plan, input)
    check.checkShape()
    check.checkServers()
    check.checkVMIDs()
    check.checkBudgets()
    check.checkStates()
    check.checkAddresses()
    check.checkDisruptions()
    check.checkPolicies()
    return check.violations
}

struct PlanCheck {
    let plan: Plan
    let input: PlanningInput
    var violations: [PlanViolation] = []
    let declared: [ServerName: Server]
    let recorded: [ServerName: RecordedServer]
    let inState: Set<ServerName>
    let hasEntry: Set<ServerName>
    /// See ``unmarked(in:)``.
    let unmarked: [ClusterName: [VMID: [StateResource]]]
    let inventories: [ClusterName: ClusterInventory]
    var stacks: [ServerName: Set<StackID>] = [:]

    init(_ plan: Plan, _ input: PlanningInput) {
        self.plan = plan
        self.input = input
        declared = Dictionary(input.desired.servers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        recorded = Dictionary(input.recorded.servers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        inventories = Dictionary(
            input.observed.inventories.map { ($0.cluster, $0) }, uniquingKeysWith: { first, _ in first })
        var inState: Set<ServerName> = []
        var hasEntry: Set<ServerName> = []
        for stack in input.observed.stacks {
            for resource in stack.state.value?.resources ?? [] {
                inState.insert(resource.server)
                stacks[resource.server, default: []].insert(stack.id)
            }
            hasEntry.formUnion(stack.tfvars.entries.servers)
        }
        self.inState = inState
        self.hasEntry = hasEntry
        unmarked = Self.unmarked(in: input)
    }

    mutating func report(_ invariant: PlanViolation.Invariant, _ step: Step?, _ detail: String) {
        violations.append(PlanViolation(invariant: invariant, step: step?.id, detail: detail))
    }

    mutating func checkShape() {
        let all = Set(plan.steps.map(\.id))
        if all.count != plan.steps.count { report(.uniqueIDs, nil, "two steps have one id") }
        var seen: Set<StepID> = []
        for step in plan.steps {
            if step.facts.isEmpty { report(.facts, step, "it relies on nothing") }
            if step.facts != step.facts.sorted() { report(.facts, step, "facts are out of order") }
            for id in step.after + (step.behind ?? []) {
                if id == step.id { report(.selfAfter, step, "it waits for itself") }
                if !all.contains(id) {
                    report(.unknownFollowed, step, "it waits for \(id), which is not in the plan")
                } else if !seen.contains(id) {
                    report(.order, step, "it waits for \(id), which comes later")
                }
            }
            for id in step.exchangesWith ?? [] where !all.contains(id) {
                report(.unknownFollowed, step, "it changes places with \(id), which is not in the plan")
            }
            seen.insert(step.id)
        }
    }

    mutating func checkServers() {
        var verbs: [ServerName: Set<Action.Verb>] = [:]
        for step in plan.steps {
            guard case .server(let name, let stack) = step.subject else { continue }
            verbs[name, default: []].insert(step.action.verb)
            checkTouch(step, name)
            switch step.action {
            case .destroy(let removal): checkDestroy(step, name, removal)
            case .update(let change): checkUpdate(step, name, change.guest)
            case .adopt(let adoption): checkAdoption(step, name, adoption.guest)
            case .untaint(let guest):
                checkGuest(step, name, guest, isOurs: true)
                checkMarked(step, name, guest.vmid, in: guest.cluster)
            case .power(let power): checkPower(step, name, power)
            case .restart(let restart): checkRestart(step, name, restart)
            case .rebuild(let rebuild): checkRebuild(step, name, stack, rebuild)
            case .create(let creation), .recreate(let creation): checkBirth(step, name, stack, creation)
            case .forget(let forgetting): checkForget(step, name, forgetting)
            case .repairEntry(let configuration):
                checkGuest(step, name, GuestReference(of: configuration.birth, in: stack.cluster), isOurs: true)
            case .move(let move): checkMarked(step, name, move.record.vmid, in: move.from.cluster)
            case .rename, .record, .retire, .register, .updateRegistration, .unregister: break
            }
            if isBroken, step.disposition == .ready, step.action.isTakingAway {
                let isMove = step.action.verb == .forget && declared[name]?.manage == .full
                if !isMove { report(.incomplete, step, "something is removed although a document is unreadable") }
            }
        }
        checkRenames()
        for (name, found) in verbs where found.contains(.destroy) {
            if !found.isDisjoint(with: [.create, .recreate, .update, .adopt]) {
                report(.conflicting, nil, "\(name) is destroyed and made or changed in one plan")
            }
        }
        for (name, found) in verbs where found.contains(.destroy) && found.contains(.start) {
            guard plan.steps.contains(where: { $0.isReadyDestroy(of: name) }) else { continue }
            report(.conflicting, nil, "\(name) is started to be destroyed")
        }
        for (name, found) in verbs where found.contains(.rebuild) {
            // What waits for days keeps nobody from starting the guest meanwhile.
            let isReady = plan.steps.contains { $0.isReadyRebuild(of: name) }
            if found.isSubset(of: isReady ? [.rebuild, .record] : [.rebuild, .record, .start]) { continue }
            report(.conflicting, nil, "\(name) is rebuilt, and something else is done to it")
        }
    }

    private var isBroken: Bool { input.desired.completeness != .complete }

    private mutating func checkTouch(_ step: Step, _ name: ServerName) {
        if declared[name] != nil || recorded[name] != nil { return }
        // What only a state or tfvars know may be written down, and a stale entry dropped; no more.
        let isBookkeeping = step.action.verb == .record || step.action.verb == .forget || step.action.verb == .retire
        if !isBookkeeping || !(inState.contains(name) || hasEntry.contains(name)) {
            report(.undeclaredUnrecorded, step, "\(name) is neither declared nor recorded")
        }
    }

    private mutating func checkDestroy(_ step: Step, _ name: ServerName, _ removal: Action.Removal) {
        if declared[name] != nil { report(.declaredDestroy, step, "\(name) is declared") }
        guard let row = recorded[name] else {
            return report(.undeclaredUnrecorded, step, "\(name) is destroyed without a row")
        }
        if !inState.contains(name) { report(.undeclaredUnrecorded, step, "\(name) is in no state") }
        if row.manage == .observe, step.mayRun { report(.observed, step, "\(name) is only observed") }
        if row.onRemove == .forget { report(.conflicting, step, "\(name) is to be forgotten, not destroyed") }
        checkGuest(step, name, removal.guest, isOurs: true)
        guard step.mayRun else { return }
        let detail = inventories[removal.guest.cluster]?.details[removal.guest.vmid]?.value
        if row.protect || (detail?.settings.protection ?? false) { report(.protected, step, "\(name) is protected") }
        guard let mark = ownMark(on: removal.guest, of: name), row.mark == nil || row.mark == mark.id,
            removal.guest.mark?.id == mark.id
        else {
            return report(.unprovenDestroy, step, "the mark of \(removal.guest.vmid) was not read or is another's")
        }
    }

    /// The mark that was read on a guest, where it names that server, by the name that it has or had, in the guest's own
    /// cluster: a copy of a guest, or a server of the same name elsewhere, bears a whole mark too.
    func ownMark(on guest: GuestReference, of name: ServerName) -> OwnershipMark? {
        guard let mark = inventories[guest.cluster]?.details[guest.vmid]?.value?.mark,
            mark.stack.cluster == guest.cluster, mark.server == name || isFormerMark(mark, of: name, guest)
        else { return nil }
        return mark
    }

    /// The power of a server that is not declared is nobody's to change, but for the start that it is owed.
    private mutating func checkPower(_ step: Step, _ name: ServerName, _ power: Action.PowerChange) {
        checkGuest(step, name, power.guest, isOurs: false)
        switch power.target {
        case .running: checkLikeness(step, name, power.guest)
        case .stopped: checkMarked(step, name, power.guest.vmid, in: power.guest.cluster)
        }
        guard declared[name] == nil, step.mayRun else { return }
        if power.target == .stopped || !isOwed(power, name) {
            report(.conflicting, step, "\(name) is not declared, and nothing is owed to it")
        }
    }

    /// Whether the declaration says that the server had that name, and registry or state that it had that mark.
    private func isFormerMark(_ mark: OwnershipMark, of name: ServerName, _ guest: GuestReference) -> Bool {
        guard let former = declared[name]?.metadata.formerName.map({ ServerName($0) }), former == mark.server,
            declared[former] == nil, guest.mark?.id == mark.id
        else { return false }
        let known = [recorded[former]?.mark, recorded[name]?.mark].compactMap(\.self)
        return known.isEmpty ? inState.contains(former) || inState.contains(name) : known.contains(mark.id)
    }

    /// What is renamed is declared by its new name and by no other, and nothing else is done to the former one.
    private mutating func checkRenames() {
        var former: [ServerName: Step] = [:]
        for step in plan.steps {
            guard case .server(let name, _) = step.subject, let old = step.action.formerServerName else { continue }
            if declared[name]?.metadata.formerName.map({ ServerName($0) }) != old || declared[old] != nil {
                report(.conflicting, step, "\(name) is not declared to be what \(old) was")
            }
            if isBroken, step.mayRun { report(.incomplete, step, "\(old) may be declared by an unreadable document") }
            if former.updateValue(step, forKey: old) != nil { report(.conflicting, step, "\(old) is renamed twice") }
        }
        for step in plan.steps where !former.isEmpty {
            guard case .server(let name, _) = step.subject, former[name] != nil else { continue }
            report(.conflicting, step, "\(name) is renamed, and something else is done to it")
        }
    }

    /// What is written onto a guest without a mark makes it ours: it must be told by something else.
    private mutating func checkUpdate(_ step: Step, _ name: ServerName, _ guest: GuestReference) {
        checkGuest(step, name, guest, isOurs: true)
        checkLikeness(step, name, guest)
        if step.mayRun, guest.mark == nil, guest.identity == nil {
            report(.unknownGuest, step, "nothing tells \(guest.vmid) from another guest")
        }
    }

    /// A document may point at a guest of any name that no state knows; that one is asked about.
    private mutating func checkAdoption(_ step: Step, _ name: ServerName, _ guest: GuestReference) {
        checkGuest(step, name, guest, isOurs: true)
        checkLikeness(step, name, guest)
    }

    /// A step that may run acts on a guest that was seen, on a node that is online, in a listing that is believed.
    mutating func checkGuest(_ step: Step, _ name: ServerName, _ guest: GuestReference, isOurs: Bool) {
        guard step.mayRun else { return }
        guard let inventory = inventories[guest.cluster], inventory.distrust == nil else {
            return report(.unknownGuest, step, "the listing of \(guest.cluster) cannot be believed")
        }
        guard let seen = inventory.guest(guest.vmid) else {
            return report(.unknownGuest, step, "\(guest.vmid) was not seen")
        }
        if seen.isTemplate { report(.unknownGuest, step, "\(guest.vmid) is a template") }
        if inventory.nodes.contains(where: { $0.name == seen.node && !$0.isOnline }) {
            report(.unknownGuest, step, "node \(seen.node) is offline")
        }
        if step.action.verb != .start, declared[name]?.manage == .observe {
            report(.observed, step, "\(name) is only observed")
        }
        guard isOurs, let mark = inventory.details[guest.vmid]?.value?.mark else { return }
        if ownMark(on: guest, of: name) == nil {
            report(.unprovenDestroy, step, "\(guest.vmid) bears the mark of \(mark.stack)/\(mark.server)")
        }
    }

    private mutating func checkBirth(_ step: Step, _ name: ServerName, _ stack: StackID, _ creation: Action.Creation) {
        guard step.mayRun else { return }
        guard let inventory = inventories[stack.cluster], inventory.distrust == nil, inventory.isQuorate else {
            return report(.unknownGuest, step, "the listing of \(stack.cluster) cannot be believed")
        }
        if recorded[name] != nil || inState.contains(name), inventory.nodes.contains(where: { !$0.isOnline }) {
            report(.unknownGuest, step, "\(name) may be on a node that is offline")
        }
        if recorded[name] != nil || inState.contains(name), let node = lostNode(in: inventory) {
            report(.unknownGuest, step, "\(name) may be on \(node), which left the cluster")
        }
        if declared[name]?.manage != .full { report(.observed, step, "\(name) is not declared to be managed") }
        let vmid = creation.configuration.birth.vmid
        if inventory.guest(vmid) != nil { report(.uniqueVMID, step, "\(vmid) is taken") }
        if creation.mark.server != name || creation.mark.stack != stack {
            report(.conflicting, step, "its mark names another server")
        }
        if creation.configuration.settings.description?.hasSuffix(creation.mark.description) != true {
            report(.conflicting, step, "its description does not end with its mark")
        }
        if creation.configuration.settings.tags.contains(OwnershipMark.tag) == false {
            report(.conflicting, step, "it lacks the tag")
        }
    }

    private mutating func checkForget(_ step: Step, _ name: ServerName, _ forgetting: Action.Forgetting) {
        guard step.mayRun, forgetting.remainingGuest == nil, forgetting.isInState else { return }
        for stack in stacks[name] ?? [] {
            guard let inventory = inventories[stack.cluster], inventory.distrust == nil, inventory.isQuorate,
                inventory.nodes.allSatisfy(\.isOnline)
            else { return report(.unknownGuest, step, "whether \(name) is gone cannot be seen") }
            if let node = lostNode(in: inventory) {
                return report(.unknownGuest, step, "\(name) may be on \(node), which left the cluster")
            }
            let resource = input.observed.stacks.first { $0.id == stack }?.state.value?.resources
                .first { $0.server == name }
            if let guest = resource.flatMap({ inventory.guest($0.vmid) }), !guest.isTemplate {
                report(.unknownGuest, step, "\(guest.vmid) is still there")
            }
        }
    }

    mutating func checkVMIDs() {
        var chosen: [String: ServerName] = [:]
        for step in plan.steps {
            guard case .server(let name, let stack) = step.subject else { continue }
            let vmid: VMID
            switch step.action {
            case .create(let creation), .recreate(let creation): vmid = creation.configuration.birth.vmid
            case .update(let change): vmid = change.guest.vmid
            case .adopt(let adoption): vmid = adoption.guest.vmid
            case .rebuild(let rebuild): vmid = rebuild.creation.configuration.birth.vmid
            case .destroy, .untaint, .move, .rename, .forget, .power, .restart, .repairEntry, .record, .retire,
                .register,
                .updateRegistration, .unregister:
                continue
            }
            if !VMID.range.contains(vmid.rawValue) { report(.uniqueVMID, step, "\(vmid) is out of range") }
            let key = "\(stack.cluster.key)/\(vmid)"
            if let other = chosen.updateValue(name, forKey: key), other != name {
                report(.uniqueVMID, step, "\(vmid) is also \(other)'s")
            }
        }
    }
}

extension Step {
    /// Whether a yes is all that it may still need.
    var mayRun: Bool {
        switch disposition {
        case .ready, .needsApproval: true
        case .blocked, .waiting: false
        }
    }
}

extension GuestReference {
    /// The guest that an entry describes, as somebody else's would be found.
    fileprivate init(of birth: ServerConfiguration.Birth, in cluster: ClusterName) {
        self.init(cluster: cluster, vmid: birth.vmid, type: birth.type, node: birth.node, mark: nil)
    }
}

extension Action {
    fileprivate var formerServerName: ServerName? {
        switch self {
        case .move(let move): move.formerName
        case .rename(.server(let former, _)): former
        case .create, .recreate, .update, .destroy, .adopt, .untaint, .rename, .forget, .power, .restart, .rebuild,
            .repairEntry, .record,
            .retire, .register, .updateRegistration, .unregister:
            nil
        }
    }

    fileprivate var isTakingAway: Bool {
        switch self {
        case .destroy, .rebuild, .forget, .retire, .unregister: true
        case .create, .recreate, .update, .adopt, .untaint, .move, .rename, .power, .restart, .repairEntry, .record,
            .register,
            .updateRegistration:
            false
        }
    }
}
