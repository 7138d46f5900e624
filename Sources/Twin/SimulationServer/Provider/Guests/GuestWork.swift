import JSONArena
import Simulation

/// One change of one guest while it is carried out: what was, what is to be, and what came of it so far.
struct GuestWork: Sendable {
    let kind: ResourceKind
    let client: ClusterClient
    let body: SchemaBody
    /// Null for a creation.
    let prior: TerraformValue
    /// Without unknown values.
    let planned: TerraformValue
    /// The guest's id: the planned one, or the one that the cluster gave.
    private(set) var vmid = 0
    /// Whether a guest of this id exists and belongs to the state.
    private(set) var isBorn = false
    var warnings: [ProviderDiagnostic] = []

    init(
        kind: ResourceKind, client: ClusterClient, body: SchemaBody, prior: TerraformValue, planned: TerraformValue
    ) {
        self.kind = kind
        self.client = client
        self.body = body
        self.prior = prior
        self.planned = planned
    }

    /// The handle of the guest on the planned node.
    var guest: GuestHandle {
        GuestHandle(kind: kind, client: client, node: planned["node_name"].string, vmid: vmid)
    }

    /// The planned state with the id of the guest that was made.
    var bornState: TerraformValue {
        var state = planned
        state["id"] = .string(String(vmid))
        state["vm_id"] = .int(vmid)
        return state
    }

    func hasChange(_ name: String) -> Bool { !Self.same(planned[name], prior[name]) }

    func hasChange(_ name: String, in block: String) -> Bool {
        !Self.same(planned[block].block[name], prior[block].block[name])
    }

    private static func same(_ left: TerraformValue, _ right: TerraformValue) -> Bool {
        left == right || (left.isEmpty && right.isEmpty)
    }

    mutating func create() async throws(ClientFailure) {
        if let wanted = planned["vm_id"].integer, wanted > 0 {
            vmid = wanted
        } else {
            vmid = try await client.data("/cluster/nextid").integer ?? 0
        }
        let isClone = !planned["clone"].elements.isEmpty
        switch kind {
        case .virtualMachine: try await isClone ? cloneVirtualMachine() : createVirtualMachine()
        case .container: try await isClone ? cloneContainer() : createContainer()
        }
        if planned["started"].isTrue, !planned["template"].isTrue {
            if try await !guest.isRunning() {
                let timeout = planned["timeout_start_vm"].integer ?? 1800
                warnings += try await guest.start(timeout: timeout)
            }
        }
    }

    mutating func update() async throws(ClientFailure) {
        vmid = Int(prior["id"].string) ?? planned["vm_id"].integer ?? 0
        isBorn = true
        switch kind {
        case .virtualMachine: try await updateVirtualMachine()
        case .container: try await updateContainer()
        }
    }

    mutating func destroy() async throws(ClientFailure) {
        vmid = Int(prior["id"].string) ?? 0
        let status = try await guest.status()["status"]?.text
        if status != "stopped" { try await powerOffBeforeDestruction() }
        do {
            try await delete()
        } catch {
            guard !error.isMissing else { return }
            throw error
        }
        // Only when the guest's status can no longer be had is it certain that the guest is gone.
        do {
            try await guest.waitForStatus("")
        } catch {
            guard error.kind == .cancelled else { return }
            throw error
        }
        throw .own("failed to delete \(guest.noun) \"\(vmid)\"")
    }

    private mutating func powerOffBeforeDestruction() async throws(ClientFailure) {
        switch kind {
        case .virtualMachine:
            if planned["stop_on_destroy"].isTrue {
                warnings += try await guest.stop()
            } else {
                try await ensureStopped()
            }
        case .container:
            let timeout = max(1, (planned["timeout_delete"].integer ?? 60) - 5)
            warnings += try await guest.shutdown(timeout: timeout)
        }
    }

    private mutating func delete() async throws(ClientFailure) {
        // The real provider sends `/nodes/N/qemu/ID/?…`; the slash is gone before a request reaches the cluster.
        let form: [String: String] =
            switch kind {
            case .virtualMachine:
                [
                    "destroy-unreferenced-disks": planned["delete_unreferenced_disks_on_destroy"].isTrue ? "1" : "0",
                    "purge": planned["purge_on_destroy"].isTrue ? "1" : "0",
                ]
            case .container: [:]
            }
        var persistence = ClusterClient.Persistence()
        persistence.retriesMissing = false
        do {
            let lines = try await client.task(
                .delete, guest.path, form, node: guest.node, failure: "error deleting \(guest.noun)",
                persistence: persistence)
            warnings += lines.map { ProviderDiagnostic("\(guest.title) delete", detail: $0, isWarning: true) }
        } catch {
            throw error.summarised("\(guest.title) delete")
        }
    }

    /// Starts the task that makes the guest. From its success on the guest belongs to the state.
    mutating func bear(
        _ path: String, _ form: [String: String], node: String, doing: String, summary: String,
        persistence: ClusterClient.Persistence
    ) async throws(ClientFailure) {
        do {
            let lines = try await client.task(
                .post, path, form, node: node, failure: "error \(doing)", persistence: persistence)
            warnings += lines.map { ProviderDiagnostic(summary, detail: $0, isWarning: true) }
        } catch {
            throw error.summarised(summary)
        }
        isBorn = true
    }

    /// Shuts a running VM down where its agent can help, and cuts its power where not.
    mutating func ensureStopped() async throws(ClientFailure) {
        guard try await guest.status()["status"]?.text != "stopped" else { return }
        let agent = try await guest.configuration().options("agent")
        if agent?.flag("enabled") ?? (agent?.first == "1") {
            warnings += try await guest.shutdown(timeout: planned["timeout_shutdown_vm"].integer ?? 1800)
        } else {
            warnings += try await guest.stop()
        }
    }
}
