import Foundation
import Glibc
import Model

@testable import Registry

/// A directory of one test's own, gone when the tests have ended.
struct Scratch: Sendable {
    let path: String

    init() throws {
        path = scratchRoot + "/" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Below a directory that does not exist yet.
    var registry: String { path + "/state/registry.sqlite" }

    func open(_ access: FleetRegistry.Access = .readWrite, patience: Duration = .seconds(10)) async throws
        -> FleetRegistry
    {
        try await FleetRegistry.open(at: registry, access: access, patience: patience)
    }
}

/// All tests' directories are below this one. It goes when the process ends and not when a test's last use of its
/// directory is past, because a registry may still be open in it then.
private let scratchRoot: String = {
    atexit { try? FileManager.default.removeItem(atPath: scratchRoot) }
    return FileManager.default.temporaryDirectory.path + "/plumb-registry-\(UUID().uuidString)"
}()

/// The permission bits of what is at that path.
func mode(_ path: String) throws -> Int {
    try (FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? -1
}

let stack = StackID(cluster: "lab", name: "default")

func moment(_ second: Int64) -> Timestamp { Timestamp(seconds: second) }

func recordedServer(_ name: String, vmid: Int = 101, mark: String? = "00000000000000aa") -> RecordedServer {
    var server = RecordedServer(name: ServerName(name), stack: stack, type: .vm, vmid: VMID(vmid), node: "pve1")
    server.mark = mark
    return server
}

let process = ProcessStamp(pid: 4711, startTicks: UInt64.max - 3, bootID: "b6a1")

func startedRun(_ registry: FleetRegistry, _ id: String = "r1", at second: Int64 = 100) async throws -> RunID {
    let run = RunRecord(
        id: RunID(rawValue: id), command: "apply", who: "kim", commit: "c0ffee", plan: nil, process: process,
        startedAt: moment(second))
    try await registry.start(run)
    return run.id
}

func runStep(_ name: String, _ outcome: StepOutcome = .done, at second: Int64 = 101) -> RunStep {
    RunStep(
        id: StepID(rawValue: "create Server/\(name)"), verb: .create, subject: .server(ServerName(name), stack),
        outcome: outcome, changes: [AttributeChange(path: "cores", before: nil, after: "4")],
        startedAt: moment(second), took: .milliseconds(1500))
}

extension FleetRegistry {
    /// A no to a plan of which only these ends are known.
    @discardableResult
    func reject(
        _ plan: PlanID, of steps: [Approval.ApprovedStep] = [], by person: String, at moment: Timestamp
    ) async throws(RegistryFailure) -> PlanRecord {
        try await reject(
            RejectedPlan(
                id: plan, rejection: Rejection(by: person, at: moment), steps: Set(steps),
                refusedForThemselves: Set(steps.map(\.id))))
    }
}
