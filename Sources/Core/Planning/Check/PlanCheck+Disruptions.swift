import Model

/// Restarts, rebuilds, and that no role loses more of its servers at a time than it allows.
extension PlanCheck {
    mutating func checkRestart(_ step: Step, _ name: ServerName, _ restart: Action.Restart) {
        checkGuest(step, name, restart.guest, isOurs: true)
        guard step.mayRun else { return }
        let guest = inventories[restart.guest.cluster]?.guest(restart.guest.vmid)
        let detail = inventories[restart.guest.cluster]?.details[restart.guest.vmid]?.value
        if declared[name]?.manage != .full { report(.observed, step, "\(name) is not declared to be managed") }
        if declared[name]?.power == .stopped { report(.conflicting, step, "\(name) is declared to be stopped") }
        if guest?.status != .running { report(.unknownGuest, step, "\(restart.guest.vmid) does not run") }
        if detail?.pending == nil { report(.facts, step, "nothing of \(restart.guest.vmid) is pending") }
        if ownMark(on: restart.guest, of: name) == nil {
            report(.unprovenDestroy, step, "the mark of \(restart.guest.vmid) was not read")
        }
    }

    mutating func checkRebuild(_ step: Step, _ name: ServerName, _ stack: StackID, _ rebuild: Action.Rebuild) {
        let (guest, creation) = (rebuild.removal.guest, rebuild.creation)
        checkGuest(step, name, guest, isOurs: true)
        guard step.mayRun else { return }
        let inventory = inventories[guest.cluster]
        let detail = inventory?.details[guest.vmid]?.value
        if declared[name]?.manage != .full { report(.observed, step, "\(name) is not declared to be managed") }
        if !inState.contains(name) { report(.undeclaredUnrecorded, step, "\(name) is in no state") }
        if declared[name]?.protect == true || recorded[name]?.protect == true || detail?.settings.protection == true {
            report(.protected, step, "\(name) is protected")
        }
        if ownMark(on: guest, of: name).map({ $0.id != guest.mark?.id }) ?? true {
            report(.unprovenDestroy, step, "the mark of \(guest.vmid) was not read or is another's")
        }
        if creation.mark.server != name || creation.mark.stack != stack || creation.mark.id == guest.mark?.id {
            report(.conflicting, step, "its new mark names another server, or the old life")
        }
        let vmid = creation.configuration.birth.vmid
        if vmid != guest.vmid, inventory.map({ $0.guest(vmid) != nil }) ?? true {
            report(.uniqueVMID, step, "\(vmid) is taken")
        }
    }

    /// Counts anew, for each role that has a word on it, who is down and who may be taken down at the same time.
    mutating func checkDisruptions() {
        let declaredRoles = Set(input.desired.roles.map(\.name))
        // A role whose document is gone bounds as it did while servers have it, and so until it is registered no more.
        let registered = input.recorded.objects.compactMap(Role.init(recorded:)).filter {
            !declaredRoles.contains($0.name)
        }
        let bounded = (input.desired.roles + registered).filter { $0.maxUnavailable != nil }
        let taking = plan.steps.filter { $0.disposition == .ready && ($0.interrupts || $0.endsService) }
        guard !bounded.isEmpty, !taking.isEmpty else { return }
        let ancestors = ancestors()
        for role in bounded {
            let members = input.desired.servers.filter { $0.power != .stopped && $0.roles.contains(role.name) }
            let down = Set(members.map(\.name).filter { !isSeenRunning($0) })
            let expected = Set(members.map(\.name))
            let steps = taking.filter { step in
                guard case .server(let name, _) = step.subject, !down.contains(name) else { return false }
                return expected.contains(name) || (step.endsService && isLeaving(name, role.name))
            }
            guard let first = steps.first else { continue }
            let together = Antichain.width(of: steps.map(\.id), after: ancestors)
            if together + down.count > role.limit(of: members.count) {
                report(.disruption, first, "\(together + down.count) of \(role.name) may be down together")
            }
        }
    }

    /// Whether a server that is to go or to stop runs now and has the role.
    private func isLeaving(_ name: ServerName, _ role: RoleName) -> Bool {
        let roles = declared[name]?.roles ?? recorded[name]?.roles ?? []
        return roles.contains(role) && isSeenRunning(name)
    }

    /// All steps that must have ended before each.
    private func ancestors() -> [StepID: Set<StepID>] {
        var all: [StepID: Set<StepID>] = [:]
        for step in plan.steps {
            let direct = step.after + (step.behind ?? [])
            all[step.id] = direct.reduce(into: Set(direct)) { $0.formUnion(all[$1] ?? []) }
        }
        return all
    }

    /// Whether a guest of that server's number, known by state or registry, is listed as running.
    private func isSeenRunning(_ name: ServerName) -> Bool {
        let former = declared[name]?.metadata.formerName.map { ServerName($0) }
        let names = [name, former].compactMap(\.self)
        let resources = input.observed.stacks.flatMap { stack in
            (stack.state.value?.resources ?? []).filter { names.contains($0.server) }.map {
                (stack.id.cluster, $0.vmid)
            }
        }
        let rows = names.compactMap { recorded[$0] }.map { ($0.stack.cluster, $0.vmid) }
        let declaredPlace = declared[name].flatMap { server in server.vmid.map { (server.cluster, $0) } }
        return (resources + rows + (declaredPlace.map { [$0] } ?? [])).contains { cluster, vmid in
            runs(vmid, in: cluster)
        }
            || inventories.values.contains { inventory in
                inventory.details.contains { vmid, detail in
                    detail.value?.mark.map { names.contains($0.server) } ?? false && runs(vmid, in: inventory.cluster)
                }
            }
    }

    private func runs(_ vmid: VMID, in cluster: ClusterName) -> Bool {
        guard let inventory = inventories[cluster], inventory.distrust == nil else { return false }
        return inventory.guest(vmid)?.status == .running
    }
}

extension Role {
    /// Of so many servers that should run; counted here by itself, not by what the planner counts with.
    fileprivate func limit(of members: Int) -> Int {
        switch maxUnavailable {
        case .count(let count): count
        case .percent(let percent): percent == 0 ? 0 : max(1, members * percent / 100)
        case nil: .max
        }
    }
}

/// How many steps can be under way at a time at most, where some wait for the end of others.
private enum Antichain {
    /// The fewest chains that the steps fall into (Dilworth): as many as steps, less one for each that can follow another
    /// in its chain, which is a matching of greatest size.
    static func width(of steps: [StepID], after ancestors: [StepID: Set<StepID>]) -> Int {
        let positions = Dictionary(steps.enumerated().map { ($1, $0) }) { first, _ in first }
        let before = steps.map { (ancestors[$0] ?? []).compactMap { positions[$0] }.sorted(by: >) }
        var follower = [Int?](repeating: nil, count: steps.count)
        var matched = 0
        for step in steps.indices {
            var tried = [Bool](repeating: false, count: steps.count)
            if match(step, before, &follower, &tried) { matched += 1 }
        }
        return steps.count - matched
    }

    private static func match(
        _ step: Int, _ before: [[Int]], _ follower: inout [Int?], _ tried: inout [Bool]
    ) -> Bool {
        for earlier in before[step] where !tried[earlier] {
            tried[earlier] = true
            if let other = follower[earlier], !match(other, before, &follower, &tried) { continue }
            follower[earlier] = step
            return true
        }
        return false
    }
}

extension Step {
    func isReadyRebuild(of server: ServerName) -> Bool {
        guard case .server(server, _) = subject, case .rebuild = action else { return false }
        return disposition == .ready
    }

    func isReadyDestroy(of server: ServerName) -> Bool {
        guard case .server(server, _) = subject, case .destroy = action else { return false }
        return disposition == .ready
    }
}
