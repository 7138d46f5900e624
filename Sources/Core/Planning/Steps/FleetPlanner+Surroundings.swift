import Model

/// What is around the servers and none of the four sources of one server shows: files beside a stack's own, a registry and
/// stacks that are empty although guests bear marks, what else in Proxmox hangs on a guest that is to end.
extension FleetPlanner {
    /// Why a step that has Terraform plan may not run: somebody else's files would go into that plan. Nil: there are none.
    func foreignFiles(under draft: DraftStep) -> Sentence? {
        guard draft.step.action.hasTerraformPlan, case .server(_, let stack) = draft.step.subject,
            let position = view.stackPositions[stack]
        else { return nil }
        return input.observed.stacks[position].sentenceOnForeignFiles
    }

    /// Said of the stack itself where it holds no step back: the audit cannot look at it either.
    mutating func reportForeignFiles() {
        for stack in input.observed.stacks {
            guard let sentence = stack.sentenceOnForeignFiles,
                !drafts.contains(where: { $0.step.disposition == .blocked(sentence) })
            else { continue }
            findings.append(Finding(.notice, .stack(stack.id), rule: "foreignFiles", sentence))
        }
    }

    /// Guests that bear marks which this registry never gave, in a cluster of which neither it nor a state knows a server:
    /// mostly a state directory that was lost. Each of them is decided by its own rule; what they have in common is said
    /// once.
    mutating func reportLostRecords() {
        for cluster in view.clusters where cluster.distrust == nil && cluster.declaration != nil {
            guard let inventory = cluster.inventory, input.knowsNobody(in: cluster.name) else { continue }
            let strange = inventory.details.values.contains { detail in
                detail.value?.mark.map { $0.stack.cluster == cluster.name && !$0.isDrawn(by: input.recorded) } ?? false
            }
            guard strange else { continue }
            findings.append(
                Finding(
                    .notice, .cluster(cluster.name), rule: "recordsLost",
                    Sentence(.recordsLost, cluster.name.text, String(inventory.taggedGuests))))
        }
    }

    /// States of a cluster that hold servers of which the registry has none, where guests bear the tag and it counted none of
    /// their births: the stacks are as they were, and the registry is new. Each server gets its row again by its own rule;
    /// what is lost besides is said once.
    mutating func reportLostRegistry() {
        for cluster in view.clusters where cluster.distrust == nil && cluster.declaration != nil {
            guard let inventory = cluster.inventory else { continue }
            let stated = input.recorded.resourcesOnlyInStates(of: cluster.name, input.observed.stacks)
            let strange = stated.contains { resource in
                inventory.guest(resource.vmid)?.tags.contains(OwnershipMark.tag) == true
                    && input.recorded.births[resource.server] == nil
            }
            guard strange else { continue }
            findings.append(
                Finding(
                    .notice, .cluster(cluster.name), rule: "registryLost",
                    Sentence(.registryLost, cluster.name.text, String(stated.count))))
        }
    }

    /// Proxmox takes the number of a guest that is destroyed out of HA, and puts none back.
    mutating func reportHighAvailability() {
        for draft in drafts where draft.step.action.verb.endsGuest {
            guard let server = draft.server, let guest = matches[server].guest else { continue }
            let known = view.servers[server]
            guard let state = view.clusters[known.cluster].guests[guest].haState else { continue }
            let vmid = view.clusters[known.cluster].guests[guest].vmid.description
            let isRebuilt = draft.step.action.verb == .rebuild
            findings.append(
                Finding(
                    .notice, draft.step.subject, rule: "highAvailability",
                    Sentence(isRebuilt ? .rebuildLeavesHA : .destroyLeavesHA, known.name.text, vmid, state)))
        }
    }
}

extension StackObservation {
    /// Nil: there are none.
    package var sentenceOnForeignFiles: Sentence? {
        guard !foreignFiles.isEmpty else { return nil }
        return Sentence("terraform.foreignFiles", String(foreignFiles.count), foreignFiles.joined(separator: ", "))
    }
}

extension ClusterInventory {
    /// How many guests show the tag of the mark, templates left out.
    package var taggedGuests: Int {
        guests.count { !$0.isTemplate && $0.tags.contains(OwnershipMark.tag) }
    }
}

extension PlanningInput {
    /// Whether neither the registry nor a state has a server of the cluster; false also where a state cannot be read.
    fileprivate func knowsNobody(in cluster: ClusterName) -> Bool {
        recorded.knowsNobody(in: cluster, beside: observed.stacks)
    }
}

extension Recorded {
    /// Whether neither the registry nor a stack's state has a server of the cluster, nor a number that is held for one;
    /// false also where a state cannot be read.
    package func knowsNobody(in cluster: ClusterName, beside stacks: [StackObservation]) -> Bool {
        let isStateEmpty = stacks.filter { $0.id.cluster == cluster }.allSatisfy { stack in
            switch stack.state {
            case .absent: true
            case .present(let state): state.resources.isEmpty
            case .unknown: false
            }
        }
        return isStateEmpty && !servers.contains { $0.stack.cluster == cluster }
            && !leases.contains { $0.cluster == cluster }
    }

    /// What the states of a cluster's stacks hold of Plumb's servers, where the registry has none of that cluster, nor a
    /// number that is held for one; nothing where it knows any.
    package func resourcesOnlyInStates(of cluster: ClusterName, _ stacks: [StackObservation]) -> [StateResource] {
        if servers.contains(where: { $0.stack.cluster == cluster }) || leases.contains(where: { $0.cluster == cluster })
        {
            return []
        }
        return stacks.filter { $0.id.cluster == cluster }.flatMap { $0.state.value?.resources ?? [] }
    }
}

extension Action {
    /// Whether carrying it out has Terraform plan by the files of the stack's directory. What only moves entries of a
    /// state, power or rows does not read them.
    package var hasTerraformPlan: Bool {
        switch self {
        case .create, .recreate, .update, .destroy, .adopt, .rebuild: true
        case .untaint, .move, .rename, .forget, .power, .restart, .repairEntry, .record, .retire, .register,
            .updateRegistration, .unregister:
            false
        }
    }
}
