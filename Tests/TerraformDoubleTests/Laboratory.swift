import Foundation
import JSONArena
import Model
import Simulation
import SimulationServer
import Terraform
import Testing

/// A simulated cluster with its provider in this process, and one stack that the real Terraform works on.
struct Laboratory: Sendable {
    let host: SimulatedClusterHost
    let stack: LockedStack

    private static let token = "root@pam!plumb=00000000-0000-4000-8000-000000000001"

    static func with(_ body: (Laboratory) async throws -> Void) async throws {
        // Short: a Unix socket's path holds 107 bytes.
        let directory = "/tmp/plumb-double-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var blueprint = Blueprint(nodes: [.init("pve1"), .init("pve2")])
        blueprint.templates = [.init(name: "debian-12", vmid: 9000)]
        blueprint.tokens = [.init(id: "root@pam!plumb", secret: "00000000-0000-4000-8000-000000000001")]
        let host = SimulatedClusterHost(blueprint: blueprint)
        let face = ProviderFace(socketPath: directory + "/provider.sock", host: host)
        let (starts, started) = AsyncStream<Void>.makeStream()
        let server = Task { try await face.run { started.yield() } }
        for await _ in starts { break }
        var environment = TerraformEnvironment(
            hidden: ["TF_VAR_api_token": token], open: ["TF_VAR_endpoint": "https://127.0.0.1:8006"])
        environment.reattachedProviders = face.reattachment()
        let runner = TerraformRunner(
            binary: try await TerraformBinary.find(), directory: StackDirectory(path: directory + "/main"),
            environment: environment)
        let id = StackID(cluster: "lab", name: "main")
        let stack = try await LockedStack(id, runner: runner, root: .shipped, command: "test", records: .nothing)
        do {
            try await body(Laboratory(host: host, stack: stack))
        } catch {
            await end(stack, server)
            throw error
        }
        await end(stack, server)
    }

    private static func end(_ stack: LockedStack, _ server: Task<Void, any Error>) async {
        stack.close()
        server.cancel()
        _ = await server.result
    }

    /// A call of Proxmox's API as root, with the task that it begins ended.
    func call(_ method: APIMethod, _ path: String, _ parameters: [String: String] = [:]) async throws {
        let delivery = await host.handle(APIRequest(method, path, parameters, caller: .local))
        let response = try #require(delivery.response)
        #expect(response.status == 200, "\(method) \(path): \(response.reason)")
        if case .some(.string(let upid)) = response.data { _ = try await host.waitForTask(upid) }
    }
}
