import JSONArena
import Model
import Simulation

/// The requests of bpg/proxmox about one guest.
struct GuestHandle: Sendable {
    let kind: ResourceKind
    let client: ClusterClient
    var node: String
    let vmid: Int

    private var family: String {
        switch kind {
        case .virtualMachine: "qemu"
        case .container: "lxc"
        }
    }

    /// What the provider calls the guest within a sentence.
    var noun: String {
        switch kind {
        case .virtualMachine: "VM"
        case .container: "container"
        }
    }

    /// The same at the beginning of one.
    var title: String {
        switch kind {
        case .virtualMachine: "VM"
        case .container: "Container"
        }
    }

    /// Where guests of this kind are made.
    var collection: String { "/nodes/\(node)/\(family)" }
    var path: String { "\(collection)/\(vmid)" }

    func configuration() async throws(ClientFailure) -> GuestConfiguration {
        do {
            return GuestConfiguration(try await client.data("\(path)/config"))
        } catch {
            switch kind {
            case .virtualMachine: throw error.prefixed("error retrieving VM \(vmid)")
            case .container: throw error.prefixed("error retrieving container")
            }
        }
    }

    func status() async throws(ClientFailure) -> JSONValue {
        do {
            return try await client.data("\(path)/status/current")
        } catch {
            throw error.prefixed("error retrieving \(noun) status")
        }
    }

    func isRunning() async throws(ClientFailure) -> Bool { try await status()["status"]?.text == "running" }

    /// `PUT …/config`, again where the guest's configuration file was locked for too long.
    func update(_ form: [String: String]) async throws(ClientFailure) {
        var lines: [String] = []
        for attempt in 0..<3 {
            do {
                try await client.request(.put, "\(path)/config", form)
                return
            } catch {
                lines.append("#\(attempt + 1): \(error.text)")
                guard error.text.contains("got timeout"), attempt < 2 else {
                    throw ClientFailure(
                        kind: error.kind, text: "All attempts fail:\n" + lines.joined(separator: "\n"))
                }
                try await client.pause(.seconds(1 << attempt))
            }
        }
    }

    /// A request that starts a task of this guest, which is not repeated, and the task's end.
    func run(_ method: APIMethod, _ verb: String, _ form: [String: String] = [:], doing: String, summary: String)
        async throws(ClientFailure) -> [ProviderDiagnostic]
    {
        do throws(ClientFailure) {
            let answer: JSONValue?
            do {
                answer = try await client.request(method, "\(path)/\(verb)", form)
            } catch {
                throw error.prefixed("error \(doing)")
            }
            guard case .string(let upid)? = answer else { throw ClientFailure.noData }
            return try await client.result(of: upid, node: node).map {
                ProviderDiagnostic("\(title) \(summary)", detail: $0, isWarning: true)
            }
        } catch {
            throw error.summarised("\(title) \(summary)")
        }
    }

    /// Starts it and waits until it runs. One that runs already is fine.
    func start(timeout: Int) async throws(ClientFailure) -> [ProviderDiagnostic] {
        let form = kind == .virtualMachine ? ["timeout": String(timeout)] : [:]
        let warnings: [ProviderDiagnostic]
        do {
            warnings = try await run(.post, "status/start", form, doing: "starting \(noun)", summary: "start")
        } catch {
            guard error.text.contains("already running") else { throw error }
            return []
        }
        try await waitForStatus("running")
        return warnings
    }

    /// Cuts the power.
    func stop() async throws(ClientFailure) -> [ProviderDiagnostic] {
        let warnings = try await run(.post, "status/stop", doing: "stopping \(noun)", summary: "stop")
        try await waitForStatus("stopped")
        return warnings
    }

    /// Asks the guest to shut down, and cuts the power when it does not within the time, in seconds.
    func shutdown(timeout: Int) async throws(ClientFailure) -> [ProviderDiagnostic] {
        let warnings = try await run(
            .post, "status/shutdown", ["forceStop": "1", "timeout": String(timeout)], doing: "shutting down \(noun)",
            summary: "shutdown")
        try await waitForStatus("stopped")
        return warnings
    }

    /// Waits until the status is that; the empty one never comes, so that only an error ends the wait.
    func waitForStatus(_ wanted: String) async throws(ClientFailure) {
        let deadline = client.clock.now() + ClusterClient.patience
        while client.clock.now() < deadline {
            let current: String
            do {
                current = try await status()["status"]?.text ?? ""
            } catch {
                throw error.prefixed("error waiting for \(noun) \(vmid) to enter the status \"\(wanted)\"")
            }
            if current == wanted { return }
            // Proxmox tells a deleted guest's status for a moment.
            try await client.pause(.milliseconds(50))
        }
        throw .own("timeout while waiting for \(noun) \(vmid) to enter the status \"\(wanted)\"")
    }

    /// Waits until no task holds the guest; errors are passed over, as the provider does.
    func waitUntilUnlocked() async throws(ClientFailure) {
        let deadline = client.clock.now() + ClusterClient.patience
        while client.clock.now() < deadline {
            if let status = try? await status(), (status["lock"]?.text ?? "").isEmpty { return }
            try await client.pause(.milliseconds(100))
        }
        throw .own("timeout while waiting for \(noun) \(vmid) configuration to become unlocked")
    }

    /// Grows a disk to that many bytes.
    func resize(_ disk: String, to size: String, summary: String) async throws(ClientFailure) -> [ProviderDiagnostic] {
        var lines: [String] = []
        for attempt in 0..<5 {
            do {
                return try await run(
                    .put, "resize", ["disk": disk, "size": size],
                    doing: kind == .virtualMachine ? "moving VM disk" : "resizing container disk", summary: summary)
            } catch {
                guard error.kind != .task, error.kind != .cancelled else { throw error }
                lines.append("#\(attempt + 1): \(error.text)")
                let isWorthARepeat = error.text.contains("got timeout") || error.text.contains("does not exist")
                guard isWorthARepeat, attempt < 4 else {
                    throw ClientFailure(
                        kind: error.kind, text: "All attempts fail:\n" + lines.joined(separator: "\n"),
                        summary: error.summary)
                }
                try await client.pause(.seconds(1 << attempt))
            }
        }
        return []
    }
}
