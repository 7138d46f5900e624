import Model
import Simulation
import SimulationServer

/// One call of the provider that fails, and what the double takes for the same.
struct DrawnFailure: CustomStringConvertible {
    let server: ServerName
    let action: PlannedChanges.ResourceAction
    let failure: TerraformDouble.Failure
    /// As a rule of the simulated cluster.
    let rule: [String: String]

    var key: String { "\(action) \(failure)" }
    var description: String { "\(key) of \(server)" }
}

extension RandomRounds {
    /// In some rounds the provider fails at one server.
    mutating func drawFailure(among targets: [ServerName], of plan: TerraformDouble.SavedPlan) -> DrawnFailure? {
        let busy = targets.filter { plan.actions[$0].map { $0 != .none } ?? false }
        guard random.chance(0.7), let server = random.pick(busy.sorted()), let action = plan.actions[server],
            let failure = random.pick(TerraformDouble.Failure.allCases)
        else { return nil }
        let isVM = guestType(of: server) == .vm
        let sort = isVM ? "qemu" : "lxc"
        let vmid = plan.vmid(of: server, in: double)
        let birth = isVM ? "POST /nodes/*/qemu/9000/clone" : "POST /nodes/*/lxc"
        let change = "PUT /nodes/*/\(sort)/\(vmid)/config"
        let end = "DELETE /nodes/*/\(sort)/\(vmid)"
        let refusal = ["effect": "error", "status": "403", "text": "Permission check failed"]
        let loss = ["effect": "loseAnswer", "times": "1"]
        let (pattern, effect): (String, [String: String])
        switch (action, failure) {
        case (.create, .refused) where pool.guests[vmid] == nil: (pattern, effect) = (birth, refusal)
        case (.create, .lostAnswer) where pool.guests[vmid] == nil: (pattern, effect) = (birth, loss)
        // A container is made by one call, which is done or not.
        case (.create, .halfDone) where isVM && pool.guests[vmid] == nil:
            (pattern, effect) = (change, refusal)
        case (.update, .refused): (pattern, effect) = (change, refusal)
        case (.update, .lostAnswer): (pattern, effect) = (change, loss)
        case (.delete, .refused), (.replace, .refused): (pattern, effect) = (end, refusal)
        case (.delete, .lostAnswer): (pattern, effect) = (end, loss)
        case (.create, _), (.update, _), (.delete, _), (.replace, _), (.none, _), (.read, _), (.forget, _): return nil
        }
        var rule = effect
        rule["on"] = pattern
        if action == .create, failure != .halfDone { rule["guest"] = server.text }
        return DrawnFailure(server: server, action: action, failure: failure, rule: rule)
    }
}

extension TerraformDouble.SavedPlan {
    /// The guest that a server's action is about.
    fileprivate func vmid(of server: ServerName, in double: TerraformDouble) -> VMID {
        let known = vanished.contains(server) ? nil : double.resources[server]?.vmid
        return known ?? double.entries[server]?.birth.vmid ?? VMID(0)
    }
}

extension Laboratory {
    func fail(_ failure: DrawnFailure) async throws { try await call(.post, "/simulation/faults", failure.rule) }
    func failNoMore() async throws { try await call(.delete, "/simulation/faults") }

    /// What Proxmox has, without its templates.
    var living: [String] {
        get async {
            await host.read { cluster in
                cluster.guests.values.filter { !$0.isTemplate }.sorted { $0.vmid < $1.vmid }.map { guest in
                    let settings = guest.desiredConfiguration
                    let tags = (settings["tags"] ?? "").split(separator: ";").sorted().joined(separator: ";")
                    let isMarked = settings["description"]?.contains("plumb: lab/main/") ?? false
                    return """
                        \(guest.vmid) \(guest.kind == .qemu ? "vm" : "container") \(guest.name) \(guest.node), \
                        cores \(settings["cores"] ?? "1"), memory \(settings["memory"] ?? "512"), tags \(tags), \
                        marked \(isMarked)
                        """
                }
            }
        }
    }

    /// The template as the double's pool has it.
    var template: GuestPool.PooledGuest {
        get async {
            await host.read { cluster in
                let configuration = cluster.guests[9000]?.configuration ?? [:]
                var settings = GuestSettings()
                settings.cores = Int(configuration["cores"] ?? "") ?? 1
                settings.memory = Int(configuration["memory"] ?? "") ?? 512
                var template = GuestPool.PooledGuest(
                    type: .vm, name: "debian-12", node: "pve1", settings: settings, isRunning: false)
                template.isTemplate = true
                return template
            }
        }
    }
}

extension GuestPool {
    /// As ``Laboratory/living`` says it.
    var living: [String] {
        guests.filter { !$0.value.isTemplate }.sorted { $0.key < $1.key }.map { vmid, guest in
            let settings = guest.settings
            let isMarked = settings.description?.contains("plumb: lab/main/") ?? false
            return """
                \(vmid) \(guest.type.rawValue) \(guest.name) \(guest.node), cores \(settings.cores), \
                memory \(settings.memory), tags \(settings.tags.sorted().joined(separator: ";")), marked \(isMarked)
                """
        }
    }
}
