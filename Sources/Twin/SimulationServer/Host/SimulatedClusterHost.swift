import Foundation
import JSONArena
import Model
import Simulation

/// The one owner of a simulated cluster: puts requests of all faces into one order, gives them the time, and keeps
/// what they changed on disk.
package actor SimulatedClusterHost {
    private var cluster: SimulatedCluster
    nonisolated let clock: SimulationClock
    private var archive: ClusterArchive?
    /// When a face last asked for something.
    private(set) var lastActivity: Timestamp
    /// Why the cluster is no longer kept on disk; nil while it is.
    private(set) var archiveFailure: String?
    /// Nil: it is not kept on disk.
    private let stateDirectory: String?
    /// Whoever waits for an answer that is kept back, and for how long at most, by a number of its own.
    private var keptBack: [Int: (wait: Task<Void, any Error>, span: Duration)] = [:]
    private var lastKeptBack = 0

    /// A cluster that lives as long as this host.
    package init(blueprint: Blueprint, clock: SimulationClock = .system) {
        self.clock = clock
        stateDirectory = nil
        cluster = SimulatedCluster(blueprint, startedAt: clock.now())
        lastActivity = clock.now()
    }

    /// The cluster of a state directory: as it was left there, with what the blueprint says now taken up.
    ///
    /// - Parameter stateDirectory: made where it is missing, for its owner only.
    /// - Throws: a sentence naming the file that cannot be read or written.
    package init(stateDirectory: String, blueprint: Blueprint, clock: SimulationClock = .system) throws {
        try PrivateFile.makeDirectory(stateDirectory)
        var archive = ClusterArchive(directory: stateDirectory)
        var cluster = try archive.restore() ?? SimulatedCluster(blueprint, startedAt: clock.now())
        cluster.adopt(blueprint)
        try archive.renew(cluster)
        try DeclaredBlueprint(blueprint: blueprint, kept: cluster.kept(beside: blueprint)).write(to: stateDirectory)
        self.clock = clock
        self.stateDirectory = stateDirectory
        self.cluster = cluster
        self.archive = archive
        lastActivity = clock.now()
    }

    /// Carries a request out now. What the delivery says of delays and cuts is for the face to act out.
    ///
    /// Once the disk refuses, every request is refused with status 500 and the reason: a cluster that forgets what it
    /// did would be no twin of anything.
    package func handle(_ request: APIRequest) -> Delivery {
        let now = clock.now()
        if let archiveFailure {
            let body: JSONValue = ["data": .null, "message": .string(archiveFailure + "\n")]
            return .answer(APIResponse(status: 500, reason: archiveFailure, body: body), after: .zero)
        }
        lastActivity = now
        if request.method == .put, request.path == "/simulation/blueprint" { return takeUp(request, at: now) }
        let revision = cluster.revision
        let delivery = cluster.handle(request, at: now)
        guard cluster.revision != revision else { return delivery }
        keep(request, at: now)
        if request.method == .delete, request.path == "/simulation/faults" {
            for one in keptBack.values where !cluster.isKeptBack(for: one.span) { one.wait.cancel() }
        }
        return delivery
    }

    /// Waits as long as an answer is kept back, or until the rule that keeps it back is taken out.
    ///
    /// - Throws: `CancellationError`.
    package func keepBack(for span: Duration) async throws {
        // The rule may have gone since the call was carried out.
        guard span > .zero, cluster.isKeptBack(for: span) else { return try Task.checkCancellation() }
        let clock = clock
        let wait = Task { try await clock.sleep(span) }
        lastKeptBack += 1
        let number = lastKeptBack
        keptBack[number] = (wait, span)
        defer { keptBack[number] = nil }
        await withTaskCancellationHandler {
            _ = await wait.result
        } onCancel: {
            wait.cancel()
        }
        try Task.checkCancellation()
    }

    /// Takes up a changed declaration, without the faults, which are for what the cluster is asked.
    ///
    /// The answer's `data` lists what stays although it is not declared any more.
    private func takeUp(_ request: APIRequest, at moment: Timestamp) -> Delivery {
        func answer(_ status: Int, _ reason: String, _ data: JSONValue = .null) -> Delivery {
            .answer(APIResponse(status: status, reason: reason, body: ["data": data]), after: .zero)
        }
        guard cluster.isRoot(request.caller) else { return answer(403, "only root says what the cluster is") }
        guard let text = request.parameters["blueprint"],
            let declared = try? JSONDecoder().decode(Blueprint.self, from: Data(text.utf8))
        else { return answer(400, "no blueprint") }
        cluster.advance(to: moment)
        cluster.adopt(declared)
        let kept = cluster.kept(beside: declared)
        do {
            try archive?.renew(cluster)
            if let stateDirectory {
                try DeclaredBlueprint(blueprint: declared, kept: kept).write(to: stateDirectory)
            }
        } catch {
            archiveFailure = "\(error)"
            return answer(500, "\(error)")
        }
        return answer(200, "OK", .array(kept.map(JSONValue.string)))
    }

    private func keep(_ request: APIRequest, at moment: Timestamp) {
        do throws(ClusterArchive.Failure) {
            try archive?.append(request, at: moment)
            if archive?.isDueForRenewal == true { try archive?.renew(cluster) }
        } catch {
            archiveFailure = error.description
        }
    }

    /// Reads the cluster as it is now, without a copy of it.
    package func read<Value: Sendable>(_ body: @Sendable (SimulatedCluster) -> Value) -> Value {
        cluster.advance(to: clock.now())
        return body(cluster)
    }

    /// Waits until a task has ended; nil where there is no such task.
    ///
    /// - Throws: `CancellationError`.
    package func waitForTask(_ upid: String) async throws -> TaskRecord? {
        while let task = read({ $0.task(upid) }) {
            guard task.isRunning else { return task }
            try await clock.sleep(Timestamp(milliseconds: task.endsAt) - clock.now())
        }
        return nil
    }

    /// Returns once nobody has asked for anything for that long and no task runs.
    ///
    /// - Throws: `CancellationError`.
    package func waitUntilIdle(_ span: Duration) async throws {
        while true {
            let now = clock.now()
            let end = max(lastActivity + span, cluster.nextEvent ?? lastActivity)
            if end <= now { return }
            try await clock.sleep(end - now)
        }
    }

    /// Takes a last picture. A host that was not closed loses nothing either; the next start only takes longer.
    package func close() {
        do throws(ClusterArchive.Failure) {
            try archive?.renew(cluster)
        } catch {
            archiveFailure = error.description
        }
        archive?.close()
        archive = nil
    }
}
