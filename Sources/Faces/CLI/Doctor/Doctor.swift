import Foundation
import Loading
import Model
import Planning
import Proxmox
import Reconciliation
import Registry
import Terraform
import Transport

/// Looks at everything that a plan and an apply rest on, and says of each what is wrong and what to do.
struct Doctor: Sendable {
    let place: Workplace

    func examine() async -> [Examination] {
        let loaded: LoadedPlace
        do {
            loaded = try LoadedPlace(place)
        } catch {
            let sentence = CommandFailure(error)?.sentence ?? Sentence("doctor.unreadable", String(describing: error))
            return [Examination(topic: place.configuration, verdict: .failure, sentence: sentence)]
        }
        var examinations = [configuration(loaded), state()]
        let clusters = loaded.configuration.desired.clusters
        for binary in Set(clusters.map(\.terraform.binary)).sorted(by: { ($0 ?? "") < ($1 ?? "") }) {
            examinations.append(await terraform(binary))
        }
        if clusters.isEmpty { examinations.append(await terraform(nil)) }
        let files = await files(of: clusters)
        examinations += files.found
        let transport = HTTPTransport(liveLimit: 8)
        let connections = await OpenEdges.connect(clusters, place: place, transport: transport)
        for cluster in clusters {
            if case .proxmox(let endpoint) = cluster.source, endpoint.trust == .insecure {
                let sentence = Sentence("cluster.insecure", cluster.name.text)
                examinations.append(
                    Examination(topic: "cluster \(cluster.name)", verdict: .warning, sentence: sentence))
            }
            if let connection = connections[cluster.name] {
                let isBackedUp = loaded.configuration.desired.policies.contains { $0.rebuildBackup != nil }
                let known = PlanningInput(
                    desired: loaded.configuration.desired, observed: Observed(stacks: files.stacks),
                    recorded: files.rows ?? Recorded(), now: Composition.clock())
                examinations += await examine(
                    cluster.name, connection, besides: isBackedUp ? ["VM.Backup"] : [], beside: known,
                    isRead: files.rows != nil)
            }
        }
        transport.close()
        return examinations
    }

    private func configuration(_ loaded: LoadedPlace) -> Examination {
        let errors = loaded.report.remarks.count { $0.severity == .error }
        let sentence =
            errors == 0
            ? Sentence(
                "doctor.configuration", String(loaded.report.files), String(loaded.configuration.desired.servers.count))
            : Sentence("doctor.configurationBroken", String(errors))
        return Examination(topic: "configuration", verdict: errors == 0 ? .well : .failure, sentence: sentence)
    }

    func state() -> Examination {
        if let target = LostLink.target(at: place.state) {
            let failure = RegistryFailure.linkLost(place.state, target: target)
            return Examination(topic: "state", verdict: .failure, sentence: failure.sentence)
        }
        // Of a link it is the mode of the directory that counts: its own is always open to everybody.
        let directory = URL(filePath: place.state).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: directory)
        guard let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue else {
            return Examination(topic: "state", verdict: .well, sentence: Sentence("doctor.stateNew", place.state))
        }
        let isWritable = FileManager.default.isWritableFile(atPath: place.state)
        return Self.state(at: place.state, mode: mode, isWritable: isWritable)
    }

    /// Others must not be able to read states, which hold passwords.
    static func state(at path: String, mode: Int, isWritable: Bool) -> Examination {
        guard isWritable else {
            return Examination(topic: "state", verdict: .failure, sentence: Sentence("doctor.stateForeign", path))
        }
        let isOpen = mode & 0o077 != 0
        return Examination(
            topic: "state", verdict: isOpen ? .warning : .well,
            sentence: Sentence(isOpen ? "doctor.stateOpen" : "doctor.state", path, String(mode, radix: 8)))
    }

    /// What the registry has, read as every command reads it; nil where none was ever made.
    private func known() async throws(StepFailure) -> (recorded: Recorded, audits: [StackAudit])? {
        let path = Composition.registryPath(of: place)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let registry: FleetRegistry
        do throws(RegistryFailure) {
            registry = try await FleetRegistry.open(at: path)
        } catch {
            throw StepFailure(error.sentence)
        }
        let ledger = RegistryLedger(registry: registry, command: "doctor", clock: Composition.clock)
        let known: Result<(recorded: Recorded, audits: [StackAudit]), StepFailure>
        do throws(StepFailure) {
            known = .success((recorded: try await ledger.recorded(), audits: try await ledger.audits()))
        } catch {
            known = .failure(error)
        }
        // Nothing was written, so that a failure to close loses nothing.
        try? await registry.close()
        return try known.get()
    }

    /// Whether the registry and each stack's files can be read, and agree on which stacks there are; and what they have,
    /// without rows where the registry cannot be read.
    private func files(
        of clusters: [Cluster]
    ) async -> (found: [Examination], rows: Recorded?, stacks: [StackObservation]) {
        var found: [Examination] = []
        var rows = Recorded()
        var audits: [StackAudit] = []
        var isRead = true
        do throws(StepFailure) {
            if let known = try await known() {
                let recorded = known.recorded
                rows = recorded
                audits = known.audits
                let sentence = Sentence("doctor.registry", String(recorded.servers.count))
                found.append(Examination(topic: "registry", verdict: .well, sentence: sentence))
            }
        } catch {
            isRead = false
            found.append(Examination(topic: "registry", verdict: .failure, sentence: error.sentence))
        }
        let stacks = await StackFiles(directory: Composition.stacksPath(of: place), ahead: StacksAhead())
            .stacks(of: Set(clusters.map(\.name) + rows.servers.map(\.stack.cluster)).sorted())
        let lost = rows.lostStates(beside: stacks)
        let replaced = rows.replacedStates(in: stacks)
        for stack in stacks where !lost.contains(where: { $0.stack == stack.id }) {
            found.append(examine(stack, replaced[stack.id]))
            if let sentence = stack.sentenceOnForeignFiles {
                found.append(Examination(topic: "stack \(stack.id)", verdict: .failure, sentence: sentence))
            }
            found += AuditExamination.of(stack, audits, clusters, now: Composition.clock())
        }
        found += lost.map { Examination(topic: "stack \($0.stack)", verdict: .failure, sentence: $0.reason) }
        return (found, isRead ? rows : nil, stacks)
    }

    private func examine(_ stack: StackObservation, _ replaced: ReplacedState?) -> Examination {
        let topic = "stack \(stack.id)"
        if stack.hasErroredState {
            let sentence = Sentence("plan.erroredState", stack.id.description)
            return Examination(topic: topic, verdict: .failure, sentence: sentence)
        }
        if case .unknown(let reason) = stack.state {
            return Examination(topic: topic, verdict: .failure, sentence: reason)
        }
        if let replaced {
            return Examination(topic: topic, verdict: .failure, sentence: replaced.sentence(on: stack.id))
        }
        let count = stack.state.value?.resources.count ?? 0
        return Examination(topic: topic, verdict: .well, sentence: Sentence("doctor.stack", String(count)))
    }

    private func terraform(_ configured: String?) async -> Examination {
        do throws(TerraformFailure) {
            let binary = try await TerraformBinary.find(configured: configured)
            return Examination(
                topic: "terraform", verdict: .well, sentence: Sentence("doctor.terraform", binary.version, binary.path))
        } catch {
            return Examination(topic: "terraform", verdict: .failure, sentence: error.sentence)
        }
    }

    private func examine(
        _ cluster: ClusterName, _ connection: Result<ClusterConnection, StepFailure>, besides: [String],
        beside known: PlanningInput, isRead: Bool
    ) async -> [Examination] {
        let topic = "cluster \(cluster)"
        let client: ProxmoxClient
        let mismatch: Sentence?
        switch connection {
        case .failure(let failure): return [Examination(topic: topic, verdict: .failure, sentence: failure.sentence)]
        case .success(let connection):
            client = connection.client
            mismatch = await connection.providerTrust?.nameMismatch()
        }
        do throws(ProxmoxFailure) {
            let version = try await client.version()
            let began = ContinuousClock.now
            let listing = await client.inventory(of: cluster)
            let took = (ContinuousClock.now - began).wholeMilliseconds
            var found = [
                Examination(
                    topic: topic, verdict: .well,
                    sentence: Sentence("doctor.cluster", version.version, String(listing.guests.count), String(took)))
            ]
            let inventory = await remembered(listing, known.desired)
            if let mismatch { found.append(Examination(topic: topic, verdict: .failure, sentence: mismatch)) }
            if let distrust = inventory.distrust {
                found.append(Examination(topic: topic, verdict: .failure, sentence: distrust))
            }
            if isRead, let sentence = lostRecords(of: inventory, known) {
                found.append(Examination(topic: topic, verdict: .warning, sentence: sentence))
            }
            found += NodeExamination.of(inventory, known, isRead: isRead)
            if let clock = try await clockDifference(client, inventory) { found.append(clock.examination(topic)) }
            found += try await rights(client, topic, besides: besides)
            return found
        } catch {
            return [Examination(topic: topic, verdict: .failure, sentence: error.sentence(about: cluster.text))]
        }
    }

    /// The listing as a plan takes it: by which cluster answered before, and by where servers were last seen. Why a
    /// registry cannot be asked is said of the registry.
    private func remembered(_ listing: ClusterInventory, _ desired: Desired) async -> ClusterInventory {
        let path = Composition.registryPath(of: place)
        guard FileManager.default.fileExists(atPath: path),
            let opened = try? await LookedAtRegistry(at: path, looks: true)
        else { return listing }
        let fleet = RememberedFleet(
            base: ReadListing(listing: listing), registry: opened.registry, removedNodes: desired.removedNodes,
            knowsIdentity: true)
        let judged = await fleet.inventory(of: listing.cluster, details: [])
        await opened.close()
        return judged
    }

    /// What a plan says where the registry is new, alone or together with the stacks, though guests bear marks; nil: it is
    /// not so.
    private func lostRecords(of inventory: ClusterInventory, _ known: PlanningInput) -> Sentence? {
        let (cluster, tagged) = (inventory.cluster, inventory.taggedGuests)
        guard tagged > 0 else { return nil }
        if known.recorded.knowsNobody(in: cluster, beside: known.observed.stacks) {
            return Sentence("plan.recordsLost", cluster.text, String(tagged))
        }
        let stated = known.recorded.resourcesOnlyInStates(of: cluster, known.observed.stacks)
        let isMarked = stated.contains { inventory.guest($0.vmid)?.tags.contains(OwnershipMark.tag) ?? false }
        return isMarked ? Sentence("plan.registryLost", cluster.text, String(stated.count)) : nil
    }

    /// The privileges without which something that Plumb or the provider does would fail, or be seen wrongly.
    private static let needed = [
        "VM.Audit", "VM.Allocate", "VM.Clone", "VM.Config.CPU", "VM.Config.Memory", "VM.Config.Disk",
        "VM.Config.HWType", "VM.Config.Network", "VM.Config.Options", "VM.Config.Cloudinit", "VM.PowerMgmt",
        "Datastore.AllocateSpace", "Datastore.Audit", "SDN.Use", "Sys.Audit",
    ]

    private func rights(
        _ client: ProxmoxClient, _ topic: String, besides: [String]
    ) async throws(ProxmoxFailure) -> [Examination] {
        let permissions = try await client.permissions()
        let missing = (Self.needed + besides).filter { !permissions.holds($0, below: "/") }
        guard missing.isEmpty else {
            return [
                Examination(
                    topic: topic, verdict: .failure,
                    sentence: Sentence("doctor.rights", missing.joined(separator: ", ")))
            ]
        }
        return [Examination(topic: topic, verdict: .well, sentence: Sentence("doctor.rightsEnough"))]
    }

    struct ClockDifference {
        var node: NodeName
        var seconds: Int64

        func examination(_ topic: String) -> Examination {
            let isFar = abs(seconds) > 5
            return Examination(
                topic: topic, verdict: isFar ? .warning : .well,
                sentence: Sentence(isFar ? "doctor.clockFar" : "doctor.clock", node.text, String(seconds)))
        }
    }

    private func clockDifference(
        _ client: ProxmoxClient, _ inventory: ClusterInventory
    ) async throws(ProxmoxFailure) -> ClockDifference? {
        guard let node = inventory.nodes.first(where: \.isOnline)?.name else { return nil }
        let time = try await client.time(of: node)
        return ClockDifference(node: node, seconds: time.time.seconds - Composition.clock().seconds)
    }
}
