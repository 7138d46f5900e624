import Foundation
import JSONArena
import Simulation
import Synchronization
import Testing

@testable import SimulationServer

/// Suites that need Terraform are skipped where there is none, but not where a green run is meant to prove something.
@Suite struct NeededProgramTests {
    @Test("where the build says that Terraform must be there, nothing was skipped for want of it")
    func terraform() {
        let isNeeded = ProcessInfo.processInfo.environment["PLUMB_NEEDS_TERRAFORM"] == "1"
        #expect(ProviderStage.binary != nil || !isNeeded, "neither terraform nor tofu is on PATH: see .ci/setup")
    }
}

/// A simulated cluster, its provider on a socket, and the real Terraform in a directory of its own.
final class ProviderStage: Sendable {
    /// What one run of Terraform printed and how it ended.
    struct Run {
        var status: Int32
        var output: String

        /// Whether it printed that; Terraform breaks long lines where it likes.
        func says(_ text: String) -> Bool {
            let words = output.split { $0.isWhitespace || $0 == "│" }
            return words.joined(separator: " ").contains(text)
        }
    }

    static let token = "root@pam!plumb=00000000-0000-4000-8000-000000000001"
    /// `terraform` on PATH, or `tofu`; nil where there is neither.
    static let binary: String? = {
        let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let places = ["terraform", "tofu"].flatMap { name in directories.map { "\($0)/\(name)" } }
        return places.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    let directory: String
    let host: SimulatedClusterHost
    let face: ProviderFace
    private let sent: RequestLog
    private let attachment: String

    private init(blueprint: Blueprint) throws {
        // Short: a Unix socket's path holds 107 bytes.
        directory = "/tmp/plumb-\(UInt32.random(in: 0..<UInt32.max))"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        host = SimulatedClusterHost(blueprint: blueprint)
        let (host, sent) = (host, RequestLog())
        self.sent = sent
        let service = ProviderService(
            send: { request in
                sent.append(request)
                return await host.handle(request)
            }, awaitTask: { _ = try? await host.waitForTask($0) })
        face = ProviderFace(socketPath: directory + "/provider.sock", service: service)
        attachment = face.reattachment()
    }

    /// Two nodes, one VM template, one container template, and one token that may do everything.
    static var blueprint: Blueprint {
        var blueprint = Blueprint(nodes: [.init("pve1"), .init("pve2")])
        blueprint.templates = [.init(name: "debian-12", vmid: 9000)]
        blueprint.pools = ["web"]
        blueprint.tokens = [.init(id: "root@pam!plumb", secret: "00000000-0000-4000-8000-000000000001")]
        return blueprint
    }

    /// Runs a test with the root `terraform/proxmox` initialised, or with other files.
    static func with(
        _ blueprint: Blueprint = blueprint, files: [String: String]? = nil,
        _ body: (ProviderStage) async throws -> Void
    ) async throws {
        let stage = try ProviderStage(blueprint: blueprint)
        defer { try? FileManager.default.removeItem(atPath: stage.directory) }
        let (ready, isReady) = AsyncStream<Void>.makeStream()
        let server = Task { try await stage.face.run { isReady.yield() } }
        defer { server.cancel() }
        for await _ in ready { break }
        if let files {
            for (name, text) in files {
                try text.write(toFile: stage.path(name), atomically: true, encoding: .utf8)
            }
        } else {
            try stage.copyRoot()
        }
        let run = try await stage.terraform("init", "-backend-config=path=terraform.tfstate")
        try #require(run.status == 0, "\(run.output)")
        do {
            try await body(stage)
        } catch {
            server.cancel()
            _ = await server.result
            throw error
        }
        server.cancel()
        _ = await server.result
    }

    func path(_ name: String) -> String { directory + "/" + name }

    /// Copies the shipped root, which is found from this file upward.
    private func copyRoot() throws {
        var place = URL(filePath: #filePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: place.path() + "/terraform/proxmox/main.tf") {
            place.deleteLastPathComponent()
            try #require(place.path() != "/")
        }
        let root = place.path() + "/terraform/proxmox"
        for name in try FileManager.default.contentsOfDirectory(atPath: root) where !name.hasPrefix(".") {
            try FileManager.default.copyItem(atPath: root + "/" + name, toPath: path(name))
        }
    }

    /// Runs Terraform to its end, without colours and questions.
    func terraform(_ arguments: String..., environment: [String: String] = [:]) async throws -> Run {
        try await start(arguments, environment: environment).end()
    }

    /// Starts Terraform and leaves it running.
    func start(_ arguments: [String], environment: [String: String] = [:]) throws -> Started {
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.binary))
        let options = arguments[0] == "providers" ? [] : ["-no-color"]
        let silence = Self.asks.contains(arguments[0]) ? ["-input=false"] : []
        process.arguments = [arguments[0]] + options + silence + arguments.dropFirst()
        process.currentDirectoryURL = URL(filePath: directory)
        var variables = ProcessInfo.processInfo.environment
        variables["TF_REATTACH_PROVIDERS"] = attachment
        variables["TF_VAR_endpoint"] = "https://simulated.invalid:8006"
        variables["TF_VAR_api_token"] = Self.token
        variables["CHECKPOINT_DISABLE"] = "1"
        variables["TF_IN_AUTOMATION"] = "1"
        process.environment = variables.merging(environment) { $1 }
        let log = path("log-\(UInt32.random(in: 0..<UInt32.max))")
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let file = try #require(FileHandle(forWritingAtPath: log))
        process.standardOutput = file
        process.standardError = file
        defer { try? file.close() }
        return try Started(process, log: log)
    }

    private static let asks: Set = ["init", "plan", "apply", "destroy", "import"]

    /// A Terraform that runs.
    final class Started: Sendable {
        let processID: Int32
        private let log: String
        private let ended: AsyncStream<Int32>

        init(_ process: Process, log: String) throws {
            let (ended, end) = AsyncStream<Int32>.makeStream()
            process.terminationHandler = { end.yield($0.terminationStatus) }
            try process.run()
            processID = process.processIdentifier
            self.log = log
            self.ended = ended
        }

        func end() async throws -> Run {
            var status: Int32 = -1
            for await value in ended {
                status = value
                break
            }
            return Run(status: status, output: try String(contentsOfFile: log, encoding: .utf8))
        }
    }

    // MARK: What the tests look at

    /// What the provider has sent since the last call.
    func takeRequests() -> [APIRequest] { sent.take() }

    /// Returns when the provider sends a request of that method and path; what came before is passed over. One test
    /// may wait once.
    func waitForRequest(_ method: APIMethod, _ path: String) async {
        for await request in sent.arrivals where request.method == method && request.path == path { return }
    }

    private final class RequestLog: Sendable {
        private let requests = Mutex<[APIRequest]>([])
        let arrivals: AsyncStream<APIRequest>
        private let arrival: AsyncStream<APIRequest>.Continuation

        init() { (arrivals, arrival) = AsyncStream.makeStream() }

        func append(_ request: APIRequest) {
            requests.withLock { $0.append(request) }
            arrival.yield(request)
        }

        func take() -> [APIRequest] {
            requests.withLock { requests in
                defer { requests = [] }
                return requests
            }
        }
    }

    func write(servers: [String: JSONValue]) throws {
        let value: JSONValue = ["servers": .object(servers.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })]
        try value.text(indent: 2).write(toFile: path("terraform.tfvars.json"), atomically: true, encoding: .utf8)
    }

    /// Plans and reads the plan.
    func plan(_ arguments: String..., environment: [String: String] = [:]) async throws -> JSONNode {
        let run = try await start(["plan", "-out=plan"] + arguments, environment: environment).end()
        try #require(run.status == 0, "\(run.output)")
        return try await show("plan")
    }

    /// A saved plan, or the state, as `show -json` prints it.
    func show(_ arguments: String...) async throws -> JSONNode {
        let run = try await start(["show", "-json"] + arguments).end()
        try #require(run.status == 0, "\(run.output)")
        let text = run.output.split(separator: "\n").first { $0.hasPrefix("{") } ?? ""
        return try JSONDocument(parsing: String(text)).root
    }

    /// Applies what the files say; it must succeed.
    @discardableResult
    func apply(environment: [String: String] = [:]) async throws -> Run {
        let run = try await terraform("apply", "-auto-approve", environment: environment)
        try #require(run.status == 0, "\(run.output)")
        return run
    }

    /// The actions of a plan by server, without those that do nothing.
    static func actions(_ plan: JSONNode) -> [String: [String]] {
        var found: [String: [String]] = [:]
        for change in plan["resource_changes"]?.elements ?? JSONElements.none(plan) {
            let actions = (change["change"]?["actions"]?.elements).map { $0.compactMap(\.string) } ?? []
            guard actions != ["no-op"], let address = change["address"]?.string else { continue }
            found[address.split(separator: "\"")[safe: 1].map(String.init) ?? address] = actions
        }
        return found
    }

    func request(_ method: APIMethod, _ path: String, _ form: [String: String] = [:]) async -> APIResponse? {
        let response = await host.handle(APIRequest(method, path, form, caller: .local)).response
        if case .string(let upid)? = response?.data, upid.hasPrefix("UPID") { _ = try? await host.waitForTask(upid) }
        return response
    }

    func guest(_ vmid: Int) async -> Guest? { await host.read { $0.guests[vmid] } }

    /// A VM of the shipped root's contract.
    static func machine(_ vmid: Int, cores: Int = 2, _ more: [String: JSONValue] = [:]) -> JSONValue {
        let value: JSONValue = [
            "type": "vm", "node": "pve1", "vmid": .int(vmid), "template": ["vmid": 9000, "node": "pve1"],
            "template_file": nil, "cores": .int(cores), "sockets": 1, "memory": 2048,
            "disks": [
                ["interface": "scsi0", "datastore": "local-lvm", "size": 20, "format": nil, "ssd": false]
            ],
            "networks": [
                [
                    "bridge": "vmbr0", "vlan": 42, "mac": nil, "address": "10.0.0.11/24", "gateway": "10.0.0.1",
                ]
            ],
            "dns": ["servers": ["1.1.1.1"], "domain": "example.com"], "user": "debian", "password_secret": nil,
            "ssh_keys": ["ssh-ed25519 AAAA test"], "agent": false, "on_boot": true, "tags": ["plumb", "web"],
            "pool": nil, "description": "web\nplumb: lab/main/web 0123", "protection": false,
        ]
        return value.merging(more)
    }

    static func container(_ vmid: Int, _ more: [String: JSONValue] = [:]) -> JSONValue {
        let value: JSONValue = [
            "type": "container", "node": "pve1", "vmid": .int(vmid), "template": nil,
            "template_file": "local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst", "cores": 1, "sockets": 1,
            "memory": 512,
            "disks": [["interface": "rootfs", "datastore": "local-lvm", "size": 8, "format": nil, "ssd": false]],
            "networks": [["bridge": "vmbr0", "vlan": nil, "mac": nil, "address": "dhcp", "gateway": nil]],
            "dns": nil, "user": nil, "password_secret": nil, "ssh_keys": ["ssh-ed25519 AAAA test"], "agent": false,
            "on_boot": true, "tags": ["plumb"], "pool": nil, "description": "plumb: lab/main/ct 0123",
            "protection": false,
        ]
        return value.merging(more)
    }
}

extension JSONValue {
    func merging(_ more: [String: JSONValue]) -> JSONValue {
        guard case .object(var members) = self else { return self }
        for (name, value) in more {
            members.removeAll { $0.name == name }
            members.append(.init(name, value))
        }
        return .object(members)
    }
}

extension Array {
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension JSONElements {
    /// The elements of something that has none.
    static func none(_ node: JSONNode) -> JSONElements { (node["none"] ?? node).elements }
}
