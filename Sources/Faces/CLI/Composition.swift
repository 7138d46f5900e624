import Execution
import Foundation
import Loading
import Model
import Proxmox
import Reconciliation
import Registry
import Terraform
import Transport

/// Where the program is put together: what fits the edges to the ports (``ProxmoxFleet``, ``TerraformStacks``,
/// ``RegistryLedger``) is made here.
package enum Composition {
    package static let wiring = Wiring(
        open: { place, person in try await open(place, person: person) },
        openDraft: { place, person, drafts in try await open(place, person: person, drafts: drafts) },
        check: { place in
            let loaded = try LoadedPlace(place)
            // A registry that cannot be read is no part of the question.
            return ((try? await loaded.besideRegistry(place)) ?? loaded).report
        },
        examine: { place in
            try EnclosingConfiguration.refuse(place)
            return await Doctor(place: place).examine()
        },
        simulate: { place, request, isReady in
            try EnclosingConfiguration.refuse(place)
            try await SimulationLauncher.serve(request, at: place, isReady: isReady)
        },
        terraform: { place, stack, arguments in
            try await HandRun(place: place).run(arguments, inStack: stack)
        },
        rehearse: { place, person, request, say in
            try await Rehearsing(place: place, person: person, request: request, say: say).run()
        },
        undeclared: { place in
            try EnclosingConfiguration.refuse(place)
            return try await KnownServers.undeclared(in: place)
        })

    /// The present moment.
    static let clock: @Sendable () -> Timestamp = {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    static let pace = Pace(
        now: clock, elapsed: { [began = ContinuousClock.now] in ContinuousClock.now - began },
        sleep: { try? await Task.sleep(for: $0) }, seed: UInt64.random(in: 0 ... .max))

    static func registryPath(of place: Workplace) -> String { place.state + "/" + StateDirectory.registryName }

    static func stacksPath(of place: Workplace) -> String { place.state + "/stacks" }

    private static func open(
        _ place: Workplace, person: String, drafts: [String: String] = [:]
    ) async throws -> Session {
        let ahead = StacksAhead()
        async let reading: Void = ahead.read(below: stacksPath(of: place))
        let loaded = try await LoadedPlace(place, drafts: drafts).besideRegistry(place)
        ahead.stop()
        await reading
        try await loaded.refuseWrongDirectory(place)
        let edges = try await OpenEdges(place: place, desired: loaded.configuration.desired, ahead: ahead)
        var report = loaded.report
        report.remarks += edges.remarks(in: place)
        var reconciler = edges.reconciler
        reconciler.declared = {
            try? await LoadedPlace(place, drafts: drafts).besideRegistry(place).configuration.desired
        }
        var session = Session(
            desired: loaded.configuration.desired, configuration: report, reconciler: reconciler,
            auditor: edges.auditor, person: person, ledger: edges.ledger, stacks: edges.stacks,
            reread: {
                let now = try await LoadedPlace(place, drafts: drafts).besideRegistry(place)
                return Session.Declarations(desired: now.configuration.desired, commit: now.report.commit)
            },
            close: { await edges.close() })
        session.isLookOnly = edges.unwritable != nil
        let finder = PlaceFinder(loaded.configuration.positions)
        session.place = { object, field in finder.place(of: object, field: field).map { "\($0.path):\($0.line)" } }
        return session
    }
}

extension LoadedPlace {
    /// The same, read again where something refers to a name that nothing declares any more and the registry still
    /// holds: that is a removal which others hold up, and no mistake.
    ///
    /// - Parameter registry: the path of a copy to ask instead.
    func besideRegistry(_ place: Workplace, at registry: String? = nil) async throws -> LoadedPlace {
        if report.files == 0 { return await namingWhatIsKnown(place, at: registry) }
        let dangling = configuration.dangling
        let path = registry ?? Composition.registryPath(of: place)
        guard !dangling.isEmpty, FileManager.default.fileExists(atPath: path) else { return self }
        let recorded: Recorded
        do throws(RegistryFailure) {
            recorded = try await LookedAtRegistry.glance(at: path)
        } catch {
            throw CommandFailure(error.sentence)
        }
        let known = dangling.intersection(
            recorded.objects.map(\.name) + recorded.servers.map { ObjectName(.server, $0.name.key) })
        return known.isEmpty ? self : try LoadedPlace(place, recorded: known, drafts: drafts)
    }
}

/// Everything of the world that one command holds open.
struct OpenEdges: Sendable {
    let reconciler: Reconciler
    let auditor: Auditor
    let ledger: RegistryLedger
    let stacks: TerraformStacks
    let connections: [ClusterName: Result<ClusterConnection, StepFailure>]
    private let transport: HTTPTransport
    private let opened: LookedAtRegistry

    /// Why nothing can be written; nil: it can.
    var unwritable: Sentence? { opened.unwritable }

    /// - Parameter ahead: what was read of the stacks already.
    init(
        place: Workplace, desired: Desired, ahead: StacksAhead = StacksAhead(),
        command: String = CommandLine.arguments.dropFirst().first ?? "plumb"
    ) async throws {
        let transport = HTTPTransport()
        StateDirectory.keepFromGit(place.state)
        let connections = await Self.connect(desired.clusters, place: place, transport: transport)
        let secrets = SecretResolver(directory: place.configuration, environment: ProcessInfo.processInfo.environment)
        try await self.init(
            registry: Composition.registryPath(of: place), looks: place.looks,
            stacks: Composition.stacksPath(of: place), desired: desired,
            repository: place.configuration, command: command, connections: connections, terraform: connections,
            passwords: desired.passwords(secrets), transport: transport, ahead: ahead, clock: Composition.clock)
    }

    /// - Parameters:
    ///   - looks: whether nothing is to be written, so that a registry which cannot be is looked at all the same.
    ///   - ahead: what was read of the stacks already.
    ///   - repository: the directory whose git history says who asked for what.
    ///   - terraform: the clusters that Terraform may reach.
    ///   - isTwin: whether it is not the clusters themselves that answer.
    ///   - clock: the moment on whose clock the run takes place.
    init(
        registry path: String, looks: Bool = false, stacks directory: String, desired: Desired, repository: String,
        command: String,
        connections: [ClusterName: Result<ClusterConnection, StepFailure>],
        terraform: [ClusterName: Result<ClusterConnection, StepFailure>],
        passwords: [ClusterName: [String: Result<String, StepFailure>]], transport: HTTPTransport,
        ahead: StacksAhead = StacksAhead(), isTwin: Bool = false, clock: @escaping @Sendable () -> Timestamp
    ) async throws {
        do throws(RegistryFailure) {
            opened = try await LookedAtRegistry(at: path, looks: looks)
        } catch {
            throw CommandFailure(error.sentence)
        }
        let ledger = RegistryLedger(registry: opened.registry, command: command, clock: clock)
        let fleet = ProxmoxFleet(clients: connections.mapValues { $0.map(\.client) }, clock: clock)
        let remembered = RememberedFleet(
            base: fleet, registry: opened.registry, removedNodes: desired.removedNodes, knowsIdentity: !isTwin)
        let toolboxes = Dictionary(
            desired.clusters.map { cluster in
                let making = Toolmaking(cluster: cluster, connection: terraform[cluster.name], passwords: passwords)
                return (cluster.name, OnceMade(making.make))
            }, uniquingKeysWith: { first, _ in first })
        let stacks = TerraformStacks(
            directory: directory, command: command, toolboxes: toolboxes, ahead: ahead, records: ledger.stackRecords)
        let lanes = RegistryLanes(registry: opened.registry, clusters: desired.clusters, clock: clock)
        let ports = ExecutionPorts(
            inventory: remembered, power: fleet, backup: fleet, provisioner: stacks, journal: ledger, records: ledger,
            lanes: lanes, pace: Composition.pace)
        reconciler = Reconciler(
            ports: ports, stacks: stacks, ledger: ledger,
            ownUsers: connections.compactMapValues { try? $0.get().user }, clock: clock,
            zones: { ZoneBook.offsets(of: $0, around: $1) },
            askers: { CommitAuthors.askers(in: repository, since: $0, person: $1) },
            pause: { try? await Task.sleep(for: .milliseconds(300)) })
        auditor = Auditor(stacks: stacks, log: ledger, journal: ledger, clock: Composition.clock)
        self.ledger = ledger
        self.stacks = stacks
        self.connections = connections
        self.transport = transport
    }

    /// What is said of the clusters beside the configuration's own mistakes.
    fileprivate func remarks(in place: Workplace) -> [ConfigurationReport.Remark] {
        let said = connections.sorted { $0.key < $1.key }.compactMap { try? $0.value.get().remark }
        let unkept = unwritable.map { reason in
            [Diagnostic(.error, reason, at: nil), Diagnostic(.warning, Sentence("edge.lookOnly"), at: nil)]
        }
        return ((unkept ?? []) + said.map { Diagnostic(.warning, $0, at: nil) }).map { diagnostic in
            ConfigurationReport.Remark(
                severity: diagnostic.severity, sentence: diagnostic.sentence, file: nil, line: 0, column: 0,
                rendering: DiagnosticRenderer(language: place.language).render(diagnostic, files: []))
        }
    }

    func close() async {
        transport.close()
        await opened.close()
    }

    /// - Parameter sender: what requests go through on their way to `transport`; nil: nothing.
    static func connect(
        _ clusters: [Cluster], place: Workplace, transport: HTTPTransport, sender: (any HTTPSender)? = nil
    ) async -> [ClusterName: Result<ClusterConnection, StepFailure>] {
        let secrets = SecretResolver(directory: place.configuration, environment: ProcessInfo.processInfo.environment)
        var connections: [ClusterName: Result<ClusterConnection, StepFailure>] = [:]
        for cluster in clusters {
            do throws(StepFailure) {
                switch cluster.source {
                case .proxmox(let endpoint):
                    connections[cluster.name] = .success(
                        try ClusterConnection(
                            endpoint, secrets: secrets, of: cluster.name, state: place.state, transport: transport,
                            sender: sender))
                case .simulated:
                    let face = try await SimulationLauncher.ensureRunning(
                        cluster, at: place, transport: transport)
                    connections[cluster.name] = .success(
                        try ClusterConnection(
                            face, of: cluster.name, in: SimulationLauncher.directory(of: cluster.name, at: place),
                            sender: sender ?? transport))
                }
            } catch {
                connections[cluster.name] = .failure(error)
            }
        }
        return connections
    }
}

/// Makes what one cluster's stacks are run with: a plan without changes needs no Terraform.
private struct Toolmaking: Sendable {
    let cluster: Cluster
    let connection: Result<ClusterConnection, StepFailure>?
    let passwords: [ClusterName: [String: Result<String, StepFailure>]]

    func make() async throws(StepFailure) -> TerraformStacks.Toolbox {
        guard let connection else { throw StepFailure(Sentence("edge.clusterUndeclared", cluster.name.text)) }
        var environment = try connection.get().environment
        if let file = try await connection.get().providerTrust?.file() { environment.open["SSL_CERT_FILE"] = file }
        let passwords = passwords[cluster.name] ?? [:]
        // The root looks every key up, also of guests whose password was set long ago: what is missing gets an empty
        // value there, and is an error only where a guest is to be born with it.
        environment.secrets = passwords.mapValues { (try? $0.get()) ?? "" }
        do throws(TerraformFailure) {
            let binary = try await TerraformBinary.find(configured: cluster.terraform.binary)
            let root = try cluster.terraform.root.map { path throws(TerraformFailure) in
                RootModule(files: try RootModule.files(in: path))
            }
            return TerraformStacks.Toolbox(
                binary: binary, root: root ?? .shipped, environment: environment,
                parallelism: cluster.terraform.parallelism, planDeadline: cluster.terraform.timeout,
                missingSecrets: passwords.compactMapValues(\.failure))
        } catch {
            throw error.stepFailure
        }
    }
}

extension Desired {
    /// The nodes of each cluster that are declared to be gone for good.
    var removedNodes: [ClusterName: [NodeName]] {
        Dictionary(clusters.map { ($0.name, $0.removedNodes) }) { first, _ in first }
    }

    /// The passwords of each cluster's servers by the keys that tfvars name, or why there is none.
    func passwords(_ secrets: SecretResolver) -> [ClusterName: [String: Result<String, StepFailure>]] {
        var all: [ClusterName: [String: Result<String, StepFailure>]] = [:]
        for server in servers {
            guard let reference = server.cloudInit?.password else { continue }
            let value = Result { () throws(StepFailure) in try secrets.value(of: reference) }
            all[server.cluster, default: [:]][server.passwordKey] = value
        }
        return all
    }
}

extension Server {
    /// By which tfvars name its password.
    var passwordKey: String { "\(name)/cloudInit.password" }
}

extension Result {
    fileprivate var failure: Failure? {
        switch self {
        case .success: nil
        case .failure(let failure): failure
        }
    }
}
