import JSONArena
import Simulation

extension ClusterClient {
    /// How often and how a request that starts a task is repeated.
    struct Persistence: Sendable {
        var attempts = 3
        var baseDelay = Duration.seconds(1)
        /// Whether "already exists" on a repeat means that the first try had done the work. This is how the real
        /// provider comes to take over a foreign guest.
        var acceptsExisting = false
        var retriesMissing = true
    }

    /// Starts a task and waits for its end. A refusal is tried again as the provider does; a failed task never is.
    ///
    /// - Returns: the warnings in the task's log.
    func task(
        _ method: APIMethod, _ path: String, _ parameters: [String: String] = [:], node: String, failure prefix: String,
        persistence: Persistence = Persistence()
    ) async throws(ClientFailure) -> [String] {
        var failures: [ClientFailure] = []
        for attempt in 0..<max(1, persistence.attempts) {
            do throws(ClientFailure) {
                guard case .string(let upid)? = try await request(method, path, parameters) else {
                    throw ClientFailure.noData
                }
                return try await result(of: upid, node: node)
            } catch {
                guard error.kind != .task, error.kind != .cancelled else { throw error }
                let failure = error.prefixed(prefix)
                if attempt > 0, persistence.acceptsExisting, failure.text.contains("already exists") { return [] }
                failures.append(failure)
                guard error.isTransient, persistence.retriesMissing || !error.isMissing,
                    attempt + 1 < persistence.attempts
                else { break }
                try await pause(persistence.baseDelay * (1 << attempt))
            }
        }
        guard let last = failures.last else { throw ClientFailure.noData }
        throw ClientFailure(kind: last.kind, text: Self.listed(failures))
    }

    /// How the provider's retry library prints what went wrong at each attempt.
    private static func listed(_ failures: [ClientFailure]) -> String {
        "All attempts fail:\n"
            + failures.enumerated().map { "#\($0.offset + 1): \($0.element.text)" }.joined(separator: "\n")
    }

    /// Waits for a task that is under way.
    ///
    /// - Returns: the warnings in its log.
    func result(of upid: String, node: String) async throws(ClientFailure) -> [String] {
        while true {
            await awaitTask(upid)
            let status: JSONValue
            do {
                status = try await data("/nodes/\(node)/tasks/\(upid)/status")
            } catch {
                throw ClientFailure(
                    kind: .task,
                    text: "error while waiting for task \"\(upid)\" to complete: error retrieving task status: "
                        + error.text)
            }
            if status["status"]?.text == "running" {
                try await pause(.milliseconds(20))
                continue
            }
            let exit = status["exitstatus"]?.text ?? ""
            if exit == "OK" { return [] }
            let lines = await log(of: upid, node: node)
            let warnings = lines.filter { $0.contains("WARN:") }
            if exit.hasPrefix("WARNINGS: "), !exit.contains("ERROR") {
                return warnings.isEmpty ? ["task \"\(upid)\" completed with warnings (exit code: \(exit))"] : warnings
            }
            let shown = lines.filter { !$0.contains("WARN:") }
            let text = "task \"\(upid)\" failed to complete with exit code: \(exit)"
            throw ClientFailure(
                kind: .task, text: shown.isEmpty ? text : "\(text)\ntask log:\n  \(shown.joined(separator: "\n  "))")
        }
    }

    /// The first lines of a task's log; none where it cannot be had.
    private func log(of upid: String, node: String) async -> [String] {
        guard case .array(let lines)? = try? await get("/nodes/\(node)/tasks/\(upid)/log") else { return [] }
        return lines.compactMap { $0["t"]?.text }
    }

    /// Sleeps between two polls or attempts.
    func pause(_ duration: Duration) async throws(ClientFailure) {
        do {
            try await clock.sleep(duration)
        } catch {
            throw ClientFailure(kind: .cancelled, text: "context canceled")
        }
    }
}
